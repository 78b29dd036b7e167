//! What fuzz targets do with a recorder: let a session of any content die, and read any bytes as its files.

use core::fmt;
use core::ops::Range;
use std::fs;
use std::io;
use std::os::unix::fs::MetadataExt;
use std::path::Path;
use std::sync::Arc;

use super::directory::{Directory, new_name};
use super::frames::frames;
use super::identity::{Log, Process};
use super::intent::head_bytes;
use super::pack::seal;
use super::ring_file::REGION;
use super::session::Session;
use super::sites;
use crate::clock::Calibration;
use crate::registry::Storage;
use crate::ring::{Consumer, FRAME_HEAD, Memory, Producer, ring};
use crate::sink::{Batch, Journal, Origin, Target};
use crate::site::{Meta, Site};

/// Where in the files of a session something begins.
pub mod places {
    use crate::flight::{
        IDENTITY_COPY, calibration, dead, dead_ring, intent, ring_file, roster, sites, untold,
    };
    use crate::ring;

    /// In a head: the identity and its copy, what ticks mean, which logs are done, what they were not told, which
    /// rings there are, what is about to be written.
    pub const HEAD: [usize; 7] = [
        0,
        dead::HEAD_COPY,
        calibration::START,
        dead::DONE,
        untold::START,
        roster::START,
        intent::START,
    ];

    /// The descriptions of sites, and their copies.
    pub const DESCRIPTIONS: [usize; 2] = [sites::START, sites::START + sites::HALF];

    /// In a ring's file: its identity and the copy, and the end of both.
    pub const RING: [usize; 3] = [0, IDENTITY_COPY, dead_ring::SETTLED];

    /// The control words of a ring, and how many bytes they are.
    pub const CONTROL: usize = ring_file::REGION;
    pub const CONTROL_BYTES: usize = ring::CONTROL_BYTES;

    /// Among the control words: the producer's, the consumer's head, its two notes.
    pub const PRODUCER: usize = ring::TAIL;
    pub const CONSUMER: usize = ring::HEAD;
    pub const NOTES: [usize; 2] = ring::NOTES;
}

/// A session whose process is about to die.
pub struct Dying {
    session: Session,
    journal: Box<dyn Journal>,
    rings: Vec<Ring>,
}

struct Ring {
    memory: Arc<dyn Memory>,
    producer: Producer,
    consumer: Consumer,
    /// The number of the next frame.
    next: u32,
}

/// Where a frame is.
#[derive(Clone, Debug)]
pub struct Place {
    /// Its number.
    pub number: u32,
    /// Its bytes in the file of its ring.
    pub bytes: Range<usize>,
}

impl fmt::Debug for Dying {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Dying")
            .field("session", &self.session)
            .finish_non_exhaustive()
    }
}

impl Dying {
    /// Begins a session with one log, written in the format of this label from this level on.
    ///
    /// # Errors
    ///
    /// When there is no room.
    pub fn begin(place: &Path, id: u64, log: &Path, format: &str, level: u8) -> io::Result<Self> {
        let directory = Arc::new(Directory::make(place)?);
        let process = Process {
            pid: 1,
            started: 0,
            boot: [0; 16],
            service: "fuzz".to_owned(),
            logs: vec![Log {
                path: log.to_owned(),
                level,
                format: format.to_owned(),
                mode: 0o600,
            }],
        };
        let len = head_bytes(1);
        let owner = directory.create(&new_name(id), len)?;
        let session = Session::begin_with(owner, id, directory, &process, len)?;
        Ok(Self {
            journal: session.journal(0),
            session,
            rings: Vec::new(),
        })
    }

    /// Describes a site under this number.
    pub fn describe(&self, site: &'static Site, id: u32, threshold: u8) {
        site.set_id(id);
        self.session.describe(site, threshold);
    }

    /// Says what ticks mean.
    pub fn calibrate(&self, ticks: u64, wall: i64, nanos_per_tick: f64) {
        if let Some(calibration) = Calibration::from_parts(ticks, wall, nanos_per_tick) {
            self.session.calibrate(&calibration);
        }
    }

    /// Makes a ring with 4096 bytes of data; its first frame has this number.
    pub fn add_ring(&mut self, first: u32) {
        if let Some((_, memory)) = self.session.ring(4096, "worker") {
            let (producer, consumer) = ring(Arc::clone(&memory), first, true, || {});
            self.rings.push(Ring {
                memory,
                producer,
                consumer,
                next: first,
            });
        }
    }

    /// Writes a frame and, unless the process dies before, commits it; none when the ring is full.
    pub fn send(&mut self, ring: usize, payload: &[u8], commit: bool) -> Option<Place> {
        let ring = self.rings.get_mut(ring)?;
        if payload.len() > Producer::max_payload(4096) {
            return None;
        }
        let mut reserved = ring.producer.make_room(payload.len()).ok()?;
        let start = reserved.bytes().as_ptr().addr() - ring.memory.base().as_ptr().addr();
        reserved.bytes().copy_from_slice(payload);
        if !commit {
            return None;
        }
        ring.producer.commit(reserved);
        let number = ring.next;
        ring.next = number.wrapping_add(1);
        let start = REGION + start - FRAME_HEAD;
        Some(Place {
            number,
            bytes: start..start + FRAME_HEAD + payload.len(),
        })
    }

    /// Reads and releases so many frames of a ring.
    pub fn release(&mut self, ring: usize, count: usize) {
        if let Some(ring) = self.rings.get_mut(ring) {
            ring.consumer.refresh();
            (0..count).for_each(|_| ring.consumer.advance());
            ring.consumer.release();
        }
    }

    /// Notes that these records, each of a ring and with its frame's number, are about to be written at the
    /// end of this file.
    ///
    /// # Errors
    ///
    /// When the file cannot be asked what it is.
    pub fn intend(&mut self, log: &fs::File, records: &[(u32, u32, &[u8])]) -> io::Result<()> {
        let metadata = log.metadata()?;
        let target = Target {
            device: metadata.dev(),
            inode: metadata.ino(),
            offset: metadata.len(),
        };
        let (mut bytes, mut ends, mut origins) = (Vec::new(), Vec::new(), Vec::new());
        for (ring, number, record) in records {
            bytes.extend_from_slice(record);
            ends.push(bytes.len());
            origins.push(Origin {
                ring: *ring,
                number: *number,
            });
        }
        self.journal
            .intend(target, &Batch::of(&bytes, &ends, &origins));
        Ok(())
    }

    /// Notes that they are written.
    pub fn settle(&mut self) {
        self.journal.settle();
    }

    /// Dies; the files stay.
    pub fn die(self) {
        for ring in &self.rings {
            // Gives up the memory, also below a frame that was begun; of the words that this stores a reader
            // after a death looks at none.
            ring.producer.hide();
            ring.producer.show();
            ring.producer.close();
        }
    }
}

/// Reads any bytes as the region of a ring.
///
/// # Panics
///
/// When what is found is not in order.
pub fn read_frames(region: &[u8], data_len: usize) -> usize {
    let found = frames(region, data_len);
    assert!(found.whole.len() <= region.len() / (FRAME_HEAD + crate::wire::HEADER));
    let memory = region.as_ptr_range();
    for pair in found.whole.windows(2) {
        let ahead = pair[1].number.wrapping_sub(pair[0].number);
        assert!((1..u32::MAX / 2).contains(&ahead), "numbers go up");
    }
    for frame in &found.whole {
        let place = frame.payload.as_ptr_range();
        assert!(memory.start <= place.start && place.end <= memory.end);
    }
    found.whole.len()
}

/// Reads any bytes as a description with a right checksum, twice in a file; gives what is found with its
/// threshold.
pub fn read_descriptions(threshold: u8, content: &[u8]) -> Vec<(u32, u8, &'static Meta)> {
    let mut file = vec![0; 1024];
    file.extend_from_slice(&sites::marked(threshold).to_le_bytes());
    file.extend_from_slice(&seal(content));
    let found = sites::read(&file);
    let all = found.iter().map(|it| (it.id, it.threshold(), it.meta));
    all.collect()
}

/// Reads any bytes as what a head says of its process.
///
/// # Panics
///
/// When what is found does not read back.
pub fn read_process(content: &[u8]) -> Option<usize> {
    let process = Process::unpack(content)?;
    let mut again = Vec::new();
    process.pack(&mut again);
    assert_eq!(Process::unpack(&again).as_ref(), Some(&process));
    Some(process.logs.len())
}
