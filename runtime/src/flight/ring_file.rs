//! A ring whose memory is a file: made for a thread, removed when it is drained.

use core::ptr::NonNull;
use std::io;
use std::sync::Arc;

use super::directory::{Directory, ring_name};
use super::label::Label;
use super::roster::Entry;
use crate::ring::{CONTROL_BYTES, Memory};
use crate::sys::mapping::Mapping;

/// Where the region of the ring begins: its control words end the first page, and its data begins the second.
pub(super) const REGION: usize = 4096 - CONTROL_BYTES;

/// The memory of one ring.
#[derive(Debug)]
pub(super) struct RingFile {
    mapping: Mapping,
    directory: Arc<Directory>,
    name: String,
    entry: Option<Entry>,
}

impl RingFile {
    /// Makes the file of ring number `index`, with `data` bytes for frames, a power of two.
    pub(super) fn create(
        directory: &Arc<Directory>,
        session: u64,
        index: u32,
        data: usize,
        thread: &str,
    ) -> io::Result<Self> {
        let name = ring_name(session, index);
        let len = REGION + CONTROL_BYTES + data;
        let file = directory.create(&name, len)?;
        let mapping = Mapping::new(&file, len).inspect_err(|_| {
            let _ = directory.remove(&name);
        })?;
        let label = Label {
            index,
            data_len: data,
            thread: crate::wire::cut_at_char(thread, 256).to_owned(),
        };
        label.write(&mapping, session);
        Ok(Self {
            mapping,
            directory: Arc::clone(directory),
            name,
            entry: None,
        })
    }

    /// Has the head name it.
    pub(super) fn enter(&mut self, head: &Arc<Mapping>, index: u32) {
        self.entry = Entry::enter(head, index);
    }
}

// SAFETY: the mapping has one address and lives as long as this value; the region begins at a multiple of 128
// and has the length that `create` was asked for, which is 256 plus a power of two; a new
// file is zero; nobody else of this process has the mapping.
unsafe impl Memory for RingFile {
    fn base(&self) -> NonNull<u8> {
        // SAFETY: the mapping is longer than this.
        unsafe { self.mapping.base().add(REGION) }
    }

    fn len(&self) -> usize {
        self.mapping.len() - REGION
    }

    fn leave_to_parent(&self) {
        self.mapping.make_private();
    }

    fn discard(&self) {
        if let Some(entry) = &self.entry {
            entry.leave();
        }
        // What cannot be removed is found drained by whoever recovers next.
        let _ = self.directory.remove(&self.name);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ring::{Refused, ring};

    #[test]
    fn what_a_child_finishes_of_its_parents_call_does_not_reach_the_parent() {
        let place = std::env::temp_dir().join(format!("storyline-left-{}", std::process::id()));
        let directory = Arc::new(Directory::make(&place).expect("a new directory"));
        let file = RingFile::create(&directory, 7, 0, 4096, "main").expect("room for a ring");
        let (producer, _consumer) = ring(Arc::new(file), 1, true, || {});
        // The same memory as the parent sees it.
        let name = ring_name(7, 0);
        let parents = directory.open_file(&name).expect("it is there");
        let parents = Mapping::new(&parents, REGION + CONTROL_BYTES + 4096).expect("mapped");
        let all = || -> Vec<u64> {
            let words = parents.words().iter();
            words
                .map(|it| it.load(core::sync::atomic::Ordering::Relaxed))
                .collect()
        };

        let mut interrupted = producer.make_room(8).expect("an empty ring");
        let before = all();
        let suspended = producer.suspend();
        producer.leave_to_parent(&suspended);
        interrupted.bytes().fill(0xaa);
        producer.commit(interrupted);
        assert!(
            all() == before,
            "the child has written into its parent's ring"
        );
        assert_eq!(producer.make_room(8).map(drop), Err(Refused::Absent));
        std::fs::remove_dir_all(place).expect("removed");
    }
}
