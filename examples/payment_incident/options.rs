//! The command line, and the log that each of the two processes keeps.

use std::error::Error;
use std::path::{Path, PathBuf};

use indicatif::ProgressBar;
use storyline::{Guard, Level, format, sink};

use crate::plan::Plan;
use crate::terminal::AboveBar;

pub const USAGE: &str = "\
usage: payment_incident [small] [--requests N] [--seed N] [--logs DIR]

  small         60 requests instead of 300, and their INFO records on the terminal, too
  --requests N  so many requests
  --seed N      another incident
  --logs DIR    where the logs and the database go; default: logs/payment_incident
";

/// Requests of a small run.
const SMALL: u64 = 60;

#[derive(Clone, Debug)]
pub struct Options {
    /// Whether this process is the gateway, started by the other one.
    pub is_gateway: bool,
    /// Whether standard error leads to a person, if only through the other process.
    pub is_watched: bool,
    pub plan: Plan,
    pub logs: PathBuf,
}

impl Options {
    /// Reads the arguments behind the program's name; none when they ask how to use it.
    pub fn parse(arguments: impl IntoIterator<Item = String>) -> Result<Option<Self>, String> {
        let mut options = Self {
            is_gateway: false,
            is_watched: crate::terminal::is_watched(),
            plan: Plan {
                seed: 7,
                requests: 300,
            },
            logs: PathBuf::from("logs/payment_incident"),
        };
        let mut arguments = arguments.into_iter();
        while let Some(argument) = arguments.next() {
            let mut value = || {
                let value = arguments.next();
                value.ok_or_else(|| format!("`{argument}` needs a value\n\n{USAGE}"))
            };
            match argument.as_str() {
                "gateway" => options.is_gateway = true,
                "small" => options.plan.requests = SMALL,
                "--watched" => options.is_watched = true,
                "--requests" => options.plan.requests = number(&argument, &value()?)?,
                "--seed" => options.plan.seed = number(&argument, &value()?)?,
                "--logs" => options.logs = PathBuf::from(value()?),
                "--help" | "-h" => return Ok(None),
                other => return Err(format!("`{other}` is not known\n\n{USAGE}")),
            }
        }
        Ok(Some(options))
    }

    /// The arguments that start the gateway of this incident.
    pub fn for_gateway(&self) -> Vec<String> {
        let mut arguments = vec![
            "gateway".to_owned(),
            "--requests".to_owned(),
            self.plan.requests.to_string(),
            "--seed".to_owned(),
            self.plan.seed.to_string(),
            "--logs".to_owned(),
            self.logs.display().to_string(),
        ];
        if self.is_watched {
            arguments.push("--watched".to_owned());
        }
        arguments
    }

    /// A service's two files: lines, and JSON.
    pub fn log_files(&self, service: &str) -> [PathBuf; 2] {
        ["log", "json"].map(|kind| self.logs.join(format!("{service}.{kind}")))
    }

    /// Where the orders are.
    pub fn database(&self) -> PathBuf {
        self.logs.join("orders.db")
    }

    /// Starts the log of a service: all records as lines in one file and as JSON in another. On the
    /// terminal what needs a look, and all from INFO on where the run is small enough to be read.
    /// The service that was started by the other one writes lines there, which name it.
    pub fn start_log(
        &self,
        service: &str,
        bar: Option<&ProgressBar>,
    ) -> Result<Guard, Box<dyn Error>> {
        let [lines, json] = self.log_files(service);
        let level = if self.plan.requests <= SMALL {
            Level::Info
        } else {
            Level::Warning
        };
        let setup = storyline::setup(service)
            .level(Level::Debug)
            .file(lines)
            .sink(sink::file(json).format(format::Json::default()));
        let setup = if let Some(bar) = bar {
            let terminal = sink::custom("terminal", AboveBar(bar.clone()));
            setup.sink(terminal.format(pretty()).level(level))
        } else {
            setup.sink(sink::console().level(level))
        };
        Ok(setup.start()?)
    }

    /// Makes room for a new incident: what the last one left would be taken for this one's.
    pub fn clear_logs(&self) -> std::io::Result<()> {
        std::fs::create_dir_all(&self.logs)?;
        let mut old = vec![self.database()];
        for suffix in ["-wal", "-shm"] {
            let mut path = self.database().into_os_string();
            path.push(suffix);
            old.push(path.into());
        }
        old.extend(self.log_files("payment-service"));
        old.extend(self.log_files("gateway"));
        old.iter().try_for_each(|path| remove(path))
    }
}

/// The terminal is that of the first process, so the runtime cannot see from here what it is.
fn pretty() -> format::Pretty {
    let no_colour = std::env::var_os("NO_COLOR").is_some_and(|it| !it.is_empty());
    let is_dumb = std::env::var_os("TERM").is_some_and(|it| it == "dumb");
    format::Pretty::default().colour(!no_colour && !is_dumb)
}

fn remove(path: &Path) -> std::io::Result<()> {
    match std::fs::remove_file(path) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

fn number(name: &str, text: &str) -> Result<u64, String> {
    let number = text.parse().ok().filter(|&number| number > 0);
    number.ok_or_else(|| format!("`{name}` needs a number above zero, not `{text}`\n\n{USAGE}"))
}
