//! From what a dead process left to its log files: tells what arrived, appends the rest, and removes what is
//! drained. What is written is noted beforehand in the dead process's own files, as that process did.

use std::collections::HashMap;
use std::fs::File;
use std::io;
use std::os::unix::fs::{FileExt, MetadataExt};
use std::path::Path;
use std::sync::Arc;

use super::dead_ring::{DeadRing, later};
use super::directory::{Directory, head_name, index_of};
use super::identity::{self, Kind, Log, Process, Stranger};
use super::intent::{self, Intents, head_bytes};
use super::pack::Unpack;
use super::recover::{DeadProcess, read_up_to, refusal};
use super::replay::{DAMAGE, Replay, Source};
use super::sites::{self, Described};
use super::{MAX_LOGS, OWNER, calibration};
use crate::clock::{self, Calibration};
use crate::sink::Parts;
use crate::sys::{lock, mapping::Mapping, space};

/// Where the copy of a head's identity is.
pub(super) const HEAD_COPY: usize = 8 * 1024;

/// Where it stands, for each log, that nothing is left to be written there.
pub(super) const DONE: usize = 18 * 1024;
const DONE_MARK: u64 = 0x444f_4e45_444f_4e45;

/// A session whose process is gone.
pub(super) struct Dead<'d> {
    directory: &'d Directory,
    session: u64,
    process: Process,
    head: Vec<u8>,
    /// Locked: nobody else recovers this session meanwhile.
    head_file: File,
}

/// What it left beside its head.
struct Left {
    rings: Vec<DeadRing>,
    sites: HashMap<u32, Described>,
    /// For notes of what a recovery is about to write.
    head: Arc<Mapping>,
}

/// Says which file an error is about.
fn of_file(path: &Path, error: &io::Error) -> io::Error {
    io::Error::new(error.kind(), format!("`{}`: {error}", path.display()))
}

impl<'d> Dead<'d> {
    /// Claims a session; none when its process lives, or somebody else has claimed it.
    pub(super) fn open(directory: &'d Directory, session: u64) -> io::Result<Option<Self>> {
        let name = head_name(session);
        let head_file = directory.open_file(&name)?;
        let locked = lock::try_lock(&head_file, OWNER);
        if matches!(locked, Ok(false)) || head_file.metadata()?.nlink() == 0 {
            return Ok(None);
        }
        let head = read_up_to(&head_file, head_bytes(MAX_LOGS))?;
        let content = identity::read(&head, HEAD_COPY, Kind::Head, session).map_err(refusal)?;
        let process = Process::unpack(content).ok_or_else(|| refusal(Stranger::Format))?;
        // The lock is gone, too, where a living process has closed what it had not opened itself.
        if process.has_mapped(&name) || (locked.is_err() && process.may_live()) {
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

    /// Writes what is left for each log that `destination` opens; none when nothing was left.
    pub(super) fn recover(
        self,
        destination: &mut impl FnMut(&Log, &mut dyn FnMut(&mut Parts)) -> bool,
        problems: &mut Vec<String>,
    ) -> io::Result<Option<DeadProcess>> {
        let open = self.process.logs.iter().enumerate();
        let open: Vec<_> = open.filter(|(index, _)| !self.is_done(*index)).collect();
        if open.is_empty() {
            // Everything was written; only the files are left.
            self.remove()?;
            return Ok(None);
        }
        let mut left = None;
        let mut found = DeadProcess {
            pid: self.process.pid,
            service: self.process.service.clone(),
            written: 0,
            damaged: 0,
            is_done: false,
        };
        let mut waiting = open.len();
        for (index, log) in open {
            let mut outcome = Ok(false);
            destination(log, &mut |parts| {
                outcome = self.recover_log(index, log, parts, &mut left, &mut found);
            });
            match outcome {
                Ok(true) => waiting -= 1,
                Ok(false) => {}
                Err(error) => problems.push(format!(
                    "cannot recover into `{}`: {error}",
                    log.path.display()
                )),
            }
        }
        if waiting == 0 {
            self.remove()?;
            found.is_done = true;
        }
        Ok(left.is_some().then_some(found))
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
            DeadRing::read(self.directory, self.session, name, index)
                .map_err(|error| of_file(&path, &error))
        });
        read.collect()
    }

    fn sites(&self) -> io::Result<HashMap<u32, Described>> {
        let mut all = HashMap::new();
        for (name, _) in self.others("sites")? {
            let path = self.directory.path.join(&name);
            let file = self.directory.open_file(&name);
            let file = file.map_err(|error| of_file(&path, &error))?;
            let bytes = read_up_to(&file, sites::FILE_BYTES)?;
            all.extend(sites::read(&bytes).into_iter().map(|site| (site.id, site)));
        }
        Ok(all)
    }

    fn calibration(&self) -> Calibration {
        calibration::read(&self.head).unwrap_or_else(clock::calibration)
    }

    fn left(&self) -> io::Result<Left> {
        Ok(Left {
            rings: self.rings()?,
            sites: self.sites()?,
            head: Arc::new(self.map_head()?),
        })
    }

    /// Makes whole what was cut off behind the identity: zeros are no notes.
    fn map_head(&self) -> io::Result<Mapping> {
        let len = head_bytes(self.process.logs.len());
        if self.head_file.metadata()?.len() < len as u64 {
            space::allocate(&self.head_file, len)?;
        }
        Mapping::new(&self.head_file, len).map_err(|error| {
            io::Error::new(error.kind(), format!("no notes can be taken: {error}"))
        })
    }

    /// Writes what is left for one log; true when that was everything.
    fn recover_log(
        &self,
        index: usize,
        log: &Log,
        parts: &mut Parts,
        left: &mut Option<Left>,
        found: &mut DeadProcess,
    ) -> io::Result<bool> {
        let Left { rings, sites, head } = match left {
            Some(left) => left,
            None => left.insert(self.left()?),
        };
        let Some(file) = parts.sink.as_file() else {
            return Err(io::ErrorKind::Unsupported.into());
        };
        let mut settled: Vec<_> = rings.iter().map(|ring| ring.settled(index)).collect();
        let mut is_told = false;
        if let Some(intent) = intent::read(&self.head, index) {
            let tail = file.tail_of(intent.target, intent.reach())?;
            for entry in &intent.entries[..intent.arrived(&tail)] {
                is_told |= entry.origin == DAMAGE;
                let of_ring = |ring: &DeadRing| ring.label.index == entry.origin.ring;
                if let Some(at) = rings.iter().position(of_ring) {
                    settled[at] = Some(later(settled[at], entry.origin.number));
                }
            }
            // Before the note is written over.
            self.settle(index, rings, &settled)?;
        }
        let frames = rings.iter().zip(&settled);
        let frames: Vec<_> = frames
            .map(|(ring, settled)| ring.unsettled(*settled))
            .collect();
        let sources = rings.iter().zip(&frames).map(|(ring, frames)| Source {
            ring: ring.label.index,
            thread: &ring.label.thread,
            frames,
        });
        let sources = sources.collect();
        let mut replay = Replay::new(&self.process, log, sites, self.calibration(), sources);
        let damaged = rings.iter().map(|ring| ring.damaged).sum();
        file.set_journal(Some(Box::new(Intents::new(Arc::clone(head), index))));
        let outcome = replay.run(parts, damaged, is_told, |numbers| {
            self.settle(index, rings, numbers)
        });
        if let Some(file) = parts.sink.as_file() {
            file.set_journal(None);
        }
        let replayed = outcome?;
        found.written += replayed.written;
        found.damaged = found.damaged.max(replayed.damaged);
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
