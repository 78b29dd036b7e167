//! One argument of a call that was written as for `format!`, and the field that it is here.

use proc_macro2::{Ident, Span, TokenStream, TokenTree};
use quote::{ToTokens, quote};

use crate::diag::Errors;
use crate::field;
use crate::input;
use crate::list;
use crate::source::source_like;
use crate::written::{Field, Mode, Origin};

/// A longer value is not repeated in the message.
const MOST_SHOWN: usize = 60;

/// A field, and how it stands in the call that is shown.
pub(super) struct Item {
    field: Field,
    /// The tokens of whoever wrote it.
    written: String,
    /// Whether a hole without a name may mean it.
    is_positional: bool,
    /// Whether a hole of the text shows it.
    is_in_text: bool,
    /// Whether an item before it is the same.
    is_double: bool,
}

/// Reads what stands between the commas; what nobody can read is noted.
pub(super) fn read_all(tokens: &[TokenTree], is_behind: bool, errors: &mut Errors) -> Vec<Item> {
    let mut items = Vec::new();
    for written in tokens.split(list::is_separator).filter(|it| !it.is_empty()) {
        let tokens = assigned_by_arrow(written)
            .unwrap_or_else(|| written.iter().cloned().collect::<TokenStream>());
        let mut own = Errors::new();
        let fields = input::read(tokens.clone(), |input| {
            Ok(field::parse_all(input, &mut own))
        });
        let is_read = own.finish().is_ok();
        let text = source_like(&tokens);
        let field = match fields {
            Ok(mut fields) if is_read && fields.len() == 1 => fields.pop().map(|field| {
                let is_positional = is_behind && field.origin == Origin::Shorthand;
                (field, is_positional)
            }),
            _ => of_expression(&tokens).map(|field| (field, is_behind)),
        };
        if let Some((field, is_positional)) = field {
            items.push(Item::new(field, text, is_positional));
            continue;
        }
        // Read again for its messages; where a comma is missing, there are several.
        match input::read(tokens, |input| Ok(field::parse_all(input, errors))) {
            Ok(fields) => items.extend(fields.into_iter().map(|field| {
                let is_positional = is_behind && field.origin == Origin::Shorthand;
                Item::new(field, text.clone(), is_positional)
            })),
            Err(error) => errors.push_error(error),
        }
    }
    items
}

/// `"user" => name`, as other tools have it, with the key as a word.
fn assigned_by_arrow(item: &[TokenTree]) -> Option<TokenStream> {
    let [
        TokenTree::Literal(key),
        TokenTree::Punct(first),
        TokenTree::Punct(second),
        value @ ..,
    ] = item
    else {
        return None;
    };
    if (first.as_char(), second.as_char()) != ('=', '>') || value.is_empty() {
        return None;
    }
    let text = syn::parse2::<syn::LitStr>(key.to_token_stream()).ok()?;
    let key = match syn::parse_str::<Ident>(&text.value()) {
        Ok(word) => Ident::new(&word.to_string(), text.span()).into_token_stream(),
        Err(_) => text.into_token_stream(),
    };
    let value: TokenStream = value.iter().cloned().collect();
    Some(quote!(#key = #value))
}

/// A value without a key, which gets one; of `&order` the variable is enough.
pub(super) fn of_expression(tokens: &TokenStream) -> Option<Field> {
    let mut rest = tokens.clone().into_iter();
    let first = rest.next()?;
    if matches!(&first, TokenTree::Punct(mark) if mark.as_char() == '&') {
        let plain: TokenStream = rest.collect();
        let mut own = Errors::new();
        let fields = input::read(plain, |input| Ok(field::parse_all(input, &mut own)));
        if own.finish().is_ok()
            && let Ok(mut fields) = fields
            && fields.len() == 1
            && let Some(field) = fields.pop()
            && field.origin == Origin::Shorthand
        {
            return Some(field);
        }
    }
    let value = input::read(tokens.clone(), field::parse_expr).ok()?;
    let is_path = source_like(&value).ends_with(".display()");
    Some(Field {
        key: field::propose_key(&value),
        key_tokens: value.clone(),
        mode: if is_path { Mode::Display } else { Mode::Typed },
        value,
        origin: Origin::Named,
    })
}

/// Gives each of the items a key of its own; of two that are the same the second is left out.
pub(super) fn name_apart(items: &mut [Item]) {
    for index in 1..items.len() {
        let (before, rest) = items.split_at_mut(index);
        let item = &mut rest[0];
        let Some(same) = before.iter().find(|it| it.key() == item.key()) else {
            continue;
        };
        if item.is_positional {
            let value = |field: &Field| field.value.to_string();
            item.is_double = value(&same.field) == value(&item.field);
            if !item.is_double {
                let key = free_key(item.key(), before);
                item.rename(key);
            }
        }
    }
}

/// `key`, `key_2`, `key_3`: the first that nobody has.
pub(super) fn free_key(key: &str, taken: &[Item]) -> String {
    let mut free = key.to_owned();
    let mut number = 1;
    while taken.iter().any(|it| it.key() == free) {
        number += 1;
        free = format!("{key}_{number}");
    }
    free
}

/// Whether a variable of this name is an error wherever one is met.
fn names_error(key: &str) -> bool {
    let word = key.rsplit(['_', '.']).next().unwrap_or(key);
    matches!(word, "e" | "err" | "error")
}

/// Whether the value is what a function gives, such as `e.to_string()`.
fn is_call(value: &TokenStream) -> bool {
    matches!(value.clone().into_iter().last(), Some(TokenTree::Group(_)))
}

impl Item {
    fn new(field: Field, written: String, is_positional: bool) -> Self {
        let mut item = Self {
            written,
            is_positional,
            is_in_text: false,
            is_double: false,
            field,
        };
        if item.is_typed() && names_error(item.key()) && !is_call(&item.field.value) {
            item.field.mode = Mode::Error;
        }
        if item.field.origin == Origin::Shorthand
            && let Some(other) = field::reserved_for(item.key())
        {
            item.rename(other.to_owned());
        }
        item
    }

    /// What a hole shows that no argument stands behind.
    pub(super) fn in_text(field: Field) -> Self {
        let mut item = Self::new(field, String::new(), false);
        item.is_in_text = true;
        item
    }

    /// A variable that a hole names by itself, when it has to be taken as something else than its type.
    pub(super) fn of_hole(key: &str, value: TokenStream, is_display: bool) -> Option<Self> {
        let item = Self::in_text(Field {
            key: key.to_owned(),
            key_tokens: value.clone(),
            mode: Mode::Typed,
            value,
            origin: Origin::Shorthand,
        });
        match (item.is_typed(), is_display) {
            (true, false) => None,
            (true, true) => {
                let mut item = item;
                item.field.mode = Mode::Display;
                Some(item)
            }
            (false, _) => Some(item),
        }
    }

    fn is_typed(&self) -> bool {
        matches!(self.field.mode, Mode::Typed)
    }

    pub(super) fn key(&self) -> &str {
        &self.field.key
    }

    pub(super) fn is_positional(&self) -> bool {
        self.is_positional
    }

    pub(super) fn is_error(&self) -> bool {
        matches!(self.field.mode, Mode::Error)
    }

    /// Whether the value is a number or a text, which suggests no key.
    pub(super) fn is_literal(&self) -> bool {
        self.is_positional
            && self.field.origin == Origin::Named
            && syn::parse2::<syn::Lit>(self.field.key_tokens.clone()).is_ok()
    }

    pub(super) fn rename(&mut self, key: String) {
        self.field.key = key;
        self.field.origin = Origin::Named;
    }

    /// The value fills a hole, by its Debug where that asked for it; what to write there.
    pub(super) fn fill(&mut self, is_debug: bool) -> String {
        self.is_in_text = true;
        if is_debug && (self.is_typed() || self.is_error()) {
            self.field.mode = Mode::Debug;
        }
        if self.is_typed() && self.field.origin == Origin::Shorthand {
            source_like(&self.field.value)
        } else {
            self.field.key.clone()
        }
    }

    /// What is written behind the text; nothing for what a hole says already.
    pub(super) fn shown(&self) -> Option<String> {
        let field = &self.field;
        if self.is_double || self.is_in_text && self.is_typed() && field.origin == Origin::Shorthand
        {
            return None;
        }
        let value = source_like(&field.value);
        let value = if value.len() > MOST_SHOWN {
            "..."
        } else {
            &value
        };
        let key = &field.key;
        let is_named = field.origin == Origin::Named;
        let (mark, capture) = match field.mode {
            Mode::Typed => ("", ""),
            Mode::Display => ("%", ""),
            Mode::Debug => ("?", ""),
            Mode::Error => ("", ": error"),
            _ => return Some(format!(", {}", self.written)),
        };
        Some(if is_named {
            format!(", {key}{capture} = {mark}{value}")
        } else {
            format!(", {mark}{value}{capture}")
        })
    }

    /// The field, but for one that is there twice.
    pub(super) fn field(self) -> Option<Field> {
        (!self.is_double).then_some(self.field)
    }
}

/// The place of a hole, for what is read out of it.
pub(super) fn tokens_at(text: &str, span: Span) -> Option<TokenStream> {
    let tokens: TokenStream = text.parse().ok()?;
    Some(
        tokens
            .into_iter()
            .map(|mut token| {
                token.set_span(span);
                token
            })
            .collect(),
    )
}
