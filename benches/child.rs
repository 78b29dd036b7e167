//! A benchmark that runs itself again: what is chosen once in a process, at set-up, takes a process for
//! each choice. The child is told its job in a variable and answers in lines `key=value` on its output.

use std::collections::HashMap;
use std::io;
use std::process::{Command, Stdio};

const JOB: &str = "STORYLINE_BENCH_JOB";

/// What this process was started for; none in the one that the user started.
pub fn job() -> Option<String> {
    std::env::var(JOB).ok()
}

/// Runs this program again with a job, and gives what it answered.
///
/// # Errors
///
/// When it cannot be started, or ends with an error.
pub fn run(job: &str) -> io::Result<Answers> {
    let program = std::env::current_exe()?;
    let output = Command::new(program)
        .env(JOB, job)
        .env_remove("STORYLINE_LOG")
        .env_remove("RUST_LOG")
        .stderr(Stdio::inherit())
        .output()?;
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    if output.status.success() {
        Ok(Answers::read(&text))
    } else {
        let status = output.status;
        Err(io::Error::other(format!(
            "the job `{job}` ended with {status}: {text}"
        )))
    }
}

/// A text `key=value;key=value`, or one pair on a line.
#[derive(Clone, Debug, Default)]
pub struct Answers(HashMap<String, String>);

impl Answers {
    /// Reads pairs; what is no pair is left out.
    pub fn read(text: &str) -> Self {
        let pairs = text
            .split([';', '\n'])
            .filter_map(|pair| pair.split_once('='));
        Self(
            pairs
                .map(|(key, value)| (key.trim().to_owned(), value.trim().to_owned()))
                .collect(),
        )
    }

    /// The text of a key; empty when there is none.
    pub fn text(&self, key: &str) -> &str {
        self.0.get(key).map_or("", String::as_str)
    }

    /// The number of a key.
    ///
    /// # Panics
    ///
    /// When there is none: parent and child do not agree.
    pub fn number(&self, key: &str) -> f64 {
        let text = self.text(key);
        text.parse()
            .unwrap_or_else(|_| panic!("the answer `{key}` is no number: `{text}`"))
    }
}
