//! The sums over a story.

use serde::Serialize;
use storyline::Level;

use super::collect::Told;
use crate::judge::Fact;

/// Sums over a story.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Counts {
    /// Records.
    pub records: u64,
    /// CRITICAL records.
    pub critical: u64,
    /// ERROR records.
    pub errors: u64,
    /// WARNING records.
    pub warnings: u64,
    /// Timed calls.
    pub calls: u64,
    /// Timed calls that gave an error or panicked.
    pub failed_calls: u64,
    /// Retries: the different attempts that records of one process announce; without any, the calls
    /// that were tried again most often.
    pub retries: u64,
    /// State transitions.
    pub transitions: u64,
    /// Transitions that were refused.
    pub illegal_transitions: u64,
    /// Records of no request that are told beside those of the request.
    pub beside: u64,
    /// Lines that are no records.
    pub odd_lines: u64,
}

impl Counts {
    pub(super) fn see(&mut self, told: &Told, fact: &Fact<'_>) {
        self.records += 1;
        self.odd_lines += told.odd.len() as u64;
        match told.record.level {
            Level::Critical => self.critical += 1,
            Level::Error => self.errors += 1,
            Level::Warning => self.warnings += 1,
            _ => {}
        }
        match fact {
            Fact::Call { .. } => {
                self.calls += 1;
                self.failed_calls += u64::from(fact.is_failed_call());
            }
            Fact::Transition { is_illegal, .. } => {
                self.transitions += u64::from(!is_illegal);
                self.illegal_transitions += u64::from(*is_illegal);
            }
            _ => {}
        }
    }
}
