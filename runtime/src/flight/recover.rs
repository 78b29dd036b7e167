//! From what a dead process left to its log files: finds dead sessions, tells what arrived, appends the
//! rest, and removes what is drained. It may be killed at any moment and done again: what it writes is
//! noted beforehand in the dead process's own files, as that process did.

use std::collections::HashMap;
use std::fs::File;
use std::io::{self, Read};
use std::os::unix::fs::{FileExt, MetadataExt};
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

use super::directory::{Directory, head_name, index_of, session_of};
use super::frames::{Frame, Frames, frames};
use super::identity::{self, Kind, Log, Process, Stranger};
use super::intent::{self, Intents, head_bytes};
use super::pack::Unpack;
use super::replay::{Replay, Source};
use super::ring_file::{Label, REGION, SETTLED};
use super::sites::{self, Described};
use super::{OWNER, calibration};
use crate::clock::{self, Calibration};
use crate::ring::CONTROL_BYTES;
use crate::sink::Parts;
use crate::sys::{lock, mapping::Mapping};

/// Where the copy of a head's identity is.
pub(super) const HEAD_COPY: usize = 8 * 1024;

/// Where it stands, for each log, that nothing is left to be written there.
const DONE: usize = 18 * 1024;
const DONE_MARK: u64 = 0x444f_4e45_444f_4e45;

/// What marks a word that says up to which number a ring is settled.
const SETTLED_MARK: u64 = 0x5345_5454;

/// Files larger than this are none of ours: the largest ring, and what stands in front of it.
const LARGEST: u64 = (1 << 30) + 64 * 1024;

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

/// Recovers what dead processes have left in a directory; `problems` takes what could not be.
pub(crate) fn recover(
    place: &Path,
    mut destination: impl FnMut(&Log, &mut dyn FnMut(&mut Parts)) -> bool,
    problems: &mut Vec<String>,
) -> io::Result<Vec<Found>> {
    let directory = match Directory::open(place) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        outcome => outcome?,
    };
    let mut all = Vec::new();
    for name in directory.names()? {
        let Some(session) = session_of(&name).filter(|session| !is_own(*session)) else {
            continue;
        };
        let dead = Dead::open(&directory, session);
        match dead.and_then(|dead| {
            dead.map(|dead| dead.recover(&mut destination, problems))
                .transpose()
        }) {
            Ok(found) => all.extend(found.flatten()),
            // Somebody else has recovered it meanwhile.
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            Err(error) => problems.push(format!("`{}`: {error}", place.join(name).display())),
        }
    }
    Ok(all)
}

fn read_all(file: &File) -> io::Result<Vec<u8>> {
    let len = file.metadata()?.len();
    if len > LARGEST {
        return Err(io::Error::new(
            io::ErrorKind::InvalidData,
            "it is larger than any recorder file: remove it",
        ));
    }
    let mut bytes = Vec::with_capacity(usize::try_from(len).unwrap_or(0));
    file.take(LARGEST).read_to_end(&mut bytes)?;
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

/// One of its rings.
struct DeadRing {
    label: Label,
    file: File,
    bytes: Vec<u8>,
}

impl<'d> Dead<'d> {
    /// Claims a session; none when its process lives, or somebody else has claimed it.
    fn open(directory: &'d Directory, session: u64) -> io::Result<Option<Self>> {
        let name = head_name(session);
        let head_file = directory.open_file(&name)?;
        let locked = lock::try_lock(&head_file, OWNER);
        if matches!(locked, Ok(false)) || head_file.metadata()?.nlink() == 0 {
            return Ok(None);
        }
        let head = read_all(&head_file)?;
        let content = match identity::read(&head, HEAD_COPY, Kind::Head, session) {
            Ok(content) => content,
            Err(Stranger::Empty) => {
                // Begun by a process that died at once; there is nothing to it yet.
                directory.remove(&name)?;
                return Ok(None);
            }
            Err(stranger) => return Err(refusal(stranger)),
        };
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
            let mut outcome = None;
            let is_wanted = destination(log, &mut |parts| {
                let rings = rings.get_or_insert_with(|| self.rings(problems));
                outcome = Some(self.recover_log(index, log, parts, rings, &mut found));
            });
            match outcome {
                Some(Ok(())) => left -= 1,
                Some(Err(error)) => problems.push(format!(
                    "cannot recover into `{}`: {error}",
                    log.path.display()
                )),
                None if !is_wanted => {}
                None => {}
            }
        }
        if rings.is_none() && left > 0 {
            return Ok(None);
        }
        if left == 0 {
            self.remove()?;
            found.is_done = true;
        }
        Ok(Some(found))
    }

    fn is_done(&self, log: usize) -> bool {
        let word = self.head.get(DONE + log * 8..).unwrap_or_default();
        Unpack(word).u64() == Some(DONE_MARK)
    }

    fn others(&self, ending: &str) -> Vec<(String, u32)> {
        let names = self.directory.names().unwrap_or_default();
        let of_session = names.into_iter().filter_map(|name| {
            let index = index_of(&name, self.session, ending)?;
            Some((name, index))
        });
        of_session.collect()
    }

    fn rings(&self, problems: &mut Vec<String>) -> Vec<DeadRing> {
        let mut rings = Vec::new();
        for (name, index) in self.others("ring") {
            match self.ring(&name, index) {
                Ok(ring) => rings.push(ring),
                Err(error) => problems.push(format!(
                    "`{}`: {error}",
                    self.directory.path.join(name).display()
                )),
            }
        }
        rings
    }

    fn ring(&self, name: &str, index: u32) -> io::Result<DeadRing> {
        let file = self.directory.open_file(name)?;
        let bytes = read_all(&file)?;
        let label = match Label::read(&bytes, self.session) {
            Ok(label) => label,
            Err(Stranger::Newer(version)) => return Err(refusal(Stranger::Newer(version))),
            // The name says which ring it is, and the length how large.
            Err(_) => Label {
                index,
                data_len: bytes
                    .len()
                    .saturating_sub(REGION + CONTROL_BYTES)
                    .clamp(4096, 1 << 30)
                    .next_power_of_two(),
                thread: "unknown".to_owned(),
            },
        };
        Ok(DeadRing { label, file, bytes })
    }

    fn sites(&self) -> HashMap<u32, Described> {
        let files = self.others("sites").into_iter().filter_map(|(name, _)| {
            let file = self.directory.open_file(&name).ok()?;
            read_all(&file).ok()
        });
        let described = files.flat_map(|bytes| sites::read(&bytes));
        described.map(|site| (site.id, site)).collect()
    }

    fn calibration(&self) -> Calibration {
        calibration::read(&self.head).unwrap_or_else(clock::calibration)
    }

    fn recover_log(
        &self,
        index: usize,
        log: &Log,
        parts: &mut Parts,
        rings: &[DeadRing],
        found: &mut Found,
    ) -> io::Result<()> {
        let Some(file) = parts.sink.as_file() else {
            return Err(io::ErrorKind::Unsupported.into());
        };
        let mut settled: Vec<Option<u32>> = rings.iter().map(|ring| ring.settled(index)).collect();
        if let Some(intent) = intent::read(&self.head, index) {
            let tail = file.tail_of(intent.target, intent.reach())?;
            for entry in &intent.entries[..intent.arrived(&tail)] {
                let of_ring = rings
                    .iter()
                    .position(|it| it.label.index == entry.origin.ring);
                if let Some(at) = of_ring {
                    settled[at] = Some(later(settled[at], entry.origin.number));
                }
            }
            // Before the note is written over.
            for (ring, number) in rings.iter().zip(&settled) {
                ring.settle(index, *number)?;
            }
        }
        let len = head_bytes(self.process.logs.len());
        if let Ok(head) = Mapping::new(&self.head_file, len) {
            file.set_journal(Some(Box::new(Intents::new(Arc::new(head), index))));
        }
        let contents: Vec<Frames<'_>> = rings.iter().map(DeadRing::frames).collect();
        let damaged: u64 = contents.iter().map(|frames| frames.damaged).sum();
        found.damaged = found.damaged.max(damaged);
        let sites = self.sites();
        let sources = rings.iter().zip(&contents).zip(&settled);
        let sources = sources.map(|((ring, frames), settled)| Source {
            ring: ring.label.index,
            thread: &ring.label.thread,
            frames: unsettled(&frames.whole, *settled),
        });
        let mut replay = Replay::new(
            &self.process,
            log,
            &sites,
            self.calibration(),
            sources.collect(),
        );
        let written = replay.run(parts, damaged, |numbers| {
            for (ring, number) in rings.iter().zip(numbers) {
                ring.settle(index, *number)?;
            }
            Ok(())
        });
        if let Some(file) = parts.sink.as_file() {
            file.set_journal(None);
        }
        found.written += written?;
        self.head_file
            .write_all_at(&DONE_MARK.to_le_bytes(), (DONE + index * 8) as u64)
    }

    /// Rings first: the head says that they are drained.
    fn remove(&self) -> io::Result<()> {
        for ending in ["ring", "sites"] {
            for (name, _) in self.others(ending) {
                self.directory.remove(&name)?;
            }
        }
        self.directory.remove(&head_name(self.session))
    }
}

impl DeadRing {
    fn frames(&self) -> Frames<'_> {
        let region = self.bytes.get(REGION..).unwrap_or_default();
        frames(region, self.label.data_len)
    }

    /// Up to which number an earlier recovery has settled this ring.
    fn settled(&self, log: usize) -> Option<u32> {
        let word = Unpack(self.bytes.get(SETTLED + log * 8..)?).u64()?;
        (word >> 32 == SETTLED_MARK).then(|| u32::try_from(word & u64::from(u32::MAX)).unwrap_or(0))
    }

    fn settle(&self, log: usize, number: Option<u32>) -> io::Result<()> {
        let Some(number) = number else {
            return Ok(());
        };
        let word = SETTLED_MARK << 32 | u64::from(number);
        self.file
            .write_all_at(&word.to_le_bytes(), (SETTLED + log * 8) as u64)
    }
}

/// The later of two numbers, which wrap.
fn later(known: Option<u32>, number: u32) -> u32 {
    known
        .filter(|known| is_up_to(number, *known))
        .unwrap_or(number)
}

fn is_up_to(number: u32, settled: u32) -> bool {
    settled.wrapping_sub(number) < u32::MAX / 2
}

fn unsettled<'f, 'a>(frames: &'f [Frame<'a>], settled: Option<u32>) -> &'f [Frame<'a>] {
    let first = settled.map_or(0, |settled| {
        frames.partition_point(|frame| is_up_to(frame.number, settled))
    });
    &frames[first..]
}

fn refusal(stranger: Stranger) -> io::Error {
    let text = match stranger {
        Stranger::Newer(version) => format!(
            "written by a later version of storyline (format {version}): recover it with that one"
        ),
        Stranger::Format | Stranger::Empty => {
            "not a recorder file, or damaged beyond reading: remove it".to_owned()
        }
    };
    io::Error::new(io::ErrorKind::InvalidData, text)
}
