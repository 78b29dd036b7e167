//! From what a dead process left to its log files: tells what arrived, appends the rest, and removes what is
//! drained. What is written is noted beforehand in the dead process's own files, as that process did.

use std::collections::HashMap;
use std::fs::File;
use std::io;
use std::os::unix::fs::{FileExt, MetadataExt};
use std::path::Path;
use std::sync::Arc;

use super::dead_ring::DeadRing;
use super::directory::{Directory, head_name, index_of};
use super::fates::Fates;
use super::identity::{self, Kind, Log, Process, Stranger};
use super::intent::{self, Intents, head_bytes};
use super::pack::Unpack;
use super::recover::{DeadProcess, Destination, read_up_to, refusal};
use super::replay::{Replay, Source};
use super::roster;
use super::sites::{self, Described};
use super::untold::Untold;
use super::{MAX_LOGS, OWNER, calibration};
use crate::clock::{self, Calibration};
use crate::record::Timestamp;
use crate::sink::Parts;
use crate::sys::{lock, mapping::Mapping, space};
use crate::wire::Header;

/// Where the copy of a head's identity is.
pub(super) const HEAD_COPY: usize = 8 * 1024;

/// Where it stands, for each log, that nothing is left to be written there.
pub(super) const DONE: usize = 18 * 1024;
pub(super) const DONE_MARK: u64 = 0x444f_4e45_444f_4e45;

/// Where it stands that the process has ended by itself, with everything written.
pub(super) const ENDED: usize = DONE + MAX_LOGS * 8;
pub(super) const ENDED_MARK: u64 = 0x454e_4445_445f_5f45;

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
    /// Rings that are gone, or cannot be read.
    lost_rings: u64,
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

    /// Whether the process has ended by itself: then there was no death to tell.
    fn has_ended(&self) -> bool {
        let word = self.head.get(ENDED..).unwrap_or_default();
        Unpack(word).u64() == Some(ENDED_MARK)
    }

    /// Writes what is left for each log that `destination` opens; none when nothing was left.
    pub(super) fn recover(
        self,
        destination: &mut Destination<'_>,
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
        let mut found = DeadProcess::new(self.process.pid, &self.process.service);
        let done = self.process.logs.iter().enumerate();
        let done = done.filter(|(index, _)| self.is_done(*index));
        found.told_in.extend(done.map(|(_, log)| log.path.clone()));
        let mut fates = Fates::default();
        let mut waiting = open.len();
        for (index, log) in open {
            let mut outcome = Ok(false);
            fates.waiting_here = 0;
            destination(log, &mut |parts| {
                outcome = self.recover_log(index, log, parts, &mut left, &mut found, &mut fates);
            });
            match outcome {
                Ok(true) => waiting -= 1,
                Ok(false) => {}
                Err(error) => {
                    let waits = match fates.waiting_here {
                        0 => String::new(),
                        many => {
                            format!(
                                ": {many} records wait for the next start or `storyline recover`"
                            )
                        }
                    };
                    let path = log.path.display();
                    problems.push(format!("cannot recover into `{path}`: {error}{waits}"));
                }
            }
        }
        found.written = fates.written.len() as u64;
        found.waiting = fates.waiting.len() as u64;
        if waiting == 0 {
            self.remove()?;
            found.is_done = true;
        }
        Ok((left.is_some() && !self.has_ended()).then_some(found))
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
        let mut rings = Vec::new();
        for (name, index) in self.others("ring")? {
            let path = self.directory.path.join(&name);
            let ring = DeadRing::read(self.directory, self.session, name, index);
            rings.push(ring.map_err(|error| of_file(&path, &error))?);
        }
        Ok(rings)
    }

    fn sites(&self) -> io::Result<HashMap<u32, Described>> {
        let mut all = HashMap::new();
        for (name, _) in self.others("sites")? {
            let path = self.directory.path.join(&name);
            let file = self.directory.open_file(&name);
            let file = file.map_err(|error| of_file(&path, &error))?;
            let bytes = read_up_to(&file, sites::FILE_BYTES)?;
            for site in sites::read(&bytes) {
                all.insert(site.id, site);
            }
        }
        Ok(all)
    }

    fn calibration(&self) -> Calibration {
        calibration::read(&self.head).unwrap_or_else(clock::calibration)
    }

    fn left(&self) -> io::Result<Left> {
        let rings = self.rings()?;
        let is_whole = |index: &u32| {
            let mut readable = rings.iter().filter(|ring| !ring.is_unreadable);
            readable.any(|ring| ring.label.index == *index)
        };
        let named = roster::read(&self.head).into_iter();
        let lost_rings = named.filter(|index| !is_whole(index)).count() as u64;
        Ok(Left {
            rings,
            // Who ends removes them himself.
            lost_rings: if self.has_ended() { 0 } else { lost_rings },
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

    /// When the last record was made that is in any ring.
    fn last_record(&self, rings: &[DeadRing]) -> Option<Timestamp> {
        let calibration = self.calibration();
        let mut last = None;
        for ring in rings {
            for frame in ring.unsettled(None) {
                let ticks = Header::ticks(frame.payload);
                last = last.max(ticks.map(|ticks| calibration.timestamp(ticks)));
            }
        }
        last
    }

    /// Writes what is left for one log; true when that was everything.
    fn recover_log(
        &self,
        index: usize,
        log: &Log,
        parts: &mut Parts,
        left: &mut Option<Left>,
        found: &mut DeadProcess,
        fates: &mut Fates,
    ) -> io::Result<bool> {
        let left = match left {
            Some(left) => left,
            None => left.insert(self.left()?),
        };
        found.damaged_rings = left.lost_rings;
        found.last_record = self.last_record(&left.rings);
        let Left {
            rings, sites, head, ..
        } = left;
        let Some(file) = parts.sink.as_file() else {
            return Err(io::ErrorKind::Unsupported.into());
        };
        let mut settled: Vec<_> = rings.iter().map(|ring| ring.settled(index)).collect();
        let mut untold = Untold::read(&self.head, index);
        untold.death_is_told |= self.has_ended();
        if let Some(intent) = intent::read(&self.head, index) {
            let tail = file.tail_of(intent.target, intent.reach())?;
            for entry in &intent.entries[..intent.arrived(&tail)] {
                untold.arrived(entry.origin);
                let of_ring = |ring: &DeadRing| ring.label.index == entry.origin.ring;
                if let Some(at) = rings.iter().position(of_ring) {
                    settled[at] = rings[at].settled_with(settled[at], entry.origin.number);
                }
            }
            // Before the note is written over.
            self.settle(index, rings, &settled)?;
            untold.write(head, index);
        }
        let mut frames = Vec::with_capacity(rings.len());
        for (ring, settled) in rings.iter().zip(&settled) {
            frames.push(ring.unsettled(*settled));
        }
        let mut sources = Vec::with_capacity(rings.len());
        for (ring, frames) in rings.iter().zip(&frames) {
            sources.push(Source {
                ring: ring.label.index,
                thread: &ring.label.thread,
                frames,
            });
        }
        let mut replay = Replay::new(&self.process, log, sites, self.calibration(), sources);
        let wanted = replay.wanted();
        let damaged = rings.iter().map(|ring| ring.damaged).sum();
        file.set_journal(Some(Box::new(Intents::new(Arc::clone(head), index))));
        let outcome = replay.run(parts, damaged, &untold, found, |numbers| {
            self.settle(index, rings, numbers)
        });
        if let Some(file) = parts.sink.as_file() {
            file.set_journal(None);
            found
                .told_in
                .extend(outcome.is_ok().then(|| file.path().to_owned()));
        }
        let written = replay.written();
        found.files.push((log.path.clone(), written.len() as u64));
        fates.take(&wanted, written, outcome.is_ok());
        found.damaged = found.damaged.max(outcome?);
        if let Some(file) = parts.sink.as_file() {
            // Where that is asked for: what is here is removed next.
            file.flush_onto_disk()?;
        }
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
