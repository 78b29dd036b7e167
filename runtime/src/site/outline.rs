//! The text of a call site: what a macro writes into the binary, read back. Total: any text gives an outline or
//! `None`.
//!
//! ```text
//! eI payment_initiated     what it is, its levels, its name
//! >payments                the target, where it is not the module; nothing behind it: known at run time only
//! !at_most(5 per 1s)       an option as it was written
//! :dependency=stripe       a field that is the same in every record
//! vuser_id                 a field: how it is captured, and its key
//! "charging                a piece of the template: text
//! {0:>8.2                  a piece of the template: the field with this index, and how it is written
//! @payments::cards         the module, which ends what a macro can know; then the line, then the file to the end
//! 42
//! src/cards.rs
//! ```
//!
//! A line break is written `\n` in all of them but the file, a backslash twice. A line that begins with another
//! character is for a later reader.

use std::borrow::Cow;

use crate::level::Level;
use crate::template::Spec;

/// What a text describes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SiteKind {
    /// A call of `log_event!` or one of its short forms.
    Event,
    /// A function with `#[timed]`.
    Timed,
    /// A `timed_block!`.
    Block,
    /// A `transition!`.
    Transition,
    /// Fields that others take over.
    Fields,
}

impl SiteKind {
    fn of_letter(letter: char) -> Option<Self> {
        Some(match letter {
            'e' => Self::Event,
            't' => Self::Timed,
            'b' => Self::Block,
            's' => Self::Transition,
            'f' => Self::Fields,
            _ => return None,
        })
    }
}

/// How a field's value is taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Captured {
    /// By its type.
    Typed,
    /// By its Display.
    Display,
    /// By its Debug.
    Debug,
    /// By serde.
    Serde,
    /// As an error with its causes.
    Error,
    /// Not at all.
    Redacted,
    /// Its last characters.
    Masked,
    /// By a keyed hash.
    Hashed,
    /// By its type, though its name is that of a secret.
    Revealed,
    /// The fields of a structure, each behind the key and a point; as they are where the key is empty.
    Group,
}

impl Captured {
    fn of_letter(letter: char) -> Option<Self> {
        Some(match letter {
            'v' => Self::Typed,
            '%' => Self::Display,
            '?' => Self::Debug,
            'j' => Self::Serde,
            'e' => Self::Error,
            'x' => Self::Redacted,
            'm' => Self::Masked,
            'h' => Self::Hashed,
            'r' => Self::Revealed,
            'g' => Self::Group,
            _ => return None,
        })
    }
}

/// A piece of a template.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum OutlinePiece<'a> {
    /// Text as it stands.
    Text(Cow<'a, str>),
    /// The field with this index, and how it is written.
    Hole(u16, Spec),
}

/// The text of a site, taken apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outline<'a> {
    /// What it describes.
    pub kind: SiteKind,
    /// Its levels in the order of its outcomes; none where it is known at run time only, or never written.
    pub levels: Vec<Option<Level>>,
    /// The event, or what is timed.
    pub name: Cow<'a, str>,
    /// What directives compare with, where it is not the module. An empty one is known at run time only.
    pub target: Option<Cow<'a, str>>,
    /// Options as they were written.
    pub options: Vec<Cow<'a, str>>,
    /// Fields that are the same in every record.
    pub constants: Vec<(&'a str, Cow<'a, str>)>,
    /// The fields of the call.
    pub fields: Vec<(Captured, Cow<'a, str>)>,
    /// The message.
    pub template: Vec<OutlinePiece<'a>>,
    /// `module_path!()`
    pub module: &'a str,
    /// `line!()`
    pub line: u32,
    /// `file!()`
    pub file: &'a str,
}

/// What stands in front of the fields of a transition; `id` where the call has none of its own.
pub(super) const TRANSITION_KEYS: [&str; 6] = storyline_macros::transition_keys!();

impl<'a> Outline<'a> {
    /// The keys that stand in front of the fields of a transition.
    pub(super) fn transition_keys(&self) -> impl Iterator<Item = &'static str> + use<> {
        let own_id = self.fields.iter().any(|(_, key)| key == "id");
        let keys = TRANSITION_KEYS.into_iter();
        keys.filter(move |key| !own_id || *key != "id")
    }

    /// How many kinds of an entry stand in front of those of the fields: of a timed call the byte of its
    /// [`Verdict`](crate::catalog::Verdict), of a transition those of its own values.
    pub fn kinds_before(&self) -> usize {
        match self.kind {
            SiteKind::Event | SiteKind::Fields => 0,
            SiteKind::Timed | SiteKind::Block => 1,
            SiteKind::Transition => self.transition_keys().count(),
        }
    }

    /// Takes a text apart.
    pub fn read(text: &'a str) -> Option<Self> {
        let (first, mut rest) = text.split_once('\n')?;
        let (head, name) = first.split_once(' ')?;
        let mut letters = head.chars();
        let mut outline = Self {
            kind: SiteKind::of_letter(letters.next()?)?,
            levels: letters.map(level_of_letter).collect(),
            name: unescape(name),
            target: None,
            options: Vec::new(),
            constants: Vec::new(),
            fields: Vec::new(),
            template: Vec::new(),
            module: "",
            line: 0,
            file: "",
        };
        loop {
            let (line, after) = rest.split_once('\n')?;
            let first = line.chars().next()?;
            let value = &line[first.len_utf8()..];
            rest = after;
            match first {
                '@' => {
                    let (number, file) = rest.split_once('\n')?;
                    outline.module = value;
                    outline.line = number.parse().ok()?;
                    outline.file = file;
                    return Some(outline);
                }
                '>' => outline.target = Some(unescape(value)),
                '!' => outline.options.push(unescape(value)),
                ':' => {
                    let (key, value) = value.split_once('=')?;
                    outline.constants.push((key, unescape(value)));
                }
                '"' => outline.template.push(OutlinePiece::Text(unescape(value))),
                '{' => {
                    let (index, spec) = value.split_once(':').unwrap_or((value, ""));
                    let hole =
                        OutlinePiece::Hole(index.parse().ok()?, Spec::read(&unescape(spec))?);
                    outline.template.push(hole);
                }
                letter => {
                    if let Some(captured) = Captured::of_letter(letter) {
                        outline.fields.push((captured, unescape(value)));
                    }
                }
            }
        }
    }
}

fn level_of_letter(letter: char) -> Option<Level> {
    Level::ALL
        .into_iter()
        .find(|level| level.name().starts_with(letter))
}

fn unescape(text: &str) -> Cow<'_, str> {
    if !text.contains('\\') {
        return Cow::Borrowed(text);
    }
    let mut whole = String::with_capacity(text.len());
    let mut letters = text.chars();
    while let Some(letter) = letters.next() {
        match letter {
            '\\' => whole.extend(letters.next().map(|it| if it == 'n' { '\n' } else { it })),
            other => whole.push(other),
        }
    }
    Cow::Owned(whole)
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "eI order_paid\n>shop\n!once\n:kind=a=b\\\\\\n\nvorder_id\n?er\\nr\n~later\n\"paid \n{0:_>+8.2e\n@shop::orders\n7\nsrc/a\nb.rs";

    #[test]
    fn everything_is_read_back() {
        let outline = Outline::read(TEXT).expect("whole");
        assert_eq!(outline.kind, SiteKind::Event);
        assert_eq!(outline.levels, [Some(Level::Info)]);
        assert_eq!(outline.name, "order_paid");
        assert_eq!(outline.target.as_deref(), Some("shop"));
        assert_eq!(outline.options, ["once"]);
        assert_eq!(outline.constants, [("kind", Cow::Borrowed("a=b\\\n"))]);
        let fields = [
            (Captured::Typed, Cow::Borrowed("order_id")),
            (Captured::Debug, Cow::Borrowed("er\nr")),
        ];
        assert_eq!(outline.fields, fields);
        assert_eq!(outline.template[0], OutlinePiece::Text("paid ".into()));
        let OutlinePiece::Hole(0, spec) = outline.template[1] else {
            panic!("{outline:?}")
        };
        assert_eq!((spec.fill, spec.width, spec.precision), ('_', 8, Some(2)));
        assert_eq!((outline.module, outline.line), ("shop::orders", 7));
        assert_eq!(outline.file, "src/a\nb.rs");
    }

    #[test]
    fn a_text_that_is_cut_or_strange_is_refused() {
        let file = TEXT.find("src").expect("there");
        for len in 0..file {
            assert_eq!(Outline::read(&TEXT[..len]), None, "{:?}", &TEXT[..len]);
        }
        for wrong in [
            "zI a\n@m\n1\nf",
            "eI a\n@m\nx\nf",
            "eI a\n{x\n@m\n1\nf",
            "eI a\n\n@m\n1\nf",
        ] {
            assert_eq!(Outline::read(wrong), None, "{wrong:?}");
        }
    }
}
