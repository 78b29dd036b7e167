//! The grammar of the file: which keys there are, what they hold, and what to write instead. All mistakes are
//! told together, each with its line.

use toml_span::Value;
use toml_span::value::{Key, ValueInner};

use super::Policy;
use crate::reason::wrong_reason;
use crate::secret::spelling;
use crate::suggest;

const FORBID: &str = "forbid = [\"member_number\"]";
const ALLOW: &str = "allow = [{ name = \"member_number\", reason = \"<reason>\" }]";

/// Reads a policy; `file` is what messages call it.
pub(super) fn read(text: &str, file: &str) -> Policy {
    let mut reader = Reader {
        text,
        file,
        problems: Vec::new(),
    };
    let mut names = Names::default();
    let mut is_read = true;
    match toml_span::parse(text) {
        Ok(mut root) => reader.root(&mut root, &mut names),
        Err(error) => {
            is_read = false;
            reader.problem(error.span.start, &format!("this is no TOML: {error}"));
        }
    }
    reader.check_both(&names);
    reader.problems.sort_by_key(|(at, _)| *at);
    Policy {
        forbid: names.forbid.into_iter().map(|it| it.words).collect(),
        allow: names.allow.into_iter().map(|it| it.words).collect(),
        problems: reader.problems.into_iter().map(|(_, text)| text).collect(),
        is_unread: !is_read,
        ..Policy::default()
    }
}

#[derive(Default)]
struct Names {
    forbid: Vec<Name>,
    allow: Vec<Name>,
}

/// A name as it was written, where, and its words with a space between.
struct Name {
    written: String,
    at: usize,
    words: String,
}

struct Reader<'a> {
    text: &'a str,
    file: &'a str,
    problems: Vec<(usize, String)>,
}

impl Reader<'_> {
    fn problem(&mut self, at: usize, message: &str) {
        let before = self.text.get(..at).unwrap_or(self.text);
        let line = before.matches('\n').count() + 1;
        let text = format!("{}:{line}: {message}", self.file);
        self.problems.push((at, text));
    }

    fn root(&mut self, root: &mut Value<'_>, names: &mut Names) {
        let ValueInner::Table(tables) = root.take() else {
            return;
        };
        for (key, mut value) in tables {
            let known = ["secrets"];
            if self
                .meant(&key, &known, "the one table here is `[secrets]`")
                .is_none()
            {
                continue;
            }
            let at = value.span.start;
            match value.take() {
                ValueInner::Table(lists) => self.lists(lists, names),
                _ if !known.contains(&key.name.as_ref()) => {}
                _ => self.problem(at, "`secrets` is a table: write `[secrets]`"),
            }
        }
    }

    fn lists(&mut self, lists: toml_span::value::Table<'_>, names: &mut Names) {
        for (key, mut value) in lists {
            let at = value.span.start;
            let list = value.take();
            let instead = format!("write `{FORBID}` or `{ALLOW}`");
            let Some(meant) = self.meant(&key, &["forbid", "allow"], &instead) else {
                continue;
            };
            match (meant, list) {
                ("forbid", ValueInner::Array(items)) => {
                    for item in items {
                        self.forbid(item, &mut names.forbid);
                    }
                }
                ("allow", ValueInner::Array(items)) => {
                    for item in items {
                        self.allow(item, &mut names.allow);
                    }
                }
                // Of one that was mistyped something was told.
                _ if key.name != meant => {}
                ("forbid", _) => {
                    self.problem(
                        at,
                        &format!("`forbid` is a list of names: write `{FORBID}`"),
                    );
                }
                _ => {
                    let message =
                        format!("`allow` is a list of names with reasons: write `{ALLOW}`");
                    self.problem(at, &message);
                }
            }
        }
    }

    fn forbid(&mut self, mut item: Value<'_>, names: &mut Vec<Name>) {
        let at = item.span.start;
        match item.take() {
            ValueInner::String(name) => self.add(&name, at, names),
            _ => self.problem(
                at,
                "what is forbidden is a name, in quotes: `\"member_number\"`",
            ),
        }
    }

    fn allow(&mut self, mut item: Value<'_>, names: &mut Vec<Name>) {
        let at = item.span.start;
        let entry = match item.take() {
            ValueInner::Table(entry) => entry,
            ValueInner::String(name) => {
                self.no_reason(&name, at);
                return self.add(&name, at, names);
            }
            _ => {
                return self.problem(
                    at,
                    &format!("what is allowed is a name and its reason: write `{ALLOW}`"),
                );
            }
        };
        let mut name = None;
        let mut reason = None;
        // What was told of one key is not told again of what is missing.
        let told = self.problems.len();
        for (key, mut value) in entry {
            let at = value.span.start;
            let instead = format!("write `{ALLOW}`");
            let slot = match self.meant(&key, &["name", "reason"], &instead) {
                Some("name") => &mut name,
                Some(_) => &mut reason,
                None => continue,
            };
            if let ValueInner::String(text) = value.take() {
                *slot = Some((text.into_owned(), at));
            } else {
                *slot = Some((String::new(), at));
                self.problem(at, &format!("`{}` is text, in quotes", key.name));
            }
        }
        let is_told = self.problems.len() > told;
        let Some((name, name_at)) = name else {
            if !is_told {
                self.problem(at, &format!("a name is missing: write `{ALLOW}`"));
            }
            return;
        };
        match reason {
            _ if is_told => {}
            None => self.no_reason(&name, at),
            Some((reason, at)) if reason.trim().is_empty() => self.no_reason(&name, at),
            Some((reason, at)) => {
                if let Some(wrong) = wrong_reason(&reason) {
                    self.problem(at, &wrong);
                }
            }
        }
        // Though its reason is bad: the sites that are allowed would each add a message.
        self.add(&name, name_at, names);
    }

    fn add(&mut self, written: &str, at: usize, names: &mut Vec<Name>) {
        let words = spelling::split(written).join(" ");
        if words.is_empty() {
            return self.problem(
                at,
                "this name has no letters: write one such as `\"member_number\"`",
            );
        }
        if names.iter().any(|it| it.words == words) {
            return self.problem(at, &format!("`{written}` stands here twice: remove one"));
        }
        names.push(Name {
            written: written.to_owned(),
            at,
            words,
        });
    }

    fn no_reason(&mut self, name: &str, at: usize) {
        let message = format!(
            "`{name}` needs a reason: write `{{ name = \"{name}\", reason = \"<reason>\" }}`"
        );
        self.problem(at, &message);
    }

    /// The known key that this one is, or most likely was to be: what lies under it counts, so that no site is told of
    /// a name that it allows.
    fn meant<'k>(&mut self, key: &Key<'_>, known: &[&'k str], instead: &str) -> Option<&'k str> {
        let nearest = suggest::nearest(&key.name, known.iter().copied());
        if nearest.is_some_and(|it| key.name == it) {
            return nearest;
        }
        let hint = suggest::hint(&key.name, known.iter().copied());
        let end = if hint.is_empty() { ";" } else { "" };
        let message = format!("nothing is called `{}` here{hint}{end} {instead}", key.name);
        self.problem(key.span.start, &message);
        nearest
    }

    fn check_both(&mut self, names: &Names) {
        for name in &names.allow {
            if names.forbid.iter().any(|it| it.words == name.words) {
                let message = format!(
                    "`{}` is both forbidden and allowed: remove it from one of the lists",
                    name.written
                );
                self.problem(name.at, &message);
            }
        }
    }
}
