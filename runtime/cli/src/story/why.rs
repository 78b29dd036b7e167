//! Why a request ended as it did, in a sentence.

use storyline::{Level, RecordBuf};

use super::read::Event;
use crate::judge::{Fact, Outcome, text};
use crate::show::millis;

/// Marks the first error and puts it, and the last one, into words. A request that was cancelled is
/// explained by the client that went away, one that was refused without an error by its first warning.
pub(super) fn reasons(
    events: &mut [Event],
    outcome: Outcome,
    edge: Option<u32>,
) -> (Option<String>, Option<String>) {
    let own = |it: &Event| !it.told.is_beside;
    let gone =
        |it: &&Event| own(it) && matches!(Fact::of(&it.told.record), Fact::RequestCancelled { .. });
    let is_edge = |it: &&Event| edge.is_some_and(|edge| edge as usize == it.process);
    let at_edge = events.iter().filter(gone).find(is_edge);
    let gone = at_edge.or_else(|| events.iter().find(gone)).map(sentence);
    let gone = gone.filter(|_| outcome == Outcome::Cancelled);
    let is_error = |event: &Event| own(event) && event.told.record.level >= Level::Error;
    let death = events
        .iter()
        .find(|it| it.told.is_beside && matches!(Fact::of(&it.told.record), Fact::Died { .. }));
    let gone = match death {
        Some(death) if outcome == Outcome::Died => Some(sentence(death)),
        _ => gone,
    };
    let first = events.iter().position(is_error);
    let Some(first) = first else {
        if outcome == Outcome::Ok {
            return (None, None);
        }
        let warning = events
            .iter()
            .find(|it| own(it) && it.told.record.level == Level::Warning);
        return (gone.or_else(|| warning.map(sentence)), None);
    };
    events[first].is_first_error = true;
    let why = sentence(&events[first]);
    if gone.is_some() {
        return (gone, Some(why));
    }
    let last = events.iter().rfind(|it| is_error(it) && !is_answer(it));
    let finally = last.filter(|last| !last.is_first_error).map(sentence);
    // The same thing again and again is one reason.
    let says = |it: &Event| (it.told.record.event.clone(), reason(&it.told.record));
    let is_panic = |it: &Event| Fact::of(&it.told.record).is_panic();
    let is_new = last.is_some_and(|last| {
        let is_one_panic = is_panic(last) && is_panic(&events[first]);
        says(last) != says(&events[first]) && !is_one_panic
    });
    (Some(why), finally.filter(|_| is_new))
}

fn is_answer(event: &Event) -> bool {
    matches!(Fact::of(&event.told.record), Fact::Response { .. })
}

/// What, where, after how long, and the error's own words.
fn sentence(event: &Event) -> String {
    let record = &event.told.record;
    let fact = Fact::of(record);
    let after = || {
        event
            .ms
            .map_or_else(String::new, |ms| format!(" after {}", millis(ms)))
    };
    let what = match &fact {
        Fact::Call {
            name,
            dependency,
            outcome,
            ..
        } => {
            let of = dependency
                .as_ref()
                .map_or_else(String::new, |it| format!(" ({it})"));
            let how = match &**outcome {
                "panic" => "panicked",
                "cancelled" => "was cancelled",
                "ok" => "was slow",
                _ => "failed",
            };
            format!("{name}{of} {how}{}", after())
        }
        Fact::Response {
            status: Some(status),
            ..
        } => format!("answered {status}{}", after()),
        Fact::RequestCancelled { .. } => format!("the client went away{}", after()),
        Fact::RequestFailed { .. } => format!("the request failed{}", after()),
        Fact::Panic { .. } => "a panic".to_owned(),
        Fact::Died { service, pid, .. } => {
            return format!("the process died that was {service}, pid {pid}");
        }
        Fact::Transition {
            machine, from, to, ..
        } => format!("{machine} may not go from {from} to {to}"),
        _ => record.event.clone(),
    };
    let words = reason(record).map_or_else(String::new, |it| format!(": {it}"));
    format!("{what} in {}{words}", record.service)
}

/// The field that explains, first of the kind.
fn reason(record: &RecordBuf) -> Option<String> {
    const KEYS: [&str; 6] = ["error", "msg", "message", "reason", "cause", "location"];
    let key = KEYS.iter().find_map(|key| record.field(key));
    if let Some(value) = key {
        return Some(text(value).into_owned());
    }
    let is_told = matches!(
        Fact::of(record),
        Fact::Call { .. } | Fact::Transition { .. }
    );
    let fields = record
        .fields
        .iter()
        .filter(|(key, _)| key != "duration_ms" && key != "status");
    let pairs: Vec<_> = fields
        .take(4)
        .map(|(key, value)| format!("{key}={}", text(value)))
        .collect();
    (!is_told && !pairs.is_empty()).then(|| pairs.join(" "))
}
