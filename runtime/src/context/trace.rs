//! W3C trace context: reading and writing `traceparent`.

use core::fmt;
use core::num::{NonZeroU64, NonZeroU128};
use core::str::FromStr;

use crate::error::debug_is_display;

use super::random::{random, random_wide};

/// Length of a version 00 header; later versions may only add parts after it.
const LEN: usize = 55;

/// The flags that a version 00 header knows: sampled and random.
const KNOWN_FLAGS: u8 = 0b11;

/// Which trace a piece of work belongs to and which step of it this is, as W3C Trace Context has it.
/// Records carry both ids once a context with it is entered: see
/// [`Context::with_trace`](crate::Context::with_trace).
///
/// ```
/// use storyline::TraceContext;
///
/// let header = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
/// let caller: TraceContext = header.parse()?;
/// let ours = caller.child();
/// assert_eq!(ours.trace_id(), caller.trace_id());
/// assert_ne!(ours.span_id(), caller.span_id());
/// assert_eq!(caller.to_string(), header);
/// # Ok::<(), storyline::InvalidTraceparent>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct TraceContext {
    trace_id: NonZeroU128,
    span_id: NonZeroU64,
    flags: u8,
}

impl TraceContext {
    /// A trace that starts here, marked as sampled.
    ///
    /// ```
    /// let trace = storyline::TraceContext::start();
    /// assert!(trace.is_sampled());
    /// assert_eq!(trace.to_string().len(), 55); // as `traceparent` carries it
    /// ```
    pub fn start() -> Self {
        Self {
            trace_id: NonZeroU128::new(random_wide()).unwrap_or(NonZeroU128::MIN),
            span_id: new_span(),
            flags: KNOWN_FLAGS,
        }
    }

    /// The next step within the same trace, with a span id of its own.
    #[must_use]
    pub fn child(self) -> Self {
        Self {
            span_id: new_span(),
            ..self
        }
    }

    /// The number of the trace; records show it as 32 hexadecimal digits.
    pub fn trace_id(self) -> u128 {
        self.trace_id.get()
    }

    /// The number of the step; records show it as 16 hexadecimal digits.
    pub fn span_id(self) -> u64 {
        self.span_id.get()
    }

    /// Whether the caller asked for this trace to be kept.
    pub fn is_sampled(self) -> bool {
        self.flags & 1 == 1
    }

    pub(super) fn flags(self) -> u8 {
        self.flags
    }

    pub(super) fn from_hex(trace_id: &str, span_id: &str, flags: u8) -> Option<Self> {
        Some(Self {
            trace_id: NonZeroU128::new(u128::from_str_radix(trace_id, 16).ok()?)?,
            span_id: NonZeroU64::new(u64::from_str_radix(span_id, 16).ok()?)?,
            flags,
        })
    }

    fn parse(text: &str) -> Option<Self> {
        let (known, further) = text.split_at_checked(LEN)?;
        let mut parts = known.split('-');
        let version = lower_hex(parts.next()?, 2)?;
        let trace_id = lower_hex(parts.next()?, 32)?;
        let span_id = lower_hex(parts.next()?, 16)?;
        let flags = u8::from_str_radix(lower_hex(parts.next()?, 2)?, 16).ok()?;
        let extended = version != "00" && further.starts_with('-');
        if parts.next().is_some() || version == "ff" || !(further.is_empty() || extended) {
            return None;
        }
        Self::from_hex(trace_id, span_id, flags & KNOWN_FLAGS)
    }
}

fn new_span() -> NonZeroU64 {
    NonZeroU64::new(random()).unwrap_or(NonZeroU64::MIN)
}

/// The standard wants lower case only.
fn lower_hex(text: &str, len: usize) -> Option<&str> {
    let good = text.len() == len
        && text
            .bytes()
            .all(|it| matches!(it, b'0'..=b'9' | b'a'..=b'f'));
    good.then_some(text)
}

impl FromStr for TraceContext {
    type Err = InvalidTraceparent;

    /// Reads a `traceparent` header. Versions after 00 are read by what they share with it.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::parse(text).ok_or(InvalidTraceparent(()))
    }
}

impl fmt::Display for TraceContext {
    /// Writes a `traceparent` header of version 00.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "00-{:032x}-{:016x}-{:02x}",
            self.trace_id, self.span_id, self.flags
        )
    }
}

/// The text is no `traceparent`. It is not kept: it came from outside.
///
/// ```
/// let error = "00-4BF9-00F0-01".parse::<storyline::TraceContext>().unwrap_err();
/// assert!(error.to_string().starts_with("not a `traceparent`: write `00-<32 hex digits>-"));
/// ```
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct InvalidTraceparent(());

impl fmt::Display for InvalidTraceparent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(
            "not a `traceparent`: write `00-<32 hex digits>-<16 hex digits>-<2 hex digits>` in lower \
             case, with ids that are not zero",
        )
    }
}

debug_is_display!(InvalidTraceparent);

impl std::error::Error for InvalidTraceparent {}

#[cfg(test)]
mod tests {
    use super::*;

    const TRACE: &str = "4bf92f3577b34da6a3ce929d0e0e4736";
    const SPAN: &str = "00f067aa0ba902b7";

    fn reads(text: &str) -> bool {
        text.parse::<TraceContext>().is_ok()
    }

    #[test]
    fn reads_and_writes_version_00() {
        let text = format!("00-{TRACE}-{SPAN}-01");
        let trace: TraceContext = text.parse().expect("valid");
        assert!(trace.is_sampled());
        assert_eq!(trace.to_string(), text);
        assert!(
            !format!("00-{TRACE}-{SPAN}-00")
                .parse::<TraceContext>()
                .expect("valid")
                .is_sampled()
        );
    }

    #[test]
    fn reads_later_versions_by_what_they_share() {
        assert!(reads(&format!("cc-{TRACE}-{SPAN}-01")));
        assert!(reads(&format!(
            "cc-{TRACE}-{SPAN}-01-what-the-future-brings"
        )));
        assert!(!reads(&format!("cc-{TRACE}-{SPAN}-01.what")));
        assert!(!reads(&format!("00-{TRACE}-{SPAN}-01-more")));
        // Flags nobody knows yet are not carried on.
        let trace: TraceContext = format!("cc-{TRACE}-{SPAN}-ff").parse().expect("valid");
        assert!(trace.to_string().ends_with("-03"));
    }

    #[test]
    fn refuses_what_the_standard_refuses() {
        for bad in [
            String::new(),
            "00".to_owned(),
            format!("ff-{TRACE}-{SPAN}-01"),
            format!("00-{}-{SPAN}-01", TRACE.to_uppercase()),
            format!("00-{TRACE}-{}-01", SPAN.to_uppercase()),
            format!("00-{}-{SPAN}-01", "0".repeat(32)),
            format!("00-{TRACE}-{}-01", "0".repeat(16)),
            format!("0-{TRACE}-{SPAN}-001"),
            format!("00-{TRACE}-{SPAN}-0"),
            format!("00-{TRACE}-{SPAN}-0x"),
            format!("00-{TRACE}-{SPAN}_01"),
            format!("00-{TRACE}-{SPAN}-01 "),
            format!("00-+{}-{SPAN}-01", &TRACE[1..]),
            format!("00-{TRACE}-{SPAN}-é"),
        ] {
            assert!(!reads(&bad), "{bad}");
        }
    }

    #[test]
    fn a_child_has_the_trace_and_a_span_of_its_own() {
        let parent = TraceContext::start();
        let child = parent.child();
        assert_eq!(child.trace_id(), parent.trace_id());
        assert_ne!(child.span_id(), parent.span_id());
        assert!(child.is_sampled());
    }
}
