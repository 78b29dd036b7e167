//! The standard streams, without the locks and buffers that `std` puts around them: whoever holds
//! those locks must not be able to stop us.

use core::mem::MaybeUninit;
use std::io::{self, IsTerminal};
use std::time::Duration;

/// One of the two streams we may write to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Stream {
    /// Standard output.
    Stdout,
    /// Standard error.
    Stderr,
}

/// Whether a person may be watching.
pub(crate) fn is_terminal(stream: Stream) -> bool {
    match stream {
        Stream::Stdout => io::stdout().is_terminal(),
        Stream::Stderr => io::stderr().is_terminal(),
    }
}

fn number(stream: Stream) -> libc::c_int {
    match stream {
        Stream::Stdout => libc::STDOUT_FILENO,
        Stream::Stderr => libc::STDERR_FILENO,
    }
}

/// One `write(2)`.
pub(crate) fn write(stream: Stream, bytes: &[u8]) -> io::Result<usize> {
    // SAFETY: the pointer and the length are those of one live slice, which is only read.
    let written = unsafe { libc::write(number(stream), bytes.as_ptr().cast(), bytes.len()) };
    usize::try_from(written).map_err(|_| io::Error::last_os_error())
}

/// Waits until a write has room; false when it has none after `longest`.
pub(crate) fn wait_writable(stream: Stream, longest: Duration) -> bool {
    let mut asked = libc::pollfd {
        fd: number(stream),
        events: libc::POLLOUT,
        revents: 0,
    };
    let millis = libc::c_int::try_from(longest.as_millis()).unwrap_or(libc::c_int::MAX);
    // SAFETY: the pointer is to one live `pollfd`, and one is announced.
    let ready = unsafe { libc::poll(&raw mut asked, 1, millis) };
    // An error, too, is for the write to find.
    ready != 0
}

/// Whether it goes into a regular file, where a write never waits for a reader.
pub(crate) fn is_regular_file(stream: Stream) -> bool {
    let mut status = MaybeUninit::<libc::stat>::zeroed();
    // SAFETY: the pointer is to memory of the size of a `stat`, which the call may fill.
    if unsafe { libc::fstat(number(stream), status.as_mut_ptr()) } != 0 {
        return false;
    }
    // SAFETY: zeroed above, which is a valid `stat`, and filled by the call that succeeded.
    let status = unsafe { status.assume_init() };
    status.st_mode & libc::S_IFMT == libc::S_IFREG
}

/// Writes all of it, each piece once there is room for it, for which it waits so long; false when the rest was
/// given up. One write where that is possible, so that lines of threads do not mix.
pub(crate) fn write_all(stream: Stream, bytes: &[u8], patience: Duration) -> bool {
    let mut rest = bytes;
    while !rest.is_empty() {
        if !wait_writable(stream, patience) {
            return false;
        }
        match write(stream, rest) {
            Ok(written) if written > 0 => rest = rest.get(written..).unwrap_or_default(),
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            _ => return false,
        }
    }
    true
}
