//! The stage for tests of the flight recorder: processes that log and die, in roles of one test, and what
//! they leave. A role is played by this binary, started again for that test alone.

use std::ffi::OsStr;
use std::io::Read;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};

use crate::alone::{Place, SOON, wait_until};
use crate::machine::failing;
use crate::stuck::Stuck;
use storyline::sink;
use storyline::{Recorder, Recovery, Setup};

/// Say, in a started process, which role it plays and where.
const ROLE: &str = "STORYLINE_TEST_ROLE";
const PLACE: &str = "STORYLINE_TEST_PLACE";

/// The path of a test, as this binary takes it.
macro_rules! stage {
    ($name:ident) => {
        $crate::recorder_stage::Stage::new(concat!(module_path!(), "::", stringify!($name)))
    };
}
pub(crate) use stage;

/// One test's place, and its roles.
pub(crate) struct Stage {
    test: String,
    place: PathBuf,
    _owner: Option<Place>,
}

impl Stage {
    pub(crate) fn new(test: &str) -> Self {
        let test = test.split_once("::").map_or(test, |it| it.1).to_owned();
        if let Some(place) = std::env::var_os(PLACE) {
            return Self {
                test,
                place: place.into(),
                _owner: None,
            };
        }
        let owner = Place::new(&test.replace("::", "-"));
        Self {
            test,
            place: owner.0.clone(),
            _owner: Some(owner),
        }
    }

    /// What a process in this role does; it ends behind it.
    pub(crate) fn role(&self, name: &str, act: impl FnOnce(&Self)) {
        if std::env::var(ROLE).is_ok_and(|role| role == name) {
            act(self);
            std::process::exit(0);
        }
    }

    pub(crate) fn command(&self, role: &str) -> Command {
        let mut command = Command::new(std::env::current_exe().expect("this binary has a path"));
        command
            .args([&self.test, "--exact", "--nocapture", "--test-threads=1"])
            .env(ROLE, role)
            .env(PLACE, &self.place)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        for variable in ["STORYLINE_LOG", "RUST_LOG"] {
            command.env_remove(variable);
        }
        command
    }

    pub(crate) fn start(&self, role: &str) -> Child {
        self.command(role).spawn().expect("this binary starts")
    }

    /// Plays a role to its end.
    pub(crate) fn play(&self, role: &str) -> Output {
        end_of(self.start(role))
    }

    /// Plays a role in a process whose system calls fail as told, only those on this file if one is given; none
    /// where that cannot be done.
    pub(crate) fn play_failing(
        &self,
        role: &str,
        calls: &[&str],
        path: Option<&Path>,
    ) -> Option<Output> {
        let words = failing(calls, path)?;
        let inner = self.command(role);
        let mut command = Command::new("sh");
        command.args(["-c", &words]).arg(inner.get_program());
        command.args(inner.get_args()).stdin(Stdio::null());
        let vars = inner.get_envs();
        command.envs(vars.filter_map(|(name, value)| Some((name, value?))));
        command.stdout(Stdio::piped()).stderr(Stdio::piped());
        Some(end_of(command.spawn().expect("a shell")))
    }

    /// Plays a role that must go well.
    pub(crate) fn play_well(&self, role: &str) {
        let output = self.play(role);
        assert!(output.status.success(), "{role}: {output:?}");
    }

    /// Plays a role that ends with SIGKILL; gives the number of the process.
    pub(crate) fn kill(&self, role: &str) -> u32 {
        use std::os::unix::process::ExitStatusExt;
        let child = self.start(role);
        let pid = child.id();
        let output = end_of(child);
        assert_eq!(
            output.status.signal(),
            Some(libc::SIGKILL),
            "{role}: {output:?}"
        );
        pid
    }

    pub(crate) fn join(&self, name: impl AsRef<Path>) -> PathBuf {
        self.place.join(name)
    }

    pub(crate) fn log(&self) -> PathBuf {
        self.join("logs/shop.log")
    }

    pub(crate) fn recorder(&self) -> PathBuf {
        self.join("recorder")
    }

    /// The set-up of a service that records here, with small rings.
    pub(crate) fn setup(&self) -> Setup {
        storyline::setup("shop")
            .recorder(Recorder::at(self.recorder()))
            .ring_bytes(64 * 1024)
    }

    /// Starts a service of which nothing is ever written into this log: a sink in front of it stands still.
    pub(crate) fn start_unwritten(&self, log: impl AsRef<Path>) {
        let guard = self
            .setup()
            .sink(sink::custom("stuck", Stuck::now()))
            .sink(sink::file(log.as_ref()))
            .start()
            .expect("starts");
        std::mem::forget(guard);
    }

    pub(crate) fn recover(&self) -> Recovery {
        storyline::recover(self.recorder()).expect("a directory of ours")
    }

    /// Recovers, and nothing may be wrong.
    pub(crate) fn recover_all(&self) -> Recovery {
        let recovery = self.recover();
        assert_eq!(recovery.problems, [""; 0]);
        for process in &recovery.processes {
            let damaged = process.damaged + process.damaged_rings;
            assert!(process.is_done && damaged == 0, "{recovery:?}");
            assert_eq!(process.waiting, 0, "{recovery:?}");
        }
        assert_eq!(self.left(), [""; 0], "what is drained is removed");
        recovery
    }

    /// The names of the files in the recorder's directory.
    pub(crate) fn left(&self) -> Vec<String> {
        names_in(&self.recorder())
    }

    /// A file to wait for.
    pub(crate) fn signal(&self, name: &str) {
        std::fs::write(self.join(name), "").expect("written");
    }

    pub(crate) fn wait_for(&self, name: &str) {
        wait_until(name, || self.join(name).exists());
    }
}

/// Waits for the end of a process that was started with pipes.
pub(crate) fn end_of(mut child: Child) -> Output {
    let read = |pipe: Option<Box<dyn Read + Send>>| {
        std::thread::spawn(move || {
            let mut bytes = Vec::new();
            if let Some(mut pipe) = pipe {
                pipe.read_to_end(&mut bytes).expect("a pipe of ours");
            }
            bytes
        })
    };
    let stdout = read(child.stdout.take().map(|it| Box::new(it) as _));
    let stderr = read(child.stderr.take().map(|it| Box::new(it) as _));
    let start = std::time::Instant::now();
    let status = loop {
        if let Some(status) = child.try_wait().expect("a child of ours") {
            break status;
        }
        if start.elapsed() > SOON * 2 {
            let _ = child.kill();
            panic!("a process hangs");
        }
        std::thread::sleep(std::time::Duration::from_millis(2));
    };
    Output {
        status,
        stdout: stdout.join().expect("a reader"),
        stderr: stderr.join().expect("a reader"),
    }
}

#[expect(unsafe_code, reason = "to be killed is what is tested")]
pub(crate) fn die() -> ! {
    let own = libc::pid_t::try_from(std::process::id()).expect("a number of a process");
    // SAFETY: the signal ends this process; nothing comes behind it.
    unsafe { libc::kill(own, libc::SIGKILL) };
    std::process::abort()
}

pub(crate) fn names_in(directory: &Path) -> Vec<String> {
    let Ok(entries) = std::fs::read_dir(directory) else {
        return Vec::new();
    };
    let name = |entry: std::io::Result<std::fs::DirEntry>| {
        let name = entry.expect("an entry").file_name();
        name.to_string_lossy().into_owned()
    };
    let mut names: Vec<_> = entries.map(name).collect();
    names.sort();
    names
}

/// The files in a directory whose names end so.
pub(crate) fn files_in(directory: &Path, ending: &str) -> Vec<PathBuf> {
    let names = names_in(directory).into_iter();
    let ours = names.filter(|it| Path::new(it).extension() == Some(OsStr::new(ending)));
    ours.map(|it| directory.join(it)).collect()
}

/// What nobody may touch: kind, mode, owner, length and content of a thing, without following it.
pub(crate) fn print_of(path: &Path) -> String {
    let it = std::fs::symlink_metadata(path).expect("still there");
    let content = if it.is_file() && it.len() < 1 << 20 {
        std::fs::read(path).expect("readable")
    } else {
        Vec::new()
    };
    let link = std::fs::read_link(path).ok();
    format!(
        "{:o} {} {} {} {} {link:?} {content:?}",
        it.mode(),
        it.uid(),
        it.ino(),
        it.nlink(),
        it.len()
    )
}
