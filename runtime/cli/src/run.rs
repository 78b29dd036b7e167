//! From arguments to output. The program and the tests come in here.

use std::ffi::OsString;
use std::io::{self, IsTerminal, Write};

use clap::Parser;

use crate::args::{
    Arguments, CatalogArguments, Command, Look, RecoverArguments, RequestsArguments,
    StatsArguments, StoryArguments,
};
use crate::catalog::{Catalog, Comparison};
use crate::error::Error;
use crate::input::Source;
use crate::judge::Outcome;
use crate::recover::Recovered;
use crate::requests::{Requests, Selection};
use crate::show::Screen;
use crate::stats::Stats;
use crate::story::{Limits, Story};

/// Runs the tool with the arguments of a command line, the program's name first, and gives the exit
/// code. The output goes to `out`, messages to `messages`.
///
/// ```
/// let mut out = Vec::new();
/// let code = storyline_cli::run(["storyline", "stats", "/nowhere.log"], &mut out, &mut Vec::new());
/// assert_eq!(code, 2);
/// ```
pub fn run<A: Into<OsString> + Clone>(
    arguments: impl IntoIterator<Item = A>,
    out: &mut dyn Write,
    messages: &mut dyn Write,
) -> u8 {
    let arguments = match Arguments::try_parse_from(arguments) {
        Ok(arguments) => arguments,
        Err(error) => {
            // Help and version come as errors, too; clap writes to the right place, coloured there.
            let _ = error.print();
            return u8::try_from(error.exit_code()).unwrap_or(2);
        }
    };
    let result = match arguments.command {
        Command::Story(arguments) => story(&arguments, out, messages),
        Command::Stats(arguments) => stats(&arguments, out, messages),
        Command::Requests(arguments) => requests(arguments, out, messages),
        Command::Recover(arguments) => recover(&arguments, out),
        Command::Catalog(arguments) => catalog(&arguments, out, messages),
    };
    // What was found is told before what went wrong, also when it did.
    let flushed = out.flush().map_err(Error::Output);
    let result = result.and(flushed);
    let Err(error) = result else { return 0 };
    if !error.is_silent() {
        // Nobody is left to tell when this fails.
        let _ = writeln!(messages, "storyline: {error}");
    }
    error.exit_code()
}

fn story(it: &StoryArguments, out: &mut dyn Write, messages: &mut dyn Write) -> Result<(), Error> {
    let limits = Limits {
        records: it.max_records,
        requests: it.max_requests,
        keep_copies: it.input.keep_copies,
        ..Limits::default()
    };
    let sources = open(&it.input, messages)?;
    let story = match &it.req {
        Some(id) => Story::of(sources, id, limits)?,
        None => Story::of_last_failed(sources, limits)?,
    };
    let written = if it.json {
        story.write_json(out)
    } else {
        story.write(&screen(it.look), it.full, out)
    };
    written.map_err(Error::Output)
}

fn stats(it: &StatsArguments, out: &mut dyn Write, messages: &mut dyn Write) -> Result<(), Error> {
    let sources = open(&it.input, messages)?;
    let names = names(&sources);
    let stats = Stats::of(sources, it.input.keep_copies)?;
    stats.tally.expect_records(&names)?;
    let written = if it.json {
        stats.write_json(out)
    } else {
        stats.write(it.top, &screen(it.look), out)
    };
    written.map_err(Error::Output)
}

fn requests(
    it: RequestsArguments,
    out: &mut dyn Write,
    messages: &mut dyn Write,
) -> Result<(), Error> {
    let sources = open(&it.input, messages)?;
    let names = names(&sources);
    let requests = Requests::of(sources, it.max_requests, it.input.keep_copies)?;
    requests.tally().expect_records(&names)?;
    let selection = Selection {
        sort: it.sort,
        is_reversed: it.reverse,
        outcomes: if it.failed {
            vec![Outcome::Failed, Outcome::Died, Outcome::Panicked]
        } else {
            it.outcome
        },
        limit: it.limit,
    };
    if it.json {
        requests
            .write_json(&selection, out)
            .map_err(Error::Output)?;
        for sentence in crate::notes::sentences(requests.missing()) {
            let sentence = crate::show::clean(&sentence).into_owned();
            let _ = writeln!(messages, "storyline: missing: {sentence}");
        }
        if requests.let_go() > 0 {
            let _ = writeln!(
                messages,
                "storyline: {} requests were let go to stay within memory (--max-requests)",
                requests.let_go()
            );
        }
        return Ok(());
    }
    let screen = screen(it.look);
    requests
        .write(&selection, &screen, out)
        .map_err(Error::Output)
}

fn recover(it: &RecoverArguments, out: &mut dyn Write) -> Result<(), Error> {
    let recovered = Recovered::at(it.path.as_deref())?;
    let written = if it.json {
        recovered.write_json(out)
    } else {
        recovered.write(out)
    };
    written.map_err(Error::Output)?;
    recovered.expect_all()
}

fn catalog(
    it: &CatalogArguments,
    out: &mut dyn Write,
    messages: &mut dyn Write,
) -> Result<(), Error> {
    let catalog = Catalog::of_file(&it.program)?;
    let mut say = |text: &str| {
        let _ = writeln!(messages, "storyline: {}", crate::show::clean(text));
    };
    if let Some(missing) = catalog.missing() {
        say(&missing);
    }
    if let Some(old) = &it.check {
        let comparison = Comparison::of(&Catalog::of_file(old)?, &catalog);
        comparison.write(out).map_err(Error::Output)?;
        let (program, old) = (it.program.display(), old.display());
        let renewal = format!("`storyline catalog {program} --json` in place of `{old}`");
        if comparison.broken.is_empty() && !comparison.added.is_empty() {
            say(&format!("what is new is not watched yet: keep {renewal}"));
        }
        return comparison.expect_nothing_broken(format!(
            "put them back, or change what relies on them and then keep {renewal}"
        ));
    }
    let written = if it.json {
        catalog.write_json(out)
    } else if it.markdown {
        catalog.write_markdown(out)
    } else {
        catalog.write(&screen(it.look), out)
    };
    written.map_err(Error::Output)
}

fn open(input: &crate::args::Input, messages: &mut dyn Write) -> Result<Vec<Source>, Error> {
    let sources = Source::open_all(&input.files)?;
    if sources.iter().any(Source::is_stdin) && io::stdin().is_terminal() {
        let _ = writeln!(
            messages,
            "storyline: reading standard input, end it with Ctrl-D"
        );
    }
    Ok(sources)
}

fn names(sources: &[Source]) -> Vec<String> {
    sources.iter().map(|it| it.name().to_owned()).collect()
}

fn screen(look: Look) -> Screen {
    Screen::of_stdout(look.color, look.width, look.ascii)
}
