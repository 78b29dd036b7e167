//! The room `metrics` without its feature: calls are handed to nobody.

#![expect(
    clippy::unused_self,
    reason = "it takes what the exporter takes that exists"
)]

use std::time::Duration;

use crate::calls::Ended;
use crate::site::Meta;

/// Nothing is handed on.
pub(crate) const LATEST: Option<Duration> = None;

/// Collects nothing.
#[derive(Debug, Default)]
pub(crate) struct Exporter {}

impl Exporter {
    pub(crate) fn add(&mut self, _: u32, _: &'static Meta, _: Ended, _: u64) {}

    pub(crate) fn add_missed(&mut self, _: &'static Meta, _: u64) {}

    pub(crate) fn forget(&mut self) {}

    pub(crate) fn export(&mut self) {}
}
