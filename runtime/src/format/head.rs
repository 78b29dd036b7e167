//! The fixed parts at the front of a line and of JSON: time, level, service and process. All but the
//! time hardly ever change, so their text is kept, one for each level.

use super::escape::push_quoted;
use super::line::push_word;
use super::page::{End, Piece};
use super::time::{Clock, Precision};
use crate::level::Level;
use crate::record::Record;

#[derive(Debug, Default)]
pub(super) struct Head<const LINE: bool> {
    clock: Clock,
    service: String,
    pid: u32,
    texts: [Piece; Level::ALL.len()],
}

impl<const LINE: bool> Head<LINE> {
    pub(super) fn new(precision: Precision) -> Self {
        Self {
            clock: Clock::new(precision),
            ..Self::default()
        }
    }

    pub(super) fn precision(&self) -> Precision {
        self.clock.precision()
    }

    /// Writes everything up to the request id; a line's key for it stands there already.
    #[inline(always)]
    pub(super) fn push(&mut self, record: &Record<'_>, end: &mut End<'_>) {
        if !LINE {
            end.text(b"{\"timestamp\":\"");
        }
        let (time, len) = self.clock.chunk(record.timestamp);
        end.chunk(time, len);
        let is_kept = self.pid == record.pid && self.service == record.service;
        if !is_kept || self.texts[record.level.index()].is_empty() {
            self.render(record, is_kept);
        }
        end.piece(&self.texts[record.level.index()]);
    }

    #[cold]
    fn render(&mut self, record: &Record<'_>, is_kept: bool) {
        if !is_kept {
            self.service.clear();
            self.service.push_str(record.service);
            self.pid = record.pid;
            self.texts = Default::default();
        }
        let level = record.level.name().as_bytes();
        let mut text = Vec::new();
        if LINE {
            text.extend_from_slice(b" | ");
            text.extend_from_slice(level);
            text.extend_from_slice(b" | ");
            push_word(record.service, &mut text);
            text.extend_from_slice(b" | pid=");
        } else {
            text.extend_from_slice(b"\",\"level\":\"");
            text.extend_from_slice(level);
            text.extend_from_slice(b"\",\"service\":");
            push_quoted::<false>(record.service, &mut text);
            text.extend_from_slice(b",\"pid\":");
        }
        text.extend_from_slice(itoa::Buffer::new().format(record.pid).as_bytes());
        if LINE {
            text.extend_from_slice(b" | req=");
        }
        self.texts[record.level.index()] = Piece::new(&text);
    }
}
