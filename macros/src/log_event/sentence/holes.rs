//! The holes of a sentence, each with the name of what it shows: `{}` of the next argument, `{0}` of the first,
//! `{order.len()}` of a field that has yet to be written.

use proc_macro2::Span;

use super::item::{self, Item};
use crate::template;

/// The source of the literal with a name in each hole. What is shown in another way than by its type becomes an item.
pub(super) fn name_all(source: &str, span: Span, items: &mut Vec<Item>) -> String {
    let is_raw = source.starts_with('r');
    let mut named = String::new();
    let mut next = 0;
    let mut rest = source;
    while let Some(at) = rest.find(['{', '\\']) {
        named.push_str(&rest[..at]);
        rest = &rest[at..];
        let length = if rest.starts_with('\\') {
            escape(rest, is_raw)
        } else if rest.starts_with("{{") {
            2
        } else if let Some(end) = rest[1..].find(['{', '}'])
            && rest[1 + end..].starts_with('}')
        {
            let hole = &rest[1..=end];
            named.push('{');
            let name = name(hole, &named, &mut next, span, items);
            named.push_str(&name);
            rest = &rest[1 + end..];
            continue;
        } else {
            1
        };
        named.push_str(&rest[..length]);
        rest = &rest[length..];
    }
    named.push_str(rest);
    named
}

/// The length of what a backslash begins: `\u{1f600}` holds a brace that is none.
fn escape(rest: &str, is_raw: bool) -> usize {
    match rest.chars().nth(1) {
        Some('u') if !is_raw => rest.find('}').map_or(1, |end| end + 1),
        Some(letter) if !is_raw => 1 + letter.len_utf8(),
        _ => 1,
    }
}

/// What stands in the hole instead of `hole`; as it is, where nothing better is known.
fn name(hole: &str, before: &str, next: &mut usize, span: Span, items: &mut Vec<Item>) -> String {
    let (name, form) = hole.find(':').map_or((hole, ""), |at| hole.split_at(at));
    let (name, is_debug) = (name.trim(), form.ends_with('?'));
    let index = if name.is_empty() {
        *next += 1;
        positional(items, *next - 1)
    } else if let Ok(number) = name.parse() {
        positional(items, number)
    } else {
        items.iter().position(|it| it.key() == name)
    };
    if let Some(index) = index {
        if items[index].is_literal() {
            let key = item::free_key(&last_word(before), &items[..index]);
            items[index].rename(key);
        }
        let shown = items[index].fill(is_debug);
        let form = if is_debug { "" } else { form };
        return format!("{shown}{form}");
    }
    let plain = name.trim_start_matches(['%', '?', '&', '*']);
    if template::is_name(plain) {
        let Some(value) = item::tokens_at(plain, span) else {
            return hole.to_owned();
        };
        if is_debug {
            return format!("{plain}{form}");
        }
        if name.starts_with('?') {
            return format!("{plain}:?");
        }
        let key = plain.strip_prefix("self.").unwrap_or(plain);
        items.extend(Item::of_hole(key, value, name.starts_with('%')));
        return format!("{plain}{form}");
    }
    let expression = item::tokens_at(name, span)
        .filter(|_| !name.is_empty())
        .and_then(|tokens| item::of_expression(&tokens));
    let Some(mut field) = expression else {
        return hole.to_owned();
    };
    field.key = item::free_key(&field.key, items);
    let mut item = Item::in_text(field);
    let shown = item.fill(is_debug);
    items.push(item);
    format!("{shown}{}", if is_debug { "" } else { form })
}

fn positional(items: &[Item], number: usize) -> Option<usize> {
    let mut all = items
        .iter()
        .enumerate()
        .filter(|(_, it)| it.is_positional());
    all.nth(number).map(|(index, _)| index)
}

/// The word in front of a hole, as a key for what is in it.
fn last_word(before: &str) -> String {
    let is_letter = |letter: char| letter.is_ascii_alphanumeric() || letter == '_';
    let word = before
        .trim_end_matches('{')
        .trim_end_matches(|letter: char| !is_letter(letter) && letter != '}');
    let word = word.rsplit(|letter| !is_letter(letter)).next();
    let word = word.unwrap_or_default().trim_matches('_').to_lowercase();
    let is_key = word.len() > 2
        && word.starts_with(|letter: char| letter.is_ascii_alphabetic())
        && syn::parse_str::<syn::Ident>(&word).is_ok()
        && !matches!(
            word.as_str(),
            "the" | "for" | "with" | "and" | "from" | "got" | "has" | "was" | "are"
        );
    if is_key { word } else { "value".to_owned() }
}
