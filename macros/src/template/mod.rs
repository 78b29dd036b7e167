//! The template of a call, parsed once and for all: text, and holes that are fields like any other.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens, quote_spanned};
use syn::LitStr;

use crate::diag::Errors;
use crate::field::{Field, Mode, Origin};

/// A piece as it was written.
#[derive(Clone, Debug)]
pub(crate) enum Piece {
    Text(String),
    Hole(Hole),
}

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

/// The parts of Rust's format specification that make sense for a value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Spec {
    fill: char,
    align: Align,
    plus: bool,
    alternate: bool,
    zero: bool,
    width: u16,
    precision: Option<u16>,
    radix: Radix,
}

/// Where a value stands in a wider field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Align {
    Default,
    Left,
    Center,
    Right,
}

impl Align {
    fn of_letter(letter: char) -> Option<Self> {
        match letter {
            '<' => Some(Self::Left),
            '^' => Some(Self::Center),
            '>' => Some(Self::Right),
            _ => None,
        }
    }

    fn variant(self) -> &'static str {
        match self {
            Self::Default => "Default",
            Self::Left => "Left",
            Self::Center => "Center",
            Self::Right => "Right",
        }
    }
}

/// How a number is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Radix {
    Decimal,
    LowerHex,
    UpperHex,
    Octal,
    Binary,
    LowerExp,
}

impl Radix {
    fn variant(self) -> &'static str {
        match self {
            Self::Decimal => "Decimal",
            Self::LowerHex => "LowerHex",
            Self::UpperHex => "UpperHex",
            Self::Octal => "Octal",
            Self::Binary => "Binary",
            Self::LowerExp => "LowerExp",
        }
    }
}

impl Spec {
    const PLAIN: Self = Self {
        fill: ' ',
        align: Align::Default,
        plus: false,
        alternate: false,
        zero: false,
        width: 0,
        precision: None,
        radix: Radix::Decimal,
    };

    /// An expression of type `Spec`.
    pub(crate) fn to_tokens(&self, private: &TokenStream) -> TokenStream {
        let here = Span::mixed_site();
        if *self == Self::PLAIN {
            return quote_spanned!(here=> #private::Spec::PLAIN);
        }
        let Self {
            fill,
            plus,
            alternate,
            zero,
            width,
            ..
        } = self;
        let align = Ident::new(self.align.variant(), here);
        let radix = Ident::new(self.radix.variant(), here);
        let precision = self.precision.map_or_else(
            || quote_spanned!(here=> ::core::option::Option::None),
            |digits| quote_spanned!(here=> ::core::option::Option::Some(#digits)),
        );
        quote_spanned! {here=>
            #private::Spec {
                fill: #fill,
                align: #private::Align::#align,
                plus: #plus,
                alternate: #alternate,
                zero: #zero,
                width: #width,
                precision: #precision,
                radix: #private::Radix::#radix,
            }
        }
    }
}

/// Reads a template; what is wrong in it is noted at the literal, for a compiler gives macros no
/// places inside of one.
pub(crate) fn parse(literal: &LitStr, errors: &mut Errors) -> Vec<Piece> {
    let text = literal.value();
    let mut pieces = Vec::new();
    let mut plain = String::new();
    let mut rest = text.as_str();
    while let Some(at) = rest.find(['{', '}']) {
        plain.push_str(&rest[..at]);
        let brace = &rest[at..=at];
        rest = &rest[at + 1..];
        if let Some(behind) = rest.strip_prefix(brace) {
            plain.push_str(brace);
            rest = behind;
        } else if brace == "}" {
            errors.push(
                literal.span(),
                "this `}` closes no hole: write `}}` for the character itself",
            );
        } else if let Some(end) = rest
            .find(['{', '}'])
            .filter(|end| rest[*end..].starts_with('}'))
        {
            match parse_hole(&rest[..end], literal.span()) {
                Ok(hole) => {
                    if !plain.is_empty() {
                        pieces.push(Piece::Text(core::mem::take(&mut plain)));
                    }
                    pieces.push(Piece::Hole(hole));
                }
                Err(message) => errors.push(literal.span(), message),
            }
            rest = &rest[end + 1..];
        } else {
            let hole: String = rest.chars().take(20).collect();
            errors.push(
                literal.span(),
                format!("the hole `{{{hole}` is not closed: write `}}` behind its name, or `{{{{` for the character itself"),
            );
            break;
        }
    }
    plain.push_str(rest);
    if !plain.is_empty() {
        pieces.push(Piece::Text(plain));
    }
    pieces
}

fn parse_hole(text: &str, span: Span) -> Result<Hole, String> {
    let (name, spec) = text.split_once(':').unwrap_or((text, ""));
    let name = name.trim();
    if name.is_empty() || name.bytes().all(|it| it.is_ascii_digit()) {
        return Err(format!(
            "the hole `{{{text}}}` names nothing: every hole is a field, such as `{{user_id}}`"
        ));
    }
    let (key, value) = parse_name(name, span).ok_or_else(|| {
        format!(
            "the hole `{{{name}}}` is not a name: write the field behind the template, such as `value = {name}`, and `{{value}}` here"
        )
    })?;
    let (spec, debug) = parse_spec(spec.trim_end(), name)?;
    Ok(Hole {
        key,
        value,
        debug,
        spec,
    })
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

/// `[[fill]align][+][#][0][width][.precision][type]`
fn parse_spec(text: &str, name: &str) -> Result<(Spec, bool), String> {
    let mut spec = Spec::PLAIN;
    let letters: Vec<char> = text.chars().collect();
    let mut rest = letters.as_slice();
    if let [fill, align, behind @ ..] = rest
        && let Some(align) = Align::of_letter(*align)
    {
        (spec.fill, spec.align, rest) = (*fill, align, behind);
    } else if let [align, behind @ ..] = rest
        && let Some(align) = Align::of_letter(*align)
    {
        (spec.align, rest) = (align, behind);
    }
    spec.plus = take(&mut rest, '+');
    spec.alternate = take(&mut rest, '#');
    spec.zero = take(&mut rest, '0');
    if let Some(width) = number(&mut rest) {
        spec.width = width?;
    }
    if take(&mut rest, '.') {
        spec.precision = match number(&mut rest) {
            Some(digits) => Some(digits?),
            None => {
                return Err(format!(
                    "`{{{name}:{text}}}` has no digits behind the point: write a number, such as `{{{name}:.2}}`"
                ));
            }
        };
    }
    let kind: String = rest.iter().collect();
    let mut debug = false;
    spec.radix = match kind.as_str() {
        "" => Radix::Decimal,
        "?" if spec.alternate => {
            return Err(format!(
                "`{{{name}:#?}}` breaks a record into lines: write `{{{name}:?}}`"
            ));
        }
        "?" => {
            debug = true;
            Radix::Decimal
        }
        "x" => Radix::LowerHex,
        "X" => Radix::UpperHex,
        "o" => Radix::Octal,
        "b" => Radix::Binary,
        "e" => Radix::LowerExp,
        _ if kind.contains('$') => {
            return Err(format!(
                "`{{{name}:{text}}}` takes a width from an argument: write the number itself"
            ));
        }
        _ => {
            return Err(format!(
                "`{kind}` is not a format in `{{{name}:{text}}}`: write one of `?`, `x`, `X`, `o`, `b`, `e`, a width, or a precision such as `.2`"
            ));
        }
    };
    Ok((spec, debug))
}

fn take(rest: &mut &[char], letter: char) -> bool {
    if let [first, behind @ ..] = *rest
        && *first == letter
    {
        *rest = behind;
        return true;
    }
    false
}

fn number(rest: &mut &[char]) -> Option<Result<u16, String>> {
    let digits: String = rest.iter().take_while(|it| it.is_ascii_digit()).collect();
    if digits.is_empty() {
        return None;
    }
    *rest = &rest[digits.len()..];
    // Nobody reads a field that is wider than this; a record stays small.
    Some(match digits.parse::<u16>() {
        Ok(number) if number <= 1000 => Ok(number),
        _ => Err(format!(
            "a width or precision of `{digits}` is too large: the most is 1000"
        )),
    })
}

#[cfg(test)]
mod tests;
