//! Who wrote a file: kept twice at its front, sealed.

use std::fs;
use std::io;
use std::path::PathBuf;

use super::VERSION;
use super::pack::{Pack, Unpack, seal, store, unseal_either};
use crate::sys::mapping::Mapping;

/// What stands first in every file of ours.
const MAGIC: &[u8; 8] = b"STRYLINE";

/// What kind of file it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub(super) enum Kind {
    Head = 1,
    Sites = 2,
    Ring = 3,
}

/// A file that is not to be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stranger {
    /// Neither copy of the identity is whole.
    Format,
    /// Written by a later version.
    Newer(u32),
}

/// A log file that a session writes and that can be recovered into.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Log {
    pub(crate) path: PathBuf,
    /// The lowest level it takes.
    pub(crate) level: u8,
    /// The name of its format; empty for one of the user's own.
    pub(crate) format: String,
    /// The permissions it is made with when it is gone.
    pub(crate) mode: u32,
}

/// The process behind a session.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Process {
    pub(super) pid: u32,
    pub(super) started: u64,
    pub(super) boot: [u8; 16],
    pub(super) service: String,
    pub(super) logs: Vec<Log>,
}

impl Process {
    /// This process, as the system knows it.
    pub(super) fn current(service: &str, logs: Vec<Log>) -> Self {
        Self {
            pid: std::process::id(),
            started: start_time("self"),
            boot: boot_id(),
            service: service.to_owned(),
            logs,
        }
    }

    pub(super) fn pack(&self, into: &mut Vec<u8>) {
        into.u32(self.pid);
        into.u64(self.started);
        into.bytes(&self.boot);
        into.text(&self.service);
        into.u8(u8::try_from(self.logs.len()).unwrap_or(u8::MAX));
        for log in &self.logs {
            into.bytes(path_bytes(&log.path));
            into.u8(log.level);
            into.text(&log.format);
            into.u32(log.mode);
        }
    }

    pub(super) fn unpack(content: &[u8]) -> Option<Self> {
        let mut from = Unpack(content);
        let (pid, started) = (from.u32()?, from.u64()?);
        let boot = from.bytes()?.try_into().ok()?;
        let service = from.text()?.to_owned();
        let mut logs = Vec::new();
        for _ in 0..from.u8()? {
            logs.push(Log {
                path: path_of(from.bytes()?),
                level: from.u8()?,
                format: from.text()?.to_owned(),
                mode: from.u32()?,
            });
        }
        Some(Self {
            pid,
            started,
            boot,
            service,
            logs,
        })
    }

    /// Whether the process may still be there; for file systems that have no locks.
    pub(super) fn may_live(&self) -> bool {
        self.boot == boot_id() && self.started == start_time(&self.pid.to_string())
    }

    /// Whether the process is there and has this file in its memory, which it keeps until it ends or becomes
    /// another program, whatever it closes.
    pub(super) fn has_mapped(&self, name: &str) -> bool {
        if !self.may_live() {
            return false;
        }
        match fs::read(format!("/proc/{}/maps", self.pid)) {
            Ok(maps) => maps.windows(name.len()).any(|it| it == name.as_bytes()),
            // Who hides it, as one that has changed its user does, is not to be disturbed.
            Err(error) => error.kind() == io::ErrorKind::PermissionDenied,
        }
    }
}

fn path_bytes(path: &std::path::Path) -> &[u8] {
    std::os::unix::ffi::OsStrExt::as_bytes(path.as_os_str())
}

fn path_of(bytes: &[u8]) -> PathBuf {
    <std::ffi::OsStr as std::os::unix::ffi::OsStrExt>::from_bytes(bytes).into()
}

/// Which start of the machine this is; zeros where nobody says.
fn boot_id() -> [u8; 16] {
    let text = fs::read_to_string("/proc/sys/kernel/random/boot_id").unwrap_or_default();
    let digits: Vec<u8> = text.bytes().filter(u8::is_ascii_hexdigit).collect();
    let mut id = [0; 16];
    for (byte, pair) in id.iter_mut().zip(digits.chunks(2)) {
        let pair = core::str::from_utf8(pair).unwrap_or_default();
        *byte = u8::from_str_radix(pair, 16).unwrap_or(0);
    }
    id
}

/// When a process began, in ticks since boot: field 22 of `/proc/PID/stat`, behind a name that may hold
/// anything, even brackets. Zero when there is no such process.
fn start_time(pid: &str) -> u64 {
    let text = fs::read(format!("/proc/{pid}/stat")).unwrap_or_default();
    let text = String::from_utf8_lossy(&text);
    let behind_name = text.rsplit_once(')').map_or("", |(_, behind)| behind);
    let field = behind_name.split_whitespace().nth(19);
    field.and_then(|it| it.parse().ok()).unwrap_or(0)
}

fn block(version: u32, kind: Kind, session: u64, content: &[u8]) -> Vec<u8> {
    let mut block = MAGIC.to_vec();
    block.u32(version);
    block.u8(kind as u8);
    block.u64(session);
    block.extend_from_slice(content);
    seal(&block)
}

/// What a later version writes first into a file.
#[cfg(test)]
pub(super) fn newer_block(kind: Kind, session: u64) -> Vec<u8> {
    block(VERSION + 1, kind, session, b"nobody knows what")
}

/// Writes an identity and its copy: `content` is what stands behind magic, version, kind and session.
pub(super) fn write(mapping: &Mapping, copy_at: usize, kind: Kind, session: u64, content: &[u8]) {
    let block = block(VERSION, kind, session, content);
    store(mapping.words(), 0, &block);
    store(mapping.words(), copy_at, &block);
}

/// The content of an identity.
pub(super) fn read(
    file: &[u8],
    copy_at: usize,
    kind: Kind,
    session: u64,
) -> Result<&[u8], Stranger> {
    let block = unseal_either(file, 0, copy_at).ok_or(Stranger::Format)?;
    let (magic, rest) = block.split_first_chunk::<8>().ok_or(Stranger::Format)?;
    if magic != MAGIC {
        return Err(Stranger::Format);
    }
    let mut from = Unpack(rest);
    let version = from.u32().ok_or(Stranger::Format)?;
    if version > VERSION {
        return Err(Stranger::Newer(version));
    }
    let is_it = from.u8() == Some(kind as u8) && from.u64() == Some(session);
    if is_it {
        Ok(from.0)
    } else {
        Err(Stranger::Format)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_process_is_found_alive_until_it_is_another_one() {
        let logs = vec![Log {
            path: PathBuf::from("/var/log/ä.log"),
            level: 20,
            format: "line".to_owned(),
            mode: 0o600,
        }];
        let process = Process::current("shop", logs);
        assert!(process.started > 0 && process.may_live());
        let mut bytes = Vec::new();
        process.pack(&mut bytes);
        let read = Process::unpack(&bytes).expect("whole");
        assert_eq!(read, process);
        for len in 0..bytes.len() {
            assert_eq!(Process::unpack(&bytes[..len]), None, "cut at {len}");
        }
        let mut earlier = process.clone();
        earlier.started -= 1;
        assert!(!earlier.may_live(), "its number was given to somebody else");
        let mut before = process;
        before.boot[0] ^= 1;
        assert!(!before.may_live(), "the machine was started anew");
    }
}
