//! Tests that need a process of their own: set-up happens once in a process, and some of what is
//! tested is how a process ends. Such a test starts this binary again for itself alone.

use std::io::Read;
use std::process::{Command, Output, Stdio};
use std::time::{Duration, Instant};

/// Says, in the started process, which test it was started for.
const VARIABLE: &str = "STORYLINE_TEST_ALONE";

/// Long enough for a machine that does much else.
const DEADLINE: Duration = Duration::from_secs(120);

/// Declares tests that run in a process of their own. What panics there fails here.
macro_rules! alone {
    ($($(#[$meta:meta])* fn $name:ident() $body:block)*) => {$(
        $(#[$meta])*
        #[test]
        fn $name() {
            let process = $crate::alone::Process::new(concat!(module_path!(), "::", stringify!($name)));
            if let Some(output) = process.run(|| $body) {
                assert!(output.succeeded(), "{output}");
            }
        }
    )*};
}
pub(crate) use alone;

/// The same test in a process of its own.
pub(crate) struct Process {
    test: String,
    command: Command,
}

/// How that process ended and what it wrote.
pub(crate) struct Ended {
    output: Output,
}

impl Process {
    /// `test` is the path of the calling test, with the crate in front.
    pub(crate) fn new(test: &str) -> Self {
        let test = test
            .split_once("::")
            .map_or(test, |(_, test)| test)
            .to_owned();
        let mut command = Command::new(std::env::current_exe().expect("this binary has a path"));
        command
            .args([&test, "--exact", "--nocapture", "--test-threads=1"])
            .env(VARIABLE, &test)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        for variable in ["STORYLINE_LOG", "RUST_LOG", "NO_COLOR", "RUST_BACKTRACE"] {
            command.env_remove(variable);
        }
        Self { test, command }
    }

    /// Sets a variable of the started process.
    pub(crate) fn env(mut self, name: &str, value: &str) -> Self {
        self.command.env(name, value);
        self
    }

    /// Has a shell do this before it becomes the process: `ulimit` and the like.
    pub(crate) fn under(mut self, words: &str) -> Self {
        let mut command = Command::new("sh");
        command.args(["-c", &format!("{words}; exec \"$0\" \"$@\"")]);
        command
            .arg(self.command.get_program())
            .args(self.command.get_args());
        for (name, value) in self.command.get_envs() {
            match value {
                Some(value) => command.env(name, value),
                None => command.env_remove(name),
            };
        }
        command
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        self.command = command;
        self
    }

    /// What standard error of the started process is.
    pub(crate) fn stderr(mut self, stderr: impl Into<Stdio>) -> Self {
        self.command.stderr(stderr);
        self
    }

    /// In the started process runs `body` and gives nothing; else starts it and waits for its end.
    pub(crate) fn run(mut self, body: impl FnOnce()) -> Option<Ended> {
        if std::env::var(VARIABLE).is_ok_and(|test| test == self.test) {
            body();
            return None;
        }
        let mut child = self.command.spawn().expect("this binary starts");
        let stdout = child.stdout.take().map(read_all);
        let stderr = child.stderr.take().map(read_all);
        let start = Instant::now();
        let status = loop {
            if let Some(status) = child.try_wait().expect("a child of ours") {
                break status;
            }
            if start.elapsed() > DEADLINE {
                let _ = child.kill();
                let _ = child.wait();
                panic!("`{}` hangs in its own process", self.test);
            }
            std::thread::sleep(Duration::from_millis(5));
        };
        let join = |reader: Option<std::thread::JoinHandle<Vec<u8>>>| {
            reader.map_or_else(Vec::new, |it| it.join().expect("a reader"))
        };
        Some(Ended {
            output: Output {
                status,
                stdout: join(stdout),
                stderr: join(stderr),
            },
        })
    }
}

fn read_all(mut pipe: impl Read + Send + 'static) -> std::thread::JoinHandle<Vec<u8>> {
    std::thread::spawn(move || {
        let mut bytes = Vec::new();
        pipe.read_to_end(&mut bytes).expect("a pipe of ours");
        bytes
    })
}

impl Ended {
    /// The test ran there and passed.
    pub(crate) fn succeeded(&self) -> bool {
        self.output.status.success() && self.stdout().contains("1 passed")
    }

    pub(crate) fn code(&self) -> Option<i32> {
        self.output.status.code()
    }

    pub(crate) fn stdout(&self) -> String {
        String::from_utf8_lossy(&self.output.stdout).into_owned()
    }

    pub(crate) fn stderr(&self) -> String {
        String::from_utf8_lossy(&self.output.stderr).into_owned()
    }
}

impl std::fmt::Display for Ended {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let status = self.output.status;
        let (stdout, stderr) = (self.stdout(), self.stderr());
        write!(f, "{status}\n-- stdout\n{stdout}\n-- stderr\n{stderr}")
    }
}

/// A directory for one test; gone with it.
pub(crate) struct Place(pub(crate) std::path::PathBuf);

impl Place {
    pub(crate) fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("storyline-{name}-{}", std::process::id()));
        let _ = std::fs::remove_dir_all(&path);
        std::fs::create_dir_all(&path).expect("a directory for temporary files");
        Self(path)
    }

    pub(crate) fn join(&self, name: &str) -> std::path::PathBuf {
        self.0.join(name)
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// The lines of a file.
pub(crate) fn lines(path: impl AsRef<std::path::Path>) -> Vec<String> {
    let text = std::fs::read_to_string(path).expect("a log file");
    assert!(
        text.is_empty() || text.ends_with('\n'),
        "ends inside a line"
    );
    text.lines().map(str::to_owned).collect()
}

/// Long enough for anything that is not stuck.
pub(crate) const SOON: Duration = Duration::from_secs(60);

/// Asks until it is so.
pub(crate) fn wait_until(what: &str, mut is_so: impl FnMut() -> bool) {
    let start = Instant::now();
    while !is_so() {
        assert!(start.elapsed() < SOON, "never came about: {what}");
        std::thread::sleep(Duration::from_millis(5));
    }
}

/// Says something on standard output: to the parent, or to who asks why a test was skipped.
pub(crate) fn say(text: &str) {
    use std::io::Write;
    writeln!(std::io::stdout(), "{text}").expect("standard output");
}
