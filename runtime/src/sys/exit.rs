//! The two moments at which a process that ends by itself can still be told something: the handlers of
//! `atexit`, which run in the reverse order of their registration, and the very last one, after the
//! destructors of statics that were registered before us.

use std::sync::OnceLock;
use std::sync::atomic::{AtomicBool, Ordering};

/// Told whether it is the last call.
type Hook = fn(bool);

static HOOK: OnceLock<Hook> = OnceLock::new();

/// Runs `hook` at exit: when the handlers registered after this call have run, and once more last of
/// all. Only the first hook counts. It runs on the thread that ends the process and must not panic.
pub(crate) fn at_exit(hook: Hook) {
    static REGISTERED: AtomicBool = AtomicBool::new(false);
    let _ = HOOK.set(hook);
    // ORDERING: Relaxed: it only keeps a second registration away.
    if !REGISTERED.swap(true, Ordering::Relaxed) {
        register();
        // The linker keeps what something refers to.
        core::hint::black_box(&LAST);
    }
}

extern "C" fn run() {
    if let Some(hook) = HOOK.get() {
        hook(false);
    }
}

extern "C" fn run_last() {
    if let Some(hook) = HOOK.get() {
        hook(true);
    }
}

fn register() {
    // SAFETY: `run` is a function of this program with the signature that is asked for. Should the
    // table be full, the last hook still runs.
    unsafe { libc::atexit(run) };
}

/// What the loader calls after every `atexit` handler.
#[used]
// The section is a table of functions without arguments, and this is one.
#[unsafe(link_section = ".fini_array")]
static LAST: extern "C" fn() = run_last;
