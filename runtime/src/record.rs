//! A record as every formatter, capture and reader sees it. Online it borrows from the ring, offline
//! from a [`RecordBuf`]; a formatter is written once.

use core::fmt;

use crate::level::Level;
use crate::value::{Value, ValueBuf};
use crate::wire::{SpreadField, WireFields};

/// A moment in nanoseconds since 1970-01-01T00:00:00Z.
///
/// ```
/// let line = "1970-01-01T00:00:01.500Z | INFO | shop | pid=7 | req=- | order_paid";
/// let record = storyline::parse::parse(line)?;
/// assert_eq!(record.timestamp, storyline::Timestamp::from_nanos(1_500_000_000));
/// assert_eq!(record.timestamp.as_nanos(), 1_500_000_000);
/// # Ok::<(), storyline::parse::ParseError>(())
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Timestamp(pub(crate) i64);

impl Timestamp {
    /// The moment so many nanoseconds after 1970-01-01T00:00:00Z; before it, when negative.
    pub const fn from_nanos(nanos: i64) -> Self {
        Self(nanos)
    }

    /// Nanoseconds since 1970-01-01T00:00:00Z.
    pub const fn as_nanos(self) -> i64 {
        self.0
    }
}

/// Where in the source a record was made: where the macro or the annotation stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Location<'a> {
    /// The module path.
    pub module: &'a str,
    /// The file.
    pub file: &'a str,
    /// The line, from one.
    pub line: u32,
}

/// One record, borrowed: what a [`Format`](crate::format::Format) is given.
///
/// ```
/// use storyline::{Level, Record, Value};
///
/// /// What an alarm would say.
/// fn alarm(record: &Record<'_>) -> Option<String> {
///     let Some(Value::Str(provider)) = record.field("provider") else { return None };
///     (record.level >= Level::Error).then(|| format!("{} at {provider}", record.event))
/// }
///
/// let logged = storyline::testing::capture(|| {
///     storyline::error!("gateway_timeout", provider = "stripe");
/// });
/// let record = logged[0].as_record();
/// assert_eq!(alarm(&record).as_deref(), Some("gateway_timeout at stripe"));
/// assert_eq!(record.fields().count(), 1);
/// ```
#[derive(Clone, Copy)]
pub struct Record<'a> {
    /// When the call was made.
    pub timestamp: Timestamp,
    /// How much it matters.
    pub level: Level,
    /// The service that wrote it.
    pub service: &'a str,
    /// The process that wrote it.
    pub pid: u32,
    /// The request it belongs to.
    pub request_id: Option<&'a str>,
    /// The W3C trace it belongs to, 32 lower-case hexadecimal digits.
    pub trace_id: Option<&'a str>,
    /// The W3C span it belongs to, 16 lower-case hexadecimal digits.
    pub span_id: Option<&'a str>,
    /// The event's name.
    pub event: &'a str,
    /// The message, when the call had a template; written as the last field, `msg`.
    pub message: Option<&'a str>,
    /// Where in the source it was made.
    pub location: Option<Location<'a>>,
    /// The name of the thread that made it.
    pub thread: Option<&'a str>,
    pub(crate) fields: Fields<'a>,
}

/// Where the fields of a record live.
#[derive(Clone, Copy)]
pub(crate) enum Fields<'a> {
    /// Still encoded.
    Wire(WireFields<'a>),
    /// Still encoded, but their keys stand in several sites.
    Spread(&'a [SpreadField<'a>]),
    /// In an owned record.
    Owned(&'a [(String, ValueBuf)]),
}

impl<'a> Record<'a> {
    /// The fields in the order they are written; the [`message`](Self::message) is not among them. No key
    /// comes twice, unless the record was put together by hand.
    pub fn fields(&self) -> FieldIter<'a> {
        match self.fields {
            Fields::Wire(fields) => FieldIter(Inner::Wire(fields.into_iter())),
            Fields::Spread(entries) => FieldIter(Inner::Spread(entries.iter())),
            Fields::Owned(fields) => FieldIter(Inner::Owned(fields.iter())),
        }
    }

    /// The value of the first field with this key.
    pub fn field(&self, key: &str) -> Option<Value<'a>> {
        self.fields()
            .find(|(name, _)| *name == key)
            .map(|(_, value)| value)
    }

    /// An owned copy. The message becomes the last field, `msg`.
    pub fn to_owned(&self) -> RecordBuf {
        let mut fields: Vec<_> = self
            .fields()
            .map(|(key, value)| (key.to_owned(), ValueBuf::from(value)))
            .collect();
        if let Some(message) = self.message {
            fields.push(("msg".to_owned(), ValueBuf::Str(message.to_owned())));
        }
        RecordBuf {
            timestamp: self.timestamp,
            level: self.level,
            service: self.service.to_owned(),
            pid: self.pid,
            request_id: self.request_id.map(str::to_owned),
            trace_id: self.trace_id.map(str::to_owned),
            span_id: self.span_id.map(str::to_owned),
            event: self.event.to_owned(),
            location: self.location.map(|at| LocationBuf {
                module: at.module.to_owned(),
                file: at.file.to_owned(),
                line: at.line,
            }),
            thread: self.thread.map(str::to_owned),
            fields,
        }
    }
}

impl fmt::Debug for Record<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.to_owned(), f)
    }
}

/// The fields of a record, in order: key and value. Made by [`Record::fields`].
#[derive(Clone, Debug)]
pub struct FieldIter<'a>(Inner<'a>);

#[derive(Clone, Debug)]
enum Inner<'a> {
    Wire(crate::wire::WireFieldIter<'a>),
    Spread(core::slice::Iter<'a, SpreadField<'a>>),
    Owned(core::slice::Iter<'a, (String, ValueBuf)>),
}

impl<'a> Iterator for FieldIter<'a> {
    type Item = (&'a str, Value<'a>);

    fn next(&mut self) -> Option<Self::Item> {
        match &mut self.0 {
            Inner::Wire(fields) => fields.next(),
            Inner::Spread(entries) => entries.next().map(|entry| (&*entry.key, entry.value)),
            Inner::Owned(fields) => fields
                .next()
                .map(|(key, value)| (key.as_str(), value.as_value())),
        }
    }
}

/// The owned form of [`Location`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LocationBuf {
    /// The module path.
    pub module: String,
    /// The file.
    pub file: String,
    /// The line, from one.
    pub line: u32,
}

/// One record, owned: what a reader of files and a test's capture give.
///
/// ```
/// use storyline::{ValueBuf, testing::capture};
///
/// let order_id = 7_u64;
/// let logged = capture(|| storyline::info!("order_paid", "order {order_id} is paid"));
/// let record = &logged[0];
/// assert_eq!(record.event, "order_paid");
/// assert_eq!(record.field("order_id"), Some(&ValueBuf::UInt(7)));
/// assert_eq!(record.field("msg"), Some(&ValueBuf::Str("order 7 is paid".to_owned())));
/// assert!(record.location.as_ref().is_some_and(|at| at.line > 0));
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct RecordBuf {
    /// See [`Record::timestamp`].
    pub timestamp: Timestamp,
    /// See [`Record::level`].
    pub level: Level,
    /// See [`Record::service`].
    pub service: String,
    /// See [`Record::pid`].
    pub pid: u32,
    /// See [`Record::request_id`].
    pub request_id: Option<String>,
    /// See [`Record::trace_id`].
    pub trace_id: Option<String>,
    /// See [`Record::span_id`].
    pub span_id: Option<String>,
    /// See [`Record::event`].
    pub event: String,
    /// See [`Record::location`].
    pub location: Option<LocationBuf>,
    /// See [`Record::thread`].
    pub thread: Option<String>,
    /// The fields in order; the message of a template is the last one, `msg`.
    pub fields: Vec<(String, ValueBuf)>,
}

impl RecordBuf {
    /// The same record, borrowed.
    pub fn as_record(&self) -> Record<'_> {
        Record {
            timestamp: self.timestamp,
            level: self.level,
            service: &self.service,
            pid: self.pid,
            request_id: self.request_id.as_deref(),
            trace_id: self.trace_id.as_deref(),
            span_id: self.span_id.as_deref(),
            event: &self.event,
            message: None,
            location: self.location.as_ref().map(|at| Location {
                module: &at.module,
                file: &at.file,
                line: at.line,
            }),
            thread: self.thread.as_deref(),
            fields: Fields::Owned(&self.fields),
        }
    }

    /// The value of the first field with this key.
    pub fn field(&self, key: &str) -> Option<&ValueBuf> {
        self.fields
            .iter()
            .find(|(name, _)| name == key)
            .map(|(_, value)| value)
    }
}
