//! What runs around a `fork(2)`, on the thread that forks: `pthread_atfork(3)`.

/// Registers what runs before a fork, and after it in the parent and in the child. Only for functions that
/// do not panic: they are called by C.
pub(crate) fn at_fork(
    before: extern "C" fn(),
    in_parent: extern "C" fn(),
    in_child: extern "C" fn(),
) -> std::io::Result<()> {
    unsafe extern "C" {
        // Not among what the libc crate declares for every system.
        fn pthread_atfork(
            prepare: Option<extern "C" fn()>,
            parent: Option<extern "C" fn()>,
            child: Option<extern "C" fn()>,
        ) -> libc::c_int;
    }
    // SAFETY: the declaration is that of POSIX, and all three are functions of this program, which is never
    // unloaded while they are registered.
    match unsafe { pthread_atfork(Some(before), Some(in_parent), Some(in_child)) } {
        0 => Ok(()),
        error => Err(std::io::Error::from_raw_os_error(error)),
    }
}
