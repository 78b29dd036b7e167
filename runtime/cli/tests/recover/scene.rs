//! A process that dies, and what is read of what it left.

use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use storyline::sink::{self, Batch, Sink, WriteError};
use storyline::{Recorder, info};

/// Says, in the started process, where it works and under which name.
const PLACE: &str = "STORYLINE_TEST_PLACE";
const SERVICE: &str = "STORYLINE_TEST_SERVICE";

/// A sink that never comes back: nothing behind it is written.
struct Stuck;

impl Sink for Stuck {
    fn write(&mut self, _: Batch<'_>) -> Result<(), WriteError> {
        loop {
            std::thread::park();
        }
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

/// Plays the process that dies; as a test of its own it does nothing, for want of a place.
#[test]
fn dies() {
    let Some(place) = std::env::var_os(PLACE).map(PathBuf::from) else {
        return;
    };
    let guard = storyline::setup(std::env::var(SERVICE).unwrap())
        .sink(sink::custom("stuck", Stuck))
        .sink(sink::file(place.join("logs/shop.log")))
        .recorder(Recorder::at(place.join("recorder")))
        .ring_bytes(64 * 1024)
        .start()
        .unwrap();
    std::mem::forget(guard);
    for n in 0..20_u64 {
        info!("order_paid", n);
    }
    if place.join("stay").exists() {
        loop {
            std::thread::park();
        }
    }
    std::process::abort();
}

pub(crate) struct Scene {
    pub(crate) place: tempfile::TempDir,
    pids: Vec<u32>,
}

impl Scene {
    pub(crate) fn new() -> Self {
        Self {
            place: tempfile::tempdir().unwrap(),
            pids: Vec::new(),
        }
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.place.path().join(name)
    }

    /// A process logs twenty records and ends before any is written.
    pub(crate) fn death_of(&mut self, service: &str) {
        let mut child = self.process(service);
        assert!(!child.wait().unwrap().success());
    }

    pub(crate) fn process(&mut self, service: &str) -> Child {
        let child = Command::new(std::env::current_exe().unwrap())
            .args(["scene::dies", "--exact", "--test-threads=1"])
            .env(PLACE, self.place.path())
            .env(SERVICE, service)
            .env_remove("STORYLINE_LOG")
            .env_remove("RUST_LOG")
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        self.pids.push(child.id());
        child
    }

    /// The code, the output and the messages of the tool, run as a process over the recorder's directory.
    pub(crate) fn run(&self, arguments: &[&str]) -> (i32, String, String) {
        self.run_at("recorder", arguments)
    }

    /// The same over another path.
    pub(crate) fn run_at(&self, name: &str, arguments: &[&str]) -> (i32, String, String) {
        let output = Command::new(env!("CARGO_BIN_EXE_storyline"))
            .arg("recover")
            .arg(self.path(name))
            .args(arguments)
            .output()
            .unwrap();
        (
            output.status.code().unwrap(),
            self.named(output.stdout),
            self.named(output.stderr),
        )
    }

    /// What differs from run to run, as words.
    fn named(&self, text: Vec<u8>) -> String {
        let mut text = String::from_utf8(text).unwrap();
        text = text.replace(self.place.path().to_str().unwrap(), "PLACE");
        for (pid, name) in self.pids.iter().zip(["PID-1", "PID-2"]) {
            text = text.replace(&pid.to_string(), name);
        }
        // A session's number.
        while let Some(end) = text.find(".head") {
            text.replace_range(end - 16..end + 5, "SESSION");
        }
        text
    }

    pub(crate) fn heads(&self) -> Vec<PathBuf> {
        let names = std::fs::read_dir(self.path("recorder")).unwrap();
        let paths = names.map(|it| it.unwrap().path());
        paths
            .filter(|it| it.extension().is_some_and(|it| it == "head"))
            .collect()
    }

    pub(crate) fn lines(&self) -> usize {
        let text = std::fs::read_to_string(self.path("logs/shop.log")).unwrap();
        let is_ours = |it: &&str| it.contains("| order_paid |") && it.ends_with("recovered=true");
        text.lines().filter(is_ours).count()
    }
}

/// Compares with a golden file.
pub(crate) fn check(name: &str, found: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/golden")
        .join(name);
    if std::env::var_os("STORYLINE_BLESS").is_some() {
        std::fs::write(&path, found).unwrap();
    }
    let expected = std::fs::read_to_string(&path).unwrap();
    assert!(
        found == expected,
        "{name} differs; expected\n{expected}\nfound\n{found}"
    );
}
