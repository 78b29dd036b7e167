//! The table of options: what there is, how it is written, where it may stand, and what is said of a
//! word that is not in it. Read by `args` alone.

use crate::suggest;

/// Where an option may stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Place {
    /// `#[timed(...)]`
    Attribute,
    /// `timed_block!("name", ...)`
    Block,
}

/// How an option is written.
#[derive(Clone, Copy, Debug)]
pub(super) enum Form {
    Flag,
    Level,
    Text,
    Duration,
    Path,
    Fields,
    Outcomes,
    ErrorText,
}

/// One line of the table.
#[derive(Debug)]
pub(super) struct Known {
    pub(super) name: &'static str,
    pub(super) form: Form,
    pub(super) example: &'static str,
    pub(super) in_blocks: bool,
}

macro_rules! table {
    ($($name:literal $form:expr, $example:literal, $blocks:literal;)*) => {
        &[$(Known { name: $name, form: $form, example: $example, in_blocks: $blocks }),*]
    };
}

pub(super) const TABLE: &[Known] = table! {
    "level" Form::Level, "level = DEBUG", true;
    "err_level" Form::Level, "err_level = WARNING", true;
    "panic_level" Form::Level, "panic_level = CRITICAL", true;
    "cancel_level" Form::Level, "cancel_level = INFO", false;
    "name" Form::Text, "name = \"charge\"", false;
    "target" Form::Text, "target = \"payments\"", true;
    "fields" Form::Fields, "fields(user_id, amount)", true;
    "dependency" Form::Text, "dependency = \"stripe\"", true;
    "slow" Form::Duration, "slow = \"500ms\"", true;
    "slow_level" Form::Level, "slow_level = ERROR", true;
    "only" Form::Outcomes, "only(err, slow)", true;
    "err" Form::ErrorText, "err(debug)", true;
    "ok_if" Form::Path, "ok_if = is_success", true;
    "start" Form::Flag, "start", true;
    "percentiles" Form::Flag, "percentiles", true;
    "future" Form::Flag, "future", false;
    "skip" Form::Flag, "skip", false;
    "crate" Form::Path, "crate = my_facade::storyline", false;
};

/// Words that other tools use, and what stands for them here.
const ELSEWHERE: [(&str, &str); 6] = [
    (
        "skip_all",
        "no argument is recorded unless `fields(...)` lists it, so remove `skip_all`",
    ),
    (
        "ret",
        "what a function returns is not recorded; log it where it is known with `log_event!`",
    ),
    (
        "log_over",
        "write `slow = \"500ms\"`, or `only(slow), slow = \"500ms\"` for nothing else",
    ),
    (
        "print",
        "records go where `storyline::setup` sends them, so remove `print`",
    ),
    ("crate_path", "write `crate = path`"),
    ("err_lvl", "write `err_level = ERROR`"),
];

pub(super) fn unknown(word: &str, place: Place) -> String {
    if let Some((_, instead)) = ELSEWHERE.iter().find(|(known, _)| *known == word) {
        return format!("`{word}` is not an option of `#[timed]`; {instead}");
    }
    let known = TABLE
        .iter()
        .filter(|known| known.in_blocks || place == Place::Attribute)
        .map(|known| known.name);
    match suggest::nearest(word, known.clone()) {
        Some(meant) => format!("`{word}` is not an option; did you mean `{meant}`?"),
        None => format!(
            "`{word}` is not an option; the options are {}",
            known.collect::<Vec<_>>().join(", ")
        ),
    }
}

pub(super) fn not_in_blocks(name: &str) -> String {
    match name {
        "name" => {
            "the name of a block comes first: write `timed_block!(\"name\", { ... })`".to_owned()
        }
        "cancel_level" => {
            "a block cannot see that it was cancelled: remove `cancel_level`; leaving a block \
                           early is recorded as `left`, at `level`"
                .to_owned()
        }
        _ => format!("`{name}` is an option of `#[timed]`, not of a block"),
    }
}
