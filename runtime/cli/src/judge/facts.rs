//! The records that the macros and the server layer write, recognised by event and fields.

use std::borrow::Cow;

use storyline::RecordBuf;

use super::values::{moment, number, text, whole};

/// What a record says, as far as the tool knows its event.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Fact<'a> {
    /// `request_received`
    Request,
    /// `response_sent`
    Response {
        /// The HTTP status.
        status: Option<u16>,
        /// Milliseconds from request to response.
        ms: Option<f64>,
    },
    /// `request_cancelled`: the client went away.
    RequestCancelled {
        /// Milliseconds from request to there.
        ms: Option<f64>,
    },
    /// `request_failed`: the service behind the layer gave an error instead of a response.
    RequestFailed {
        /// Milliseconds from request to there.
        ms: Option<f64>,
    },
    /// `function_complete`, `function_failed`, `function_cancelled`: one timed call.
    Call {
        /// The field `name`.
        name: Cow<'a, str>,
        /// The field `dependency`.
        dependency: Option<Cow<'a, str>>,
        /// The field `outcome`.
        outcome: Cow<'a, str>,
        /// The field `duration_ms`.
        ms: Option<f64>,
    },
    /// `function_started`
    Started {
        /// The field `name`.
        name: Cow<'a, str>,
    },
    /// `state_transition`, or `illegal_transition` when refused.
    Transition {
        /// The field `machine`.
        machine: Cow<'a, str>,
        /// The field `from`.
        from: Cow<'a, str>,
        /// The field `to`.
        to: Cow<'a, str>,
        /// The field `in_state_ms`: how long the former state lasted.
        in_state_ms: Option<f64>,
        /// Whether it was refused.
        is_illegal: bool,
    },
    /// `panic`, written by the panic hook, or `request_panicked`, written by the server layer.
    Panic {
        /// Milliseconds from request to panic, where the layer wrote it.
        ms: Option<f64>,
    },
    /// An event whose name holds the word `retry`, `retrying` or `retried`.
    Retry {
        /// The field `attempt`.
        attempt: Option<u64>,
    },
    /// `process_died`: told by who recovers what it had left.
    Died {
        /// The field `died_service`.
        service: Cow<'a, str>,
        /// The field `died_pid`.
        pid: u32,
        /// The field `last_record`: when it had last logged, in nanoseconds since 1970.
        last: Option<i64>,
    },
    /// `records_dropped`
    Dropped {
        /// The field `reason`.
        reason: Cow<'a, str>,
        /// The field `count`.
        count: u64,
    },
    /// Anything else.
    Other,
}

impl<'a> Fact<'a> {
    /// Reads a record.
    pub fn of(record: &'a RecordBuf) -> Self {
        let field = |key| record.field(key);
        let words = |key| field(key).map_or(Cow::Borrowed("?"), text);
        let ms = || field("duration_ms").and_then(number);
        match record.event.as_str() {
            "request_received" => Self::Request,
            "response_sent" => Self::Response {
                status: field("status")
                    .and_then(whole)
                    .and_then(|it| it.try_into().ok()),
                ms: ms(),
            },
            "request_cancelled" => Self::RequestCancelled { ms: ms() },
            "request_failed" => Self::RequestFailed { ms: ms() },
            event @ ("function_complete" | "function_failed" | "function_cancelled") => {
                let supposed = match event {
                    "function_complete" => "ok",
                    "function_failed" => "err",
                    _ => "cancelled",
                };
                Self::Call {
                    name: words("name"),
                    dependency: field("dependency").map(text),
                    outcome: field("outcome").map_or(Cow::Borrowed(supposed), text),
                    ms: ms(),
                }
            }
            "function_started" => Self::Started {
                name: words("name"),
            },
            event @ ("state_transition" | "illegal_transition") => Self::Transition {
                machine: words("machine"),
                from: words("from"),
                to: words("to"),
                in_state_ms: field("in_state_ms").and_then(number),
                is_illegal: event == "illegal_transition",
            },
            "panic" => Self::Panic { ms: None },
            "request_panicked" => Self::Panic { ms: ms() },
            "process_died" => match field("died_pid").and_then(whole).map(u32::try_from) {
                Some(Ok(pid)) => Self::Died {
                    service: field("died_service").map_or(Cow::Borrowed(&record.service), text),
                    pid,
                    last: field("last_record").and_then(|it| moment(&text(it))),
                },
                _ => Self::Other,
            },
            "records_dropped" => Self::Dropped {
                reason: words("reason"),
                count: field("count").and_then(whole).unwrap_or(0),
            },
            event if is_retry(event) => Self::Retry {
                attempt: field("attempt").and_then(whole),
            },
            _ => Self::Other,
        }
    }

    /// Milliseconds that ended with this record.
    pub fn ms(&self) -> Option<f64> {
        match self {
            Self::Response { ms, .. }
            | Self::RequestCancelled { ms }
            | Self::RequestFailed { ms }
            | Self::Panic { ms }
            | Self::Call { ms, .. } => ms.filter(|ms| ms.is_finite() && *ms >= 0.0),
            _ => None,
        }
    }

    /// Whether this tells of a panic: the hook's record, the layer's, or a timed call that ended so.
    pub fn is_panic(&self) -> bool {
        match self {
            Self::Panic { .. } => true,
            Self::Call { outcome, .. } => outcome == "panic",
            _ => false,
        }
    }

    /// Whether this is a timed call that gave an error or panicked.
    pub fn is_failed_call(&self) -> bool {
        matches!(self, Self::Call { outcome, .. } if outcome == "err" || outcome == "panic")
    }
}

fn is_retry(event: &str) -> bool {
    let has = |words: &[&str]| event.split('_').any(|word| words.contains(&word));
    has(&["retry", "retrying", "retried"])
        // The end of retrying is not one more try.
        && !has(&["exhausted", "failed", "abandoned", "gave", "limit", "succeeded", "skipped"])
}

#[cfg(test)]
mod tests {
    use storyline::ValueBuf;

    use super::*;
    use crate::testing::record;

    fn str(text: &str) -> ValueBuf {
        ValueBuf::Str(text.to_owned())
    }

    #[test]
    fn a_timed_call() {
        let record = record(
            0,
            "function_failed",
            &[
                ("name", str("charge")),
                ("dependency", str("stripe")),
                ("duration_ms", ValueBuf::Float(3000.25)),
                ("outcome", str("panic")),
            ],
        );
        let fact = Fact::of(&record);
        assert!(fact.is_panic() && fact.is_failed_call());
        assert_eq!(fact.ms(), Some(3000.25));
        assert!(matches!(fact, Fact::Call { name, .. } if name == "charge"));
    }

    #[test]
    fn fields_of_an_unexpected_type_are_not_believed() {
        let record = record(
            0,
            "response_sent",
            &[
                ("status", str("200")),
                ("duration_ms", ValueBuf::Float(f64::NAN)),
            ],
        );
        let fact = Fact::of(&record);
        assert_eq!(fact.ms(), None);
        assert!(matches!(fact, Fact::Response { status: None, .. }));
    }

    #[test]
    fn a_death_says_when_the_last_record_was_made() {
        let fields = [
            ("died_pid", ValueBuf::Int(4711)),
            ("last_record", str("2026-06-12T02:07:07.418123Z")),
        ];
        let record = record(0, "process_died", &fields);
        let died = Fact::Died {
            service: Cow::Borrowed("pay"),
            pid: 4711,
            last: Some(1_781_230_027_418_123_000),
        };
        assert_eq!(Fact::of(&record), died);
    }

    #[test]
    fn retries_by_word() {
        for event in ["payment_retry", "retrying_charge", "retry"] {
            assert!(is_retry(event), "{event}");
        }
        for event in [
            "retries_exhausted",
            "retry_limit_reached",
            "retryable",
            "telemetry_sent",
        ] {
            assert!(!is_retry(event), "{event}");
        }
    }
}
