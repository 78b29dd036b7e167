//! What a block gives: its last expression, that of each branch, what a `break` carries out of it.

use proc_macro2::{Delimiter, Group, TokenTree};

use super::is_mark;

type Tokens = Vec<TokenTree>;

/// The expressions that a value gives where it is a block: `{ .. }`, `unsafe { .. }`, `if`, `match`, `loop`.
pub(super) fn tails(tokens: &[TokenTree]) -> Option<Vec<Tokens>> {
    if let [quote, TokenTree::Ident(_), colon, rest @ ..] = tokens
        && is_mark(quote, '\'')
        && is_mark(colon, ':')
    {
        let mut all = tails(rest)?;
        all.extend(broken_off(block(rest.last()?)?));
        return Some(all);
    }
    match tokens {
        [only] => Some(vec![tail(block(only)?)]),
        [TokenTree::Ident(word), only] if word == "unsafe" || word == "const" => {
            Some(vec![tail(block(only)?)])
        }
        [TokenTree::Ident(word), only] if word == "loop" => Some(broken_off(block(only)?)),
        [TokenTree::Ident(word), .., last] if word == "if" => {
            block(last)?;
            Some(tokens.iter().filter_map(block).map(tail).collect())
        }
        [TokenTree::Ident(word), .., last] if word == "match" => Some(arms(block(last)?)),
        _ => None,
    }
}

fn block(token: &TokenTree) -> Option<&Group> {
    match token {
        TokenTree::Group(group) if group.delimiter() == Delimiter::Brace => Some(group),
        _ => None,
    }
}

fn tokens_of(group: &Group) -> Tokens {
    group.stream().into_iter().collect()
}

/// The last expression of a block, behind its statements.
fn tail(block_of: &Group) -> Tokens {
    let tokens = tokens_of(block_of);
    let last = tokens.rsplit(|it| is_mark(it, ';')).next();
    let last = last.unwrap_or_default();
    // `if wanted { .. } password`: a block that ends a statement needs no semicolon.
    let goes_on = |it: &TokenTree| match it {
        TokenTree::Ident(word) => word != "else" && word != "as",
        TokenTree::Punct(mark) => mark.as_char() == '&',
        TokenTree::Literal(_) => true,
        TokenTree::Group(_) => false,
    };
    let ends = last
        .windows(2)
        .rposition(|it| block(&it[0]).is_some() && goes_on(&it[1]));
    last[ends.map_or(0, |it| it + 1)..].to_vec()
}

/// What each `break` carries, however deep in the block.
fn broken_off(group: &Group) -> Vec<Tokens> {
    let tokens = tokens_of(group);
    let mut found: Vec<Tokens> = Vec::new();
    for (at, token) in tokens.iter().enumerate() {
        match token {
            TokenTree::Group(inner) => found.extend(broken_off(inner)),
            TokenTree::Ident(word) if word == "break" => {
                let mut rest = &tokens[at + 1..];
                if let [quote, _, behind @ ..] = rest
                    && is_mark(quote, '\'')
                {
                    rest = behind;
                }
                let value = rest.split(|it| is_mark(it, ';') || is_mark(it, ',')).next();
                found.push(value.unwrap_or_default().to_vec());
            }
            _ => {}
        }
    }
    found
}

/// The expression of each arm.
fn arms(group: &Group) -> Vec<Tokens> {
    let tokens = tokens_of(group);
    let arrow = |at: &usize| is_mark(&tokens[*at - 1], '=') && is_mark(&tokens[*at], '>');
    (1..tokens.len())
        .filter(arrow)
        .map(|at| match &tokens[at + 1..] {
            [first, ..] if block(first).is_some() => vec![first.clone()],
            rest => {
                let value = rest.split(|it| is_mark(it, ',')).next();
                value.unwrap_or_default().to_vec()
            }
        })
        .collect()
}
