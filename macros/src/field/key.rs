//! The syntax of keys: variables and paths of members, which are their own values. What is a larger
//! expression is told which key to write in front of it.

use proc_macro2::{Delimiter, Ident, Spacing, TokenStream, TokenTree};
use quote::ToTokens;
use syn::Token;
use syn::ext::IdentExt;
use syn::parse::ParseStream;

use super::proposal::{NO_WORD, propose_key};
use super::tokens::{is_unfinished, parse_expr, peek_assign, peek_colon};
use crate::list::{at_end, until_comma};
use crate::secret;
use crate::source::{shown, source_like};

/// `user_id`, `order.id`, `self.amount`, `pair.0`
pub(super) struct Path {
    pub(super) key: String,
    pub(super) tokens: TokenStream,
}

pub(super) fn parse_path(input: ParseStream<'_>) -> syn::Result<Path> {
    let first = Ident::parse_any(input)?;
    let mut key = if first == "self" {
        String::new()
    } else {
        first.unraw().to_string()
    };
    let mut tokens = first.to_token_stream();
    while input.peek(Token![.]) && !input.peek(Token![..]) {
        let dot: Token![.] = input.parse()?;
        let member: TokenTree = input.parse()?;
        let name = match &member {
            TokenTree::Ident(name) if is_member(name) => name.unraw().to_string(),
            TokenTree::Ident(keyword) => {
                return Err(syn::Error::new(
                    keyword.span(),
                    format!("`{keyword}` is a keyword: write `{key}.r#{keyword}`"),
                ));
            }
            // `pair.0`, and `pair.0.1`, whose members are one token.
            TokenTree::Literal(index) if is_index(&index.to_string()) => index.to_string(),
            _ => {
                return Err(syn::Error::new(
                    member.span(),
                    format!("a field's name comes after a dot, such as `{key}.id`"),
                ));
            }
        };
        if !key.is_empty() {
            key.push('.');
        }
        key.push_str(&name);
        dot.to_tokens(&mut tokens);
        member.to_tokens(&mut tokens);
    }
    Ok(Path { key, tokens })
}

/// `.await` is read like a member, and means what it means.
fn is_member(name: &Ident) -> bool {
    name == "await" || syn::parse2::<Ident>(name.to_token_stream()).is_ok()
}

/// `0`, and `0.1`, which is one token. No tuple has more members than a `u32` counts.
fn is_index(text: &str) -> bool {
    text.split('.')
        .all(|part| part.bytes().all(|it| it.is_ascii_digit()) && part.parse::<u32>().is_ok())
}

/// Whether more tokens make a path part of a larger expression: `order.id()`, `a + b`, `a::b`.
pub(super) fn continues_expression(input: ParseStream<'_>) -> bool {
    if at_end(input) || peek_assign(input) || peek_colon(input) || input.peek(Token![=>]) {
        return false;
    }
    // A literal, a name or a mark starts the next field: a comma is missing.
    let Some((next, _)) = input.cursor().token_tree() else {
        return false;
    };
    match next {
        TokenTree::Ident(word) => word == "as",
        TokenTree::Literal(_) => false,
        TokenTree::Group(_) | TokenTree::Punct(_) => true,
    }
}

/// `mut order` and `ref order` bind a variable; a field reads one.
pub(super) fn refuse_binding(input: ParseStream<'_>) -> Option<syn::Error> {
    let fork = input.fork();
    let word = Ident::parse_any(&fork).ok()?;
    if word != "mut" && word != "ref" || !fork.peek(Ident::peek_any) {
        return None;
    }
    let variable = shown(&until_comma(&fork), "the variable");
    Some(syn::Error::new(
        word.span(),
        format!("values are taken by reference already: write `{variable}`"),
    ))
}

/// `key == value`, `key += value`, `key := value`: an operator where `=` must be.
pub(super) fn operator_after_key(input: ParseStream<'_>, key: &TokenStream) -> Option<syn::Error> {
    let (first, rest) = input.cursor().punct()?;
    let is_operator = match first.as_char() {
        '=' => true,
        // `key -> value`
        '-' if rest.punct().is_some_and(|(next, _)| next.as_char() == '>') => true,
        '+' | '-' | '*' | '/' | '%' | '^' | '&' | '|' => {
            first.spacing() == Spacing::Joint
                && rest.punct().is_some_and(|(next, _)| next.as_char() == '=')
        }
        _ => false,
    };
    if !is_operator {
        return None;
    }
    let sign = if first.as_char() == '-' {
        "`=`"
    } else {
        "one `=`"
    };
    let value: TokenStream = until_comma(input)
        .into_iter()
        .skip_while(
            |token| matches!(token, TokenTree::Punct(mark) if "=+-*/%^&|>".contains(mark.as_char())),
        )
        .collect();
    Some(syn::Error::new(
        first.span(),
        format!(
            "a field is written with {sign}: `{} = {}`",
            source_like(key),
            shown(&value, "value")
        ),
    ))
}

/// A key that stands alone is a variable, so it must be able to be one.
pub(super) fn check_variable(path: &Path) -> syn::Result<()> {
    if path.key.is_empty() {
        return Err(syn::Error::new_spanned(
            &path.tokens,
            "`self` is a whole value: name the field, such as `self.id`",
        ));
    }
    let first = path.tokens.clone().into_iter().next();
    if let Some(TokenTree::Ident(word)) = first
        && word != "self"
        && syn::parse2::<Ident>(word.to_token_stream()).is_err()
    {
        let text = match word.to_string().as_str() {
            "true" | "false" => format!("`{word}` is a value without a key: write `key = {word}`"),
            "Self" | "super" | "crate" => format!("`{word}` is not a value"),
            "if" | "match" | "loop" | "unsafe" | "async" | "move" => {
                format!(
                    "`{word}` begins an expression, which needs a key: write `key = {word} ...`"
                )
            }
            _ => format!(
                "`{word}` is a keyword: write `r#{word}` for the variable, or `{word} = value`"
            ),
        };
        return Err(syn::Error::new(word.span(), text));
    }
    Ok(())
}

/// An expression stands where a key must be: proposes a key for it.
pub(super) fn expression_as_key(input: ParseStream<'_>, mark: &str) -> syn::Error {
    let fork = input.fork();
    let tokens = match parse_expr(&fork) {
        Ok(tokens) => tokens,
        Err(error) if is_unfinished(&error) => return error,
        Err(_) => until_comma(input),
    };
    if let Some(message) = known_form(&tokens) {
        return syn::Error::new_spanned(&tokens, message);
    }
    let mut key = propose_key(&tokens);
    if let Some(message) = secret::objection(&tokens, &key) {
        return syn::Error::new_spanned(&tokens, message);
    }
    // `user.check_password()` gives no secret, and is none under this key alone.
    if secret::refuses(&key) {
        NO_WORD.clone_into(&mut key);
    }
    let text = shown(&tokens, "...");
    // A path shows itself through a wrapper that has a Display and nothing else.
    let given = mark;
    let mark = if mark.is_empty() && text.ends_with(".display()") {
        "%"
    } else {
        mark
    };
    let plain = text.strip_prefix("&mut ").or(text.strip_prefix('&'));
    let one_reference = plain.filter(|rest| {
        mark.is_empty()
            && rest
                .chars()
                .all(|it| it.is_alphanumeric() || it == '_' || it == '.')
    });
    if let Some(variable) = one_reference {
        return syn::Error::new_spanned(
            &tokens,
            format!("values are taken by reference already: write `{variable}`"),
        );
    }
    let what = match syn::parse2::<syn::Lit>(tokens.clone()) {
        Ok(_) => "is a value without a key",
        Err(_) => "is an expression and needs a key",
    };
    syn::Error::new_spanned(
        &tokens,
        format!("`{given}{text}` {what}: write `{key} = {mark}{text}`"),
    )
}

/// What people write who know another tool, or another place.
fn known_form(tokens: &TokenStream) -> Option<String> {
    let all: Vec<TokenTree> = tokens.clone().into_iter().collect();
    match all.as_slice() {
        [TokenTree::Group(group)] if group.delimiter() != Delimiter::None => {
            Some(beside_each_other(&group.stream()))
        }
        [TokenTree::Punct(mark), TokenTree::Group(group), ..]
            if mark.as_char() == '#' && group.delimiter() == Delimiter::Bracket =>
        {
            Some("a field takes no attribute: put it on the whole call".to_owned())
        }
        [TokenTree::Ident(word), TokenTree::Group(group)]
            if group.delimiter() == Delimiter::Parenthesis
                && matches!(
                    word.to_string().as_str(),
                    "every" | "at_most" | "sample" | "once"
                ) =>
        {
            let option = source_like(tokens);
            Some(format!(
                "`{option}` is an option of an event, which comes before its name: `{option}, \"event_name\"`"
            ))
        }
        _ => assigned(&all),
    }
}

/// What is said of fields that stand in brackets.
pub(super) fn beside_each_other(fields: &TokenStream) -> String {
    let inner = shown(fields, "")
        .replace(": ", " = ")
        .replace(" => ", " = ");
    if inner.is_empty() {
        "fields stand beside each other, without brackets around them".to_owned()
    } else {
        format!("fields stand beside each other, without brackets: write `{inner}`")
    }
}

/// `a[0] = 1`, `a::b = 1`: what is assigned to is no key.
fn assigned(tokens: &[TokenTree]) -> Option<String> {
    let is_mark = |at: usize, mark: char| matches!(tokens.get(at), Some(TokenTree::Punct(it)) if it.as_char() == mark);
    let at = (1..tokens.len()).find(|&at| is_mark(at, '='))?;
    // `==`, `<=`, `=>` and the like compare.
    if is_mark(at + 1, '=') || is_mark(at + 1, '>') || "<>!=".chars().any(|it| is_mark(at - 1, it))
    {
        return None;
    }
    let left: TokenStream = tokens[..at].iter().cloned().collect();
    let value: TokenStream = tokens[at + 1..].iter().cloned().collect();
    let (text, value) = (shown(&left, "this"), shown(&value, "value"));
    Some(format!(
        "`{text}` cannot be a key: write a name, such as `{} = {value}`, or any text in quotes",
        propose_key(&left)
    ))
}
