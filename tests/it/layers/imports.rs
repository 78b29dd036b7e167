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
    room: String,
}

impl Import {
    /// Its first name.
    pub(super) fn room(&self) -> &str {
        &self.room
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
        if matches!(&*name, "tests" | "tests.rs" | "matrix.rs") {
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

/// All paths of a file that lead through the crate's root: `crate::a`, `crate::{a, b::{c}}`, and
/// `super::a` as far as it climbs out of the room.
pub(super) fn imports_of(source: &Source) -> Vec<Import> {
    let mut text = String::new();
    let mut starts = Vec::new();
    for (line, code) in code_of(source) {
        starts.push((text.len(), line));
        text.push_str(&code);
        text.push('\n');
    }
    let line_of = |at: usize| {
        let next = starts.partition_point(|(start, _)| *start <= at);
        starts[next - 1].1
    };
    let climb = "super::".repeat(depth(&source.path));
    let mut imports = Vec::new();
    for root in ["crate::", climb.as_str()] {
        let mut from = 0;
        while let Some(found) = text[from..].find(root) {
            let at = from + found;
            from = at + root.len();
            let before = text[..at].chars().next_back();
            // `$crate::` is the user's side of a macro; `super::super::` is found where it begins.
            if before.is_some_and(|it| it.is_alphanumeric() || matches!(it, '_' | '$' | ':')) {
                continue;
            }
            let line = line_of(at);
            let rooms = first_names(&text[from..]);
            imports.extend(rooms.into_iter().map(|room| Import { line, room }));
        }
    }
    imports
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

/// `a` of `a::b`; `a` and `b` of `{a, b::{c, d}}`.
fn first_names(text: &str) -> Vec<String> {
    let Some(list) = text.strip_prefix('{') else {
        return word(text).into_iter().collect();
    };
    let mut names = Vec::new();
    let mut level = 0_usize;
    let mut item = String::new();
    for letter in list.chars() {
        match letter {
            '{' => level += 1,
            '}' if level == 0 => break,
            '}' => level -= 1,
            ',' if level == 0 => names.extend(word(core::mem::take(&mut item).trim())),
            _ if level == 0 => item.push(letter),
            _ => {}
        }
    }
    names.extend(word(item.trim()));
    names
}

fn word(text: &str) -> Option<String> {
    let word: String = text
        .chars()
        .take_while(|it| it.is_alphanumeric() || *it == '_')
        .collect();
    (!word.is_empty() && word != "super").then_some(word)
}
