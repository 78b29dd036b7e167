//! The table of options: what there is, how it is written, where it may stand, and what is said of a
//! word that is not in it.

use proc_macro2::{TokenStream, TokenTree};

use crate::level::Level;
use crate::source::shown;
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
    /// A path to a function, or a closure.
    Function,
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
    "ok_if" Form::Function, "ok_if = is_success", true;
    "start" Form::Flag, "start", true;
    "percentiles" Form::Flag, "percentiles", true;
    "future" Form::Flag, "future", false;
    "skip" Form::Flag, "skip", false;
    "crate" Form::Path, "crate = my_facade::storyline", false;
};

/// What stands for a word of another tool.
enum Instead {
    /// This option, with the same value.
    Option(&'static str),
    /// Nothing of the kind: this is said.
    Say(&'static str),
}

/// Words that other tools use, and what stands for them here.
const ELSEWHERE: &[(&str, Instead)] = {
    use Instead::{Option, Say};
    &[
        (
            "parent",
            Say("a record belongs to its request, not to a span, so remove `parent`"),
        ),
        (
            "follows_from",
            Say("a record belongs to its request, not to a span, so remove `follows_from`"),
        ),
        (
            "async",
            Say("an `async fn` is seen by itself, so remove `async`"),
        ),
        ("threshold", Option("slow")),
        ("slow_ms", Option("slow")),
        ("warn_after", Option("slow")),
        (
            "timeout",
            Say("nothing is stopped by it; to see what is slow, write `slow = \"500ms\"`"),
        ),
        ("log_level", Option("level")),
        ("error_level", Option("err_level")),
        ("err_lvl", Option("err_level")),
        ("args", Option("fields")),
        ("msg", Option("name")),
        (
            "skip_all",
            Say("no argument is recorded unless `fields(...)` lists it, so remove `skip_all`"),
        ),
        (
            "ret",
            Say(
                "what a function returns is not recorded; log it where it is known with `log_event!`",
            ),
        ),
        (
            "log_over",
            Say("write `slow = \"500ms\"`, or `only(slow), slow = \"500ms\"` for nothing else"),
        ),
        (
            "print",
            Say("records go where `storyline::setup` sends them, so remove `print`"),
        ),
        ("crate_path", Option("crate")),
    ]
};

/// Whether an option has this name, be it one that no block takes.
pub(super) fn is_known(word: &str) -> bool {
    TABLE.iter().any(|known| known.name == word)
}

/// Whether a block's option is likely to be meant by this word.
pub(super) fn is_mistyped(word: &str) -> bool {
    let known = TABLE.iter().filter(|known| known.in_blocks);
    suggest::nearest(word, known.map(|known| known.name)).is_some()
}

/// The option of this name.
fn find(name: &str) -> Option<&'static Known> {
    TABLE.iter().find(|known| known.name == name)
}

/// What is said of a word that is no option; `value` is what follows it.
pub(super) fn unknown(word: &str, value: &TokenStream, place: Place) -> String {
    if Level::named(&word.to_uppercase()).is_some() {
        return format!(
            "`{word}` is not an option; a level is written `level = {}`",
            word.to_uppercase()
        );
    }
    if let Some((_, instead)) = ELSEWHERE.iter().find(|(known, _)| *known == word) {
        let instead = match instead {
            Instead::Say(text) => (*text).to_owned(),
            Instead::Option(name) => format!(
                "write `{}`",
                find(name).map_or_else(String::new, |known| known.proposed(value))
            ),
        };
        return format!("`{word}` is not an option of `#[timed]`; {instead}");
    }
    let known = TABLE
        .iter()
        .filter(|known| known.in_blocks || place == Place::Attribute)
        .map(|known| known.name);
    if let Some(meant) = suggest::nearest(word, known.clone()) {
        return format!("`{word}` is not an option{}", suggest::question(meant));
    }
    let field = match value.clone().into_iter().next() {
        None => format!("; what is recorded is listed in `fields({word})`"),
        Some(TokenTree::Punct(equals)) if equals.as_char() == '=' => format!(
            "; what is recorded is listed in `fields({word} {})`",
            shown(value, "= ...")
        ),
        _ => String::new(),
    };
    format!(
        "`{word}` is not an option{field}; the options are {}",
        known.collect::<Vec<_>>().join(", ")
    )
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
        _ => format!("`{name}` is an option of `#[timed]`, not of a block: remove it"),
    }
}
