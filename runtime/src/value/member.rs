//! The members of a structure that derives [`Fields`](super::Fields): for each mark a trait that every type has which
//! a call could take so. What is missing is said in the words of the derive, at the member. Hot.

use super::holder::message;
use super::rendered::{ShowDebug, ShowDisplay, ShowError, ShowStructure};
use super::{
    Capture, Fields, Holder, Rendered, capture_debug, capture_display, capture_error,
    capture_serde, capture_serde_by,
};
use crate::secret::{HashInput, MaskInput, Words, hash, mask};
use crate::wire::Encode;

/// No mark.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be logged as it stands",
    label = "not a number, text, time, address or `Option` of one",
    note = "mark the field `#[field(debug)]`, `#[field(display)]`, `#[field(serde)]` or `#[field(error)]`; to leave it out, `#[field(skip)]`",
    note = "for a secret, as a `Secret<_>` is, write `#[field(redact)]`, or `#[field(hash)]` to tell equal ones",
    note = "for a structure that derives `Fields`, too, write `#[field(fields)]`"
)]
pub trait Member {
    /// What is copied onto the wire.
    type Wire<'a>: Encode
    where
        Self: 'a;

    /// The form to copy.
    fn take_member(&self) -> Self::Wire<'_>;
}

#[diagnostic::do_not_recommend]
impl<T: Capture + ?Sized> Member for T {
    type Wire<'a>
        = <T as Capture>::Wire<'a>
    where
        Self: 'a;

    #[inline(always)]
    fn take_member(&self) -> <T as Capture>::Wire<'_> {
        self.capture()
    }
}

/// `#[field(fields)]`
#[diagnostic::on_unimplemented(
    message = "`{Self}` has no fields that a record could take over",
    label = "does not derive `Fields`",
    note = "derive it: `#[derive(storyline::Fields)]` on the structure",
    note = "or mark the field `#[field(debug)]`, `#[field(display)]` or `#[field(serde)]`"
)]
pub trait FieldsMember {
    /// What is copied onto the wire.
    type Wire<'a>: Encode
    where
        Self: 'a;

    /// The values to copy.
    fn take_member(&self) -> Self::Wire<'_>;

    /// The same under a key that makes secrets of some names.
    fn take_member_under<H: Holder>(&self) -> Self::Wire<'_>;
}

#[diagnostic::do_not_recommend]
impl<T: Fields + ?Sized> FieldsMember for T {
    type Wire<'a>
        = <T as Fields>::Wire<'a>
    where
        Self: 'a;

    #[inline(always)]
    fn take_member(&self) -> <T as Fields>::Wire<'_> {
        self.capture_fields()
    }

    #[inline(always)]
    fn take_member_under<H: Holder>(&self) -> <T as Fields>::Wire<'_> {
        const {
            if let Some(text) = message::<H>(T::WEAK) {
                panic!("{}", text.as_str());
            }
        };
        self.capture_fields()
    }
}

/// `#[field(display)]`
#[diagnostic::on_unimplemented(
    message = "`{Self}` has no `Display` that `#[field(display)]` could show",
    label = "does not implement `Display`",
    note = "write `#[field(debug)]` for its Debug, or `#[field(serde)]` to keep its structure",
    note = "for a secret, write `#[field(redact)]`, or `#[field(hash)]` to tell equal ones"
)]
pub trait DisplayMember {
    /// The text.
    fn take_member(&self) -> Rendered;
}

#[diagnostic::do_not_recommend]
impl<T: ShowDisplay + ?Sized> DisplayMember for T {
    #[inline]
    fn take_member(&self) -> Rendered {
        capture_display(self)
    }
}

/// `#[field(debug)]`
#[diagnostic::on_unimplemented(
    message = "`{Self}` has no `Debug` that `#[field(debug)]` could show",
    label = "does not implement `Debug`",
    note = "derive `Debug` for the type, or write `#[field(display)]` for its Display"
)]
pub trait DebugMember {
    /// The text.
    fn take_member(&self) -> Rendered;
}

#[diagnostic::do_not_recommend]
impl<T: ShowDebug + ?Sized> DebugMember for T {
    #[inline]
    fn take_member(&self) -> Rendered {
        capture_debug(self)
    }
}

/// `#[field(serde)]`
#[diagnostic::on_unimplemented(
    message = "`{Self}` has no structure that `#[field(serde)]` could keep",
    label = "does not implement `serde::Serialize`",
    note = "derive `Serialize` for the type, or write `#[field(debug)]` for its Debug",
    note = "for a secret, write `#[field(redact)]`, or `#[field(hash)]` to tell equal ones"
)]
pub trait SerdeMember {
    /// The structure.
    fn take_member(&self) -> Rendered;

    /// The same in a package that says something of names itself.
    fn take_member_by(&self, words: &'static Words) -> Rendered;
}

#[diagnostic::do_not_recommend]
impl<T: ShowStructure + ?Sized> SerdeMember for T {
    #[inline]
    fn take_member(&self) -> Rendered {
        capture_serde(self)
    }

    #[inline]
    fn take_member_by(&self, words: &'static Words) -> Rendered {
        capture_serde_by(self, words)
    }
}

/// `#[field(error)]`; `Kind` only tells the implementations apart.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not an error whose causes could be followed",
    label = "does not implement `std::error::Error`",
    note = "write `#[field(display)]` for its Display, or `#[field(debug)]` for its Debug",
    note = "for a secret, write `#[field(redact)]`, or `#[field(hash)]` to tell equal ones"
)]
pub trait ErrorMember<Kind> {
    /// The text and those of its causes.
    fn take_member(&self) -> Rendered;
}

#[diagnostic::do_not_recommend]
impl<Kind, T: ShowError<Kind> + ?Sized> ErrorMember<Kind> for T {
    #[inline]
    fn take_member(&self) -> Rendered {
        capture_error(self)
    }
}

/// `#[field(mask(last = 4))]`
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be masked",
    label = "not text, a whole number, a secret or an `Option` of one",
    note = "write `#[field(redact)]` to leave the value out"
)]
pub trait MaskMember {
    /// The end of the text, of so many characters at most; `None` for an empty `Option`.
    fn take_member(&self, last: usize) -> Option<Rendered>;
}

#[diagnostic::do_not_recommend]
impl<T: MaskInput + ?Sized> MaskMember for T {
    #[inline]
    fn take_member(&self, last: usize) -> Option<Rendered> {
        mask(self, last)
    }
}

/// `#[field(hash)]`
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be hashed for a record",
    label = "not a whole number, text, bytes, a secret or an `Option` of one",
    note = "write `#[field(redact)]` to leave the value out"
)]
pub trait HashMember {
    /// The hash; `None` for an empty `Option`.
    fn take_member(&self) -> Option<Rendered>;
}

#[diagnostic::do_not_recommend]
impl<T: HashInput + ?Sized> HashMember for T {
    #[inline]
    fn take_member(&self) -> Option<Rendered> {
        hash(self)
    }
}
