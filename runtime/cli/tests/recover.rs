//! `storyline recover`, over what a real process left that was ended in the middle. The process is this
//! binary, started again in another role. Its number and the directory stand as words in the golden files.

#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used, reason = "a test that cannot go on may end there")]

use std::os::unix::fs::{DirBuilderExt, MetadataExt, PermissionsExt};
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

struct Scene {
    place: tempfile::TempDir,
    pids: Vec<u32>,
}

impl Scene {
    fn new() -> Self {
        Self {
            place: tempfile::tempdir().unwrap(),
            pids: Vec::new(),
        }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.place.path().join(name)
    }

    /// A process logs twenty records and ends before any is written.
    fn death_of(&mut self, service: &str) {
        let mut child = self.process(service);
        assert!(!child.wait().unwrap().success());
    }

    fn process(&mut self, service: &str) -> Child {
        let child = Command::new(std::env::current_exe().unwrap())
            .args(["dies", "--exact", "--test-threads=1"])
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
    fn run(&self, arguments: &[&str]) -> (i32, String, String) {
        self.run_at("recorder", arguments)
    }

    /// The same over another path.
    fn run_at(&self, name: &str, arguments: &[&str]) -> (i32, String, String) {
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

    fn heads(&self) -> Vec<PathBuf> {
        let names = std::fs::read_dir(self.path("recorder")).unwrap();
        let paths = names.map(|it| it.unwrap().path());
        paths
            .filter(|it| it.extension().is_some_and(|it| it == "head"))
            .collect()
    }

    fn lines(&self) -> usize {
        let text = std::fs::read_to_string(self.path("logs/shop.log")).unwrap();
        let is_ours = |it: &&str| it.contains("| order_paid |") && it.ends_with("recovered=true");
        text.lines().filter(is_ours).count()
    }
}

fn check(name: &str, found: &str) {
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

#[test]
fn nothing_to_recover() {
    let scene = Scene::new();
    std::fs::DirBuilder::new()
        .mode(0o700)
        .create(scene.path("recorder"))
        .unwrap();
    for arguments in [&[][..], &["--json"]] {
        let (code, out, messages) = scene.run(arguments);
        assert_eq!((code, messages.as_str()), (0, ""));
        let name = if arguments.is_empty() {
            "recover.none.txt"
        } else {
            "recover.none.json"
        };
        check(name, &out);
    }
}

#[test]
fn one_process_is_recovered_once() {
    let mut scene = Scene::new();
    scene.death_of("shop");
    let (code, out, messages) = scene.run(&[]);
    assert_eq!((code, messages.as_str()), (0, ""));
    check("recover.one.txt", &out);
    assert_eq!(scene.lines(), 20);
    let (code, out, messages) = scene.run(&[]);
    assert_eq!((code, messages.as_str()), (0, ""));
    check("recover.none.txt", &out);
    assert_eq!(scene.lines(), 20);
}

#[test]
fn what_was_recovered_as_json() {
    let mut scene = Scene::new();
    scene.death_of("shop");
    let (code, out, messages) = scene.run(&["--json"]);
    assert_eq!((code, messages.as_str()), (0, ""));
    check("recover.one.json", &out);
}

#[test]
fn damage_is_counted() {
    let mut scene = Scene::new();
    scene.death_of("shop");
    let names = std::fs::read_dir(scene.path("recorder")).unwrap();
    let mut paths = names.map(|it| it.unwrap().path());
    let ring = paths
        .find(|it| it.extension().is_some_and(|it| it == "ring"))
        .unwrap();
    let mut bytes = std::fs::read(&ring).unwrap();
    // Records of 40 bytes begin there: two are hit.
    bytes[4096 + 200..4096 + 260].fill(0xff);
    std::fs::write(&ring, bytes).unwrap();
    let (code, out, messages) = scene.run(&[]);
    assert_eq!((code, messages.as_str()), (0, ""));
    check("recover.damaged.txt", &out);
    assert_eq!(scene.lines(), 18);
}

#[test]
fn a_name_that_would_steer_a_terminal_is_shown_and_not_obeyed() {
    let mut scene = Scene::new();
    scene.death_of("shop\u{1b}[31m\u{202e}\n");
    let (code, out, messages) = scene.run(&[]);
    assert_eq!((code, messages.as_str()), (0, ""));
    assert!(!out.contains(['\u{1b}', '\u{202e}']), "{out:?}");
    assert_eq!(out.lines().count(), 2, "{out:?}");
    check("recover.hostile.txt", &out);
}

/// What can be recovered is, and the rest is named.
#[test]
fn a_problem_is_told_and_is_code_2() {
    let mut scene = Scene::new();
    scene.death_of("shop");
    let first = scene.heads().pop().unwrap();
    std::fs::write(&first, "no head at all").unwrap();
    scene.death_of("shop");
    let (code, out, messages) = scene.run(&[]);
    assert_eq!(code, 2);
    check("recover.problem.txt", &out);
    check("recover.problem.stderr.txt", &messages);
    assert_eq!(scene.lines(), 20);
    assert_eq!(std::fs::read_to_string(first).unwrap(), "no head at all");
}

#[test]
fn several_problems_are_a_line_each() {
    let mut scene = Scene::new();
    for _ in 0..2 {
        scene.death_of("shop");
        for head in scene.heads() {
            // Else the next start would have recovered it.
            std::fs::write(head, "no head at all").unwrap();
        }
    }
    let (code, out, messages) = scene.run(&[]);
    assert_eq!((code, out.as_str()), (2, ""));
    assert_eq!(messages.lines().count(), 2);
    check("recover.problems.stderr.txt", &messages);
}

#[test]
fn a_log_that_cannot_be_opened_is_named_and_waited_for() {
    let mut scene = Scene::new();
    scene.death_of("shop");
    let logs = scene.path("logs");
    std::fs::remove_dir_all(&logs).unwrap();
    std::fs::write(&logs, "in the way").unwrap();
    let (code, out, messages) = scene.run(&[]);
    assert_eq!((code, out.as_str()), (2, ""));
    check("recover.unopened.stderr.txt", &messages);
    std::fs::remove_file(&logs).unwrap();
    let (code, out, _) = scene.run(&[]);
    assert_eq!(code, 0);
    check("recover.one.txt", &out);
    assert_eq!(scene.lines(), 20);
}

/// A slip of the pen must not pass for a recorder with nothing in it.
#[test]
fn a_path_that_leads_nowhere_or_to_no_recorder_is_an_error() {
    let scene = Scene::new();
    std::fs::create_dir(scene.path("logs")).unwrap();
    std::fs::write(scene.path("logs/shop.log"), "").unwrap();
    for (name, golden) in [
        ("recordr", "recover.missing.stderr.txt"),
        ("logs", "recover.no-recorder.stderr.txt"),
    ] {
        let (code, out, messages) = scene.run_at(name, &[]);
        assert_eq!((code, out.as_str()), (2, ""));
        let usual = format!(
            "storyline-{}`",
            scene.place.path().metadata().unwrap().uid()
        );
        check(golden, &messages.replace(&usual, "storyline-UID`"));
    }
}

#[test]
fn what_lies_beside_the_logs_is_found_by_their_directory() {
    let mut scene = Scene::new();
    scene.death_of("shop");
    let uid = scene.place.path().metadata().unwrap().uid();
    let beside = scene.path(&format!("logs/.storyline-{uid}"));
    std::fs::rename(scene.path("recorder"), beside).unwrap();
    let (code, out, messages) = scene.run_at("logs", &[]);
    assert_eq!((code, messages.as_str()), (0, ""));
    check("recover.one.txt", &out);
    assert_eq!(scene.lines(), 20);
}

#[test]
fn who_lives_is_counted_and_left_alone() {
    let mut scene = Scene::new();
    std::fs::write(scene.path("stay"), "").unwrap();
    let mut child = scene.process("shop");
    while !scene.path("recorder").exists() || scene.heads().is_empty() {
        std::thread::sleep(std::time::Duration::from_millis(5));
    }
    let (code, out, messages) = scene.run(&[]);
    child.kill().unwrap();
    child.wait().unwrap();
    assert_eq!((code, messages.as_str()), (0, ""));
    check("recover.living.txt", &out);
}

#[test]
fn a_directory_that_is_open_to_others_is_refused() {
    let mut scene = Scene::new();
    scene.death_of("shop");
    let mode = |mode| {
        std::fs::set_permissions(
            scene.path("recorder"),
            std::fs::Permissions::from_mode(mode),
        )
        .unwrap();
    };
    mode(0o755);
    let (code, out, messages) = scene.run(&[]);
    assert_eq!((code, out.as_str()), (2, ""));
    check("recover.refused.stderr.txt", &messages);
    mode(0o700);
    assert_eq!(scene.run(&[]).0, 0);
    assert_eq!(scene.lines(), 20);
}
