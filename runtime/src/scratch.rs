//! Where user code writes its `Display`, `Debug` and structures at the call, before any ring space is
//! reserved. Hot: after a thread's first renderings nothing is allocated. User code may panic, log, or
//! render again inside; each rendering has a buffer of its own, taken from the thread's pool.

use core::cell::{Cell, RefCell};
use core::fmt::{self, Write};
use std::panic::{AssertUnwindSafe, catch_unwind};

use crate::panic::{discard, panic_message};
use crate::wire::{MAX_VALUE, Rendered};

/// A value that goes on for ever is stopped here; nothing after [`MAX_VALUE`] is kept anyway.
const MOST_COUNTED: u64 = 1 << 30;

/// Buffers a thread keeps for its next renderings.
const POOLED: usize = 8;

thread_local! {
    static POOL: RefCell<Vec<String>> = const { RefCell::new(Vec::new()) };
    static DEPTH: Cell<u32> = const { Cell::new(0) };
}

/// Rendered text, owned until it was copied onto the wire.
#[derive(Debug)]
pub(crate) struct Scratch {
    text: String,
    original_len: u64,
}

impl Scratch {
    /// What was rendered, and how long it was before it was cut.
    #[inline]
    pub(crate) fn rendered(&self) -> Rendered<'_> {
        Rendered {
            text: &self.text,
            original_len: self.original_len,
        }
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        let mut text = core::mem::take(&mut self.text);
        text.clear();
        // Without the thread's pool, as in its destructors, the buffer is simply freed.
        let _ = POOL.try_with(|pool| {
            if let Ok(mut pool) = pool.try_borrow_mut()
                && pool.len() < POOLED
            {
                pool.push(text);
            }
        });
    }
}

/// Whether this thread is inside user code that renders a value; a panic there is caught and becomes
/// part of the record, so a panic hook has nothing to report.
pub(crate) fn is_rendering() -> bool {
    DEPTH.try_with(Cell::get).unwrap_or(0) > 0
}

/// Runs `write`, keeps at most [`MAX_VALUE`] bytes of what it wrote, and survives its panic.
pub(crate) fn render(write: &mut dyn FnMut(&mut dyn Write) -> fmt::Result) -> Scratch {
    let text = POOL
        .try_with(|pool| pool.try_borrow_mut().ok().and_then(|mut pool| pool.pop()))
        .ok()
        .flatten()
        .unwrap_or_default();
    let mut capped = Capped {
        text,
        original_len: 0,
    };
    let _ = DEPTH.try_with(|depth| depth.set(depth.get() + 1));
    let outcome = catch_unwind(AssertUnwindSafe(|| write(&mut capped)));
    match outcome {
        Ok(Ok(())) => {}
        // A value that was too long to count stopped by itself, and is marked as cut already.
        Ok(Err(_)) if capped.original_len > MOST_COUNTED => {}
        Ok(Err(_)) => capped.replace_with("<format error>"),
        Err(panic) => {
            capped.replace_with("<panicked: ");
            let _ = capped.write_str(panic_message(&*panic));
            let _ = capped.write_str(">");
            discard(panic);
        }
    }
    let _ = DEPTH.try_with(|depth| depth.set(depth.get() - 1));
    Scratch {
        text: capped.text,
        original_len: capped.original_len,
    }
}

struct Capped {
    text: String,
    original_len: u64,
}

impl Capped {
    fn replace_with(&mut self, text: &str) {
        self.text.clear();
        self.text.push_str(text);
        self.original_len = text.len() as u64;
    }
}

impl Write for Capped {
    fn write_str(&mut self, more: &str) -> fmt::Result {
        // Once a piece was cut nothing may follow it, or the kept text would have a hole.
        if self.original_len == self.text.len() as u64 {
            self.text
                .push_str(crate::wire::cut_at_char(more, MAX_VALUE - self.text.len()));
        }
        self.original_len += more.len() as u64;
        if self.original_len > MOST_COUNTED {
            Err(fmt::Error)
        } else {
            Ok(())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_becomes_text_and_nothing_bleeds_into_the_next_value() {
        let scratch = render(&mut |out| {
            out.write_str("half")?;
            panic!("boom {}", 7)
        });
        assert_eq!(scratch.rendered().text, "<panicked: boom 7>");
        drop(scratch);
        assert_eq!(
            render(&mut |out| out.write_str("next")).rendered().text,
            "next"
        );
        assert!(!is_rendering());
    }

    #[test]
    fn a_payload_that_panics_when_it_is_dropped_is_still_our_business() {
        struct Bomb {
            throws_another: bool,
        }
        impl Drop for Bomb {
            fn drop(&mut self) {
                assert!(
                    is_rendering(),
                    "the panic hook must stay silent for this one, too"
                );
                if self.throws_another {
                    std::panic::panic_any(Self {
                        throws_another: false,
                    });
                }
                panic!("out of here");
            }
        }
        let scratch = render(&mut |_| {
            std::panic::panic_any(Bomb {
                throws_another: true,
            })
        });
        assert_eq!(scratch.rendered().text, "<panicked: no message>");
        assert!(!is_rendering());
    }

    #[test]
    fn long_text_is_cut_between_characters_and_keeps_its_length() {
        let scratch = render(&mut |out| (0..50_000).try_for_each(|_| out.write_str("aé")));
        assert_eq!(scratch.rendered().original_len, 150_000);
        assert!(scratch.rendered().text.len() <= MAX_VALUE);
        assert!(scratch.rendered().text.len() > MAX_VALUE - 4);
    }

    #[test]
    fn rendering_inside_rendering_has_its_own_buffer() {
        let outer = render(&mut |out| {
            let inner = render(&mut |out| out.write_str("inner"));
            out.write_str("outer ")?;
            out.write_str(inner.rendered().text)
        });
        assert_eq!(outer.rendered().text, "outer inner");
    }

    #[test]
    fn an_endless_value_stops() {
        let scratch = render(&mut |out| {
            loop {
                out.write_str("0123456789012345678901234567890123456789012345678901234567890123")?;
            }
        });
        assert_eq!(scratch.rendered().text.len(), MAX_VALUE);
    }
}
