//! Memory by the page, straight from the operating system. That of a file is shared with whoever opens it
//! after us: what is stored there is in the hands of the system at once, and outlives the process. That of
//! no file goes back to the system when it is given up, which memory of the heap does not.

use core::ptr::NonNull;
use core::sync::atomic::AtomicU64;
use std::fs::File;
use std::io;
use std::os::fd::AsRawFd;

/// Pages of memory.
#[derive(Debug)]
pub(crate) struct Mapping {
    // Invariant: mapped by `map`, readable and writable, aligned to a page, unmapped by `drop` only.
    base: NonNull<u8>,
    len: usize,
}

// SAFETY: the memory belongs to this value; what is behind the pointer is reached through atomics, or
// through a ring, which orders its accesses.
unsafe impl Send for Mapping {}
// SAFETY: as for Send.
unsafe impl Sync for Mapping {}

impl Mapping {
    /// Maps the first `len` bytes of a file, which must have room on its disk already: a page that finds
    /// none when it is touched is a SIGBUS. The pages are brought in now, so that no record pays for
    /// one, and stay out of core dumps.
    pub(crate) fn new(file: &File, len: usize) -> io::Result<Self> {
        if len == 0 || !len.is_multiple_of(8) {
            return Err(io::ErrorKind::InvalidInput.into());
        }
        if file.metadata()?.len() < len as u64 {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        let flags = libc::MAP_SHARED | libc::MAP_POPULATE;
        let mapping = Self::map(len, flags, file.as_raw_fd())?;
        // SAFETY: the range was mapped a moment ago; the advice changes no byte of it. A system that does
        // not take it keeps the pages in its dumps.
        unsafe { libc::madvise(mapping.base.as_ptr().cast(), len, libc::MADV_DONTDUMP) };
        Ok(mapping)
    }

    /// Maps `len` bytes of no file, all zero. A page is there when it is touched.
    pub(crate) fn of_no_file(len: usize) -> io::Result<Self> {
        Self::map(len, libc::MAP_PRIVATE | libc::MAP_ANONYMOUS, -1)
    }

    fn map(len: usize, flags: libc::c_int, file: libc::c_int) -> io::Result<Self> {
        // SAFETY: a new mapping at an address of the system's choice touches no memory of ours; the
        // descriptor is open, or not asked for.
        let base = unsafe {
            libc::mmap(
                core::ptr::null_mut(),
                len,
                libc::PROT_READ | libc::PROT_WRITE,
                flags,
                file,
                0,
            )
        };
        if base == libc::MAP_FAILED {
            return Err(io::Error::last_os_error());
        }
        NonNull::new(base.cast())
            .map(|base| Self { base, len })
            .ok_or_else(|| io::ErrorKind::OutOfMemory.into())
    }

    /// Puts memory of this process alone in the place of the file, all zero: who still holds the address may
    /// write there, and the file does not see it. Where the system has no memory left it stays as it is.
    pub(crate) fn make_private(&self) {
        // SAFETY: the range is ours alone, and stays mapped, readable and writable; who reads it does so
        // through atomics, to which zeros are as good as what was there.
        unsafe {
            libc::mmap(
                self.base.as_ptr().cast(),
                self.len,
                libc::PROT_READ | libc::PROT_WRITE,
                libc::MAP_PRIVATE | libc::MAP_ANONYMOUS | libc::MAP_FIXED | libc::MAP_NORESERVE,
                -1,
                0,
            )
        };
    }

    /// The first byte.
    pub(crate) fn base(&self) -> NonNull<u8> {
        self.base
    }

    /// Bytes of the mapping.
    pub(crate) fn len(&self) -> usize {
        self.len
    }

    /// The memory as words that anybody may read and write at any time.
    pub(crate) fn words(&self) -> &[AtomicU64] {
        // SAFETY: the mapping is aligned to a page, has at least this many bytes, and lives as long as
        // `self`; every bit pattern is an `AtomicU64`, and all access is through atomics.
        unsafe { core::slice::from_raw_parts(self.base.as_ptr().cast(), self.len / 8) }
    }
}

impl Drop for Mapping {
    fn drop(&mut self) {
        // SAFETY: mapped by `map` with this length, and unmapped nowhere else; who borrowed from it is
        // gone.
        unsafe { libc::munmap(self.base.as_ptr().cast(), self.len) };
    }
}
