//! What tests of faults need of the machine: mounts, and a tracer that makes system calls fail. Where
//! something is not to be had a test says so and passes; a CI run as root must have all of it.

use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::alone::{Place, Process, say};

/// Says why a test cannot run here; fails where it must.
pub(crate) fn skip(why: &str) {
    let is_root = std::fs::metadata("/proc/self").is_ok_and(|it| it.uid() == 0);
    let is_ci = std::env::var("CI").is_ok_and(|it| it == "true");
    assert!(
        !(is_root && is_ci),
        "CI runs as root and must not skip: {why}"
    );
    say(&format!("skipped: {why}"));
}

fn succeeds(command: &mut Command) -> bool {
    let quiet = command.stdout(Stdio::null()).stderr(Stdio::null());
    quiet.status().is_ok_and(|it| it.success())
}

/// Something that is mounted; gone with it.
pub(crate) struct Mount(PathBuf);

impl Mount {
    /// A file system in memory, in a new directory.
    pub(crate) fn small(at: &Path, size: &str) -> Option<Self> {
        std::fs::create_dir_all(at).expect("a directory");
        let options = format!("size={size}");
        let mount = Command::new("mount")
            .args(["-t", "tmpfs", "-o", &options, "tmpfs"])
            .arg(at)
            .status();
        Self::made(mount.is_ok_and(|it| it.success()), at)
    }

    /// The same directory once more, in a new place or above itself.
    pub(crate) fn again(of: &Path, at: &Path) -> Option<Self> {
        std::fs::create_dir_all(at).expect("a directory");
        let done = succeeds(Command::new("mount").arg("--bind").arg(of).arg(at));
        Self::made(done, at)
    }

    fn made(done: bool, at: &Path) -> Option<Self> {
        if !done {
            skip("mounting is not permitted here");
        }
        done.then(|| Self(at.to_owned()))
    }

    /// Nobody may write through this mount from now on.
    pub(crate) fn make_read_only(&self) {
        let mut command = Command::new("mount");
        command.args(["-o", "remount,bind,ro"]).arg(&self.0);
        assert!(succeeds(&mut command), "mounted by us a moment ago");
    }
}

impl Drop for Mount {
    fn drop(&mut self) {
        succeeds(Command::new("umount").arg("-l").arg(&self.0));
    }
}

/// Takes the rights of root from the whole process until it is dropped; none where it has none.
pub(crate) fn give_up_rights() -> Option<Rights> {
    let given = become_user(NOBODY);
    if !given {
        skip("not root");
    }
    given.then_some(Rights)
}

/// See [`give_up_rights`].
pub(crate) struct Rights;

const NOBODY: libc::uid_t = 65534;

impl Drop for Rights {
    fn drop(&mut self) {
        assert!(become_user(0), "root before");
    }
}

/// The C library sees to it that every thread does.
#[expect(unsafe_code, reason = "only the C library can")]
fn become_user(user: libc::uid_t) -> bool {
    // SAFETY: it reads no memory of ours.
    unsafe { libc::seteuid(user) == 0 }
}

/// What a shell does to run a program under `strace`, with calls that fail as told, such as
/// `write:error=EIO:when=2..4`; only those on this file, if one is given.
pub(crate) fn failing(calls: &[&str], path: Option<&Path>) -> Option<String> {
    if !succeeds(Command::new("strace").args(["-qq", "-e", "trace=none", "true"])) {
        skip("strace is missing, or may not trace; `apt-get install strace`");
        return None;
    }
    let inject: Vec<_> = calls.iter().map(|it| format!(" -e inject={it}")).collect();
    let inject = inject.concat();
    let path = path.map_or_else(String::new, |it| format!(" -P {}", it.display()));
    Some(format!(
        "exec strace -f -qq -o /dev/null{path}{inject} \"$0\" \"$@\""
    ))
}

/// Runs a test, named with its module, in a process whose system calls fail as told, and does there what `body`
/// says, with the path of a log; of the calls only those on that log, if so said. Nothing where that cannot be
/// done, and in that process.
pub(crate) fn under_failing(
    test: &str,
    calls: &[&str],
    only_the_log: bool,
    body: impl FnOnce(&Path),
) -> Option<()> {
    let place = Place::new(&test.replace("::", "-"));
    let path = place.join("x.log");
    let process = Process::new(test).env("LOG_FILE", path.to_str().expect("plain"));
    let process = if std::env::var_os("LOG_FILE").is_some() {
        process
    } else {
        process.under(&failing(calls, only_the_log.then_some(path.as_path()))?)
    };
    let ended = process.run(|| {
        let path = std::env::var_os("LOG_FILE").expect("given by the parent");
        body(Path::new(&path));
    })?;
    assert!(ended.succeeded(), "{calls:?}: {ended}");
    Some(())
}
