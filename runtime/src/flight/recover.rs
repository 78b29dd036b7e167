//! From what a dead process left to its log files: finds dead sessions, tells what arrived, appends the
//! rest, and removes what is drained. It may be killed at any moment and done again: what it writes is
//! noted beforehand in the dead process's own files, as that process did.

use std::collections::HashMap;
use std::fs::File;
use std::io::{self, Read, Seek};
use std::os::unix::fs::{FileExt, MetadataExt};
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

use super::dead_ring::{DeadRing, later};
use super::directory::{Directory, head_name, index_of, is_abandoned, session_of};
use super::identity::{self, Kind, Log, Process, Stranger};
use super::intent::{self, Intents, head_bytes};
use super::pack::Unpack;
use super::replay::{Replay, Source};
use super::sites::{self, Described};
use super::{MAX_LOGS, OWNER, calibration};
use crate::clock::{self, Calibration};
use crate::sink::Parts;
use crate::sys::{lock, mapping::Mapping};

/// Where the copy of a head's identity is.
pub(super) const HEAD_COPY: usize = 8 * 1024;

/// Where it stands, for each log, that nothing is left to be written there.
const DONE: usize = 18 * 1024;
const DONE_MARK: u64 = 0x444f_4e45_444f_4e45;

/// The sessions of this process, which must not be opened a second time: closing the file would give up
/// the lock that says that we live.
static OWN: Mutex<Vec<u64>> = Mutex::new(Vec::new());

pub(super) fn own(session: u64) {
    OWN.lock()
        .unwrap_or_else(PoisonError::into_inner)
        .push(session);
}

fn is_own(session: u64) -> bool {
    OWN.lock()
        .unwrap_or_else(PoisonError::into_inner)
        .contains(&session)
}

/// What was found of one dead process.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Found {
    pub(crate) pid: u32,
    pub(crate) service: String,
    /// Records that were written now, over all logs.
    pub(crate) written: u64,
    /// Records that were committed and could not be read any more.
    pub(crate) damaged: u64,
    /// Whether everything was written and the files are gone.
    pub(crate) is_done: bool,
}

/// Locks belong to the process: of its threads one recovers at a time.
static ONE_AT_A_TIME: Mutex<()> = Mutex::new(());

/// Recovers what dead processes have left in a directory; `problems` takes what could not be.
pub(crate) fn recover(
    place: &Path,
    mut destination: impl FnMut(&Log, &mut dyn FnMut(&mut Parts)) -> bool,
    problems: &mut Vec<String>,
) -> io::Result<Vec<Found>> {
    let _alone = ONE_AT_A_TIME.lock().unwrap_or_else(PoisonError::into_inner);
    let directory = match Directory::open(place) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        outcome => outcome?,
    };
    let mut all = Vec::new();
    for name in directory.names()? {
        if is_abandoned(&name) {
            clear_abandoned(&directory, &name)?;
        }
        let Some(session) = session_of(&name).filter(|session| !is_own(*session)) else {
            continue;
        };
        let outcome = Dead::open(&directory, session).and_then(|dead| match dead {
            Some(dead) => dead.recover(&mut destination, problems),
            None => Ok(None),
        });
        match outcome {
            Ok(found) => all.extend(found),
            // Somebody else has recovered it meanwhile.
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            Err(error) => problems.push(format!("`{}`: {error}", place.join(name).display())),
        }
    }
    Ok(all)
}

/// Removes what a process has left that died while it began to record; it had logged nothing.
///
/// The name may be old by now: its owner may have gone on, and even logged and died, since the directory was
/// listed. So the file must still have that name, nobody may hold it locked, and no head may stand beside it.
fn clear_abandoned(directory: &Directory, new: &str) -> io::Result<()> {
    let session = new.split_once('.').map_or(new, |(session, _)| session);
    let Ok(file) = directory.open_file(new) else {
        return Ok(());
    };
    if !matches!(lock::try_lock(&file, OWNER), Ok(true)) {
        return Ok(());
    }
    // Listed behind the lock: whoever has it locked is the only one who could still rename it.
    let names = directory.names()?;
    let has_head = names
        .iter()
        .any(|name| session_of(name).is_some() && name.starts_with(session));
    if has_head || !names.iter().any(|name| name == new) {
        return Ok(());
    }
    for name in names {
        if name != new && name.starts_with(session) {
            // Somebody else may do so, too.
            let _ = directory.remove(&name);
        }
    }
    let _ = directory.remove(new);
    Ok(())
}

/// The bytes of a file, no more than it can have.
pub(super) fn read_up_to(file: &File, most: usize) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    let mut file = file;
    file.rewind()?;
    file.take(most as u64).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// A session whose process is gone.
struct Dead<'d> {
    directory: &'d Directory,
    session: u64,
    process: Process,
    head: Vec<u8>,
    /// Locked: nobody else recovers this session meanwhile.
    head_file: File,
}

impl<'d> Dead<'d> {
    /// Claims a session; none when its process lives, or somebody else has claimed it.
    fn open(directory: &'d Directory, session: u64) -> io::Result<Option<Self>> {
        let head_file = directory.open_file(&head_name(session))?;
        let locked = lock::try_lock(&head_file, OWNER);
        if matches!(locked, Ok(false)) || head_file.metadata()?.nlink() == 0 {
            return Ok(None);
        }
        let head = read_up_to(&head_file, head_bytes(MAX_LOGS))?;
        let content = identity::read(&head, HEAD_COPY, Kind::Head, session).map_err(refusal)?;
        let process = Process::unpack(content).ok_or_else(|| refusal(Stranger::Format))?;
        if locked.is_err() && process.may_live() {
            return Ok(None);
        }
        Ok(Some(Self {
            directory,
            session,
            process,
            head,
            head_file,
        }))
    }

    fn recover(
        self,
        destination: &mut impl FnMut(&Log, &mut dyn FnMut(&mut Parts)) -> bool,
        problems: &mut Vec<String>,
    ) -> io::Result<Option<Found>> {
        let open = self.process.logs.iter().enumerate();
        let open: Vec<_> = open.filter(|(index, _)| !self.is_done(*index)).collect();
        if open.is_empty() {
            // Everything was written; only the files are left.
            self.remove()?;
            return Ok(None);
        }
        let mut rings = None;
        let mut found = Found {
            pid: self.process.pid,
            service: self.process.service.clone(),
            written: 0,
            damaged: 0,
            is_done: false,
        };
        let mut left = open.len();
        for (index, log) in open {
            let mut outcome = Ok(false);
            destination(log, &mut |parts| {
                outcome = self.recover_log(index, log, parts, &mut rings, &mut found);
            });
            match outcome {
                Ok(true) => left -= 1,
                Ok(false) => {}
                Err(error) => problems.push(format!(
                    "cannot recover into `{}`: {error}",
                    log.path.display()
                )),
            }
        }
        if left == 0 {
            self.remove()?;
            found.is_done = true;
        }
        Ok(rings.is_some().then_some(found))
    }

    fn is_done(&self, log: usize) -> bool {
        let word = self.head.get(DONE + log * 8..).unwrap_or_default();
        Unpack(word).u64() == Some(DONE_MARK)
    }

    fn others(&self, ending: &str) -> io::Result<Vec<(String, u32)>> {
        let names = self.directory.names()?;
        let of_session = names.into_iter().filter_map(|name| {
            let index = index_of(&name, self.session, ending)?;
            Some((name, index))
        });
        Ok(of_session.collect())
    }

    /// All rings, or none: what cannot be read now may be readable later, and must not be taken for
    /// drained.
    fn rings(&self) -> io::Result<Vec<DeadRing>> {
        let rings = self.others("ring")?.into_iter();
        let read = rings.map(|(name, index)| {
            let path = self.directory.path.join(&name);
            DeadRing::read(self.directory, self.session, name, index).map_err(|error| {
                io::Error::new(error.kind(), format!("`{}`: {error}", path.display()))
            })
        });
        read.collect()
    }

    fn sites(&self) -> io::Result<HashMap<u32, Described>> {
        let mut all = HashMap::new();
        for (name, _) in self.others("sites")? {
            let file = self.directory.open_file(&name)?;
            let bytes = read_up_to(&file, sites::FILE_BYTES)?;
            all.extend(sites::read(&bytes).into_iter().map(|site| (site.id, site)));
        }
        Ok(all)
    }

    fn calibration(&self) -> Calibration {
        calibration::read(&self.head).unwrap_or_else(clock::calibration)
    }

    /// Writes what is left for one log; true when that was everything.
    fn recover_log(
        &self,
        index: usize,
        log: &Log,
        parts: &mut Parts,
        rings: &mut Option<Vec<DeadRing>>,
        found: &mut Found,
    ) -> io::Result<bool> {
        let rings = match rings {
            Some(rings) => rings,
            None => rings.insert(self.rings()?),
        };
        let Some(file) = parts.sink.as_file() else {
            return Err(io::ErrorKind::Unsupported.into());
        };
        let mut settled: Vec<_> = rings.iter().map(|ring| ring.settled(index)).collect();
        if let Some(intent) = intent::read(&self.head, index) {
            let tail = file.tail_of(intent.target, intent.reach())?;
            for entry in &intent.entries[..intent.arrived(&tail)] {
                let of_ring = |ring: &DeadRing| ring.label.index == entry.origin.ring;
                if let Some(at) = rings.iter().position(of_ring) {
                    settled[at] = Some(later(settled[at], entry.origin.number));
                }
            }
            // Before the note is written over.
            self.settle(index, rings, &settled)?;
        }
        let len = head_bytes(self.process.logs.len());
        if let Ok(head) = Mapping::new(&self.head_file, len) {
            file.set_journal(Some(Box::new(Intents::new(Arc::new(head), index))));
        }
        let damaged: u64 = rings.iter().map(|ring| ring.damaged).sum();
        found.damaged = found.damaged.max(damaged);
        let sites = self.sites()?;
        let left = rings.iter().zip(&settled);
        let left: Vec<_> = left
            .map(|(ring, settled)| ring.unsettled(*settled))
            .collect();
        let sources = rings.iter().zip(&left).map(|(ring, frames)| Source {
            ring: ring.label.index,
            thread: &ring.label.thread,
            frames,
        });
        let sources = sources.collect();
        let mut replay = Replay::new(&self.process, log, &sites, self.calibration(), sources);
        let written = replay.run(parts, damaged, |numbers| self.settle(index, rings, numbers));
        if let Some(file) = parts.sink.as_file() {
            file.set_journal(None);
        }
        found.written += written?;
        self.head_file
            .write_all_at(&DONE_MARK.to_le_bytes(), (DONE + index * 8) as u64)?;
        Ok(true)
    }

    fn settle(&self, log: usize, rings: &[DeadRing], numbers: &[Option<u32>]) -> io::Result<()> {
        for (ring, number) in rings.iter().zip(numbers) {
            ring.settle(self.directory, log, *number)?;
        }
        Ok(())
    }

    /// Rings first: the head says that they are drained.
    fn remove(&self) -> io::Result<()> {
        for ending in ["ring", "sites"] {
            for (name, _) in self.others(ending)? {
                self.directory.remove(&name)?;
            }
        }
        self.directory.remove(&head_name(self.session))
    }
}

/// Why a file is not read.
pub(super) fn refusal(stranger: Stranger) -> io::Error {
    let text = match stranger {
        Stranger::Newer(version) => format!(
            "written by a later version of storyline (format {version}): recover it with that one"
        ),
        Stranger::Format => "not a recorder file, or damaged beyond reading: remove it".to_owned(),
    };
    io::Error::new(io::ErrorKind::InvalidData, text)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The names that are left of these after an old listing was taken for the truth.
    fn left_of(test: &str, names: &[&str]) -> Vec<String> {
        let place = std::env::temp_dir().join(format!("storyline-{}-{test}", std::process::id()));
        let _ = std::fs::remove_dir_all(&place);
        let directory = Directory::make(&place).expect("a new directory");
        for name in names {
            directory.create(name, 4096).expect("room");
        }
        clear_abandoned(&directory, "0000000000000007.1.new").expect("readable");
        let left = directory.names().expect("readable");
        std::fs::remove_dir_all(place).expect("removed");
        left
    }

    #[test]
    fn who_died_while_beginning_leaves_nothing() {
        let names = ["0000000000000007.1.new", "0000000000000007.0.sites"];
        assert!(left_of("begun", &names).is_empty());
    }

    /// Between the listing and the removal the owner has gone on, logged and died.
    #[test]
    fn who_has_gone_on_since_the_listing_keeps_everything() {
        let names = [
            "0000000000000007.0.ring",
            "0000000000000007.0.sites",
            "0000000000000007.head",
        ];
        assert_eq!(left_of("gone-on", &names), names);
        let with_new = [
            "0000000000000007.0.ring",
            "0000000000000007.1.new",
            "0000000000000007.head",
        ];
        assert_eq!(left_of("both", &with_new), with_new);
    }
}
