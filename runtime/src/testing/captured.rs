//! What a capture holds, and the assertions on it.

use core::fmt;
use core::ops::Deref;

use super::Logged;
use crate::format::{Format, Line};
use crate::record::RecordBuf;

/// The records of a capture, in the order of their time; it derefs to a slice of them.
///
/// Each assertion panics with the records that were there, as lines, when it does not hold.
///
/// ```
/// let logged = storyline::testing::capture(|| {
///     storyline::info!("order_created", order_id = 7);
///     storyline::warning!("gateway_slow");
///     storyline::info!("order_paid", order_id = 7);
/// });
/// assert_eq!(logged.events(), ["order_created", "gateway_slow", "order_paid"]);
/// logged.assert_order(&["order_created", "order_paid"]);
/// logged.assert_count("gateway_slow", 1);
/// logged.assert_not_logged("order_lost");
/// assert_eq!(logged.of("order_paid").count(), 1);
/// storyline::testing::capture(|| ()).assert_nothing_logged();
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Captured {
    records: Vec<RecordBuf>,
}

impl Captured {
    pub(super) fn new(records: Vec<RecordBuf>) -> Self {
        Self { records }
    }

    /// The names of the events, in order.
    pub fn events(&self) -> Vec<&str> {
        self.iter().map(|record| record.event.as_str()).collect()
    }

    /// The records of one event, in order.
    pub fn of<'a>(&'a self, event: &'a str) -> impl Iterator<Item = &'a RecordBuf> {
        self.iter().filter(move |record| record.event == event)
    }

    /// The event was logged. What is returned checks fields:
    ///
    /// ```
    /// # let captured = storyline::testing::capture(|| storyline::request_scope("a b"));
    /// captured.assert_logged("invalid_request_id").with("length", 3);
    /// ```
    ///
    /// # Panics
    ///
    /// When there is no such record.
    #[track_caller]
    pub fn assert_logged<'a>(&'a self, event: &str) -> Logged<'a> {
        let found: Vec<_> = self.iter().filter(|it| it.event == event).collect();
        assert!(
            !found.is_empty(),
            "no `{event}` was logged; {}",
            self.what_was_there()
        );
        Logged::new(self, found)
    }

    /// The event was not logged.
    ///
    /// # Panics
    ///
    /// When there is such a record.
    #[track_caller]
    pub fn assert_not_logged(&self, event: &str) {
        let found = self.of(event).count();
        assert!(
            found == 0,
            "`{event}` must not be logged and was, {}; {}",
            times_in_words(found),
            self.what_was_there()
        );
    }

    /// The event was logged so many times.
    ///
    /// # Panics
    ///
    /// When it was logged another number of times.
    #[track_caller]
    pub fn assert_count(&self, event: &str, times: usize) {
        let found = self.of(event).count();
        assert!(
            found == times,
            "`{event}` must be logged {} and was {}; {}",
            times_in_words(times),
            times_in_words(found),
            self.what_was_there()
        );
    }

    /// These events were logged in this order, whatever else stands between them. The order is that of
    /// the records' time, and between threads no more exact than that.
    ///
    /// # Panics
    ///
    /// When one of them does not follow the one before it.
    #[track_caller]
    pub fn assert_order(&self, events: &[&str]) {
        let mut rest = self.iter();
        let mut before = None;
        for event in events {
            if !rest.any(|record| record.event == *event) {
                let there = self.what_was_there();
                match before {
                    Some(before) if self.of(event).next().is_some() => {
                        panic!(
                            "no `{event}` was logged after `{before}`, in the order {events:?}; {there}"
                        )
                    }
                    _ => panic!("no `{event}` was logged at all, in the order {events:?}; {there}"),
                }
            }
            before = Some(event);
        }
    }

    /// Nothing was logged.
    ///
    /// # Panics
    ///
    /// When there is any record.
    #[track_caller]
    pub fn assert_nothing_logged(&self) {
        let found = self.len();
        let records = if found == 1 {
            "record was"
        } else {
            "records were"
        };
        assert!(
            found == 0,
            "nothing must be logged and {found} {records}; {}",
            self.what_was_there()
        );
    }

    pub(super) fn what_was_there(&self) -> String {
        if self.is_empty() {
            "nothing was logged".to_owned()
        } else {
            format!("what was logged:\n{self}")
        }
    }
}

fn times_in_words(times: usize) -> String {
    match times {
        0 => "not at all".to_owned(),
        1 => "once".to_owned(),
        more => format!("{more} times"),
    }
}

impl Deref for Captured {
    type Target = [RecordBuf];

    fn deref(&self) -> &[RecordBuf] {
        &self.records
    }
}

impl IntoIterator for Captured {
    type Item = RecordBuf;
    type IntoIter = std::vec::IntoIter<RecordBuf>;

    fn into_iter(self) -> Self::IntoIter {
        self.records.into_iter()
    }
}

impl<'a> IntoIterator for &'a Captured {
    type Item = &'a RecordBuf;
    type IntoIter = core::slice::Iter<'a, RecordBuf>;

    fn into_iter(self) -> Self::IntoIter {
        self.records.iter()
    }
}

impl fmt::Display for Captured {
    /// The records as lines.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut text = Vec::new();
        for record in &self.records {
            text.clear();
            Line::default().format(&record.as_record(), &mut text);
            write!(f, "  {}", String::from_utf8_lossy(&text))?;
        }
        Ok(())
    }
}
