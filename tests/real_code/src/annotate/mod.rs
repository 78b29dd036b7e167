//! Puts `#[timed]` on the functions of a source file, by inserting text: everything else stays byte for byte,
//! and no line moves. `functions` reads the file's items, `macros` the functions inside macro definitions,
//! `rules` says what is left out and why.

mod functions;
mod macros;
mod rules;

use std::collections::BTreeMap;
use std::fmt::Write as _;

use syn::visit::Visit as _;

pub(crate) use rules::Reason;

use crate::list::Left;

/// Where the attribute stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Form {
    /// Once on each `impl` block, trait and inline module, and on the functions outside of them.
    Blocks,
    /// On each function, with a name that says where it stands, and a count at the start of its body.
    Functions,
}

/// What was found in a file, or in all files of a crate.
#[derive(Clone, Debug, Default)]
pub(crate) struct Count {
    /// Functions that carry the attribute, or stand in a block that does.
    pub(crate) timed: usize,
    /// The others, by reason.
    pub(crate) left_out: BTreeMap<Reason, usize>,
    /// The names of those that return a future, which may be dropped before anybody polls it.
    pub(crate) futures: Vec<String>,
}

impl Count {
    /// All functions.
    pub(crate) fn functions(&self) -> usize {
        self.timed + self.left_out.values().sum::<usize>()
    }

    /// Takes in another file's.
    pub(crate) fn add(&mut self, other: Self) {
        self.timed += other.timed;
        for (reason, count) in other.left_out {
            *self.left_out.entry(reason).or_default() += count;
        }
        self.futures.extend(other.futures);
    }

    fn left(&mut self, reason: Reason) {
        *self.left_out.entry(reason).or_default() += 1;
    }
}

/// Text to be inserted, and what was counted on the way.
struct Edits<'a> {
    path: &'a str,
    form: Form,
    by_hand: &'a [Left],
    insertions: Vec<(usize, String)>,
    count: Count,
}

impl Edits<'_> {
    fn is_left_by_hand(&self, name: &str) -> bool {
        self.by_hand
            .iter()
            .any(|it| it.path == self.path && (it.function == name || it.function == "*"))
    }

    /// A function that is timed: `at` is where its attribute goes, `body` where its body begins.
    fn time(
        &mut self,
        name: &str,
        line: usize,
        at: usize,
        body: Option<usize>,
        is_covered: bool,
    ) -> String {
        self.count.timed += 1;
        let name = format!("{}:{line} {name}", self.path);
        match self.form {
            Form::Blocks if is_covered => {}
            Form::Blocks => self.insert(at, "#[::storyline::timed] ".to_owned()),
            Form::Functions => {
                self.insert(at, format!("#[::storyline::timed(name = {name:?})] "));
                if let Some(body) = body {
                    let text = format!(" ::storyline_real_code_start::entered!({name:?});");
                    self.insert(body, text);
                }
            }
        }
        name
    }

    fn insert(&mut self, at: usize, text: String) {
        self.insertions.push((at, text));
    }
}

/// The annotated text of a file, and what is in it. `path` names it within its crate.
pub(crate) fn annotate(
    path: &str,
    source: &str,
    form: Form,
    by_hand: &[Left],
    is_root: bool,
) -> syn::Result<(String, Count)> {
    let file = syn::parse_file(source)?;
    let mut edits = Edits {
        path,
        form,
        by_hand,
        insertions: Vec::new(),
        count: Count::default(),
    };
    functions::Walk::new(&mut edits).visit_file(&file);
    if is_root {
        // Nothing but this names the crate that begins to log.
        let at = file.items.first().map_or(source.len(), functions::start);
        edits.insert(
            at,
            "extern crate storyline_real_code_start as _; ".to_owned(),
        );
    }
    let Edits {
        mut insertions,
        count,
        ..
    } = edits;
    insertions.sort_by_key(|it| it.0);
    let mut text = String::with_capacity(source.len() * 2);
    let mut done = 0;
    for (at, insertion) in insertions {
        write!(text, "{}{insertion}", &source[done..at]).expect("a text takes everything");
        done = at;
    }
    text.push_str(&source[done..]);
    Ok((text, count))
}

#[cfg(test)]
mod tests;
