//! Reads a level, and says what was meant where there is none.

use proc_macro2::{Delimiter, Ident, TokenTree};
use quote::ToTokens;
use syn::ext::IdentExt;
use syn::parse::{Parse, ParseStream};
use syn::{Expr, LitStr, Token};

use super::{Level, LevelArg, NAMES};
use crate::diag::Errors;
use crate::source::shown;
use crate::{input, list, suggest};

/// Reads a level, or an expression of one in parentheses; notes a mistake and gives `None` when there is
/// none. Stops in front of the comma.
pub(crate) fn parse(input: ParseStream<'_>, errors: &mut Errors) -> Option<LevelArg> {
    parse_or_skip(input, errors, true)
}

/// Reads the name of a level, as `parse` does.
pub(crate) fn parse_named(input: ParseStream<'_>, errors: &mut Errors) -> Option<LevelArg> {
    parse_or_skip(input, errors, false)
}

fn parse_or_skip(
    input: ParseStream<'_>,
    errors: &mut Errors,
    at_run_time: bool,
) -> Option<LevelArg> {
    let level = parse_any(input, errors, at_run_time);
    if level.is_none() {
        // What belongs to the mistake is no second one.
        list::skip_to_comma(input);
    }
    level
}

fn parse_any(input: ParseStream<'_>, errors: &mut Errors, at_run_time: bool) -> Option<LevelArg> {
    let start = input.cursor();
    if let Some((TokenTree::Group(group), _)) = start.token_tree()
        && group.delimiter() == Delimiter::Parenthesis
    {
        skip_one(input);
        if group.stream().is_empty() {
            errors.push_spanned(&group, format!("a level is missing in `()`; {KNOWN}"));
            return None;
        }
        return match input::read(group.stream(), Expr::parse) {
            Ok(expr) => Some(LevelArg::Dynamic(expr.into_token_stream())),
            Err(error) => {
                let why = "an expression of type `Level` goes in the parentheses";
                errors.push(error.span(), format!("{why}: {error}"));
                None
            }
        };
    }
    // Looked at first: what fails to be a text would be consumed.
    if input.peek(LitStr)
        && let Ok(text) = input.parse::<LitStr>()
    {
        let meant = suggest::nearest(&text.value(), NAMES.map(|(name, _)| name));
        errors.push(
            text.span(),
            match meant {
                Some(meant) => format!("a level is a word without quotes: write `{meant}`"),
                None => format!("a level is a word without quotes; {KNOWN}"),
            },
        );
        return None;
    }
    if let Some(number) = number(input) {
        errors.push(
            input.span(),
            match numbered(&number) {
                Some(meant) => format!("a level is a word: write `{meant}` instead of `{number}`"),
                None => format!("a level is a word; {KNOWN}"),
            },
        );
        return None;
    }
    let start = input.fork();
    let Ok(mut word) = Ident::parse_any(input) else {
        let what = if at_run_time {
            "a level comes first"
        } else {
            "this is not a level"
        };
        errors.push(input.span(), format!("{what}; {KNOWN}"));
        return None;
    };
    // `level = INFO`
    if word == "level" && !list::at_end(input) {
        let ahead = input.fork();
        let written = ahead
            .parse::<Token![=]>()
            .and_then(|_| Ident::parse_any(&ahead));
        let meant = written.map_or_else(|_| String::new(), |it| it.to_string().to_uppercase());
        let meant = Level::named(&meant).map_or("INFO", |_| meant.as_str());
        errors.push(
            word.span(),
            format!("the level stands by itself: write `{meant}` without `level`; {KNOWN}"),
        );
        return None;
    }
    // `Level::Info` and longer paths: the last segment says what was meant.
    while input.peek(Token![::]) {
        let path: Token![::] = input.parse().ok()?;
        let Ok(next) = Ident::parse_any(input) else {
            errors.push_spanned(path, format!("a level is a single word; {KNOWN}"));
            return None;
        };
        let meant = next.to_string().to_uppercase();
        word = next;
        if !input.peek(Token![::]) && Level::named(&meant).is_some() {
            errors.push(
                word.span(),
                format!("a level is a single word here: write `{meant}`"),
            );
            return None;
        }
    }
    let text = word.to_string();
    if let Some(level) = Level::named(&text) {
        return Some(LevelArg::Named(level));
    }
    errors.push(word.span(), unknown(&text, at_run_time.then_some(&start)));
    None
}

/// What is said about a word that is no level; where one of the run time may stand, `written` begins with it.
fn unknown(text: &str, written: Option<ParseStream<'_>>) -> String {
    let meant = match text.to_ascii_lowercase().as_str() {
        "fatal" | "panic" | "emergency" | "crit" => Some("CRITICAL"),
        "err" | "failure" => Some("ERROR"),
        "notice" | "information" => Some("INFO"),
        "verbose" => Some("TRACE"),
        _ => suggest::nearest(text, NAMES.map(|(name, _)| name)),
    };
    match (meant, written) {
        (Some(meant), _) => format!("`{text}` is not a level{}", suggest::question(meant)),
        (None, Some(written)) => format!(
            "`{text}` is not a level; {KNOWN}; a level known only at run time goes in parentheses: `({})`",
            shown(&list::until_comma(written), "...")
        ),
        (None, None) => format!("`{text}` is not a level; {KNOWN}"),
    }
}

/// The text of a whole number that stands here.
fn number(input: ParseStream<'_>) -> Option<String> {
    match input.cursor().token_tree()?.0 {
        TokenTree::Literal(number) => {
            let text = number.to_string();
            text.starts_with(|it: char| it.is_ascii_digit())
                .then_some(text)
        }
        _ => None,
    }
}

/// The level of a number that other tools write.
fn numbered(number: &str) -> Option<&'static str> {
    Some(match number {
        "5" => "TRACE",
        "10" => "DEBUG",
        "20" => "INFO",
        "30" => "WARNING",
        "40" => "ERROR",
        "50" => "CRITICAL",
        _ => return None,
    })
}

/// For messages that name them all.
pub(crate) const KNOWN: &str = "the levels are TRACE, DEBUG, INFO, WARNING, ERROR and CRITICAL";

fn skip_one(input: ParseStream<'_>) {
    // A cursor was seen to stand in front of a token.
    let _: Result<TokenTree, _> = input.parse();
}

#[cfg(test)]
mod tests {
    use proc_macro2::TokenStream;
    use quote::quote;
    use syn::parse::Parser;

    use super::*;

    fn read(source: &str) -> Result<String, Vec<String>> {
        let tokens: TokenStream = source.parse().expect("the test's own tokens");
        let mut errors = Errors::new();
        let level = (|input: ParseStream<'_>| Ok(parse(input, &mut errors)))
            .parse2(tokens)
            .expect("levels consume all");
        match level {
            Some(level) => {
                assert_eq!(errors.into_messages(), Vec::<String>::new());
                Ok(level.to_tokens(&quote!(p)).to_string())
            }
            None => Err(errors.into_messages()),
        }
    }

    #[test]
    fn reads_names_and_expressions() {
        assert_eq!(read("INFO"), Ok("p :: Level :: Info".to_owned()));
        assert_eq!(read("WARN"), read("WARNING"));
        assert_eq!(read("(pick(1))"), Ok("pick (1)".to_owned()));
    }

    #[test]
    fn says_what_was_meant() {
        for (source, part) in [
            ("INFOO", "did you mean `INFO`?"),
            ("info", "did you mean `INFO`?"),
            ("FATAL", "did you mean `CRITICAL`?"),
            ("Level::Error", "write `ERROR`"),
            ("level = INFO", "without `level`"),
            ("20", "write `INFO` instead of `20`"),
            ("7", "a level is a word"),
            ("Level.INFO", "is not a level"),
            ("(a b)", "an expression of type `Level`"),
            ("\"info\"", "write `INFO`"),
            ("\"loud\"", "without quotes"),
            ("banana", "`(banana)`"),
            ("self.level", "`(self.level)`"),
            ("if a { b } else { c }", "`(if a { b } else { c })`"),
            ("()", "missing"),
        ] {
            let messages = read(source).expect_err(source);
            assert!(messages[0].contains(part), "{source}: {messages:?}");
        }
    }
}
