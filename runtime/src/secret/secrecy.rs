//! The types of the crate `secrecy`: none is captured as it stands, `redact`, `mask` and `hash` take
//! them. What a capture needs of the secret it reads by `expose_secret`, and keeps none of it. Hot.

use secrecy::{ExposeSecret, SecretBox};
use siphasher::sip128::SipHasher24;
use zeroize::Zeroize;

use super::{HashInput, MaskInput};

#[diagnostic::do_not_recommend]
impl<T: MaskInput + Zeroize + ?Sized> MaskInput for SecretBox<T> {
    fn with_text_to_mask(&self, take: &mut dyn FnMut(&str)) {
        self.expose_secret().with_text_to_mask(take);
    }
}

#[diagnostic::do_not_recommend]
impl<T: HashInput + Zeroize + ?Sized> HashInput for SecretBox<T> {
    fn feed_to_hash(&self, hasher: &mut SipHasher24) -> bool {
        self.expose_secret().feed_to_hash(hasher)
    }
}

#[cfg(test)]
mod tests {
    use secrecy::SecretString;

    use super::*;
    use crate::secret::{MARK, hash, mask, redact};
    use crate::value::Rendered;

    fn text(rendered: Option<Rendered>) -> Option<String> {
        rendered.map(|it| it.text().to_owned())
    }

    #[test]
    fn a_capture_takes_them_as_what_they_hold() {
        let secret = SecretString::from("4111111111111234");
        assert_eq!(text(mask(&secret, 4)).as_deref(), Some("****1234"));
        assert_eq!(text(hash(&secret)), text(hash("4111111111111234")));
        assert_ne!(text(hash(&secret)), text(hash("4111111111111235")));
        assert_eq!(redact(&secret), MARK);
        let boxed = SecretBox::new(Box::new("abcdef".to_owned()));
        assert_eq!(text(mask(&boxed, 2)).as_deref(), Some("****ef"));
        assert_eq!(text(mask(&None::<SecretString>, 2)), None);
    }
}
