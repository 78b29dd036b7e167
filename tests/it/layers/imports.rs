//! Reads which rooms a file names. Comments, strings and test modules do not count.

use std::fs;
use std::path::{Path, PathBuf};

/// One file, by its path below the folder that was asked for.
pub(super) struct Source {
    pub(super) path: String,
    pub(super) text: String,
}

/// One path that begins at the crate's root.
pub(super) struct Import {
    pub(super) line: usize,
    path: Vec<String>,
}

impl Import {
    /// Its first name.
    pub(super) fn room(&self) -> &str {
        &self.path[0]
    }

    /// Its first two names as a file: `value/normal`.
    pub(super) fn file(&self) -> Option<String> {
        (self.path.len() > 1).then(|| self.path[..2].join("/"))
    }
}

/// All files below a folder of the workspace, but for those that hold tests only.
pub(super) fn sources(folder: &str) -> Vec<Source> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("..")
        .join(folder);
    let mut open = vec![root.clone()];
    let mut found = Vec::new();
    while let Some(path) = open.pop() {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        if matches!(
            &*name,
            "tests" | "tests.rs" | "models" | "models.rs" | "modelled.rs"
        ) {
            continue;
        }
        if path.is_dir() {
            open.extend(children(&path));
        } else if name.ends_with(".rs") {
            let below = path.strip_prefix(&root).expect("it was found below");
            found.push(Source {
                path: below.to_string_lossy().replace('\\', "/"),
                text: fs::read_to_string(&path).expect("sources are readable"),
            });
        }
    }
    assert!(!found.is_empty(), "{} holds no sources", root.display());
    found.sort_by(|left, right| left.path.cmp(&right.path));
    found
}

fn children(folder: &Path) -> Vec<PathBuf> {
    fs::read_dir(folder)
        .expect("folders are readable")
        .map(|entry| entry.expect("entries are readable").path())
        .collect()
}

/// The lines of a file with their numbers, without comments, texts and the test module at its end.
pub(super) fn code_of(source: &Source) -> Vec<(usize, String)> {
    let mut lines = Vec::new();
    let mut after_cfg_test = false;
    for (index, line) in source.text.lines().enumerate() {
        let opens_tests = line.starts_with("mod ") && line.ends_with('{');
        if after_cfg_test && opens_tests {
            break;
        }
        after_cfg_test = line.starts_with("#[cfg(test)]");
        lines.push((index + 1, without_texts(line)));
    }
    lines
}

/// A line without its comment and without what stands between quotes.
fn without_texts(line: &str) -> String {
    let mut code = String::with_capacity(line.len());
    let mut letters = line.chars().peekable();
    let mut quoted = false;
    while let Some(letter) = letters.next() {
        match letter {
            '\\' if quoted => {
                letters.next();
            }
            '\'' if !quoted && letters.peek() == Some(&'"') => {
                letters.next();
            }
            '"' => quoted = !quoted,
            '/' if !quoted && letters.peek() == Some(&'/') => break,
            _ if quoted => {}
            _ => code.push(letter),
        }
    }
    code
}

/// The code of a file as one text, and where its lines begin.
struct Text {
    code: String,
    starts: Vec<(usize, usize)>,
}

impl Text {
    fn of(source: &Source) -> Self {
        let mut code = String::new();
        let mut starts = Vec::new();
        for (line, text) in code_of(source) {
            starts.push((code.len(), line));
            code.push_str(&text);
            code.push('\n');
        }
        Self { code, starts }
    }

    /// What follows each `root` that begins a path, with its line.
    fn behind<'a>(&'a self, root: &'a str) -> impl Iterator<Item = (usize, &'a str)> {
        self.code.match_indices(root).filter_map(move |(at, _)| {
            let before = self.code[..at].chars().next_back();
            // `$crate::` is the user's side of a macro; `super::super::` is found where it begins.
            if before.is_some_and(|it| it.is_alphanumeric() || matches!(it, '_' | '$' | ':')) {
                return None;
            }
            let next = self.starts.partition_point(|(start, _)| *start <= at);
            Some((self.starts[next - 1].1, &self.code[at + root.len()..]))
        })
    }
}

/// All paths of a file that lead through the crate's root: `crate::a`, `crate::{a, b::{c}}`, and
/// `super::a` as far as it climbs out of the room. A room that is imported whole counts once more with
/// each of its files that the text names: `use crate::a;` and `a::b::f()`.
pub(super) fn imports_of(source: &Source) -> Vec<Import> {
    let text = Text::of(source);
    let climb = "super::".repeat(depth(&source.path));
    let mut imports = Vec::new();
    for root in ["crate::", climb.as_str()] {
        for (line, behind) in text.behind(root) {
            for path in paths(behind) {
                if let [room] = path.as_slice() {
                    let inside = format!("{room}::");
                    for (line, behind) in text.behind(&inside) {
                        let files = paths(behind)
                            .into_iter()
                            .filter_map(|it| it.into_iter().next());
                        imports.extend(files.map(|file| Import {
                            line,
                            path: vec![room.clone(), file],
                        }));
                    }
                }
                imports.push(Import { line, path });
            }
        }
    }
    imports
}

/// The files and folders of its own room that a file names, by their first name below the room: `args` of
/// `super::args::Options`. The file at the room's top is its door and may name them all, so it has none here.
pub(super) fn neighbours_of(source: &Source) -> Vec<(usize, String)> {
    let text = Text::of(source);
    let Some(room) = source.path.split('/').next() else {
        return Vec::new();
    };
    let climb = "super::".repeat(depth(&source.path).saturating_sub(1));
    let mut found = Vec::new();
    for root in [format!("crate::{room}::"), climb] {
        if root.is_empty() {
            continue;
        }
        for (line, behind) in text.behind(&root) {
            let names = paths(behind)
                .into_iter()
                .filter_map(|it| it.into_iter().next());
            found.extend(names.map(|name| (line, name)));
        }
    }
    found
}

/// The modules of `std` that a file names, as `std::fs`, the locks, by their own names, and `thread::sleep`.
pub(super) fn outside_of(source: &Source) -> Vec<(usize, String)> {
    let text = Text::of(source);
    let mut found = Vec::new();
    for (line, behind) in text.behind("std::") {
        let modules = paths(behind)
            .into_iter()
            .filter_map(|it| it.into_iter().next());
        found.extend(modules.map(|module| (line, format!("std::{module}"))));
    }
    for root in ["thread::", "std::thread::"] {
        let sleeps = text
            .behind(root)
            .filter(|(_, behind)| paths(behind).iter().any(|path| path[0] == "sleep"));
        found.extend(sleeps.map(|(line, _)| (line, "thread::sleep".to_owned())));
    }
    for (line, code) in code_of(source) {
        let words = code.split(|it: char| !it.is_alphanumeric() && it != '_');
        let locks = words.filter(|word| matches!(*word, "Mutex" | "RwLock" | "Condvar"));
        found.extend(locks.map(|lock| (line, lock.to_owned())));
    }
    found
}

/// How many `super` lead from a file to the crate's root.
fn depth(path: &str) -> usize {
    let parts = path.split('/').count();
    if path.ends_with("/mod.rs") {
        parts - 1
    } else {
        parts
    }
}

/// The first two names of `a::b::c`; of `{a, b::{c, d}}` those of `a`, `b::c` and `b::d`.
fn paths(text: &str) -> Vec<Vec<String>> {
    let Some(list) = text.strip_prefix('{') else {
        let Some(first) = word(text) else {
            return Vec::new();
        };
        let Some(inside) = text[first.len()..].strip_prefix("::") else {
            return vec![vec![first]];
        };
        let seconds = paths(inside).into_iter();
        let mut both: Vec<_> = seconds
            .filter_map(|names| names.into_iter().next())
            .map(|second| vec![first.clone(), second])
            .collect();
        if both.is_empty() || inside.starts_with("{self") {
            // `a::*`, `a::{self, b}`
            both.push(vec![first]);
        }
        return both;
    };
    let mut found = Vec::new();
    let mut level = 0_usize;
    let mut item = String::new();
    for letter in list.chars() {
        match letter {
            '{' => level += 1,
            '}' if level == 0 => break,
            '}' => level -= 1,
            ',' if level == 0 => {
                found.extend(paths(core::mem::take(&mut item).trim()));
                continue;
            }
            _ => {}
        }
        item.push(letter);
    }
    found.extend(paths(item.trim()));
    found
}

fn word(text: &str) -> Option<String> {
    let word: String = text
        .chars()
        .take_while(|it| it.is_alphanumeric() || *it == '_')
        .collect();
    (!word.is_empty() && word != "super" && word != "self").then_some(word)
}
