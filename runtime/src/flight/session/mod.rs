//! A living process's recorder: its head, its rings and the descriptions of its sites.

mod storage;

use std::fs::File;
use std::io;
use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::calibration;
use super::dead::{DONE, DONE_MARK, ENDED, ENDED_MARK, HEAD_COPY};
use super::directory::{Directory, head_name, new_name, session_of, sites_name};
use super::identity::{self, Kind, Log, Process};
use super::intent::{Intents, head_bytes};
use super::pack::store;
use super::recorder::Recorder;
use super::recover;
use super::sites::{self, Place, SitesFile};
use super::untold::{Loss, Untold};
use super::{IDENTITY_COPY, MAX_LOGS, OWNER};
use crate::clock::Calibration;
use crate::sink::Journal;
use crate::sys::{lock, mapping::Mapping};

/// A place has room when so many rings fit beside the head.
const ROOM_FOR_RINGS: u64 = 8;

/// The recorder of this process.
#[derive(Debug)]
pub(crate) struct Session {
    id: u64,
    directory: Arc<Directory>,
    head: Arc<Mapping>,
    /// Open, and locked, for as long as the process lives.
    owner: File,
    /// Why it is not in the first of its places.
    moved: Option<String>,
    state: Mutex<State>,
}

#[derive(Debug, Default)]
struct State {
    rings: u32,
    calibrations: u64,
    sites: Vec<SitesFile>,
    /// Where each site's description is, by its number less one: the file and the place in it.
    places: Vec<Option<(usize, Place)>>,
    /// What each log has lost and was told of that.
    untold: Vec<Untold>,
    /// What went wrong, until it is told; each kind once.
    problems: Vec<String>,
    lacks_rings: bool,
    lacks_sites: bool,
    is_closed: bool,
}

/// A number that no other session has.
fn new_id() -> u64 {
    use core::hash::{BuildHasher, Hasher};
    let mut hasher = std::hash::RandomState::new().build_hasher();
    hasher.write_u32(std::process::id());
    let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
    hasher.write_u128(now.map_or(0, |since| since.as_nanos()));
    hasher.finish()
}

/// Names the log files for which there is no place in a head.
fn too_many(count: usize, beyond: &[Log]) -> Option<String> {
    let paths = beyond.iter().map(|log| format!("`{}`", log.path.display()));
    let paths: Vec<_> = paths.collect();
    (!paths.is_empty()).then(|| {
        format!(
            "the recorder speaks for {MAX_LOGS} of {count} log files: what a death leaves unwritten is lost \
             to {}",
            paths.join(", ")
        )
    })
}

impl Session {
    /// Begins to record in the first of the recorder's places that has room.
    ///
    /// # Errors
    ///
    /// Says of each place why it is none.
    pub(crate) fn begin(
        recorder: &Recorder,
        service: &str,
        logs: Vec<Log>,
        ring_bytes: usize,
    ) -> Result<Self, String> {
        let mut problems = Vec::new();
        let Some(first) = logs.first().map(|log| log.path.clone()) else {
            return Err("there is no log file to recover into".to_owned());
        };
        let count = logs.len();
        let mut logs = logs;
        let beyond = logs.split_off(count.min(MAX_LOGS));
        let process = Process::current(service, logs);
        for place in recorder.places(&first) {
            match Self::begin_in(&place, &process, ring_bytes, new_id()) {
                Ok(mut session) => {
                    session.moved = (!problems.is_empty()).then(|| problems.join("; "));
                    session.state().problems.extend(too_many(count, &beyond));
                    return Ok(session);
                }
                Err(error) => problems.push(format!("`{}`: {error}", place.display())),
            }
        }
        Err(format!(
            "{}: a kill loses what is not yet written; make room, or name a place with `Recorder::at(..)`",
            problems.join("; ")
        ))
    }

    fn begin_in(place: &Path, process: &Process, ring_bytes: usize, id: u64) -> io::Result<Self> {
        let directory = Arc::new(Directory::make(place)?);
        let len = head_bytes(process.logs.len());
        let needed = len + sites::FILE_BYTES;
        if directory.free_bytes()? < needed as u64 + ROOM_FOR_RINGS * ring_bytes as u64 {
            return Err(io::ErrorKind::StorageFull.into());
        }
        recover::own(id);
        let new = new_name(id);
        let owner = directory.create(&new, len)?;
        let begun = Self::begin_with(owner, id, Arc::clone(&directory), process, len);
        if begun.is_err() {
            let _ = directory.remove(&sites_name(id, 0));
            let _ = directory.remove(&new);
        }
        begun
    }

    pub(super) fn begin_with(
        owner: File,
        id: u64,
        directory: Arc<Directory>,
        process: &Process,
        len: usize,
    ) -> io::Result<Self> {
        // A file system without locks leaves it to the process's number and start.
        let _ = lock::try_lock(&owner, OWNER);
        let head = Arc::new(Mapping::new(&owner, len)?);
        let mut content = Vec::new();
        process.pack(&mut content);
        if content.len() + 64 > HEAD_COPY {
            return Err(io::Error::new(
                io::ErrorKind::InvalidInput,
                "the paths of the log files are too long",
            ));
        }
        identity::write(&head, HEAD_COPY, Kind::Head, id, &content);
        let session = Self {
            id,
            directory,
            head,
            owner,
            moved: None,
            state: Mutex::new(State {
                untold: vec![Untold::default(); process.logs.len()],
                ..State::default()
            }),
        };
        session.add_sites_file(&mut session.state())?;
        // Locked and whole: from here on others may see it.
        session.directory.rename(&new_name(id), &head_name(id))?;
        Ok(session)
    }

    /// Where it is and why not in the first of its places, if it is not.
    pub(crate) fn moved(&self) -> Option<(&Path, &str)> {
        let reason = self.moved.as_deref()?;
        Some((&self.directory.path, reason))
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn add_sites_file(&self, state: &mut State) -> io::Result<()> {
        let index = u32::try_from(state.sites.len()).unwrap_or(u32::MAX);
        let name = sites_name(self.id, index);
        let file = self.directory.create(&name, sites::FILE_BYTES)?;
        let mapping = Mapping::new(&file, sites::FILE_BYTES).inspect_err(|_| {
            let _ = self.directory.remove(&name);
        })?;
        identity::write(&mapping, IDENTITY_COPY, Kind::Sites, self.id, &[0]);
        state.sites.push(SitesFile::new(mapping));
        Ok(())
    }

    /// The journal of one of the logs this session began with.
    pub(crate) fn journal(&self, log: usize) -> Box<dyn Journal> {
        Box::new(Intents::new(Arc::clone(&self.head), log))
    }

    /// Tells the reader what ticks mean now.
    pub(crate) fn calibrate(&self, calibration: &Calibration) {
        let mut state = self.state();
        state.calibrations += 1;
        calibration::write(&self.head, state.calibrations, calibration);
    }

    /// Tells the reader from which level on a site is wanted; `id` is its number.
    pub(crate) fn set_threshold(&self, id: u32, threshold: u8) {
        self.change(id, |file, place| file.set(place, threshold));
    }

    /// Changes the description of the site with this number, if there is one.
    fn change(&self, id: u32, change: impl FnOnce(&SitesFile, Place)) {
        let state = self.state();
        let index = usize::try_from(id).unwrap_or(0).wrapping_sub(1);
        if let Some(Some((file, place))) = state.places.get(index)
            && let Some(file) = state.sites.get(*file)
        {
            change(file, *place);
        }
    }

    /// What went wrong since the last call: no room for another ring or another site.
    pub(crate) fn take_problems(&self) -> Vec<String> {
        core::mem::take(&mut self.state().problems)
    }

    /// Keeps what one of the logs has lost and was told of that, until it changes again.
    pub(crate) fn set_losses(&self, log: usize, losses: Vec<Loss>) {
        if let Some(untold) = self.state().untold.get_mut(log) {
            untold.losses = losses;
            untold.write(&self.head, log);
        }
    }

    /// Removes what no ring needs any more; for a process that ends with everything written. Its rings
    /// have removed themselves. What a log could not be told stays in the head, for whoever recovers.
    pub(crate) fn end(&self) {
        let mut state = self.state();
        if !core::mem::replace(&mut state.is_closed, true) {
            // First: what is removed from here on is missed by nobody.
            store(self.head.words(), ENDED, &ENDED_MARK.to_le_bytes());
            for (log, untold) in state.untold.iter().enumerate() {
                if !untold.has_losses() {
                    store(self.head.words(), DONE + log * 8, &DONE_MARK.to_le_bytes());
                }
            }
            let has_losses = state.untold.iter().any(Untold::has_losses);
            let prefix = format!("{:016x}.", self.id);
            let names = self.directory.names().unwrap_or_default();
            // The head last: what is left behind without one would be found by nobody.
            let is_head = |name: &String| session_of(name).is_some();
            let (heads, others): (Vec<_>, Vec<_>) = names
                .into_iter()
                .filter(|name| name.starts_with(&prefix))
                .partition(is_head);
            let heads = heads.iter().filter(|_| !has_losses);
            for name in others.iter().chain(heads) {
                let _ = self.directory.remove(name);
            }
            let _ = lock::unlock(&self.owner, OWNER);
        }
    }
}

#[cfg(test)]
mod tests;
