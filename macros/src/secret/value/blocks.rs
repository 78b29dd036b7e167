//! What a block gives: its last expression, that of each branch, what a `break` carries out of it. A variable that
//! `bound` knows is what it was made of.

use proc_macro2::{Delimiter, Group, TokenTree};

use super::bound::{self, Bound};
use super::is_mark;
use crate::secret::words::Extra;

type Tokens = Vec<TokenTree>;

/// The expressions that a value gives where it is a block: `{ .. }`, `unsafe { .. }`, `if`, `match`, `loop`.
pub(super) fn tails(tokens: &[TokenTree], extra: Extra<'_>) -> Option<Vec<Tokens>> {
    if let [quote, TokenTree::Ident(_), colon, rest @ ..] = tokens
        && is_mark(quote, '\'')
        && is_mark(colon, ':')
    {
        let mut all = tails(rest, extra)?;
        all.extend(broken_off(block(rest.last()?)?));
        return Some(all);
    }
    match tokens {
        [only] => Some(vec![tail(block(only)?, extra)]),
        [TokenTree::Ident(word), only] if word == "unsafe" || word == "const" => {
            Some(vec![tail(block(only)?, extra)])
        }
        [TokenTree::Ident(word), only] if word == "loop" => Some(broken_off(block(only)?)),
        [TokenTree::Ident(word), .., last] if word == "if" => {
            block(last)?;
            Some(branches(tokens, extra))
        }
        [TokenTree::Ident(word), scrutinee @ .., last] if word == "match" => {
            Some(arms(scrutinee, block(last)?, extra))
        }
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
fn tail(block_of: &Group, extra: Extra<'_>) -> Tokens {
    let tokens = tokens_of(block_of);
    let mut statements: Vec<_> = tokens.split(|it| is_mark(it, ';')).collect();
    let last = statements.pop().unwrap_or_default();
    let mut bound = Bound::new(extra);
    for statement in statements {
        bound.bind_let(behind_blocks(statement));
    }
    bound.resolve(last_expression(last))
}

fn last_expression(last: &[TokenTree]) -> &[TokenTree] {
    let last = behind_blocks(last);
    // `log! { .. } password`: a block that ends a statement needs no semicolon.
    let goes_on = |it: &TokenTree| match it {
        TokenTree::Ident(word) => word != "else" && word != "as",
        TokenTree::Punct(mark) => mark.as_char() == '&',
        TokenTree::Literal(_) => true,
        TokenTree::Group(_) => false,
    };
    let ends = last
        .windows(2)
        .rposition(|it| block(&it[0]).is_some() && goes_on(&it[1]));
    &last[ends.map_or(0, |it| it + 1)..]
}

/// What follows the statements that end with their blocks, as `if wanted { .. }` in front of `(password)` does.
fn behind_blocks(mut tokens: &[TokenTree]) -> &[TokenTree] {
    while let Some(end) = end_of_block(tokens) {
        let rest = &tokens[end..];
        let goes_on = |it: &TokenTree| is_mark(it, '.') || is_mark(it, '?');
        if rest.first().is_none_or(goes_on) {
            break;
        }
        tokens = rest;
    }
    tokens
}

/// Where the block ends with which a statement ends that begins here.
fn end_of_block(tokens: &[TokenTree]) -> Option<usize> {
    const BLOCKS: &[&str] = &[
        "if", "match", "loop", "while", "for", "unsafe", "fn", "struct", "enum", "impl", "mod",
    ];
    let begins = match tokens.first()? {
        TokenTree::Ident(word) => BLOCKS.iter().any(|it| word == it),
        first => block(first).is_some(),
    };
    let ends = |at: &usize| {
        block(&tokens[*at]).is_some()
            && match tokens.get(at + 1) {
                // `if let Login { password } = login { .. }`, `for Row { id } in rows { .. }`
                Some(TokenTree::Punct(mark)) => !matches!(mark.as_char(), '=' | '|'),
                Some(TokenTree::Ident(word)) => word != "in" && word != "else",
                _ => true,
            }
    };
    let end = begins.then(|| (0..tokens.len()).find(ends))??;
    Some(end + 1)
}

/// The last expression of each branch of `if`.
fn branches(tokens: &[TokenTree], extra: Extra<'_>) -> Vec<Tokens> {
    let mut found = Vec::new();
    let mut condition = 0;
    for (at, token) in tokens.iter().enumerate() {
        let is_pattern = tokens.get(at + 1).is_some_and(|it| is_mark(it, '='));
        if let Some(group) = block(token).filter(|_| !is_pattern) {
            let bound = bound::in_condition(&tokens[condition..at], extra);
            found.push(bound.resolve(&tail(group, extra)));
            condition = at + 1;
        }
    }
    found
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
fn arms(scrutinee: &[TokenTree], group: &Group, extra: Extra<'_>) -> Vec<Tokens> {
    let tokens = tokens_of(group);
    let arrow = |at: &usize| is_mark(&tokens[*at - 1], '=') && is_mark(&tokens[*at], '>');
    let mut begin = 0;
    (1..tokens.len())
        .filter(arrow)
        .map(|at| {
            let pattern = &tokens[begin..at - 1];
            let pattern = match pattern {
                [comma, rest @ ..] if is_mark(comma, ',') => rest,
                _ => pattern,
            };
            let (value, end) = match &tokens[at + 1..] {
                [first, ..] if block(first).is_some() => (std::slice::from_ref(first), at + 2),
                rest => {
                    let value = rest.split(|it| is_mark(it, ',')).next();
                    let value = value.unwrap_or_default();
                    (value, at + 1 + value.len())
                }
            };
            begin = end;
            let mut bound = Bound::new(extra);
            bound.bind(pattern, scrutinee);
            bound.resolve(value)
        })
        .collect()
}
