//! Files without a head: a process died while it began to record, or somebody removed the head.

use std::io;

use super::dead_ring::DeadRing;
use super::directory::{Directory, head_name, index_of, is_abandoned, part_of, session_of};
use super::identity::{self, Kind};
use super::label::Label;
use super::recover::{read_up_to, refusal};
use super::{IDENTITY_COPY, OWNER};
use crate::sys::lock;

/// Removes what processes have left that died while they began to record.
pub(super) fn clear_begun(directory: &Directory) -> io::Result<()> {
    for name in directory.names()? {
        if is_abandoned(&name) {
            clear_abandoned(directory, &name)?;
        }
    }
    Ok(())
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

/// Removes rings and descriptions without a head when no record is in them, and names those that hold some:
/// nobody knows any more which log they were for.
///
/// Who begins has a head under another name before anything else, and who ends removes it last; so what has
/// neither of them, looked at in this order, will not get one. A process that lives without its head could
/// not be recovered either, and keeps the memory of what is removed here.
pub(super) fn clear(directory: &Directory, problems: &mut Vec<String>) -> io::Result<()> {
    let listed = directory.names()?;
    // Names come in order, and begin with their session.
    let mut sessions: Vec<_> = listed.iter().filter_map(|name| part_of(name)).collect();
    sessions.dedup();
    for session in sessions {
        if listed.contains(&head_name(session)) || has_head(directory, session)? {
            continue;
        }
        let parts: Vec<_> = listed
            .iter()
            .filter(|name| part_of(name) == Some(session))
            .collect();
        let known = problems.len();
        for name in &parts {
            match why_kept(directory, session, name) {
                Ok(None) => {}
                Ok(Some(why)) => problems.push(why),
                // Somebody else was quicker.
                Err(error) if error.kind() == io::ErrorKind::NotFound => {}
                Err(error) => {
                    let path = directory.path.join(name);
                    problems.push(format!("`{}`: {error}", path.display()));
                }
            }
        }
        if problems.len() == known {
            for name in parts {
                // Somebody else may do so, too.
                let _ = directory.remove(name);
            }
        }
    }
    Ok(())
}

/// Whether a session has a head, or is about to have one.
fn has_head(directory: &Directory, session: u64) -> io::Result<bool> {
    let prefix = format!("{session:016x}.");
    let is_new = |name: &String| {
        name.strip_prefix(&prefix)
            .is_some_and(|rest| rest.strip_suffix(".new").is_some())
    };
    // In this order: what was renamed in between is found under its later name.
    Ok(directory.names()?.iter().any(is_new) || directory.has(&head_name(session)))
}

/// What must be told of a file before it may go; none when there is nothing in it.
fn why_kept(directory: &Directory, session: u64, name: &str) -> io::Result<Option<String>> {
    let front = read_up_to(&directory.open_file(name)?, 4096)?;
    let Some(ring) = index_of(name, session, "ring") else {
        identity::read(&front, IDENTITY_COPY, Kind::Sites, session).map_err(refusal)?;
        return Ok(None);
    };
    Label::read(&front, session).map_err(refusal)?;
    let ring = DeadRing::read(directory, session, name.to_owned(), ring)?;
    let records = ring.unsettled(None).len() as u64 + ring.damaged;
    Ok((records > 0).then(|| {
        let path = directory.path.join(name);
        format!(
            "`{}`: {records} records are in it, and the head that says for which log is gone: removing it gives them up",
            path.display()
        )
    }))
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
