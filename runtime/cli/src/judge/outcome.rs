//! The seven ways in which a request ends.

use serde::Serialize;

/// How a request ended. The order is from worst to best.
///
/// An id that is received again when it has been answered is another request, see
/// [`Judge::is_followed_by`](super::Judge::is_followed_by).
///
/// The service that answers for a request is the one that logged `request_received` first (in the
/// same millisecond: the one that had the request longer); where none did, the one that logged
/// `response_sent` last. Its last `response_sent` decides: a status of
/// 500 and above is failed (panicked when any record tells of a panic), 400 to 499 refused, anything
/// else ok, whatever went wrong on the way. Without such a response, in this order: a panic,
/// the death of a process that had the request (`process_died`), a `request_cancelled`, an ERROR or CRITICAL
/// record decide; after a `request_received` nothing is
/// final yet; and a request that never was one of HTTP is ok.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, clap::ValueEnum)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// A panic, and no response or one of status 500 and above
    Panicked,
    /// A process died while it had the request
    Died,
    /// A response of status 500 and above, or errors and no response
    Failed,
    /// The client went away before the response
    Cancelled,
    /// Received, and nothing final after it
    Unfinished,
    /// A response of status 400 to 499
    Refused,
    /// A response below 400, or no errors
    Ok,
}

impl Outcome {
    /// One word.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Panicked => "panicked",
            Self::Died => "died",
            Self::Failed => "failed",
            Self::Cancelled => "cancelled",
            Self::Unfinished => "unfinished",
            Self::Refused => "refused",
            Self::Ok => "ok",
        }
    }

    /// Whether the service is to blame: failed, panicked or died.
    pub const fn is_failure(self) -> bool {
        matches!(self, Self::Panicked | Self::Died | Self::Failed)
    }
}
