//! Call sites of every kind a macro makes, and of kinds that none makes but damaged memory may.

use storyline::__private::{Align, SiteOptions, Meta, Piece, Radix, Site, Spec};

const fn meta(
    events: &'static [&'static str],
    keys: &'static [&'static str],
    constants: &'static [(&'static str, &'static str)],
    template: &'static [Piece],
) -> Meta {
    Meta {
        events,
        keys,
        has_groups: false,
        constants,
        template,
        target: "fuzz",
        module: "fuzz::sites",
        file: "sites.rs",
        line: 7,
        gate: None,
        samples: None,
    }
}

static BARE: Meta = meta(&["started"], &[], &[], &[]);
static ONE: Meta = meta(&["paid", "refused", "odd name", ""], &["n"], &[], &[]);
static SOME: Meta = meta(
    &["order_paid"],
    &["n", "user_id", "provider", "amount"],
    &[("dependency", "stripe"), ("kind", "a | \u{202e}\"b\"\n")],
    &[],
);
static MANY: Meta = meta(
    &["many"],
    &[
        "n", "a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k", "l", "m", "o", "p", "q", "r",
        "s", "t", "u", "v", "w", "x", "y", "z", "aa", "bb", "cc", "dd", "ee", "ff", "gg", "hh",
    ],
    &[],
    &[],
);
static TOLD: Meta = meta(
    &["told"],
    &["n", "name", "size", "part"],
    &[("fixed", "1")],
    &[
        Piece::Text("order "),
        Piece::Hole(0, Spec::PLAIN),
        Piece::Text("\u{2028}of "),
        Piece::Hole(
            1,
            Spec {
                fill: '\u{200b}',
                align: Align::Center,
                width: 12,
                precision: Some(3),
                ..Spec::PLAIN
            },
        ),
        Piece::Hole(
            2,
            Spec {
                plus: true,
                alternate: true,
                zero: true,
                width: 9,
                radix: Radix::LowerHex,
                ..Spec::PLAIN
            },
        ),
        Piece::Hole(3, Spec::PLAIN),
        Piece::Hole(99, Spec::PLAIN),
    ],
);
/// Names that no macro lets through.
static HOSTILE: Meta = meta(
    &["event\nforged | a=1", "\u{feff}"],
    &[
        "n",
        "n",
        "level",
        "msg",
        "a b",
        "",
        "request_id",
        "ä",
        "q\"",
        "a=b",
        "n_2",
    ],
    &[("n", "constant"), ("pid", "7"), ("\u{2029}", "")],
    &[Piece::Text("a message"), Piece::Hole(4, Spec::PLAIN)],
);

/// Its values are groups, and values beside them.
static GROUPED: Meta = Meta {
    has_groups: true,
    ..meta(
        &["grouped"],
        &["n", "..", "user_id", "..order", ".."],
        &[("dependency", "stripe")],
        &[Piece::Text("a message")],
    )
};
/// The members of structures, with keys that a record has, too, and with further structures.
static MEMBERS: Meta = meta(&[], &["id", "amount", "user_id", "n", "msg"], &[], &[]);
static NESTED: Meta = meta(&[], &["id", "..address", "dependency", ".."], &[], &[]);

macro_rules! site {
    ($meta:ident) => {
        Site::with(&SiteOptions {
            meta: Some(&$meta),
            ..SiteOptions::NONE
        })
    };
}

/// So many of them, from the first on, begin with a value `n`.
pub const MARKED: usize = 5;

/// All of them; only the last has names that must be changed.
pub static ALL: [Site; 7] = [
    site!(ONE),
    site!(SOME),
    site!(TOLD),
    site!(MANY),
    site!(GROUPED),
    site!(BARE),
    site!(HOSTILE),
];

/// Those of groups.
pub static GROUPS: [Site; 2] = [site!(MEMBERS), site!(NESTED)];

/// The number of the first of them.
pub const FIRST_GROUP: u32 = 100;

/// The keys of a group by its number.
pub fn keys_of(number: u32) -> Option<&'static [&'static str]> {
    let index = usize::try_from(number.checked_sub(FIRST_GROUP)?).ok()?;
    Some(GROUPS.get(index)?.meta().keys)
}
