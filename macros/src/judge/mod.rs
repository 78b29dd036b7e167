//! The fields of one call, judged across each other: their keys, with `letters` for what these look like, and by `secret`,
//! with the policy of the package, what they tell. What remains may be captured.

mod letters;
#[cfg(test)]
mod tests;

use crate::diag::Errors;
use crate::field::{Reserved, find_reserved};
use crate::policy;
use crate::secret::{self, CheckedField};
use crate::written::{Field, GROUP_MARK, Mode, Origin};

/// Keys longer than this do not fit the wire, where a context writes the length of each into one byte.
const MAX_KEY_BYTES: usize = 255;

/// The same for a key in front of those of a structure, and for these: with the dot between them they are one.
const MAX_HALF_BYTES: usize = (MAX_KEY_BYTES - 1) / 2;

/// Judges the fields of one call: reserved keys, keys given twice, names of secrets. What remains is
/// in source order. A field that was refused leaves a hole, so that the next one is judged, too.
pub(crate) fn check(
    fields: Vec<Field>,
    reserved: &[&Reserved],
    errors: &mut Errors,
) -> Vec<CheckedField> {
    let mut seen: Vec<String> = Vec::with_capacity(fields.len());
    let mut checked = Vec::with_capacity(fields.len());
    // Asked once for a call, and only where there is a name to judge.
    if fields.is_empty() {
        return checked;
    }
    let policy = policy::current();
    policy.report(errors);
    for field in fields {
        // The keys of a splat are judged where its type derives them.
        if field.origin == Origin::Splat {
            checked.extend(secret::check(field, &policy, errors));
            continue;
        }
        let fine = [
            check_key(&field, errors),
            check_reserved(&field, reserved, errors),
            check_duplicate(&field, &seen, errors),
        ];
        seen.push(field.key.clone());
        if let Some(field) = secret::check(field, &policy, errors)
            && fine == [true; 3]
        {
            checked.push(field);
        }
    }
    checked
}

fn check_key(field: &Field, errors: &mut Errors) -> bool {
    if field.key.is_empty() {
        errors.push_spanned(
            &field.key_tokens,
            "a key must not be empty: name what the value is",
        );
    } else if field.key.len() > most_bytes(field) {
        errors.push_spanned(
            &field.key_tokens,
            format!(
                "a key has at most {MAX_KEY_BYTES} bytes, and {MAX_HALF_BYTES} in front of those of a structure or as \
                 one of these: choose a shorter name"
            ),
        );
    } else if field.key.starts_with(GROUP_MARK) {
        errors.push_spanned(
            &field.key_tokens,
            "a key does not begin with two dots: to record the members of a structure, write `..order` or `order: fields`",
        );
    } else if let Some(message) = letters::unreadable(&field.key) {
        errors.push_spanned(&field.key_tokens, message);
    } else {
        return true;
    }
    false
}

fn most_bytes(field: &Field) -> usize {
    let is_half = field.origin == Origin::Member || matches!(field.mode, Mode::Fields);
    if is_half {
        MAX_HALF_BYTES
    } else {
        MAX_KEY_BYTES
    }
}

fn check_reserved(field: &Field, reserved: &[&Reserved], errors: &mut Errors) -> bool {
    let Some((writer, proposal)) = find_reserved(&field.key, reserved) else {
        return true;
    };
    let instead = field.under(proposal);
    errors.push_spanned(
        &field.key_tokens,
        format!(
            "the key `{}` is written by {writer}; take another one, such as `{instead}`",
            field.key
        ),
    );
    false
}

fn check_duplicate(field: &Field, seen: &[String], errors: &mut Errors) -> bool {
    if !seen.contains(&field.key) {
        return true;
    }
    // A third one needs a name that the second has not been given.
    let count = seen.iter().filter(|it| **it == field.key).count();
    let number = if count > 1 {
        format!("_{count}")
    } else {
        String::new()
    };
    errors.push_spanned(
        &field.key_tokens,
        format!(
            "the key `{0}` is given twice; remove one, or give it another name, such as `{1}`",
            field.key,
            field.under(&format!("other_{}{number}", field.key))
        ),
    );
    false
}
