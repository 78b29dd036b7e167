//! Locks on files, of the kind that belongs to a process: `fcntl(2)` with `F_SETLK`. A child of a fork does
//! not inherit them, and the end of the process, however it ends, gives them back. They are advice among
//! us; a file is never kept from anybody.
//!
//! What POSIX does not love about them holds here, too: closing any descriptor of the file gives up the
//! process's locks on it. So whoever holds one for long opens the file once.

use std::fs::File;
use std::io;
use std::os::fd::AsRawFd;

/// Locks one byte of the file for this process; false when another process holds it.
pub(crate) fn try_lock(file: &File, byte: i64) -> io::Result<bool> {
    match call(file, libc::F_SETLK, &mut request(libc::F_WRLCK, byte)) {
        Ok(()) => Ok(true),
        Err(error) if is_held(&error) => Ok(false),
        Err(error) => Err(error),
    }
}

/// Gives the byte back.
pub(crate) fn unlock(file: &File, byte: i64) -> io::Result<()> {
    call(file, libc::F_SETLK, &mut request(libc::F_UNLCK, byte))
}

fn is_held(error: &io::Error) -> bool {
    matches!(error.raw_os_error(), Some(libc::EAGAIN | libc::EACCES))
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "the constants fit the fields that the system gave them"
)]
fn request(kind: libc::c_int, byte: i64) -> libc::flock {
    libc::flock {
        l_type: kind as libc::c_short,
        l_whence: libc::SEEK_SET as libc::c_short,
        l_start: byte,
        l_len: 1,
        l_pid: 0,
    }
}

fn call(file: &File, command: libc::c_int, lock: &mut libc::flock) -> io::Result<()> {
    loop {
        // SAFETY: the descriptor is open for as long as `file` is borrowed, and the pointer is to a live
        // `flock`.
        if unsafe { libc::fcntl(file.as_raw_fd(), command, core::ptr::from_mut(lock)) } == 0 {
            return Ok(());
        }
        let error = io::Error::last_os_error();
        if error.kind() != io::ErrorKind::Interrupted {
            return Err(error);
        }
    }
}
