//! Records for unit tests.

use storyline::{Level, RecordBuf, Timestamp, ValueBuf};

/// A record of service `pay`, pid 1, request `r`, at INFO.
pub(crate) fn record(nanos: i64, event: &str, fields: &[(&str, ValueBuf)]) -> RecordBuf {
    RecordBuf {
        timestamp: Timestamp::from_nanos(nanos),
        level: Level::Info,
        service: "pay".to_owned(),
        pid: 1,
        request_id: Some("r".to_owned()),
        trace_id: None,
        span_id: None,
        event: event.to_owned(),
        location: None,
        thread: None,
        fields: fields
            .iter()
            .map(|(key, value)| ((*key).to_owned(), value.clone()))
            .collect(),
    }
}
