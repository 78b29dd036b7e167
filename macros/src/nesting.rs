//! How deep tokens may be nested. What reads them calls itself for each level, on the stack that the
//! compiler gives to macros; one that overflows ends the compiler without a word about the place.
//!
//! Not only groups are levels: `!!!a`, `a.b.c`, `if a {} else if b {}` and `&&&T` are read, or given
//! up, one inside of the other, too. Each token is taken for as much of the stack as the worst
//! construct needs that it may be part of.

use core::iter::Peekable;

use proc_macro2::{Delimiter, Span, TokenTree};

/// Half of the 8 MiB that there are, in KiB. The other half is the compiler's own.
const MOST: usize = 4_000;

/// What is said at the first token that is too deep.
pub(crate) const MESSAGE: &str = "this is nested too deeply, or goes on for too long, to be read by a macro: \
     give a part of it a name first, with `let` or as a function of its own";

/// The first token that is too deep.
pub(crate) fn too_deep(tokens: impl IntoIterator<Item = TokenTree>) -> Option<Span> {
    walk(tokens, 0)
}

fn walk(tokens: impl IntoIterator<Item = TokenTree>, outside: usize) -> Option<Span> {
    let mut here = outside;
    let mut tokens = tokens.into_iter().peekable();
    let mut goes_on = false;
    while let Some(token) = tokens.next() {
        here += cost(&token, goes_on);
        if here > MOST {
            return Some(token.span());
        }
        if let TokenTree::Group(group) = &token
            && let Some(span) = walk(group.stream(), here + GROUP)
        {
            return Some(span);
        }
        goes_on = matches!(&token, TokenTree::Ident(word) if word == "else");
        if ends(&token, &mut tokens) {
            here = outside;
        }
    }
    None
}

/// What is in a group needs this much more of the stack.
const GROUP: usize = 18;

/// How much of the stack a token may stand for, in KiB; measured without optimisation. `goes_on` after
/// an `else`.
fn cost(token: &TokenTree, goes_on: bool) -> usize {
    match token {
        // `f()()()`
        TokenTree::Group(_) => 4,
        TokenTree::Punct(mark) => match mark.as_char() {
            '<' => 45,
            // The end of an arrow: `fn() -> T`.
            '>' => 32,
            '&' | '*' => 29,
            '=' | '|' | '@' => 13,
            '#' | ':' | ';' | ',' | '\'' => 0,
            _ => 4,
        },
        TokenTree::Ident(word) => {
            let opens = matches!(
                word.to_string().as_str(),
                "match"
                    | "if"
                    | "while"
                    | "for"
                    | "in"
                    | "return"
                    | "break"
                    | "yield"
                    | "move"
                    | "async"
                    | "static"
                    | "const"
                    | "let"
                    | "loop"
                    | "unsafe"
                    | "impl"
                    | "dyn"
                    | "ref"
                    | "mut"
                    | "box"
            );
            match () {
                () if opens && !goes_on => 18,
                () if word == "else" => 4,
                () => 0,
            }
        }
        TokenTree::Literal(_) => 0,
    }
}

/// Whether what follows stands beside this and not inside of it.
fn ends(token: &TokenTree, rest: &mut Peekable<impl Iterator<Item = TokenTree>>) -> bool {
    match token {
        TokenTree::Punct(mark) => matches!(mark.as_char(), ',' | ';'),
        TokenTree::Group(group) if group.delimiter() == Delimiter::Brace => match rest.peek() {
            Some(TokenTree::Ident(word)) => word != "else" && word != "as",
            Some(TokenTree::Punct(mark)) => mark.as_char() == '#',
            _ => false,
        },
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proc_macro2::TokenStream;

    fn is_fine(source: &str) -> bool {
        let tokens: TokenStream = source.parse().expect("the test's own tokens");
        too_deep(tokens).is_none()
    }

    #[test]
    fn what_people_write_is_fine() {
        for source in [
            "vec![1, 2, 3].iter().map(|it| it + 1).filter(|it| *it > 2).collect::<Vec<_>>()"
                .to_owned(),
            "((((((((((((1))))))))))))".to_owned(),
            "if a { 1 } else if b { 2 } else ".repeat(40) + "{ 3 }",
            "a == b && c < d || ".repeat(20) + "e",
            // What stands beside each other is not deep, however much there is of it.
            "fn f(a: &str) -> Result<Vec<u8>, E> { g(&a) } ".repeat(1000),
            "#[to(A)] B { a: &'static str }, ".repeat(1000),
            "a = &b.c.d, ".repeat(1000),
            "let a = &b; ".repeat(1000),
        ] {
            assert!(is_fine(&source), "{}", &source[..60]);
        }
    }

    #[test]
    fn towers_are_refused_at_their_first_token_too_many() {
        for (source, end) in [
            ("(", ")"),
            ("{", "}"),
            ("[", "]"),
            ("f(", ")"),
            ("&", ""),
            ("!", ""),
            ("a::<", ">"),
            ("return ", ""),
            ("|| ", ""),
            ("a.", ""),
            ("a = ", ""),
            ("if a { 1 } else ", ""),
            ("fn() -> ", ""),
            ("x @ ", ""),
            ("match ", ""),
            ("a? + ", ""),
        ] {
            let tower = source.repeat(2000) + "a" + &end.repeat(2000);
            assert!(!is_fine(&tower), "{source}");
        }
    }
}
