//! Where the records of a capture arrive.

use std::process;
use std::sync::{Arc, Mutex, PoisonError};

use super::Captured;
use crate::assemble::{Desk, Source, assemble};
use crate::clock;
use crate::context::Context;
use crate::local::Redirect;
use crate::record::RecordBuf;
use crate::registry;
use crate::site::Site;

/// The service of captured records.
const SERVICE: &str = "test";

/// A capture in progress. While one exists every site passes its level test.
pub(super) struct Store {
    records: Arc<Records>,
}

#[derive(Default)]
struct Records(Mutex<Vec<RecordBuf>>);

impl Store {
    pub(super) fn open() -> Self {
        registry::captures_begin();
        Self {
            records: Arc::default(),
        }
    }

    /// The current context with its records going here.
    pub(super) fn context(&self) -> Context {
        Context::current().captured_by(Arc::clone(&self.records) as Arc<dyn Redirect>)
    }

    pub(super) fn close(self) -> Captured {
        let mut records = self
            .records
            .0
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        let mut records = core::mem::take(&mut *records);
        // Threads arrive in any order; the sort is stable, so each keeps its own.
        records.sort_by_key(|record| record.timestamp);
        Captured::new(records)
    }
}

impl Drop for Store {
    fn drop(&mut self) {
        registry::captures_end();
    }
}

impl Redirect for Records {
    fn accept(&self, payload: &[u8], site: &'static Site, thread: &str) {
        let source = Source {
            service: SERVICE,
            pid: process::id(),
            thread,
        };
        let calibration = clock::calibration();
        let (mut desk, mut entries) = (Desk::default(), Vec::new());
        let groups = &mut registry::keys_of;
        let meta = site.meta();
        let record = assemble(
            payload,
            meta,
            source,
            &calibration,
            groups,
            &mut desk,
            &mut entries,
        );
        if let Some(record) = record {
            let mut records = self.0.lock().unwrap_or_else(PoisonError::into_inner);
            records.push(record.to_owned());
        }
    }
}
