//! The fixed parts at the front of a line and of JSON: time, level, service and process. All but the
//! time hardly ever change, so their text is kept, one for each level.

use super::escape::push_quoted;
use super::line::push_word;
use super::time::{Clock, Precision};
use crate::level::Level;
use crate::record::Record;

#[derive(Debug, Default)]
pub(super) struct Head<const LINE: bool> {
    clock: Clock,
    service: String,
    pid: u32,
    texts: [Vec<u8>; Level::ALL.len()],
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
    #[inline]
    pub(super) fn push(&mut self, record: &Record<'_>, out: &mut Vec<u8>) {
        if !LINE {
            out.extend_from_slice(b"{\"timestamp\":\"");
        }
        out.extend_from_slice(self.clock.text(record.timestamp));
        let is_kept = self.pid == record.pid && self.service == record.service;
        let text = &self.texts[place(record.level)];
        if is_kept && !text.is_empty() {
            out.extend_from_slice(text);
        } else {
            self.render(record, is_kept, out);
        }
    }

    #[cold]
    fn render(&mut self, record: &Record<'_>, is_kept: bool, out: &mut Vec<u8>) {
        if !is_kept {
            self.service.clear();
            self.service.push_str(record.service);
            self.pid = record.pid;
            self.texts.iter_mut().for_each(Vec::clear);
        }
        let level = record.level.name().as_bytes();
        let pid = itoa::Buffer::new().format(record.pid).to_owned();
        let text = &mut self.texts[place(record.level)];
        if LINE {
            text.extend_from_slice(b" | ");
            text.extend_from_slice(level);
            text.extend_from_slice(b" | ");
            push_word(record.service, text);
            text.extend_from_slice(b" | pid=");
            text.extend_from_slice(pid.as_bytes());
            text.extend_from_slice(b" | req=");
        } else {
            text.extend_from_slice(b"\",\"level\":\"");
            text.extend_from_slice(level);
            text.extend_from_slice(b"\",\"service\":");
            push_quoted::<false>(record.service, text);
            text.extend_from_slice(b",\"pid\":");
            text.extend_from_slice(pid.as_bytes());
        }
        out.extend_from_slice(text);
    }
}

const fn place(level: Level) -> usize {
    match level {
        Level::Trace => 0,
        Level::Debug => 1,
        Level::Info => 2,
        Level::Warning => 3,
        Level::Error => 4,
        Level::Critical => 5,
    }
}
