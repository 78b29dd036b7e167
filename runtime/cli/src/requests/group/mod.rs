//! Groups a stream of records by request, in bounded memory. An id that is received again when it has been
//! answered is another request.
//!
//! At most a given number of requests are held. When there are more, the tenth of them whose last
//! record is oldest is let go and counted; a late record of such a request begins a new row.

use std::collections::HashMap;

use storyline::{Level, RecordBuf};

use super::held::{Held, Names};
use crate::error::Error;
use crate::input::{Merged, Source, Tally};
use crate::judge::{Fact, Missing, Outcome, Processes};

/// The requests of some files.
#[derive(Debug)]
pub struct Requests {
    /// The newest of each id.
    open: HashMap<Box<str>, Held>,
    /// Those that another one of their id has followed.
    followed: Vec<(Box<str>, Held)>,
    names: Names,
    processes: Processes,
    most: usize,
    let_go: u64,
    without_request: u64,
    errors_without_request: u64,
    missing: Missing,
    /// The newest failed one among those let go.
    failed: Option<(i64, Box<str>)>,
    tally: Tally,
}

/// One request.
#[derive(Clone, Debug, PartialEq)]
pub struct Summary<'a> {
    /// The request id.
    pub id: &'a str,
    /// Which one of this id it is, from one on.
    pub nth: u32,
    /// How many of this id there were.
    pub of: u32,
    /// How many of this id the answering service had at one time: more than one are told as one.
    pub at_once: u32,
    /// Its first record, in nanoseconds since 1970.
    pub start: i64,
    /// Its last record, in nanoseconds since 1970.
    pub end: i64,
    /// How it ended.
    pub outcome: Outcome,
    /// The status it was answered with.
    pub status: Option<u16>,
    /// How long it took, in milliseconds.
    pub ms: f64,
    /// Method and path, as `POST /payments`.
    pub request: Option<&'a str>,
    /// The event of the first record at ERROR or CRITICAL; of a timed call its name and end.
    pub first_error: Option<&'a str>,
    /// How many records it has.
    pub records: u64,
    /// How many of them are ERROR or CRITICAL.
    pub errors: u64,
    /// The services, the one that answers first, then in the order of their first records.
    pub services: Vec<&'a str>,
}

impl Requests {
    /// Reads `sources` once and holds at most `most` requests.
    ///
    /// # Errors
    ///
    /// [`Error::Input`] when a source cannot be read.
    pub fn of(sources: Vec<Source>, most: usize, keep_copies: bool) -> Result<Self, Error> {
        Self::of_merged(Merged::new(sources, keep_copies)?, most)
    }

    /// The same from a stream.
    ///
    /// # Errors
    ///
    /// [`Error::Input`] when it cannot be read on.
    pub fn of_merged(mut merged: Merged, most: usize) -> Result<Self, Error> {
        let mut requests = Self {
            open: HashMap::new(),
            followed: Vec::new(),
            names: Names::default(),
            processes: Processes::default(),
            most: most.max(1),
            let_go: 0,
            without_request: 0,
            errors_without_request: 0,
            missing: Missing::default(),
            failed: None,
            tally: Tally::default(),
        };
        while let Some(record) = merged.read_record()? {
            let Some(id) = record.request_id.as_deref() else {
                requests.without_request += 1;
                let is_error = record.level >= Level::Error;
                requests.errors_without_request += u64::from(is_error);
                requests.lose(&record);
                continue;
            };
            let process = requests.processes.number(&record.service, record.pid);
            let (fact, at) = (Fact::of(&record), record.timestamp.as_nanos());
            let mut nth = 1;
            if let Some(held) = requests.open.get_mut(id) {
                if !held.judge.is_followed_by(&fact, process, at) {
                    held.see(&record, &fact, process, &mut requests.names);
                    continue;
                }
                nth = held.nth.saturating_add(1);
            }
            if requests.held() >= requests.most {
                requests.make_room();
            }
            let mut held = Held::new(&record, nth);
            held.see(&record, &fact, process, &mut requests.names);
            if let Some(before) = requests.open.insert(id.into(), held) {
                requests.followed.push((id.into(), before));
            }
        }
        requests.tally = merged.tally();
        Ok(requests)
    }

    /// Takes in what a record says is missing: a process that died has cut off what it had not finished.
    fn lose(&mut self, record: &RecordBuf) {
        self.missing.see(record);
        let Fact::Died { service, pid, last } = Fact::of(record) else {
            return;
        };
        let process = self.processes.number(&service, pid);
        if process != Processes::OTHERS {
            self.open.values_mut().for_each(|held| {
                held.judge.die(process, last);
            });
        }
    }

    fn held(&self) -> usize {
        self.open.len() + self.followed.len()
    }

    fn all(&self) -> impl Iterator<Item = (&str, &Held)> {
        let followed = self.followed.iter().map(|(id, held)| (&**id, held));
        let open = self.open.iter().map(|(id, held)| (&**id, held));
        open.chain(followed)
    }

    fn make_room(&mut self) {
        let mut ends: Vec<i64> = self.all().map(|(_, it)| it.judge.last()).collect();
        let tenth = (ends.len() / 10).min(ends.len() - 1);
        let (_, newest, _) = ends.select_nth_unstable(tenth);
        let newest = *newest;
        let (let_go, failed) = (&mut self.let_go, &mut self.failed);
        let mut is_kept = |id: &str, held: &Held| {
            let judge = &held.judge;
            if judge.last() > newest {
                return true;
            }
            *let_go += 1;
            let is_newer = failed.as_ref().is_none_or(|(at, _)| judge.last() >= *at);
            if judge.outcome().is_failure() && is_newer {
                *failed = Some((judge.last(), id.into()));
            }
            false
        };
        self.open.retain(|id, held| is_kept(id, held));
        self.followed.retain(|(id, held)| is_kept(id, held));
    }

    /// How many requests there were, those let go included.
    pub fn count(&self) -> u64 {
        self.held() as u64 + self.let_go
    }

    /// How many were let go to stay within memory.
    pub fn let_go(&self) -> u64 {
        self.let_go
    }

    /// How many records belong to no request.
    pub fn without_request(&self) -> u64 {
        self.without_request
    }

    /// How many of these are ERROR or CRITICAL.
    pub fn errors_without_request(&self) -> u64 {
        self.errors_without_request
    }

    /// What is missing, as the records say.
    pub fn missing(&self) -> &Missing {
        &self.missing
    }

    /// What was read.
    pub fn tally(&self) -> Tally {
        self.tally
    }

    /// The id of the request that failed, panicked or died and whose last record is the newest.
    pub fn last_failed(&self) -> Option<&str> {
        let held = self
            .all()
            .filter(|(_, held)| held.judge.outcome().is_failure());
        let held = held.map(|(id, held)| (held.judge.last(), id)).max();
        let gone = self.failed.as_ref().map(|(at, id)| (*at, &**id));
        held.max(gone).map(|(_, id)| id)
    }

    /// The requests that are held, in no order.
    pub fn iter(&self) -> impl Iterator<Item = Summary<'_>> {
        self.all().map(|(id, held)| {
            let judge = &held.judge;
            let mut services = Vec::new();
            // The one that answers first; the clocks may not tell.
            for process in judge.edge().into_iter().chain(judge.processes()) {
                let (service, _) = self.processes.name(process);
                if !services.contains(&service) {
                    services.push(service);
                }
            }
            Summary {
                id,
                nth: held.nth,
                of: self.open.get(id).map_or(held.nth, |it| it.nth),
                at_once: judge.at_once(),
                start: judge.first(),
                end: judge.last(),
                outcome: judge.outcome(),
                status: judge.status(),
                ms: judge.ms(),
                request: held.request(),
                first_error: held.first_error(),
                records: judge.events(),
                errors: judge.errors(),
                services,
            }
        })
    }
}

#[cfg(test)]
mod tests;
