//! How recorders and their files are called.

use std::fs;
use std::io;
use std::path::Path;

/// The user whose number stands behind a prefix.
pub(super) fn user_of(name: &str, prefix: &str) -> Option<u32> {
    name.strip_prefix(prefix)?.parse().ok()
}

/// Whether a directory is called as a recorder's is.
pub(super) fn is_recorders_name(path: &Path) -> bool {
    let name = path.file_name().and_then(|it| it.to_str()).unwrap_or("");
    [".storyline-", "storyline-"]
        .iter()
        .any(|prefix| user_of(name, prefix).is_some())
}

/// What kind of a recorder's file has this name: a session's number stands before the kind.
fn kind_of(name: &str) -> Option<&str> {
    let (session, rest) = name.split_once('.')?;
    let is_session = session.len() == 16 && session.bytes().all(|it| it.is_ascii_hexdigit());
    let kind = rest.rsplit('.').next().unwrap_or(rest);
    (is_session && ["head", "ring", "sites", "new"].contains(&kind)).then_some(kind)
}

/// Whether a file is called as a recorder's is.
pub(super) fn is_recorders(name: &str) -> bool {
    kind_of(name).is_some()
}

/// How many sessions have a head there: after a recovery that left nothing, each is of a process that lives.
pub(super) fn sessions_in(directory: &Path) -> usize {
    let names = names_in(directory).unwrap_or_default();
    let heads = names.iter().filter(|it| kind_of(it) == Some("head"));
    heads.count()
}

/// The names of all that is in a directory, in their order.
pub(super) fn names_in(folder: &Path) -> io::Result<Vec<String>> {
    let entries = fs::read_dir(folder)?;
    let names = entries.filter_map(|it| Some(it.ok()?.file_name().to_string_lossy().into_owned()));
    let mut names: Vec<_> = names.collect();
    names.sort_unstable();
    Ok(names)
}
