//! Space on a file system.

use std::fs::File;
use std::io;
use std::os::fd::AsRawFd;

/// Whether the process may have a file of this length. One that may not is sent SIGXFSZ for trying, which
/// ends it.
fn is_within_limit(len: usize) -> bool {
    let mut limit = libc::rlimit {
        rlim_cur: 0,
        rlim_max: 0,
    };
    // SAFETY: the pointer is to a live `rlimit`, which the call fills.
    let answered = unsafe { libc::getrlimit(libc::RLIMIT_FSIZE, &raw mut limit) } == 0;
    !answered || len as u64 <= limit.rlim_cur
}

/// Gives a file so many bytes on its disk, so that none of them can be missing later.
pub(crate) fn allocate(file: &File, len: usize) -> io::Result<()> {
    if !is_within_limit(len) {
        return Err(io::Error::from_raw_os_error(libc::EFBIG));
    }
    let len = libc::off_t::try_from(len).map_err(|_| io::ErrorKind::InvalidInput)?;
    loop {
        // SAFETY: the descriptor is open for as long as `file` is borrowed; no memory is touched.
        match unsafe { libc::posix_fallocate(file.as_raw_fd(), 0, len) } {
            0 => return Ok(()),
            libc::EINTR => {}
            error => return Err(io::Error::from_raw_os_error(error)),
        }
    }
}

/// Bytes that a new file can have beside this one.
pub(crate) fn free_bytes(directory: &File) -> io::Result<u64> {
    let mut answer = core::mem::MaybeUninit::<libc::statvfs>::zeroed();
    // SAFETY: the descriptor is open, and the pointer is to memory of the size of a `statvfs`.
    if unsafe { libc::fstatvfs(directory.as_raw_fd(), answer.as_mut_ptr()) } != 0 {
        return Err(io::Error::last_os_error());
    }
    // SAFETY: zeroed above, which is a valid `statvfs`, and filled by the call that succeeded.
    let answer = unsafe { answer.assume_init() };
    Ok(answer.f_bavail.saturating_mul(answer.f_frsize))
}
