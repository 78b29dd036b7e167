//! What a process knows of a call site: its text, taken apart once and kept for good.

use std::borrow::Cow;

use super::SiteOptions;
use super::outline::{Captured, Outline, OutlinePiece, SiteKind};
use crate::calls;
use crate::gate::Gate;
use crate::samples::Samples;
use crate::template::Piece;
use crate::wire::{GROUP_MARK, has_groups};

const TRANSITION_EVENTS: &[&str] = &["state_transition", "illegal_transition"];

/// What is known of a site.
#[derive(Debug)]
pub struct Meta {
    /// The names this site's records may carry; the wire says which by index.
    pub events: &'static [&'static str],
    /// The keys of the wire values, in their order.
    pub keys: &'static [&'static str],
    /// Whether groups of fields are among the values.
    pub has_groups: bool,
    /// Fields that are the same in every record, written before the others.
    pub constants: &'static [(&'static str, &'static str)],
    /// The message with its holes, if there is one.
    pub template: &'static [Piece],
    /// What directives compare with; the module unless the call says otherwise.
    pub target: &'static str,
    /// `module_path!()`.
    pub module: &'static str,
    /// `file!()`.
    pub file: &'static str,
    /// `line!()`.
    pub line: u32,
    /// What holds records back here, if anything does.
    pub gate: Option<&'static Gate>,
    /// Where its calls are counted for percentiles, if they are.
    pub samples: Option<&'static Samples>,
}

impl Meta {
    /// A site whose text cannot be read.
    pub(crate) const UNKNOWN: Self = Self {
        events: &["unknown_site"],
        keys: &[],
        has_groups: false,
        constants: &[],
        template: &[],
        target: "",
        module: "",
        file: "",
        line: 0,
        gate: None,
        samples: None,
    };

    /// Keeps for good what a text says.
    pub(super) fn read(text: &'static str, options: SiteOptions) -> &'static Self {
        let Some(outline) = Outline::read(text) else {
            return options.meta.unwrap_or(&Self::UNKNOWN);
        };
        let transition_keys = outline.transition_keys();
        let name = kept(outline.name);
        let mut keys: Vec<&str> = match outline.kind {
            SiteKind::Event | SiteKind::Fields => Vec::new(),
            SiteKind::Timed | SiteKind::Block => calls::KEYS.to_vec(),
            SiteKind::Transition => transition_keys.collect(),
        };
        keys.extend(outline.fields.into_iter().map(|(captured, key)| {
            if captured == Captured::Group {
                format!("{GROUP_MARK}{key}").leak()
            } else {
                kept(key)
            }
        }));
        if options.gate.is_some() {
            keys.push("suppressed");
        }
        let mut constants: Vec<(&str, &str)> = Vec::new();
        if matches!(outline.kind, SiteKind::Timed | SiteKind::Block) {
            constants.push(("name", name));
        }
        let written = outline.constants.into_iter();
        constants.extend(written.map(|(key, value)| (key, kept(value))));
        let template: Vec<Piece> = outline
            .template
            .into_iter()
            .map(|piece| match piece {
                OutlinePiece::Text(text) => Piece::Text(kept(text)),
                OutlinePiece::Hole(index, spec) => Piece::Hole(index, spec),
            })
            .collect();
        let target = options.target.or(outline.target.map(kept));
        Box::leak(Box::new(Self {
            events: match outline.kind {
                SiteKind::Event => vec![name].leak(),
                SiteKind::Fields => &[],
                SiteKind::Timed | SiteKind::Block => calls::Event::NAMES,
                SiteKind::Transition => TRANSITION_EVENTS,
            },
            has_groups: has_groups(&keys),
            keys: keys.leak(),
            constants: constants.leak(),
            template: template.leak(),
            target: target.unwrap_or(outline.module),
            module: outline.module,
            file: outline.file,
            line: outline.line,
            gate: options.gate,
            samples: options.samples,
        }))
    }
}

fn kept(text: Cow<'static, str>) -> &'static str {
    match text {
        Cow::Borrowed(text) => text,
        Cow::Owned(text) => text.leak(),
    }
}

#[cfg(test)]
impl Meta {
    /// One event and nothing else.
    pub(crate) const STEP: Self = Self {
        events: &["step"],
        keys: &[],
        has_groups: false,
        constants: &[],
        template: &[],
        target: "t",
        module: "m",
        file: "f",
        line: 1,
        gate: None,
        samples: None,
    };
}

/// A site of one event.
#[cfg(test)]
pub(crate) const STEP: &SiteOptions = &SiteOptions {
    meta: Some(&Meta::STEP),
    ..SiteOptions::NONE
};

#[cfg(test)]
mod tests {
    use super::super::outline::TRANSITION_KEYS;
    use super::*;

    #[test]
    fn a_timed_function_has_the_keys_of_every_call() {
        let meta = Meta::read(
            "tIEE-- charge\n:dependency=stripe\nvn\n@a\n1\nb",
            SiteOptions::NONE,
        );
        assert_eq!(meta.events[2], "function_cancelled");
        assert_eq!(meta.keys[0], "duration_ms");
        assert_eq!(meta.keys[6..], ["n"]);
        assert_eq!(
            meta.constants,
            [("name", "charge"), ("dependency", "stripe")]
        );
        assert_eq!(meta.target, "a");
    }

    #[test]
    fn a_transition_has_one_id() {
        let keys = |text| Meta::read(text, SiteOptions::NONE).keys;
        assert_eq!(keys("sIE -\n@a\n1\nb"), TRANSITION_KEYS);
        let own = keys("sIE -\nvid\n@a\n1\nb");
        assert_eq!(
            own,
            ["machine", "from", "to", "expected", "in_state_ms", "id"]
        );
    }

    #[test]
    fn what_is_given_counts() {
        static GATE: Gate = Gate::once();
        let options = SiteOptions {
            gate: Some(&GATE),
            target: Some("db"),
            ..SiteOptions::NONE
        };
        let meta = Meta::read("eI a\n>\nvn\n@a\n1\nb", options);
        assert_eq!((meta.keys, meta.target), (&["n", "suppressed"][..], "db"));
        assert_eq!(
            Meta::read("nothing of ours", SiteOptions::NONE).events,
            ["unknown_site"]
        );
    }
}
