//! How timed calls end and what their records are made of: the one table that the hot side writes by, the
//! background thread counts by, and a site's description is filled from. Word: names and numbers.

/// The keys that stand in front of a call's own fields, in the order of their values.
pub(crate) const KEYS: [&str; 6] = storyline_macros::timed_keys!();

/// Which record of a call; its number is what the wire says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub(crate) enum Event {
    Complete,
    Failed,
    Cancelled,
    Started,
}

impl Event {
    /// The names of the records, by number.
    pub(crate) const NAMES: &'static [&'static str] = &[
        Self::Complete.name(),
        Self::Failed.name(),
        Self::Cancelled.name(),
        Self::Started.name(),
    ];

    const fn name(self) -> &'static str {
        match self {
            Self::Complete => "function_complete",
            Self::Failed => "function_failed",
            Self::Cancelled => "function_cancelled",
            Self::Started => "function_started",
        }
    }
}

/// How the calls of a site may end, as far as the type of their value tells: a byte of the site's entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Verdict {
    /// With a value that is no `Result`.
    Value = 1,
    /// With a `Result`.
    Result = 2,
    /// With a value that cannot be judged.
    Returned = 3,
    /// With no value.
    Never = 4,
}

impl Verdict {
    /// The counterpart of `as u8`.
    pub fn from_byte(byte: u8) -> Option<Self> {
        [Self::Value, Self::Result, Self::Returned, Self::Never]
            .into_iter()
            .find(|it| *it as u8 == byte)
    }
}

/// How a call ended, as the field `outcome` names it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub(crate) enum Ended {
    Ok,
    Returned,
    Left,
    Err,
    Panic,
    Cancelled,
}

impl Ended {
    /// All of them, by number.
    pub(crate) const ALL: [Self; 6] = [
        Self::Ok,
        Self::Returned,
        Self::Left,
        Self::Err,
        Self::Panic,
        Self::Cancelled,
    ];

    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Ok => "ok",
            Self::Returned => "returned",
            Self::Left => "left",
            Self::Err => "err",
            Self::Panic => "panic",
            Self::Cancelled => "cancelled",
        }
    }

    /// The counterpart of [`name`](Self::name).
    pub(crate) fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.name() == name)
    }

    /// The record that says so.
    pub(crate) const fn event(self) -> Event {
        match self {
            // A block that was left may have been either.
            Self::Ok | Self::Returned | Self::Left => Event::Complete,
            Self::Err | Self::Panic => Event::Failed,
            Self::Cancelled => Event::Cancelled,
        }
    }

    pub(crate) const fn is_error(self) -> bool {
        matches!(self.event(), Event::Failed)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_places_in_the_lists() {
        for (index, ended) in Ended::ALL.into_iter().enumerate() {
            assert_eq!(ended as usize, index);
            assert_eq!(Ended::from_name(ended.name()), Some(ended));
        }
        for event in [
            Event::Complete,
            Event::Failed,
            Event::Cancelled,
            Event::Started,
        ] {
            assert_eq!(Event::NAMES[event as usize], event.name());
        }
    }
}
