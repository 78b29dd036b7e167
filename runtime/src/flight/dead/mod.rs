//! From what a dead process left to its log files: tells what arrived, appends the rest, and removes what is
//! drained. What is written is noted beforehand in the dead process's own files, as that process did. `left` reads what there is.

mod left;

use std::fs::File;
use std::io;
use std::os::unix::fs::{FileExt, MetadataExt};
use std::sync::Arc;

use left::Left;

use super::dead_ring::DeadRing;
use super::directory::{Directory, head_name};
use super::fates::Fates;
use super::identity::{self, Kind, Log, Process, Stranger};
use super::intent::{self, Intents, head_bytes};
use super::pack::Unpack;
use super::recover::{DeadProcess, Destination, read_up_to, refusal};
use super::replay::{Replay, Source};
use super::untold::Untold;
use super::{MAX_LOGS, OWNER};
use crate::sink::Parts;
use crate::sys::lock;

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
