//! Runs a crate's own tests, and reads what cargo and the test harness say.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

use crate::Failed;
use crate::fetch::Places;
use crate::list::{Crate, Skipped};

/// Whether and where the run logs.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Logging<'a> {
    Off,
    Into(&'a Path),
}

/// What one run of `cargo test` said.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Suite {
    /// Each test by name, and how often it ended in which way.
    pub(crate) tests: BTreeMap<(String, String), usize>,
    /// Warnings of the compiler in the crate itself.
    pub(crate) warnings: usize,
    /// A program that did not compile, or ended without saying how its tests did.
    pub(crate) is_whole: bool,
}

impl Suite {
    /// The run without some of its tests.
    pub(crate) fn without(&self, parts: &[&str]) -> Self {
        let mut suite = self.clone();
        suite
            .tests
            .retain(|(name, _), _| !parts.iter().any(|it| name.contains(it)));
        suite
    }

    pub(crate) fn with(&self, result: &str) -> usize {
        let tests = self.tests.iter().filter(|((_, it), _)| it == result);
        tests.map(|(_, count)| count).sum()
    }

    /// The tests that ended otherwise than in another run.
    pub(crate) fn differing(&self, other: &Self) -> Vec<String> {
        let ours = self
            .tests
            .iter()
            .filter(|(test, count)| other.tests.get(test) != Some(count));
        let theirs = other
            .tests
            .iter()
            .filter(|(test, _)| !self.tests.contains_key(test));
        ours.chain(theirs)
            .map(|((name, result), count)| format!("{name}: {result} x{count}"))
            .collect()
    }
}

/// Runs the tests of a crate in one of the workspaces: units, integration and documentation. What they print
/// is kept beside the workspaces.
pub(crate) fn run(
    places: &Places,
    workspace: &str,
    of: &Crate,
    logging: Logging<'_>,
) -> Result<Suite, Failed> {
    let member = places.made.join(workspace).join(workspace).join(of.name);
    let manifest = member.join("Cargo.toml");
    let mut command = Command::new("cargo");
    command
        .args(["test", "--no-fail-fast", "--manifest-path"])
        .arg(manifest)
        .args(of.arguments)
        .env("CARGO_TARGET_DIR", places.made.join("built"))
        .env("CARGO_TERM_COLOR", "never")
        .envs(of.environment.iter().copied())
        .env_remove("RUST_LOG")
        .env_remove("STORYLINE_MAX_LEVEL")
        .env_remove("REAL_CODE_LOGS")
        .stdin(Stdio::null());
    command.arg("--");
    for Skipped { test, .. } in of.skipped {
        command.args(["--skip", test]);
    }
    let run = match logging {
        Logging::Off => {
            command.env("STORYLINE_LOG", "off");
            "off"
        }
        Logging::Into(folder) => {
            command
                .env("STORYLINE_LOG", "trace")
                .env("REAL_CODE_LOGS", folder);
            for part in of.long {
                command.args(["--skip", part]);
            }
            "on"
        }
    };
    let output = places
        .made
        .join(format!("{workspace}-{}-{run}.txt", of.name));
    let file = fs::File::create(&output)?;
    let status = command.stdout(file.try_clone()?).stderr(file).status()?;
    let text = String::from_utf8_lossy(&fs::read(&output)?).into_owned();
    // Examples in documentation are named by their path.
    let mut suite = read(&text.replace(&format!("test {workspace}/{}/", of.name), "test "));
    // A test that fails is in the list; then cargo ends with an error for that alone.
    suite.is_whole &= status.success() || suite.with("FAILED") > 0;
    Ok(suite)
}

fn read(text: &str) -> Suite {
    let mut suite = Suite {
        is_whole: true,
        ..Suite::default()
    };
    let (mut started, mut ended) = (0, 0);
    for line in text.lines() {
        if let Some((name, result)) = line
            .strip_prefix("test ")
            .and_then(|it| it.rsplit_once(" ... "))
        {
            let result = result.split([',', ' ']).next().unwrap_or_default();
            *suite
                .tests
                .entry((name.to_owned(), result.to_owned()))
                .or_default() += 1;
        } else if line.starts_with("running ") && line.contains(" test") {
            started += 1;
        } else if line.starts_with("test result: ") {
            ended += 1;
        } else if let Some((_, generated)) = line.split_once(" generated ")
            && line.starts_with("warning: ")
        {
            let number = generated.split(' ').next().and_then(|it| it.parse().ok());
            suite.warnings += number.unwrap_or(0);
        } else if line.starts_with("error: could not compile") {
            suite.is_whole = false;
        }
    }
    suite.is_whole &= started > 0 && started == ended;
    suite
}

#[cfg(test)]
mod tests {
    use super::*;

    const OUTPUT: &str = "warning: `x` (lib) generated 2 warnings\nrunning 3 tests\ntest a ... ok\ntest b - should panic ... ok\ntest src/lib.rs - f (line 3) ... ignored\n\ntest result: ok. 2 passed\n";

    #[test]
    fn what_the_harness_says() {
        let suite = read(OUTPUT);
        assert!(suite.is_whole);
        assert_eq!(
            (suite.with("ok"), suite.with("ignored"), suite.warnings),
            (2, 1, 2)
        );
        let other = read(&OUTPUT.replace("test a ... ok", "test a ... FAILED"));
        assert_eq!(suite.differing(&other), ["a: ok x1", "a: FAILED x1"]);
    }

    #[test]
    fn a_program_that_ends_in_the_middle_is_seen() {
        assert!(!read(&OUTPUT.replace("test result", "killed")).is_whole);
    }
}
