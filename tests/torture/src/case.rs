//! One case: victims that log to one log and die one after the other, a last process that ends as it
//! should, and the judgement of the log.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};

use crate::judge::{Life, Verdict, judge};
use crate::oracle::Oracle;

/// No process here needs that long, however busy the machine.
const DEADLINE: Duration = Duration::from_secs(120);

/// How lines are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// The default.
    Line,
    /// An object a line.
    Json,
}

impl Form {
    /// The word for it on a victim's command line.
    pub fn word(self) -> &'static str {
        match self {
            Self::Line => "line",
            Self::Json => "json",
        }
    }
}

/// Everything about one log. Its directory is removed when it is dropped, unless something went wrong.
#[derive(Debug)]
pub struct Case {
    victim: PathBuf,
    form: Form,
    place: tempfile::TempDir,
    victims: Vec<(u64, usize, Oracle)>,
    kills: u64,
}

/// A victim that runs.
#[derive(Debug)]
pub struct Running {
    /// The process.
    pub child: Child,
    /// When it was started.
    pub since: Instant,
}

impl Case {
    /// A new log for victims of this program.
    ///
    /// # Panics
    ///
    /// When no directory can be made.
    pub fn new(victim: impl Into<PathBuf>, form: Form) -> Self {
        let mut builder = tempfile::Builder::new();
        Self {
            victim: victim.into(),
            form,
            place: builder
                .prefix("storyline-torture-")
                .tempdir()
                .expect("a directory"),
            victims: Vec::new(),
            kills: 0,
        }
    }

    /// Where everything of it is.
    pub fn place(&self) -> &Path {
        self.place.path()
    }

    /// The log.
    pub fn log(&self) -> PathBuf {
        self.place().join("victim.log")
    }

    /// The recorder's directory.
    pub fn recorder(&self) -> PathBuf {
        self.place().join("recorder")
    }

    /// What must be run for a victim of this scenario; registers it for the judgement.
    ///
    /// # Panics
    ///
    /// When its oracle cannot be made.
    pub fn command(&mut self, scenario: &str, seed: u64, threads: usize) -> Command {
        let path = self.place().join(format!("oracle-{}", self.victims.len()));
        let oracle = Oracle::create(&path).expect("a page");
        self.victims.push((seed, threads, oracle));
        self.arguments(scenario, seed, threads, &path)
    }

    fn arguments(&self, scenario: &str, seed: u64, threads: usize, oracle: &Path) -> Command {
        let mut command = Command::new(&self.victim);
        for variable in ["STORYLINE_LOG", "RUST_LOG", "RUST_BACKTRACE"] {
            command.env_remove(variable);
        }
        command
            .args(["--scenario", scenario, "--seed", &seed.to_string()])
            .args([
                "--threads",
                &threads.to_string(),
                "--format",
                self.form.word(),
            ])
            .arg("--log")
            .arg(self.log())
            .arg("--recorder")
            .arg(self.recorder())
            .arg("--oracle")
            .arg(oracle)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null());
        command
    }

    /// Starts a victim.
    ///
    /// # Panics
    ///
    /// When it cannot be started.
    pub fn start(&mut self, scenario: &str, seed: u64, threads: usize) -> Running {
        let mut command = self.command(scenario, seed, threads);
        let since = Instant::now();
        Running {
            child: command.spawn().expect("the victim starts"),
            since,
        }
    }

    /// Kills it, or lets it be dead already.
    ///
    /// # Panics
    ///
    /// When it is not to be waited for.
    pub fn kill(&mut self, mut running: Running) -> ExitStatus {
        self.kills += 1;
        // One that has ended by itself cannot be killed.
        let _ = running.child.kill();
        running.child.wait().expect("a child of ours")
    }

    /// One more death of which a line may be cut.
    pub fn count_kill(&mut self) {
        self.kills += 1;
    }

    /// Waits until the last victim's set-up is done. Gives up when it is dead.
    ///
    /// # Panics
    ///
    /// When that takes too long.
    pub fn wait_started(&self, running: &mut Running) {
        let (.., oracle) = self.victims.last().expect("a victim was started");
        while !oracle.is_started() {
            if running.child.try_wait().expect("a child of ours").is_some() {
                return;
            }
            assert!(
                running.since.elapsed() < DEADLINE,
                "the victim does not start"
            );
            std::thread::sleep(Duration::from_micros(100));
        }
    }

    /// What must be run for a process that recovers, logs one record and ends.
    ///
    /// # Errors
    ///
    /// When its oracle cannot be made.
    pub fn restart(&self) -> Result<Command, String> {
        let oracle = self.place().join("oracle-restart");
        Oracle::create(&oracle).map_err(|error| error.to_string())?;
        Ok(self.arguments("restart", 0, 1, &oracle))
    }

    /// Runs the last process, which ends as it should, and judges the log.
    ///
    /// # Errors
    ///
    /// Says what is wrong.
    pub fn restart_and_judge(&self) -> Result<Verdict, String> {
        let mut command = self.restart()?;
        let restart = command.stderr(Stdio::piped()).spawn();
        let mut running = Running {
            child: restart.map_err(|error| error.to_string())?,
            since: Instant::now(),
        };
        let status = running.wait().ok_or("the restarted process hangs")?;
        if !status.success() {
            let mut text = String::new();
            if let Some(mut stderr) = running.child.stderr.take() {
                let _ = std::io::Read::read_to_string(&mut stderr, &mut text);
            }
            return Err(format!("the restarted process ended with {status}: {text}"));
        }
        let verdict = self.judge()?;
        if verdict.own.get("restarted").is_none_or(|count| *count == 0) {
            return Err("the restarted process logged nothing".to_owned());
        }
        let left = self.left();
        if left.is_empty() {
            Ok(verdict)
        } else {
            Err(format!("the recorder's directory is not empty: {left:?}"))
        }
    }

    /// Judges the log as it is.
    ///
    /// # Errors
    ///
    /// Says what is wrong.
    pub fn judge(&self) -> Result<Verdict, String> {
        let log = fs::read(self.log()).map_err(|error| format!("no log: {error}"))?;
        let lives = self.victims.iter().map(|(seed, threads, oracle)| Life {
            seed: *seed,
            acknowledged: (0..*threads)
                .map(|thread| oracle.acknowledged(thread))
                .collect(),
        });
        let lives: Vec<_> = lives.collect();
        judge(&log, &lives, self.kills).map_err(|faults| faults.to_string())
    }

    /// What is left in the recorder's directory.
    pub fn left(&self) -> Vec<String> {
        let entries = fs::read_dir(self.recorder())
            .into_iter()
            .flatten()
            .flatten();
        let mut names: Vec<_> = entries
            .map(|entry| entry.file_name().display().to_string())
            .collect();
        names.sort();
        names
    }

    /// Keeps the directory for whoever looks into it.
    pub fn keep(self) -> PathBuf {
        self.place.keep()
    }
}

impl Running {
    /// Waits for its end; none when it hangs, and then it is killed.
    ///
    /// # Panics
    ///
    /// When it is not to be waited for.
    pub fn wait(&mut self) -> Option<ExitStatus> {
        loop {
            if let Some(status) = self.child.try_wait().expect("a child of ours") {
                return Some(status);
            }
            if self.since.elapsed() > DEADLINE {
                let _ = self.child.kill();
                let _ = self.child.wait();
                return None;
            }
            std::thread::sleep(Duration::from_micros(500));
        }
    }
}
