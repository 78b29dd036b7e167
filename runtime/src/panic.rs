//! What user code has thrown, and its end: a payload is read and then goes no further, whatever it does.

use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// What a panic said, when it said it in text.
pub(crate) fn panic_message(payload: &(dyn Any + Send)) -> &str {
    if let Some(text) = payload.downcast_ref::<&'static str>() {
        text
    } else if let Some(text) = payload.downcast_ref::<String>() {
        text
    } else {
        "no message"
    }
}

/// Drops a payload. Its own destructor may panic, and so may that of what is thrown there: the second is
/// never dropped.
pub(crate) fn discard(payload: Box<dyn Any + Send>) {
    core::mem::forget(catch_unwind(AssertUnwindSafe(|| drop(payload))));
}

#[cfg(test)]
mod tests {
    use std::panic::panic_any;
    use std::sync::atomic::{AtomicBool, Ordering};

    use super::*;

    static DROPPED: AtomicBool = AtomicBool::new(false);

    struct First;
    struct Second;

    impl Drop for First {
        fn drop(&mut self) {
            DROPPED.store(true, Ordering::Relaxed);
            panic_any(Second);
        }
    }

    impl Drop for Second {
        fn drop(&mut self) {
            panic!("out of here");
        }
    }

    #[test]
    fn a_payload_is_dropped_and_nothing_that_it_throws_gets_out() {
        discard(Box::new(First));
        assert!(DROPPED.load(Ordering::Relaxed));
    }

    #[test]
    fn what_is_no_text_has_no_message() {
        assert_eq!(panic_message(&"a"), "a");
        assert_eq!(panic_message(&"b".to_owned()), "b");
        assert_eq!(panic_message(&7), "no message");
    }
}
