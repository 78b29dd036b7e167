//! Linked into every test program of an annotated crate. Begins to log before `main`, because those programs'
//! `main` is the test harness, and counts the calls of annotated functions without `storyline`, so that the
//! log has something to be compared with.
//!
//! `REAL_CODE_LOGS` names the folder of the logs; without it nothing is written. What is logged is decided by
//! `STORYLINE_LOG`, as everywhere.

use std::fmt::Write as _;
use std::path::PathBuf;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering};
use std::time::SystemTime;

/// Log and counts of this process: the same path with two endings.
static STEM: OnceLock<PathBuf> = OnceLock::new();

/// Every function that was entered in this process. Neither locked nor grown: an allocator may be annotated.
static ENTERED: [OnceLock<&'static Function>; 16 * 1024] = [const { OnceLock::new() }; 16 * 1024];

/// How many there are.
static KNOWN: AtomicUsize = AtomicUsize::new(0);

/// What is counted of one annotated function.
#[derive(Debug)]
pub struct Function {
    name: &'static str,
    is_known: AtomicBool,
    entered: AtomicU64,
    left: AtomicU64,
}

impl Function {
    /// A function nobody has entered.
    pub const fn new(name: &'static str) -> Self {
        Self {
            name,
            is_known: AtomicBool::new(false),
            entered: AtomicU64::new(0),
            left: AtomicU64::new(0),
        }
    }

    /// Counts a call, and its end when what it gives is dropped.
    pub fn enter(&'static self) -> Inside {
        if !self.is_known.swap(true, Ordering::Relaxed) {
            let place = &ENTERED[KNOWN.fetch_add(1, Ordering::Relaxed)];
            place.set(self).expect("a place of its own");
        }
        self.entered.fetch_add(1, Ordering::Relaxed);
        Inside(self)
    }
}

/// Lives as long as a call.
#[derive(Debug)]
pub struct Inside(&'static Function);

impl Drop for Inside {
    fn drop(&mut self) {
        self.0.left.fetch_add(1, Ordering::Relaxed);
    }
}

/// Stands first in the body of a function.
#[macro_export]
macro_rules! entered {
    ($name:literal) => {
        let _inside = {
            static FUNCTION: $crate::Function = $crate::Function::new($name);
            FUNCTION.enter()
        };
    };
}

#[ctor::ctor(unsafe)]
fn start() {
    let setup = storyline::setup("real_code");
    let setup = match std::env::var_os("REAL_CODE_LOGS") {
        None => setup.console(),
        Some(folder) => {
            let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH);
            let now = now.expect("a clock").as_nanos();
            let stem = PathBuf::from(folder).join(format!("{}-{now}", std::process::id()));
            let log = storyline::sink::file(stem.with_extension("log"));
            STEM.set(stem).expect("set once");
            setup.sink(log.format(storyline::format::Json::default()))
        }
    };
    // The test harness leaves by `exit`, so what flushes is the exit hook.
    std::mem::forget(setup.start().expect("logging starts"));
}

#[dtor::dtor(unsafe)]
fn end() {
    let Some(stem) = STEM.get() else { return };
    let mut text = String::new();
    for function in ENTERED.iter().filter_map(OnceLock::get) {
        let (entered, left) = (&function.entered, &function.left);
        let (entered, left) = (
            entered.load(Ordering::Relaxed),
            left.load(Ordering::Relaxed),
        );
        writeln!(text, "{}\t{entered}\t{left}", function.name).expect("a text takes everything");
    }
    std::fs::write(stem.with_extension("calls"), text).expect("the counts can be written");
}
