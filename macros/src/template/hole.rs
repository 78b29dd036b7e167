//! One hole: the field that it stands for, and the form that its value is shown in.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens, quote_spanned};
use syn::LitStr;

use super::spec::{Spec, parse_spec};
use crate::field::propose_key;
use crate::written::{Field, Mode, Origin};

/// `{user_id}`, `{amount:.2}`, `{error:?}`
#[derive(Clone, Debug)]
pub(crate) struct Hole {
    pub(crate) key: String,
    /// `self.amount` of a hole with the key `amount`.
    pub(crate) value: TokenStream,
    /// `:?`
    pub(crate) debug: bool,
    pub(crate) spec: Spec,
}

impl Hole {
    /// The field that a hole stands for when no field of the call has its key.
    pub(crate) fn field(&self, literal: &LitStr) -> Field {
        Field {
            key: self.key.clone(),
            key_tokens: literal.to_token_stream(),
            mode: if self.debug { Mode::Debug } else { Mode::Typed },
            value: self.value.clone(),
            origin: Origin::Hole,
        }
    }
}

/// `unnamed` counts the holes before this one that name nothing.
pub(super) fn parse_hole(
    text: &str,
    span: Span,
    keys: &[String],
    unnamed: &mut usize,
) -> Result<Hole, String> {
    let (name, spec) = text.split_once(':').unwrap_or((text, ""));
    let name = name.trim();
    if name.is_empty() || name.bytes().all(|it| it.is_ascii_digit()) {
        let at = name.parse().unwrap_or(*unnamed);
        *unnamed += usize::from(name.is_empty());
        let rest = &text[text.find(':').unwrap_or(text.len())..];
        return Err(match keys.get(at) {
            Some(key) => format!(
                "the hole `{{{text}}}` names nothing: every hole is a field, so write `{{{key}{rest}}}`"
            ),
            None => format!(
                "the hole `{{{text}}}` names nothing, and no value is left for it: every hole is a field, such as \
                 `{{user_id}}`"
            ),
        });
    }
    let (key, value) = parse_name(name, span).ok_or_else(|| not_a_name(name, span))?;
    let (spec, debug) = parse_spec(spec.trim_end(), name)?;
    Ok(Hole {
        key,
        value,
        debug,
        spec,
    })
}

fn not_a_name(name: &str, span: Span) -> String {
    // A mark where fields have it.
    for (mark, form) in [("%", ""), ("&", ""), ("*", ""), ("?", ":?")] {
        if let Some(plain) = name.strip_prefix(mark).map(str::trim)
            && parse_name(plain, span).is_some()
        {
            return format!("the hole `{{{name}}}` needs no `{mark}`: write `{{{plain}{form}}}`");
        }
    }
    let key = name
        .parse()
        .map_or_else(|_| "value".to_owned(), |tokens| propose_key(&tokens));
    format!(
        "the hole `{{{name}}}` is not a name: write the field after the template, such as `{key} = {name}`, and `{{{key}}}` here"
    )
}

/// Whether a hole can show what is called so.
pub(crate) fn is_name(name: &str) -> bool {
    parse_name(name, Span::call_site()).is_some()
}

/// `user_id`, `order.id`, `self.amount`, `r#type`; a keyword is taken for the raw name.
fn parse_name(name: &str, span: Span) -> Option<(String, TokenStream)> {
    let mut key = String::new();
    let mut value = TokenStream::new();
    for (index, part) in name.split('.').enumerate() {
        let plain = part.strip_prefix("r#").unwrap_or(part);
        if index > 0 {
            quote_spanned!(span=> .).to_tokens(&mut value);
        }
        if index > 0 && !plain.is_empty() && plain.bytes().all(|it| it.is_ascii_digit()) {
            let member = syn::Index {
                index: plain.parse().ok()?,
                span,
            };
            member.to_tokens(&mut value);
        } else if index == 0 && part == "self" {
            Ident::new("self", span).to_tokens(&mut value);
            continue;
        } else {
            let mut word: Ident = syn::parse_str(plain)
                .or_else(|_| syn::parse_str(&format!("r#{plain}")))
                .ok()?;
            word.set_span(span);
            word.to_tokens(&mut value);
        }
        if !key.is_empty() {
            key.push('.');
        }
        key.push_str(plain);
    }
    (!key.is_empty()).then_some((key, value))
}
