//! Calls of the doors, found in sources: those of the tests, the examples and the files of `ui-tests`, right ones and
//! wrong ones, as tokens.

use std::path::{Path, PathBuf};

use proc_macro2::{Delimiter, Ident, TokenStream, TokenTree};

use super::doors::{self, Door, Kind};
use super::tree::{self, List, Node};

/// One call of a door. A function-like macro has no item.
#[derive(Clone)]
pub(super) struct Call {
    pub(super) door: Door,
    pub(super) arguments: List,
    pub(super) item: List,
}

const FOLDERS: [&str; 3] = ["ui-tests", "tests/it", "examples"];

/// All calls below the folders, in the order of their paths.
pub(super) fn collect() -> Vec<Call> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .expect("the crate stands in a workspace");
    let mut files = Vec::new();
    for folder in FOLDERS {
        sources(&root.join(folder), &mut files);
    }
    files.sort();
    let mut calls = Vec::new();
    for file in files {
        let text = std::fs::read_to_string(&file).expect("sources are readable");
        // Other macros may hold what is no token of Rust.
        if let Ok(stream) = text.parse::<TokenStream>() {
            calls.extend(of(stream));
        }
    }
    calls
}

/// The calls in one source.
pub(super) fn of(stream: TokenStream) -> Vec<Call> {
    let mut calls = Vec::new();
    find(&stream.into_iter().collect::<Vec<_>>(), &mut calls);
    calls
}

fn sources(folder: &Path, files: &mut Vec<PathBuf>) {
    let Ok(entries) = std::fs::read_dir(folder) else {
        return;
    };
    for path in entries.map(|entry| entry.expect("entries are readable").path()) {
        if path.is_dir() {
            sources(&path, files);
        } else if path.extension().is_some_and(|it| it == "rs") {
            files.push(path);
        }
    }
}

fn find(tokens: &[TokenTree], calls: &mut Vec<Call>) {
    for (index, token) in tokens.iter().enumerate() {
        let TokenTree::Group(group) = token else {
            continue;
        };
        let inner: Vec<TokenTree> = group.stream().into_iter().collect();
        let before = &tokens[..index];
        match before {
            [.., TokenTree::Ident(name), TokenTree::Punct(mark)] if mark.as_char() == '!' => {
                if let Some((door, front)) = doors::behind(&name.to_string()) {
                    let whole = front.into_iter().chain(inner.iter().cloned());
                    calls.push(Call {
                        door,
                        arguments: tree::of_stream(whole.collect()),
                        item: List::new(),
                    });
                }
            }
            [.., TokenTree::Punct(mark)]
                if mark.as_char() == '#' && group.delimiter() == Delimiter::Bracket =>
            {
                calls.extend(annotated(&inner, &tokens[index + 1..]));
            }
            _ => {}
        }
        find(&inner, calls);
    }
}

/// `timed(level = DEBUG)` or `derive(Fields)`, and the item behind it.
fn annotated(attribute: &[TokenTree], rest: &[TokenTree]) -> Option<Call> {
    let (path, arguments) = match attribute {
        [path @ .., TokenTree::Group(group)] => (path, group.stream()),
        path => (path, TokenStream::new()),
    };
    let TokenTree::Ident(name) = path.last()? else {
        return None;
    };
    let door = doors::named(&name.to_string()).or_else(|| derived(name, &arguments))?;
    let arguments = match door.kind {
        Kind::Derive(_) => TokenStream::new(),
        _ => arguments,
    };
    // An item ends with its braces or with a semicolon.
    let end = rest.iter().position(|token| match token {
        TokenTree::Group(group) => group.delimiter() == Delimiter::Brace,
        TokenTree::Punct(mark) => mark.as_char() == ';',
        _ => false,
    })?;
    Some(Call {
        door,
        arguments: tree::of_stream(arguments),
        item: tree::of_stream(rest[..=end].iter().cloned().collect()),
    })
}

/// The door among the words of `derive(Clone, Fields)`.
fn derived(attribute: &Ident, words: &TokenStream) -> Option<Door> {
    if attribute != "derive" {
        return None;
    }
    words
        .clone()
        .into_iter()
        .filter_map(|word| doors::named(&word.to_string()))
        .find(|door| matches!(door.kind, Kind::Derive(_)))
}

/// Every list of tokens in all calls: what may be put in somewhere else.
pub(super) fn pieces(calls: &[Call]) -> Vec<List> {
    fn add(list: &[Node], pieces: &mut Vec<List>) {
        if list.is_empty() {
            return;
        }
        pieces.push(list.to_vec());
        for node in list {
            if let Node::Group(_, inner) = node {
                add(inner, pieces);
            }
        }
    }
    let mut pieces = Vec::new();
    for call in calls {
        add(&call.arguments, &mut pieces);
        add(&call.item, &mut pieces);
    }
    pieces
}
