//! Functions inside macros, found by their tokens: those that a `macro_rules!` writes are annotated in its
//! text, and so are those that are handed to a macro which only says under which `cfg` they exist. What other
//! macros are handed may mean anything, so it is only counted.

use proc_macro2::{Delimiter, Group, TokenStream, TokenTree};

use super::Edits;
use super::rules::{self, Reason};

/// The rules of a `macro_rules!`: patterns are left alone.
pub(super) fn definition(rules: &TokenStream, edits: &mut Edits<'_>) {
    let tokens: Vec<TokenTree> = rules.clone().into_iter().collect();
    for window in tokens.windows(3) {
        if let [
            TokenTree::Punct(a),
            TokenTree::Punct(b),
            TokenTree::Group(written),
        ] = window
            && (a.as_char(), b.as_char()) == ('=', '>')
        {
            scan(written, true, edits);
        }
    }
}

/// The input of a macro call.
pub(super) fn call(call: &syn::Macro, edits: &mut Edits<'_>) {
    let name = call.path.segments.last().map(|it| it.ident.to_string());
    let is_cfg = name.is_some_and(|it| it.starts_with("cfg_"));
    let tokens: Vec<TokenTree> = call.tokens.clone().into_iter().collect();
    scan_tokens(&tokens, is_cfg, edits);
}

fn scan(group: &Group, is_timed: bool, edits: &mut Edits<'_>) {
    let tokens: Vec<TokenTree> = group.stream().into_iter().collect();
    scan_tokens(&tokens, is_timed, edits);
}

fn scan_tokens(tokens: &[TokenTree], is_timed: bool, edits: &mut Edits<'_>) {
    for (at, token) in tokens.iter().enumerate() {
        match token {
            TokenTree::Ident(word) if word == "fn" => {
                function(tokens, at, is_timed, edits);
            }
            TokenTree::Group(group) => scan(group, is_timed, edits),
            _ => {}
        }
    }
}

fn ends_item(token: &TokenTree) -> bool {
    match token {
        TokenTree::Punct(it) => it.as_char() == ';',
        TokenTree::Group(it) => it.delimiter() == Delimiter::Brace,
        _ => false,
    }
}

/// Judges what stands around a `fn` at this place.
fn function(tokens: &[TokenTree], at: usize, is_timed: bool, edits: &mut Edits<'_>) {
    let Some((name, inputs)) = head(&tokens[at + 1..]) else {
        // The type of a function, or a piece of one.
        return;
    };
    let body = body(&tokens[at + 1..]);
    let (first, is_const) = qualifiers(tokens, at);
    let is_method = inputs.to_string().contains("self");
    let reason = match body {
        None => Some(Reason::NoBody),
        Some(_) if is_const => Some(Reason::Const),
        Some(_) if is_method && rules::is_shown(&name, &inputs, true) => Some(Reason::Shown),
        Some(_) if !is_timed => Some(Reason::MacroInput),
        Some(_) if edits.is_left_by_hand(&name) => Some(Reason::ByHand),
        Some(_) => None,
    };
    match (reason, body) {
        (Some(reason), _) => edits.count.left(reason),
        (None, body) => {
            let line = tokens[at].span().start().line;
            let place = tokens[first].span().byte_range().start;
            let body = body.map(|it| it.span_open().byte_range().end);
            edits.time(&name, line, place, body, false);
        }
    }
}

/// The name behind `fn`, and what stands between its parentheses.
fn head(behind: &[TokenTree]) -> Option<(String, TokenStream)> {
    let (name, behind) = match behind {
        [TokenTree::Ident(name), rest @ ..] => (name.to_string(), rest),
        [TokenTree::Punct(sign), TokenTree::Ident(name), rest @ ..] if sign.as_char() == '$' => {
            (format!("${name}"), rest)
        }
        _ => return None,
    };
    let inputs = behind.iter().find_map(|it| match it {
        TokenTree::Group(it) if it.delimiter() == Delimiter::Parenthesis => Some(it.stream()),
        _ => None,
    })?;
    Some((name, inputs))
}

/// The braces that follow, unless something else ends the function first.
fn body(behind: &[TokenTree]) -> Option<&Group> {
    let end = behind
        .iter()
        .find(|it| ends_item(it) || it.to_string() == "fn")?;
    match end {
        TokenTree::Group(it) => Some(it),
        _ => None,
    }
}

/// Where visibility and qualifiers in front of `fn` begin, and whether one of them says `const`.
fn qualifiers(tokens: &[TokenTree], at: usize) -> (usize, bool) {
    let mut first = at;
    let mut is_const = false;
    while first > 0 {
        let before = &tokens[first - 1];
        let is_fragment = first > 1 && tokens[first - 2].to_string() == "$";
        match before {
            TokenTree::Ident(it) if is_fragment => {
                is_const |= it.to_string().contains("const");
                first -= 2;
            }
            TokenTree::Ident(it)
                if ["pub", "const", "async", "unsafe", "extern", "default"]
                    .contains(&&*it.to_string()) =>
            {
                is_const |= it == "const";
                first -= 1;
            }
            TokenTree::Literal(_) => first -= 1,
            TokenTree::Group(it)
                if it.delimiter() == Delimiter::Parenthesis
                    && first > 1
                    && tokens[first - 2].to_string() == "pub" =>
            {
                first -= 2;
            }
            _ => break,
        }
    }
    (first, is_const)
}
