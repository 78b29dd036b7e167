//! The capture `key: mask(last = 4)`: the end of a value, enough to recognise it and never more than
//! half of its characters. How long the value was is not shown either.

use std::borrow::Cow;
use std::rc::Rc;
use std::sync::Arc;

use zeroize::Zeroize;

use super::Secret;
use crate::value::{Rendered, rendered};

/// The capture of `key: mask(last = n)`; `None` for an empty `Option`.
pub fn mask<T: MaskInput + ?Sized>(value: &T, last: usize) -> Option<Rendered> {
    let mut shown = None;
    value.with_text_to_mask(&mut |text| {
        let total = text.chars().count();
        let visible = last.min(total / 2);
        let end = text.chars().skip(total - visible);
        shown = Some(rendered(&mut |out| {
            out.write_str("****")?;
            end.clone().try_for_each(|it| out.write_char(it))
        }));
    });
    shown
}

/// What can be masked.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be masked",
    label = "not text, a whole number, a secret or an `Option` of one",
    note = "mask a text of it, such as `key: mask(last = 4) = value.number`, or write `key: redact = value` to leave it out"
)]
pub trait MaskInput {
    /// Hands over the text, when there is any.
    fn with_text_to_mask(&self, take: &mut dyn FnMut(&str));
}

#[diagnostic::do_not_recommend]
impl MaskInput for str {
    fn with_text_to_mask(&self, take: &mut dyn FnMut(&str)) {
        take(self);
    }
}

#[diagnostic::do_not_recommend]
impl MaskInput for String {
    fn with_text_to_mask(&self, take: &mut dyn FnMut(&str)) {
        take(self);
    }
}

#[diagnostic::do_not_recommend]
impl MaskInput for Cow<'_, str> {
    fn with_text_to_mask(&self, take: &mut dyn FnMut(&str)) {
        take(self);
    }
}

macro_rules! integers {
    ($($type:ty)*) => {$(
        #[diagnostic::do_not_recommend]
        impl MaskInput for $type {
            fn with_text_to_mask(&self, take: &mut dyn FnMut(&str)) {
                take(itoa::Buffer::new().format(*self));
            }
        }
    )*};
}

integers!(i8 i16 i32 i64 i128 isize u8 u16 u32 u64 u128 usize);

#[diagnostic::do_not_recommend]
impl<T: MaskInput> MaskInput for Option<T> {
    fn with_text_to_mask(&self, take: &mut dyn FnMut(&str)) {
        if let Some(value) = self {
            value.with_text_to_mask(take);
        }
    }
}

#[diagnostic::do_not_recommend]
impl<T: MaskInput + Zeroize> MaskInput for Secret<T> {
    fn with_text_to_mask(&self, take: &mut dyn FnMut(&str)) {
        self.expose().with_text_to_mask(take);
    }
}

macro_rules! through {
    ($($type:ty),*) => {$(
        #[diagnostic::do_not_recommend]
        impl<T: MaskInput + ?Sized> MaskInput for $type {
            fn with_text_to_mask(&self, take: &mut dyn FnMut(&str)) {
                T::with_text_to_mask(self, take);
            }
        }
    )*};
}

through!(&T, &mut T, Box<T>, Rc<T>, Arc<T>);

#[cfg(test)]
mod tests {
    use super::*;

    fn text<T: MaskInput + ?Sized>(value: &T, last: usize) -> Option<String> {
        mask(value, last).map(|it| it.text().to_owned())
    }

    #[test]
    fn shows_the_end_and_never_more_than_half() {
        assert_eq!(text("4111111111111234", 4).as_deref(), Some("****1234"));
        assert_eq!(text("12345", 4).as_deref(), Some("****45"));
        assert_eq!(text("1", 4).as_deref(), Some("****"));
        assert_eq!(text("", 4).as_deref(), Some("****"));
        assert_eq!(text("日本語東京", 4).as_deref(), Some("****東京"));
        assert_eq!(
            text(&4_111_111_111_111_234_u64, 4).as_deref(),
            Some("****1234")
        );
        assert_eq!(text(&Some("abcdef"), 2).as_deref(), Some("****ef"));
        assert_eq!(text(&None::<String>, 2), None);
        let secret = Secret::new("abcdef".to_owned());
        assert_eq!(text(&secret, 2).as_deref(), Some("****ef"));
    }

    #[test]
    fn no_length_shows_more_than_half() {
        for length in 0..40 {
            let value = "x".repeat(length);
            for last in 0..64 {
                let shown = text(&value, last).expect("a value");
                assert!(shown.len() - 4 <= length / 2, "{length} {last}: {shown}");
            }
        }
    }
}
