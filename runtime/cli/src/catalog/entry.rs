//! A call site as it is told.

use std::borrow::Cow;
use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use storyline::catalog::{self, Captured, Outline, OutlinePiece, SiteKind, Verdict};

use super::elf::Found;

/// What a call site is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// `log_event!` and its short forms.
    Event,
    /// A function with `#[timed]`.
    Timed,
    /// A `timed_block!`.
    Block,
    /// A `transition!`.
    Transition,
    /// Fields that events take over.
    Fields,
}

impl Kind {
    /// As it is shown.
    pub fn name(self) -> &'static str {
        match self {
            Self::Event => "event",
            Self::Timed => "timed",
            Self::Block => "block",
            Self::Transition => "transition",
            Self::Fields => "fields",
        }
    }

    /// What the levels of a site of this kind are for, in their order; none for one that its calls never end in.
    fn outcomes(self, verdict: Option<Verdict>) -> Vec<Option<&'static str>> {
        match self {
            Self::Event => vec![Some("written")],
            Self::Timed | Self::Block => {
                let value = match verdict {
                    Some(Verdict::Never) => None,
                    Some(Verdict::Returned) => Some("returned"),
                    Some(Verdict::Value | Verdict::Result) | None => Some("ok"),
                };
                let may_fail = matches!(verdict, Some(Verdict::Result) | None);
                vec![
                    value,
                    may_fail.then_some("err"),
                    Some("panic"),
                    Some("cancelled"),
                    value.map(|_| "slow"),
                    Some("left"),
                ]
            }
            Self::Transition => vec![Some("legal"), Some("illegal")],
            Self::Fields => Vec::new(),
        }
    }
}

/// A level that a site writes at, and when.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Level {
    /// The outcome of a timed call or a step; `written` for an event.
    pub when: String,
    /// The level; none where it is known at run time only.
    pub level: Option<String>,
}

/// A field of a call site.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Field {
    /// What the record calls it.
    pub key: String,
    /// Its type or its capture. Several where the call stands in a generic function; none where nobody can say.
    pub types: Vec<String>,
}

/// A call site.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Entry {
    /// What it is.
    pub kind: Kind,
    /// The event, what is timed, or the machine.
    pub name: String,
    /// What outcome is written at which level; an outcome that is not recorded is not among them.
    pub levels: Vec<Level>,
    /// The fields of the call, in their order.
    pub fields: Vec<Field>,
    /// Fields that are the same in every record.
    pub constants: Vec<(String, String)>,
    /// The message with its holes.
    pub template: Option<String>,
    /// What holds records back or changes them, as it may be written.
    pub options: Vec<String>,
    /// What directives compare with; none where it is known at run time only.
    pub target: Option<String>,
    /// The module.
    pub module: String,
    /// The file as the compiler was given it.
    pub file: String,
    /// The line in it.
    pub line: u32,
}

impl Entry {
    /// What was found, if it reads as an entry.
    pub(super) fn of(found: &Found<'_>) -> Option<Self> {
        let outline = Outline::read(found.text)?;
        let kind = match outline.kind {
            SiteKind::Event => Kind::Event,
            SiteKind::Timed => Kind::Timed,
            SiteKind::Block => Kind::Block,
            SiteKind::Transition => Kind::Transition,
            SiteKind::Fields => Kind::Fields,
        };
        let target = match outline.target.as_deref() {
            Some("") => None,
            Some(target) => Some(target.to_owned()),
            None => Some(outline.module.to_owned()),
        };
        let constants = outline.constants.iter();
        let mut entry = Self {
            kind,
            levels: levels(kind, &outline, found),
            fields: fields(&outline),
            constants: constants
                .map(|(key, text)| ((*key).to_owned(), text.to_string()))
                .collect(),
            template: template(&outline),
            options: outline.options.iter().map(ToString::to_string).collect(),
            target,
            module: outline.module.to_owned(),
            file: outline.file.to_owned(),
            line: outline.line,
            name: found.machine.unwrap_or(&outline.name).to_owned(),
        };
        let before = outline.kinds_before();
        let captured = outline.fields.iter().map(|(captured, _)| captured);
        for (nth, (field, captured)) in entry.fields.iter_mut().zip(captured).enumerate() {
            if matches!(captured, Captured::Typed | Captured::Revealed) {
                let kinds = found.kinds.iter().filter_map(|it| it.get(before + nth));
                let kinds: BTreeSet<u8> = kinds.copied().collect();
                field.types = kinds.into_iter().filter_map(type_of).collect();
                field.types.sort();
            }
        }
        Some(entry)
    }

    /// Where it stands.
    pub fn place(&self) -> String {
        format!("{}:{}", self.file, self.line)
    }

    /// Takes over the types of the same call elsewhere.
    pub(super) fn unite(&mut self, other: Self) {
        for (field, more) in self.fields.iter_mut().zip(other.fields) {
            field.types.extend(more.types);
            field.types.sort();
            field.types.dedup();
        }
    }

    /// Modules, files and lines: the order in which a person reads the source.
    pub(super) fn position(&self) -> (&str, &str, u32, &str) {
        (&self.module, &self.file, self.line, &self.name)
    }
}

fn levels(kind: Kind, outline: &Outline<'_>, found: &Found<'_>) -> Vec<Level> {
    let verdict = found.kinds.first().and_then(|it| it.first());
    let verdict = verdict.and_then(|it| Verdict::from_byte(*it));
    let outcomes = kind.outcomes(verdict).into_iter().zip(&outline.levels);
    outcomes
        .filter_map(|(when, level)| Some((when?, level)))
        // An event whose level is known at run time only has one; an outcome without a level is not recorded.
        .filter(|(_, level)| level.is_some() || kind == Kind::Event)
        .map(|(when, level)| Level {
            when: when.to_owned(),
            level: level.map(|it| it.name().to_owned()),
        })
        .collect()
}

/// The fields with what their capture makes of any value; the types of the others come from the kinds.
fn fields(outline: &Outline<'_>) -> Vec<Field> {
    let shown = |(captured, key): &(Captured, Cow<'_, str>)| Field {
        key: key_of(*captured, key),
        types: word_of(*captured).map(str::to_owned).into_iter().collect(),
    };
    outline.fields.iter().map(shown).collect()
}

/// A structure's fields are known where it derives them: `..` for all as they are, `order.*` for those behind a prefix.
fn key_of(captured: Captured, key: &str) -> String {
    match (captured, key) {
        (Captured::Group, "") => "..".to_owned(),
        (Captured::Group, prefix) => format!("{prefix}.*"),
        _ => key.to_owned(),
    }
}

fn word_of(captured: Captured) -> Option<&'static str> {
    Some(match captured {
        Captured::Typed | Captured::Revealed => return None,
        Captured::Display => "display",
        Captured::Debug => "debug",
        Captured::Structure => "json",
        Captured::Error => "error",
        Captured::Redacted => "redacted",
        Captured::Masked => "masked",
        Captured::Hashed => "hashed",
        Captured::Group => "fields",
    })
}

/// What a byte of kinds says; nothing where the call has more values than an entry has room for.
fn type_of(kind: u8) -> Option<String> {
    let (kind, is_optional) = catalog::Kind::from_byte(kind)?;
    if kind == catalog::Kind::Absent {
        return None;
    }
    let name = kind.name();
    Some(if is_optional {
        format!("Option<{name}>")
    } else {
        name.to_owned()
    })
}

fn template(outline: &Outline<'_>) -> Option<String> {
    if outline.template.is_empty() {
        return None;
    }
    let piece = |piece: &OutlinePiece<'_>| match piece {
        OutlinePiece::Text(text) => text.replace('{', "{{").replace('}', "}}"),
        OutlinePiece::Hole(index, spec) => {
            let key = outline.fields.get(usize::from(*index));
            let key = key.map_or("?", |(_, key)| key);
            let spec = spec.to_string();
            let colon = if spec.is_empty() { "" } else { ":" };
            format!("{{{key}{colon}{spec}}}")
        }
    };
    Some(outline.template.iter().map(piece).collect())
}
