//! What is said when it is over: the story of one failed request, the times, the steps, the sums.

use std::collections::BTreeMap;
use std::error::Error;
use std::io::{self, Write};

use storyline_cli::input::Source;
use storyline_cli::show::{Colour, Screen};
use storyline_cli::stats::Stats;
use storyline_cli::story::{Limits, Story};

use crate::client::Ending;
use crate::options::Options;

/// The sums that a service counted itself.
pub struct Counted {
    pub service: &'static str,
    pub counters: String,
}

/// Writes the report to standard output.
pub fn write(
    options: &Options,
    endings: &BTreeMap<Ending, u64>,
    counted: &[Counted],
) -> Result<(), Box<dyn Error>> {
    let screen = Screen::of_stdout(Colour::Auto, None, false);
    let mut out = io::stdout().lock();
    // The line file of one service and the JSON file of the other: the tool reads both alike.
    let [service, service_json] = options.log_files("payment-service");
    let [gateway_lines, gateway] = options.log_files("gateway");
    let files = [service, gateway];

    title(&mut out, "the story of one failed request")?;
    let story = Story::of_last_failed(Source::open_all(&files)?, Limits::default())?;
    story.write(&screen, false, &mut out)?;

    title(&mut out, "how long things took, and how they ended")?;
    let stats = Stats::of(Source::open_all(&files)?, false)?;
    stats.write(10, &screen, &mut out)?;

    title(&mut out, "what the customers saw")?;
    for (ending, count) in endings {
        writeln!(out, "  {count:>5}  {ending}")?;
    }

    title(&mut out, "what was written and dropped")?;
    for Counted { service, counters } in counted {
        writeln!(out, "  {service}: {}", counters.replace('\n', "\n  "))?;
    }

    title(&mut out, "read on")?;
    let [service, gateway] = &files;
    for path in [
        service,
        &service_json,
        &gateway_lines,
        gateway,
        &options.database(),
    ] {
        writeln!(out, "  {}", path.display())?;
    }
    let files = format!("{} {}", service.display(), gateway.display());
    let tool = "cargo run -q -p storyline-cli --";
    writeln!(out, "\n  {tool} story {files} --last-failed")?;
    writeln!(out, "  {tool} requests {files} --failed")?;
    Ok(())
}

fn title(out: &mut impl Write, text: &str) -> io::Result<()> {
    writeln!(out, "\n== {text} ==\n")
}
