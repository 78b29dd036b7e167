//! Tokens as a person would write them, for messages: what is proposed there is copied.

use proc_macro2::{Delimiter, Group, Spacing, TokenStream, TokenTree};

/// The longest text that is repeated in a message.
const MOST: usize = 40;

/// The user's expression for an error message; something shorter when it is long.
pub(crate) fn shown(value: &TokenStream, otherwise: &str) -> String {
    let text = source_like(value);
    if text.is_empty() || text.len() > MOST {
        otherwise.to_owned()
    } else {
        text
    }
}

/// Tokens as text; `to_string` puts spaces around every token.
pub(crate) fn source_like(tokens: &TokenStream) -> String {
    let mut text = String::new();
    let mut before: Option<TokenTree> = None;
    // Of what stands in front: the mark of an operand, the end of a `::`.
    let (mut is_prefix, mut is_path) = (false, false);
    let mut enclosed = Enclosed::default();
    let mut rest = tokens.clone().into_iter();
    while let Some(token) = rest.next() {
        let mark = enclosed.mark(before.as_ref(), is_path, &token, &rest);
        let clings = is_prefix
            || is_path
            || mark.is_inner
            || before.as_ref().is_none_or(|it| cling(it, &token));
        if !clings && !text.is_empty() {
            text.push(' ');
        }
        is_prefix = mark.opens || begins_operand(before.as_ref(), is_prefix, &token);
        is_path = is_colon(&token) && before.as_ref().is_some_and(is_colon);
        match &token {
            TokenTree::Group(group) => text.push_str(&group_like(group)),
            other => text.push_str(&other.to_string()),
        }
        before = Some(token);
    }
    text
}

fn group_like(group: &Group) -> String {
    let inner = source_like(&group.stream());
    match group.delimiter() {
        Delimiter::Parenthesis => format!("({inner})"),
        Delimiter::Bracket => format!("[{inner}]"),
        Delimiter::Brace if inner.is_empty() => "{}".to_owned(),
        Delimiter::Brace => format!("{{ {inner} }}"),
        Delimiter::None => inner,
    }
}

/// What marks enclose that are no delimiters: the arguments of a closure, those of a type.
#[derive(Debug, Default)]
struct Enclosed {
    is_closure: bool,
    types: usize,
}

/// What a token is to them.
#[derive(Debug, Default)]
struct Enclosing {
    /// What follows stands inside.
    opens: bool,
    /// It stands inside or closes, and clings to what is in front.
    is_inner: bool,
}

impl Enclosed {
    fn mark(
        &mut self,
        before: Option<&TokenTree>,
        is_path: bool,
        token: &TokenTree,
        rest: &(impl Iterator<Item = TokenTree> + Clone),
    ) -> Enclosing {
        let TokenTree::Punct(mark) = token else {
            return Enclosing::default();
        };
        let closes = |with: char| {
            let is_it = |it: TokenTree| matches!(it, TokenTree::Punct(it) if it.as_char() == with);
            rest.clone().any(is_it)
        };
        let begins = match before {
            None => true,
            Some(TokenTree::Ident(word)) => word == "move" || word == "async",
            Some(TokenTree::Punct(mark)) => matches!(mark.as_char(), ',' | '='),
            Some(_) => false,
        };
        let is_arrow = matches!(before, Some(TokenTree::Punct(it))
            if it.spacing() == Spacing::Joint && matches!(it.as_char(), '-' | '='));
        match mark.as_char() {
            '|' if self.is_closure => {
                self.is_closure = false;
                Enclosing {
                    opens: false,
                    is_inner: true,
                }
            }
            '|' if begins && closes('|') => {
                self.is_closure = true;
                Enclosing {
                    opens: true,
                    is_inner: false,
                }
            }
            '<' if (begins || is_path || self.types > 0 || self.is_closure) && closes('>') => {
                self.types += 1;
                Enclosing {
                    opens: true,
                    is_inner: self.types > 1 || self.is_closure,
                }
            }
            '>' if self.types > 0 && !is_arrow => {
                self.types -= 1;
                Enclosing {
                    opens: false,
                    is_inner: true,
                }
            }
            _ => Enclosing::default(),
        }
    }
}

/// Whether no space stands between two tokens.
fn cling(before: &TokenTree, token: &TokenTree) -> bool {
    match (before, token) {
        (TokenTree::Punct(mark), _) if mark.spacing() == Spacing::Joint => true,
        (TokenTree::Punct(mark), TokenTree::Group(_)) if mark.as_char() == '!' => true,
        (TokenTree::Punct(mark), _) if matches!(mark.as_char(), '.' | '#') => true,
        (_, TokenTree::Punct(mark)) => {
            matches!(mark.as_char(), '.' | ',' | ';' | '?' | ':')
                || mark.as_char() == '!' && matches!(before, TokenTree::Ident(_))
        }
        (TokenTree::Ident(_) | TokenTree::Group(_), TokenTree::Group(group)) => matches!(
            group.delimiter(),
            Delimiter::Parenthesis | Delimiter::Bracket
        ),
        _ => false,
    }
}

/// Whether what follows is the operand of this mark: `&` of `&order`, `%` of `%order`.
fn begins_operand(before: Option<&TokenTree>, is_prefix: bool, token: &TokenTree) -> bool {
    let TokenTree::Punct(mark) = token else {
        return false;
    };
    matches!(mark.as_char(), '&' | '*' | '!' | '-' | '%' | '?')
        && match before {
            None => true,
            // The second half of `&&` is what the first one is.
            Some(TokenTree::Punct(before)) if before.spacing() == Spacing::Joint => is_prefix,
            Some(TokenTree::Punct(before)) => before.as_char() != '?',
            Some(_) => false,
        }
}

fn is_colon(token: &TokenTree) -> bool {
    matches!(token, TokenTree::Punct(mark) if mark.as_char() == ':')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_are_written_as_people_write_them() {
        for source in [
            "order.id()",
            "order.first().unwrap()",
            "&order.items[0]",
            "&mut order",
            "!flag",
            "-x",
            "*order",
            "%value",
            "?value",
            "a + b",
            "a - b",
            "a == -1",
            "vec![1, 2]",
            "format!(\"{a}\")",
            "Level::Info",
            "crate::config::LIMIT",
            "order?.id",
            "order.id?",
            "{ a: 1 }",
            "f(&a, *b)",
            "a && !b",
            "1 as u8",
            "b\"text\"",
            "|r| r.is_ok()",
            "|_| true",
            "|| true",
            "move |a, b: &u8| a || b",
            "all(|it| it.is_some())",
            "|a| a | 1",
            "Option::<u64>::is_some",
            "<Vec<Option<u8>> as Deref>::deref",
            "a < b",
            "a > b",
            "|r: Result<u8, ()>| -> bool { r.is_ok() }",
        ] {
            let tokens: TokenStream = source.parse().expect("the test's own tokens");
            assert_eq!(source_like(&tokens), source);
        }
    }
}
