//! What the file of a ring says of itself.

use super::IDENTITY_COPY;
use super::identity::{self, Kind};
use super::pack::{Pack, Unpack};
use crate::ring::{MAX_DATA, MIN_DATA};
use crate::sys::mapping::Mapping;

/// Written once, when the file is made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Label {
    pub(super) index: u32,
    pub(super) data_len: usize,
    pub(super) thread: String,
}

impl Label {
    pub(super) fn read(file: &[u8], session: u64) -> Result<Self, identity::Stranger> {
        let content = identity::read(file, IDENTITY_COPY, Kind::Ring, session)?;
        let mut from = Unpack(content);
        let label = (|| {
            Some(Self {
                index: from.u32()?,
                data_len: usize::try_from(from.u64()?).ok()?,
                thread: from.text()?.to_owned(),
            })
        })();
        label
            .filter(|it| {
                it.data_len.is_power_of_two() && (MIN_DATA..=MAX_DATA).contains(&it.data_len)
            })
            .ok_or(identity::Stranger::Format)
    }

    pub(super) fn write(&self, mapping: &Mapping, session: u64) {
        let mut content = Vec::new();
        content.u32(self.index);
        content.u64(self.data_len as u64);
        content.text(&self.thread);
        identity::write(mapping, IDENTITY_COPY, Kind::Ring, session, &content);
    }
}
