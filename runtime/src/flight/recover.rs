//! Goes through a recorder's directory: recovers dead sessions, removes what is of no use, and says what
//! can be neither. It may be killed at any moment and done again.

use std::fs::File;
use std::io::{self, Read, Seek};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use super::dead::Dead;
use super::directory::{Directory, session_of};
use super::headless;
use super::identity::{Log, Stranger};
use crate::record::Timestamp;
use crate::sink::Parts;
use crate::value::ValueBuf;

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

/// What [`recover`](fn@crate::recover) found of one process. In each of its log files stands the same, as a
/// WARNING `process_died`, whose `records` are those that this file lacked.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct DeadProcess {
    /// Its number.
    pub pid: u32,
    /// The service it was.
    pub service: String,
    /// Records that were written now; one that goes into several log files counts once.
    pub written: u64,
    /// Its log files that were opened now, and how many records each got.
    pub files: Vec<(PathBuf, u64)>,
    /// Records that were logged and cannot be read any more, because the recorder's files are damaged.
    pub damaged: u64,
    /// Threads' rings that are gone, or damaged so that nobody can say how many records were in them.
    pub damaged_rings: u64,
    /// Records that could not be written into one of its log files, which is named among the problems. They are
    /// kept, and the next recovery tries again.
    pub waiting: u64,
    /// When the last record was made that was still in a ring: no later than the death, and close to it in a
    /// process that logged much. None when everything had been written long before.
    pub last_record: Option<Timestamp>,
    /// Whether everything is written and the recorder's files are gone.
    pub is_done: bool,
    /// The log files in which its death stands by now.
    pub(crate) told_in: Vec<PathBuf>,
}

impl DeadProcess {
    pub(super) fn new(pid: u32, service: &str) -> Self {
        Self {
            pid,
            service: service.to_owned(),
            written: 0,
            files: Vec::new(),
            damaged: 0,
            damaged_rings: 0,
            waiting: 0,
            last_record: None,
            is_done: false,
            told_in: Vec::new(),
        }
    }

    /// The fields of `process_died`. Counts that are nearly always zero are left out then.
    pub(crate) fn fields(&self) -> Vec<(String, ValueBuf)> {
        let rare = |count: u64| (count > 0).then_some(ValueBuf::UInt(count));
        // To the millisecond, as it stands in front of that record.
        let time = |it: Timestamp| {
            let nanos = it.as_nanos();
            ValueBuf::Time((nanos - nanos.rem_euclid(1_000_000)).into())
        };
        let all = [
            ("died_pid", Some(ValueBuf::UInt(self.pid.into()))),
            ("died_service", Some(ValueBuf::Str(self.service.clone()))),
            ("records", Some(ValueBuf::UInt(self.written))),
            ("damaged", Some(ValueBuf::UInt(self.damaged))),
            ("damaged_rings", rare(self.damaged_rings)),
            ("waiting", rare(self.waiting)),
            ("last_record", self.last_record.map(time)),
        ];
        let known = all.into_iter();
        known
            .filter_map(|(key, value)| Some((key.to_owned(), value?)))
            .collect()
    }
}

/// Locks belong to the process: of its threads one recovers at a time.
static ONE_AT_A_TIME: Mutex<()> = Mutex::new(());

/// Opens a log and has something done with it; false where it cannot be opened.
pub(crate) type Destination<'d> = dyn FnMut(&Log, &mut dyn FnMut(&mut Parts)) -> bool + 'd;

/// Recovers what dead processes have left in a directory; `problems` takes what could not be.
pub(crate) fn recover(
    place: &Path,
    destination: &mut Destination<'_>,
    problems: &mut Vec<String>,
) -> io::Result<Vec<DeadProcess>> {
    let _alone = ONE_AT_A_TIME.lock().unwrap_or_else(PoisonError::into_inner);
    let directory = match Directory::open(place) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        outcome => outcome?,
    };
    let mut all = Vec::new();
    headless::clear_begun(&directory)?;
    for name in directory.names()? {
        let Some(session) = session_of(&name).filter(|session| !is_own(*session)) else {
            continue;
        };
        let outcome = Dead::open(&directory, session).and_then(|dead| match dead {
            Some(dead) => dead.recover(destination, problems),
            None => Ok(None),
        });
        match outcome {
            Ok(found) => all.extend(found),
            // Somebody else has recovered it meanwhile.
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            Err(error) => problems.push(format!("`{}`: {error}", place.join(name).display())),
        }
    }
    headless::clear(&directory, problems)?;
    Ok(all)
}

/// The bytes of a file, no more than it can have.
pub(super) fn read_up_to(file: &File, most: usize) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    let mut file = file;
    file.rewind()?;
    file.take(most as u64).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// Why a file is not read.
pub(super) fn refusal(stranger: Stranger) -> io::Error {
    let text = match stranger {
        Stranger::Newer(version) => format!(
            "written by a later version of storyline (format {version}): recover it with that one"
        ),
        Stranger::Format => "not a recorder file, or damaged beyond reading: its records cannot be recovered, and removing it gives them up".to_owned(),
    };
    io::Error::new(io::ErrorKind::InvalidData, text)
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;
    use crate::flight::directory::head_name;
    use crate::flight::identity::{Kind, newer_block};

    #[test]
    fn what_a_later_version_has_written_is_refused_in_words_and_kept() {
        let place = std::env::temp_dir().join(format!("storyline-{}-newer", std::process::id()));
        let _ = fs::remove_dir_all(&place);
        let directory = Directory::make(&place).expect("a new directory");
        directory.create(&head_name(7), 200_000).expect("room");
        let head = place.join(head_name(7));
        fs::write(&head, newer_block(Kind::Head, 7)).expect("ours");
        let mut problems = Vec::new();
        let found = recover(&place, &mut |_, _| panic!("no log is known"), &mut problems);
        assert!(found.expect("readable").is_empty());
        assert_eq!(problems.len(), 1, "{problems:?}");
        for words in [
            head.to_str().expect("plain"),
            "a later version of storyline (format 2)",
            "recover it with that one",
        ] {
            assert!(problems[0].contains(words), "{problems:?}");
        }
        assert!(head.exists());
        fs::remove_dir_all(place).expect("removed");
    }
}
