//! What a reason must say for which a person allows a name: one of a call, of a member, of a package.

use syn::LitStr;

/// Refuses a reason that says nothing.
pub(crate) fn check_reason(reason: &LitStr) -> syn::Result<()> {
    match wrong_reason(&reason.value()) {
        Some(why) => Err(syn::Error::new(reason.span(), why)),
        None => Ok(()),
    }
}

/// What is wrong with a reason. It has two words at least and eight characters; not every script has spaces.
pub(crate) fn wrong_reason(text: &str) -> Option<String> {
    let text = text.trim();
    if is_placeholder(text) {
        return Some(format!(
            "`{text}` is no reason: write the reason, a few words that say why the value is not a secret"
        ));
    }
    let is_long_enough = text.chars().filter(|it| it.is_alphanumeric()).count() >= 4
        && text.chars().count() >= 8
        && (text.split_whitespace().count() >= 2 || !text.is_ascii());
    (!is_long_enough).then(|| {
        "this reason is too short for a reader to judge: say in a few words why the value is not a secret"
            .to_owned()
    })
}

/// What messages and documents show in the place of a reason, copied unread.
fn is_placeholder(text: &str) -> bool {
    let text = text.to_lowercase();
    (text.starts_with('<') && text.ends_with('>'))
        || ["why", "todo", "fixme"]
            .iter()
            .any(|word| text.split(|it: char| !it.is_alphanumeric()).next() == Some(word))
}
