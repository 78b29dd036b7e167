//! The flight recorder: the rings' memory is a file that outlives the process, and what is needed to read
//! it lies beside it. After a death of any kind the next `start` of the same log writes what was committed
//! and not yet written. Cold: callers only ever touch the memory, through `ring`.
//!
//! Each process that records is a session with a random number of 64 bits, and has, in one directory:
//!
//! ```text
//! <session>.head        who the process is, the clock's rate, and for each log file the last intent
//! <session>.<n>.sites   what call sites are: names, keys, templates; another one when it is full
//! <session>.<n>.ring    a thread's ring
//!
//! head   0       identity, twice, 8 KiB each: see `identity`
//!        16 KiB  calibration, twice, 64 bytes each: see `calibration`
//!        18 KiB  for each log a word that says that a recovery is done with it, then one that says that the
//!                process has ended by itself: see `dead`
//!        20 KiB  what each log has lost and was told of that, twice, 1 KiB each: see `untold`
//!        36 KiB  the numbers of its rings, 512 words: see `roster`
//!        40 KiB  intents, one after the other: see `intent`
//! sites  0       identity, twice, 512 bytes each
//!        1 KiB   descriptions, twice: the first half of the rest and the second, see `sites`
//! ring   0       identity, twice, 512 bytes each
//!        1 KiB   for each log a word that says how far a recovery has come: see `dead_ring`
//!        3840    the region of the ring, see `ring`: its control words end the first page
//! ```
//!
//! All words are little-endian. Everything that is written once is there twice, with a checksum, so that
//! damage in one place loses no more than the frames it touches. The process that owns a session holds a
//! lock on the head's first byte; a session whose head can be locked is dead.

mod calibration;
mod dead;
mod dead_ring;
mod directory;
mod fates;
mod frames;
#[cfg(fuzzing)]
pub(crate) mod fuzzing;
mod hash;
mod headless;
mod identity;
mod intent;
mod label;
mod pack;
mod recorder;
mod recover;
mod replay;
#[expect(
    unsafe_code,
    reason = "a ring takes its memory under promises that only its owner can make"
)]
mod ring_file;
mod roster;
mod session;
mod sites;
mod untold;

pub use recorder::Recorder;
pub use recover::DeadProcess;

pub(crate) use identity::Log;
pub(crate) use recover::recover;
pub(crate) use session::Session;
pub(crate) use untold::Loss;

/// Version of the files. A reader refuses those of a newer one.
const VERSION: u32 = 1;

/// The byte of a head that its living owner holds locked.
const OWNER: i64 = 0;

/// Log files of one process that can be recovered into.
pub(crate) const MAX_LOGS: usize = 8;

/// Where the copy of an identity is that needs little room; that of a head is at [`dead::HEAD_COPY`].
const IDENTITY_COPY: usize = 512;

/// The words of a region are where `ring` draws them: files of this version have them there.
#[cfg(not(all(test, loom)))]
const _: () = {
    use crate::ring;

    assert!(ring::TAIL == 0 && ring::COUNT == 8 && ring::HEAD == 128);
    assert!(ring::NOTES[0] == 128 + 8 && ring::NOTES[1] == 128 + 64);
    assert!(ring::CONTROL_BYTES == 256);
};

/// The drawing above: what a file holds ends before the next begins.
const _: () = {
    assert!(2 * dead::HEAD_COPY <= calibration::START);
    assert!(calibration::START + calibration::BYTES <= dead::DONE);
    assert!(dead::ENDED == dead::DONE + MAX_LOGS * 8 && dead::ENDED + 8 <= untold::START);
    assert!(untold::START + untold::BYTES <= roster::START);
    assert!(roster::START + roster::BYTES <= intent::START);
    assert!(2 * IDENTITY_COPY <= sites::START);
    assert!(2 * IDENTITY_COPY <= dead_ring::SETTLED);
    assert!(dead_ring::SETTLED + MAX_LOGS * 8 <= ring_file::REGION);
};
