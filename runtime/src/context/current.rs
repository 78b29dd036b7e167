//! The current context of a thread: a stack, so that guards may be dropped in any order.
//!
//! The thread-local has no destructor on purpose. Reading it needs no check whether it still lives,
//! it works while other thread-locals are being destroyed, and nothing is lost: every guard has put
//! back what it changed, and the stack gives its memory back when it is empty.

use core::cell::RefCell;
use core::fmt;
use core::marker::PhantomData;
use core::mem::ManuallyDrop;

use super::Context;

struct Entry {
    /// Which guard put it there; zero for the empty context at the bottom.
    id: u64,
    context: Context,
}

struct Stack {
    current: Entry,
    /// What was entered before and is still held, outermost first, without the empty bottom.
    below: Vec<Entry>,
    last_id: u64,
}

const NONE: Context = Context {
    block: None,
    trace_flags: 0,
};

thread_local! {
    static STACK: ManuallyDrop<RefCell<Stack>> = const {
        ManuallyDrop::new(RefCell::new(Stack {
            current: Entry { id: 0, context: NONE },
            below: Vec::new(),
            last_id: 0,
        }))
    };
}

/// Gives the current thread's encoded context to `f`; empty bytes when there is none.
#[inline(always)]
pub(crate) fn with_block<R>(f: impl FnOnce(&[u8]) -> R) -> R {
    STACK.with(|stack| {
        // A record made while the stack itself changes has no context.
        let stack = stack.try_borrow();
        let block = match &stack {
            Ok(stack) => stack.current.context.block(),
            Err(_) => &[],
        };
        f(block)
    })
}

pub(super) fn get() -> Context {
    STACK.with(|stack| match stack.try_borrow() {
        Ok(stack) => stack.current.context.clone(),
        Err(_) => NONE,
    })
}

pub(super) fn enter(context: Context) -> ContextGuard {
    let id = STACK.with(|stack| {
        let mut stack = stack.try_borrow_mut().ok()?;
        stack.last_id += 1;
        let id = stack.last_id;
        let before = core::mem::replace(&mut stack.current, Entry { id, context });
        if before.id != 0 {
            stack.below.push(before);
        }
        Some(id)
    });
    ContextGuard {
        id: id.unwrap_or(0),
        not_send: PhantomData,
    }
}

fn exit(id: u64) {
    // Freed behind the borrow: nothing that a context owns may run while the stack is held.
    let _left = STACK.with(|stack| {
        let mut stack = stack.try_borrow_mut().ok()?;
        if stack.current.id == id {
            let before = stack.below.pop().unwrap_or(Entry {
                id: 0,
                context: NONE,
            });
            if before.id == 0 {
                stack.below = Vec::new();
            }
            return Some(core::mem::replace(&mut stack.current, before));
        }
        let at = stack.below.iter().rposition(|entry| entry.id == id)?;
        Some(stack.below.remove(at))
    });
}

/// Keeps a context current on this thread; dropping it puts back what was current before.
///
/// Guards may be dropped in any order: the innermost one that is still held decides.
///
/// ```compile_fail
/// fn needs_send<T: Send>(_: T) {}
/// needs_send(storyline::Context::current().enter());
/// ```
#[must_use = "the context is left again as soon as the guard is dropped; bind it to a name: `let _inside = ...`"]
pub struct ContextGuard {
    id: u64,
    not_send: PhantomData<*const ()>,
}

impl Drop for ContextGuard {
    fn drop(&mut self) {
        if self.id != 0 {
            exit(self.id);
        }
    }
}

impl fmt::Debug for ContextGuard {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ContextGuard").finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::super::RequestId;
    use super::*;

    fn request(id: &str) -> Context {
        Context::default().with_request(&id.parse::<RequestId>().expect("a valid id"))
    }

    fn current_id() -> Option<String> {
        Context::current().request_id().map(str::to_owned)
    }

    #[test]
    fn a_guard_puts_back_what_was_there() {
        assert_eq!(current_id(), None);
        {
            let _outer = request("outer").enter();
            {
                let _inner = request("inner").enter();
                assert_eq!(current_id().as_deref(), Some("inner"));
            }
            assert_eq!(current_id().as_deref(), Some("outer"));
        }
        assert_eq!(current_id(), None);
    }

    #[test]
    fn guards_dropped_out_of_order_leave_the_innermost_that_is_held() {
        let first = request("first").enter();
        let second = request("second").enter();
        let third = request("third").enter();
        drop(second);
        assert_eq!(current_id().as_deref(), Some("third"));
        drop(third);
        assert_eq!(current_id().as_deref(), Some("first"));
        let fourth = request("fourth").enter();
        drop(first);
        assert_eq!(current_id().as_deref(), Some("fourth"));
        drop(fourth);
        assert_eq!(current_id(), None);
    }

    #[test]
    fn the_empty_context_hides_an_outer_one() {
        let _outer = request("outer").enter();
        let _empty = Context::default().enter();
        assert_eq!(current_id(), None);
    }

    #[test]
    fn a_panic_leaves_the_context() {
        let result = std::panic::catch_unwind(|| {
            let _inside = request("doomed").enter();
            std::panic::resume_unwind(Box::new(()));
        });
        assert!(result.is_err());
        assert_eq!(current_id(), None);
    }

    #[test]
    fn threads_do_not_share_it() {
        let _here = request("here").enter();
        let there = std::thread::spawn(current_id).join().expect("no panic");
        assert_eq!(there, None);
    }

    #[test]
    fn the_stack_gives_its_memory_back() {
        let one = request("one").enter();
        let two = request("two").enter();
        drop(two);
        drop(one);
        STACK.with(|stack| assert_eq!(stack.borrow().below.capacity(), 0));
    }
}
