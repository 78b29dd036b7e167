//! What people see of an error that `main` gives back: its Debug is its text.

use std::error::Error;
use std::time::Duration;

use storyline::sink::{self, Batch, Sink, WriteError};
use storyline::{Level, RequestId, TraceContext, state_machine, transition};

use crate::alone::alone;

#[track_caller]
fn shows_its_text(error: &dyn Error) {
    let text = error.to_string();
    assert!(!text.is_empty());
    assert_eq!(format!("{error:?}"), text);
    assert_eq!(format!("{error:#?}"), text);
}

#[state_machine(initial = Open)]
enum Ticket {
    #[to(Closed)]
    Open,
    #[terminal]
    Closed,
}

#[test]
fn the_debug_of_an_error_is_its_text() {
    shows_its_text(&storyline::setup("").start().expect_err("no name"));
    let bad = storyline::setup("x").directives("info,x=lod").start();
    shows_its_text(&bad.expect_err("no level"));
    shows_its_text(&storyline::set_directives("info,x=lod").expect_err("no level"));
    shows_its_text(&"LOUD".parse::<Level>().expect_err("no level"));
    shows_its_text(&"two words".parse::<RequestId>().expect_err("no id"));
    shows_its_text(&"00".parse::<TraceContext>().expect_err("no header"));
    shows_its_text(&storyline::parse::parse("no record").expect_err("no record"));
    shows_its_text(&WriteError::new(2, std::io::Error::other("gone")));
    let mut ticket = Ticket::Closed;
    shows_its_text(&transition!(ticket => Ticket::Open).expect_err("closed"));
}

struct Deaf;

impl Sink for Deaf {
    fn write(&mut self, _: Batch<'_>) -> Result<(), WriteError> {
        Ok(())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Err(std::io::Error::other("no answer"))
    }
}

alone! {
    fn a_flush_that_failed_shows_its_text() {
        let guard = storyline::setup("x").sink(sink::custom("deaf", Deaf)).start().expect("starts");
        let error = guard.flush(Duration::from_secs(60)).expect_err("the sink fails");
        shows_its_text(&error);
    }
}
