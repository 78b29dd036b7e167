//! What needs `unsafe`: memory that outlives a process, and ways to end one. Nothing else here has any.
#![expect(
    unsafe_code,
    reason = "a shared mapping, signals and a null read are what is tested with"
)]

use std::fs::File;
use std::io;
use std::os::fd::AsRawFd;
use std::ptr::NonNull;
use std::sync::atomic::AtomicU64;

/// Words of a file that every process which maps it sees, the dead ones' last stores included.
#[derive(Debug)]
pub struct SharedWords {
    start: NonNull<AtomicU64>,
    count: usize,
}

// SAFETY: the words are atomics, and the mapping lives as long as the value.
unsafe impl Send for SharedWords {}
// SAFETY: as above.
unsafe impl Sync for SharedWords {}

impl SharedWords {
    /// Maps so many words of a file, which must be that long.
    ///
    /// # Errors
    ///
    /// When the file is shorter or cannot be mapped.
    pub fn map(file: &File, count: usize) -> io::Result<Self> {
        let bytes = count * size_of::<u64>();
        if file.metadata()?.len() < bytes as u64 {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        // SAFETY: a new mapping at an address of the kernel's choice takes nothing from anybody.
        let start = unsafe {
            libc::mmap(
                std::ptr::null_mut(),
                bytes,
                libc::PROT_READ | libc::PROT_WRITE,
                libc::MAP_SHARED,
                file.as_raw_fd(),
                0,
            )
        };
        if start == libc::MAP_FAILED {
            return Err(io::Error::last_os_error());
        }
        let start = NonNull::new(start.cast()).ok_or(io::ErrorKind::OutOfMemory)?;
        Ok(Self { start, count })
    }

    /// The words.
    pub fn words(&self) -> &[AtomicU64] {
        // SAFETY: `map` got so many bytes, aligned to a page; they stay mapped until drop, and other
        // processes touch them as atomics only. Nobody shortens the file.
        unsafe { std::slice::from_raw_parts(self.start.as_ptr(), self.count) }
    }
}

impl Drop for SharedWords {
    fn drop(&mut self) {
        // SAFETY: mapped by us, and the slices handed out end with the value.
        unsafe { libc::munmap(self.start.as_ptr().cast(), self.count * size_of::<u64>()) };
    }
}

/// Sends a signal to a child that was not waited for yet.
pub fn signal(child: &std::process::Child, number: libc::c_int) {
    if let Ok(pid) = libc::pid_t::try_from(child.id()) {
        // SAFETY: sends a signal, and touches no memory of ours. The number is the child's until it is
        // waited for.
        unsafe { libc::kill(pid, number) };
    }
}

/// Reads from address zero, which ends the process by SIGSEGV.
pub fn read_null() -> u8 {
    let nowhere = std::hint::black_box(std::ptr::null::<u8>());
    // SAFETY: none. It is the fault that is wanted: a volatile read is not left out, and nothing is mapped
    // at zero.
    unsafe { nowhere.read_volatile() }
}
