//! A sentence where the name must be: `info!("order {} is {}", id, state)`, the first line of whoever knows another
//! tool. One message shows the whole call as it is written here: `holes` names what stands in the text, `item` is one
//! of the arguments behind it. What else is wrong in the call is looked for as if it had been written so.

mod holes;
mod item;

use proc_macro2::TokenTree;
use quote::ToTokens;
use syn::LitStr;

use super::event_name;
use crate::diag::Errors;
use crate::template;
use crate::written::Field;
use item::Item;

/// A longer call is shown without the fields behind its text.
const MOST_SHOWN: usize = 240;

/// Where the sentence was found, which is what is wrong with it.
#[derive(Clone, Copy, Debug)]
pub(super) enum Place {
    /// In the place of the name.
    Name,
    /// Behind fields.
    Late,
    /// In a `format!` in the place of the name.
    Formatted,
    /// Behind a name, where it should be, but with holes that name nothing.
    Text,
    /// In a `format!` behind a name.
    FormattedText,
}

/// Notes the one mistake and gives the call as it was meant: its text, and its fields.
pub(super) fn refuse(
    literal: &LitStr,
    before: &[TokenTree],
    behind: &[TokenTree],
    place: Place,
    errors: &mut Errors,
) -> (LitStr, Vec<Field>) {
    let mut items = item::read_all(before, false, errors);
    items.extend(item::read_all(behind, true, errors));
    item::name_apart(&mut items);
    let source = literal.to_token_stream().to_string();
    let text = holes::name_all(&source, literal.span(), &mut items);
    let name = name(&literal.value(), &text, &items);
    let mut call = if matches!(place, Place::Text | Place::FormattedText) {
        text.clone()
    } else {
        let name = name.as_deref().unwrap_or(event_name::EXAMPLE);
        format!("\"{name}\", {text}")
    };
    let fields: String = items.iter().filter_map(Item::shown).collect();
    if call.len() + fields.len() <= MOST_SHOWN {
        call.push_str(&fields);
    }
    let message = match place {
        Place::Name if name.is_none() => format!(
            "a sentence is not an event's name: keep it as the text and put a name before it that says what happened, such as `{call}`"
        ),
        Place::Name => format!(
            "a sentence is not an event's name: keep it as the text and put a name before it: `{call}`"
        ),
        Place::Late => {
            format!("a text comes before the fields, after a name: write `{call}`")
        }
        Place::Text => format!("every hole of a text names its field: write `{call}`"),
        Place::FormattedText => {
            format!("a text is put together when it is read, without `format!`: write `{call}`")
        }
        Place::Formatted => format!(
            "a text is put together when it is read, without `format!`, and comes after a name: write `{call}`"
        ),
    };
    // Where no hole could be named, what is read of the text says so.
    if !matches!(place, Place::Text) || text != source {
        errors.push(literal.span(), message);
    }
    let mut meant: LitStr = syn::parse_str(&text).unwrap_or_else(|_| literal.clone());
    meant.set_span(literal.span());
    (meant, items.into_iter().filter_map(Item::field).collect())
}

/// Whether arguments fill the text that come after it.
pub(super) fn has_unnamed_holes(text: &str) -> bool {
    // Two braces are one that is written.
    let plain = text.replace("{{", "");
    let mut holes = plain.split('{').skip(1);
    holes.any(|it| it.starts_with(|next: char| next == '}' || next == ':' || next.is_ascii_digit()))
}

/// The words of the sentence, or, where it has none, what its first value is.
fn name(sentence: &str, text: &str, items: &[Item]) -> Option<String> {
    if let Some(name) = event_name::name_of(sentence) {
        return Some(name);
    }
    let key = match items.first() {
        Some(item) if item.is_error() => return Some("error_occurred".to_owned()),
        Some(item) => item.key(),
        None => first_hole(text)?,
    };
    event_name::name_of(&format!("{key} seen"))
}

/// The name in the first hole that has one.
fn first_hole(text: &str) -> Option<&str> {
    let holes = text.split('{').skip(1);
    let names = holes.filter_map(|it| it.split(['}', ':']).next());
    let mut names = names.map(|it| it.strip_prefix("self.").unwrap_or(it));
    names.find(|it| template::is_name(it))
}
