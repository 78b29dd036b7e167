//! A call that is switched off looks at nothing.

use std::sync::atomic::{AtomicU64, Ordering};

use storyline::{Capture, Fields, debug, sink};

use crate::alone::{SOON, alone};

static LOOKS: AtomicU64 = AtomicU64::new(0);

struct Watched;

impl Capture for Watched {
    type Wire<'a> = u64;

    fn capture(&self) -> u64 {
        LOOKS.fetch_add(1, Ordering::Relaxed)
    }
}

#[derive(Fields)]
struct Looked {
    at: Watched,
    #[field(display)]
    shown: Shown,
}

struct Shown;

impl std::fmt::Display for Shown {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        LOOKS.fetch_add(1, Ordering::Relaxed);
        f.write_str("shown")
    }
}

fn given(looked: &Looked) -> &Looked {
    LOOKS.fetch_add(1, Ordering::Relaxed);
    looked
}

alone! {
    fn nothing_of_a_structure_is_looked_at_while_its_level_is_off() {
        let memory = sink::Memory::new();
        let guard = storyline::setup("test").sink(sink::memory(&memory)).start().expect("first");
        let looked = Looked { at: Watched, shown: Shown };
        let call = || debug!("looked_at", ..given(&looked), named: fields = given(&looked));
        call();
        call();
        assert_eq!(LOOKS.load(Ordering::Relaxed), 0);
        storyline::set_directives("debug").expect("a directive");
        call();
        assert_eq!(LOOKS.load(Ordering::Relaxed), 6);
        guard.flush(SOON).expect("in time");
        assert_eq!(memory.lines().len(), 1, "{:?}", memory.lines());
    }
}
