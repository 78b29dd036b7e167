//! Errors that are errors only while they hold nothing borrowed: parsers give such ones for their input.

use std::error::Error;
use std::fmt;

use storyline::testing::capture;
use storyline::timed;

use crate::ledger::text;

/// An error as long as what was refused lives for ever.
#[derive(Debug)]
struct Rejected<T>(T);

impl<T> fmt::Display for Rejected<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("rejected")
    }
}

impl<T: fmt::Debug + 'static> Error for Rejected<T> {}

type Parsed<I, O> = Result<(I, O), Rejected<I>>;

#[timed]
fn parse(input: &str) -> Parsed<&str, char> {
    let first = input.chars().next().ok_or(Rejected(input))?;
    Ok((&input[first.len_utf8()..], first))
}

#[timed]
fn keep<T>(value: T) -> Result<(), Rejected<T>> {
    Err(Rejected(value))
}

#[timed]
async fn later(input: &str) -> Result<(), Rejected<&str>> {
    Err(Rejected(input))
}

#[timed]
fn boxed<'a>(input: &'a str) -> Result<(), Box<dyn Error + 'a>> {
    struct Cause<'a>(&'a str, Rejected<()>);
    impl fmt::Debug for Cause<'_> {
        fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str(self.0)
        }
    }
    impl fmt::Display for Cause<'_> {
        fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str(self.0)
        }
    }
    impl Error for Cause<'_> {
        fn source(&self) -> Option<&(dyn Error + 'static)> {
            Some(&self.1)
        }
    }
    Err(Box::new(Cause(input, Rejected(()))))
}

struct Word<'a>(&'a str);

impl<'a> TryFrom<&'a str> for Word<'a> {
    type Error = Rejected<&'a str>;

    #[timed]
    fn try_from(text: &'a str) -> Result<Self, Self::Error> {
        if text.contains(' ') {
            Err(Rejected(text))
        } else {
            Ok(Word(text))
        }
    }
}

trait Holds {
    type Item;

    #[timed]
    fn refuse(&self, item: Self::Item) -> Result<(), Rejected<Self::Item>> {
        Err(Rejected(item))
    }
}

impl Holds for Word<'_> {
    type Item = String;
}

#[test]
fn an_error_that_holds_what_was_lent_is_shown() {
    let logged = capture(|| {
        let input = String::from("a b");
        let word = Word::try_from("a").map(|it| it.0);
        assert_eq!(word.expect("a word"), "a");
        assert!(Word::try_from(input.as_str()).is_err());
        assert!(parse(&input).is_ok());
        assert!(parse("").is_err());
        assert!(keep(&input).is_err());
        assert!(super::now(later(&input)).is_err());
        assert!(Word("a").refuse(input.clone()).is_err());
        assert!(boxed(&input).is_err());
    });
    let outcomes: Vec<&str> = logged.iter().map(|it| text(it, "outcome")).collect();
    assert_eq!(
        outcomes,
        ["ok", "err", "ok", "err", "err", "err", "err", "err"]
    );
    let errors: Vec<&str> = logged
        .iter()
        .filter(|it| text(it, "outcome") == "err")
        .map(|it| text(it, "error"))
        .collect();
    assert_eq!(errors[..5], ["rejected"; 5]);
    assert_eq!(errors[5], "a b: rejected");
}
