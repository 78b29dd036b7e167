//! The reasons there are, and which of them an error of the system is.

use core::fmt;
use std::io;

/// Why a record was not written.
///
/// ```
/// use storyline::Reason;
///
/// // As the field `reason` of a `records_dropped` says it.
/// assert_eq!(Reason::DiskFull.name(), "disk_full");
/// assert_eq!(Reason::RingFull.to_string(), "ring_full");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Reason {
    /// The thread's ring was full, and waiting for room was not asked for or did not help.
    RingFull,
    /// The call came from inside another call on the same thread: a signal handler, an allocator.
    Reentrant,
    /// The process was forked while a sink kept the background thread busy, and has none of its own.
    Forked,
    /// The bytes in the ring were no record.
    Damaged,
    /// The format panicked on it.
    FormatPanicked,
    /// The sink panicked on its batch, or rested after panicking again and again.
    SinkPanicked,
    /// The sink's reader stood still until its bounded queue was full.
    Stalled,
    /// No room on the disk or in the quota.
    DiskFull,
    /// The file reached the size limit of the process or of the file system.
    FileTooLarge,
    /// The file or its directory was gone and could not be made again.
    PathMissing,
    /// The process may not write there (any more).
    NotPermitted,
    /// The file system was read-only.
    ReadOnly,
    /// The reader of a pipe or connection went away.
    Closed,
    /// Any other error of the system.
    IoError,
}

/// How many reasons there are.
pub(super) const REASONS: usize = Reason::ALL.len();

/// One count per reason.
pub(super) type ByReason = [u64; REASONS];

impl Reason {
    pub(super) const ALL: [Self; 14] = [
        Self::RingFull,
        Self::Reentrant,
        Self::Forked,
        Self::Damaged,
        Self::FormatPanicked,
        Self::SinkPanicked,
        Self::Stalled,
        Self::DiskFull,
        Self::FileTooLarge,
        Self::PathMissing,
        Self::NotPermitted,
        Self::ReadOnly,
        Self::Closed,
        Self::IoError,
    ];

    /// The word that reports and counters show.
    pub const fn name(self) -> &'static str {
        match self {
            Self::RingFull => "ring_full",
            Self::Reentrant => "reentrant",
            Self::Forked => "forked",
            Self::Damaged => "damaged",
            Self::FormatPanicked => "format_panicked",
            Self::SinkPanicked => "sink_panicked",
            Self::Stalled => "stalled",
            Self::DiskFull => "disk_full",
            Self::FileTooLarge => "file_too_large",
            Self::PathMissing => "path_missing",
            Self::NotPermitted => "not_permitted",
            Self::ReadOnly => "read_only",
            Self::Closed => "closed",
            Self::IoError => "io_error",
        }
    }

    pub(super) fn index(self) -> usize {
        self as usize
    }

    pub(super) fn of(error: &io::Error) -> Self {
        use io::ErrorKind as Kind;
        match error.kind() {
            Kind::StorageFull | Kind::QuotaExceeded => Self::DiskFull,
            Kind::FileTooLarge => Self::FileTooLarge,
            Kind::NotFound | Kind::NotADirectory | Kind::IsADirectory | Kind::AlreadyExists => {
                Self::PathMissing
            }
            Kind::PermissionDenied => Self::NotPermitted,
            Kind::ReadOnlyFilesystem => Self::ReadOnly,
            Kind::BrokenPipe
            | Kind::ConnectionReset
            | Kind::ConnectionAborted
            | Kind::NotConnected
            | Kind::UnexpectedEof => Self::Closed,
            Kind::WouldBlock | Kind::TimedOut => Self::Stalled,
            _ => Self::IoError,
        }
    }
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_is_in_the_order_of_the_indices() {
        for (index, reason) in Reason::ALL.into_iter().enumerate() {
            assert_eq!(reason.index(), index);
        }
    }
}
