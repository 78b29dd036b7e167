//! A call site as it is told.

use serde::{Deserialize, Serialize};
use storyline::catalog::{Outline, OutlinePiece, SiteKind, Verdict};

use super::elf::Found;
use super::fields::{Field, Structures, unite};
use super::machine::{self, State};

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
    /// The states of the machine, where it is a transition.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub states: Vec<State>,
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
    pub(super) fn of(found: &Found<'_>, structures: &Structures<'_>) -> Option<Self> {
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
        let machine = found.machine.map(machine::read);
        let (machine, states) = machine.map_or((None, Vec::new()), |(name, it)| (Some(name), it));
        Some(Self {
            kind,
            levels: levels(kind, &outline, found),
            fields: structures.fields(&outline, &[found]),
            constants: constants
                .map(|(key, text)| ((*key).to_owned(), text.to_string()))
                .collect(),
            template: template(&outline),
            options: outline.options.iter().map(ToString::to_string).collect(),
            target,
            module: outline.module.to_owned(),
            file: outline.file.to_owned(),
            line: outline.line,
            name: machine.unwrap_or(&outline.name).to_owned(),
            states,
        })
    }

    /// What of it is in a build with this ceiling.
    pub(super) fn below(mut self, ceiling: u8) -> Option<Self> {
        let is_in = |level: &Level| {
            let level = level.level.as_ref().and_then(|it| it.parse().ok());
            // Of one that is known at run time only there may be a record as long as there is any.
            let highest = level.unwrap_or(storyline::Level::Critical);
            highest.number() >= ceiling
        };
        let had_levels = !self.levels.is_empty();
        let (left, out): (Vec<_>, Vec<_>) = self.levels.into_iter().partition(is_in);
        self.levels = left;
        let is_out = |when: &str| out.iter().any(|it| it.when == when);
        self.options.retain(|option| match option.as_str() {
            // Summaries have a level of their own, and without it nothing is measured.
            "percentiles" => storyline::Level::Info.number() >= ceiling,
            "start" => !is_out("ok") && !is_out("returned"),
            option => !(option.starts_with("slow = ") && is_out("slow")),
        });
        (!had_levels || !self.levels.is_empty()).then_some(self)
    }

    /// Where it stands.
    pub fn place(&self) -> String {
        format!("{}:{}", self.file, self.line)
    }

    /// Takes over the types of the same call elsewhere.
    pub(super) fn unite(&mut self, other: Self) {
        unite(&mut self.fields, other.fields);
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
