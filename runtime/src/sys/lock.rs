//! `flock(2)`: how the processes that append to one file know of each other. Advice among us; a file is
//! never kept from anybody.

use std::fs::File;
use std::io;

/// Says that we append to this file. Never waits long.
#[cfg(unix)]
pub(crate) fn share(file: &File) -> io::Result<()> {
    // Someone who found himself alone holds the other kind for the moment of one cut.
    for _ in 0..20 {
        match call(file, libc::LOCK_SH) {
            Err(error) if error.kind() == io::ErrorKind::WouldBlock => {
                std::thread::sleep(std::time::Duration::from_micros(200));
            }
            outcome => return outcome,
        }
    }
    Err(io::ErrorKind::WouldBlock.into())
}

/// Whether nobody else has said so. True holds until the next [`share`].
#[cfg(unix)]
pub(crate) fn alone(file: &File) -> io::Result<bool> {
    match call(file, libc::LOCK_EX) {
        Ok(()) => Ok(true),
        Err(error) if error.kind() == io::ErrorKind::WouldBlock => Ok(false),
        Err(error) => Err(error),
    }
}

#[cfg(unix)]
fn call(file: &File, kind: libc::c_int) -> io::Result<()> {
    use std::os::fd::AsRawFd;
    // SAFETY: the descriptor is open for as long as `file` is borrowed; no memory is touched.
    if unsafe { libc::flock(file.as_raw_fd(), kind | libc::LOCK_NB) } == 0 {
        Ok(())
    } else {
        Err(io::Error::last_os_error())
    }
}

/// Elsewhere nobody knows of anybody.
#[cfg(not(unix))]
pub(crate) fn share(_: &File) -> io::Result<()> {
    Ok(())
}

/// Elsewhere nobody knows of anybody, so a torn line is never cut.
#[cfg(not(unix))]
pub(crate) fn alone(_: &File) -> io::Result<bool> {
    Ok(false)
}
