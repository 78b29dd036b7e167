//! The current context of a thread: a stack, so that guards may be dropped in any order.
//!
//! The thread-local has no destructor on purpose. Reading it needs no check whether it still lives,
//! it works while other thread-locals are being destroyed, and nothing is lost: every guard has put
//! back what it changed, and the stack gives its memory back when it is empty.

use core::cell::{Cell, RefCell};
use core::fmt;
use core::marker::PhantomData;
use core::mem::ManuallyDrop;
use std::sync::Arc;

use super::Context;
use crate::local::{self, Redirect};
use crate::wire::Out;

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

impl Entry {
    const BOTTOM: Self = Self {
        id: 0,
        context: Context::EMPTY,
    };
}

thread_local! {
    static STACK: ManuallyDrop<RefCell<Stack>> = const {
        ManuallyDrop::new(RefCell::new(Stack {
            current: Entry::BOTTOM,
            below: Vec::new(),
            last_id: 0,
        }))
    };
    static SHORT: Short = const { Short::empty() };
}

/// A block of up to so many bytes is kept where a record finds it without asking the stack.
const SHORT_BYTES: usize = 64;

const WORD: usize = size_of::<u64>();

/// The current block: its length, and the block itself when it is short. Words, because a record copies
/// whole ones.
struct Short {
    len: Cell<usize>,
    words: [Cell<u64>; SHORT_BYTES / WORD],
}

/// Bytes of the current thread's encoded context; zero when there is none.
#[inline(always)]
pub(crate) fn block_len() -> usize {
    SHORT.with(|short| short.len.get())
}

/// Writes the current thread's encoded context of [`block_len`] bytes, and zeros up to a whole number of
/// words.
#[inline(always)]
pub(crate) fn copy_block(len: usize, out: &mut Out<'_>) {
    if len <= SHORT_BYTES {
        SHORT.with(|short| {
            for word in short.words.iter().take(len.div_ceil(WORD)) {
                out.put(word.get().to_le_bytes());
            }
        });
    } else {
        out.through(copy_long);
    }
}

#[cold]
#[inline(never)]
fn copy_long(mut out: Out<'_>) -> Out<'_> {
    STACK.with(|stack| {
        // While the stack itself changes the length is zero, and nobody comes here.
        if let Ok(stack) = stack.try_borrow() {
            let block = stack.current.context.block();
            out.put_slice(block);
            let padding = block.len().next_multiple_of(WORD) - block.len();
            out.put_slice(&[0; WORD][..padding]);
        }
    });
    out
}

impl Short {
    const fn empty() -> Self {
        Self {
            len: Cell::new(0),
            words: [const { Cell::new(0) }; SHORT_BYTES / WORD],
        }
    }

    fn set(&self, block: &[u8]) {
        for (word, bytes) in self.words.iter().zip(block.chunks(WORD)) {
            let mut whole = [0; WORD];
            whole[..bytes.len()].copy_from_slice(bytes);
            word.set(u64::from_le_bytes(whole));
        }
        self.len.set(block.len());
    }
}

/// Changes the stack. A record that is made meanwhile has no context.
fn change<R>(change: impl FnOnce(&mut Stack) -> Option<R>) -> Option<R> {
    STACK.with(|stack| {
        let mut stack = stack.try_borrow_mut().ok()?;
        SHORT.with(|short| short.len.set(0));
        let outcome = change(&mut stack);
        SHORT.with(|short| short.set(stack.current.context.block()));
        outcome
    })
}

pub(super) fn get() -> Context {
    STACK.with(|stack| match stack.try_borrow() {
        Ok(stack) => stack.current.context.clone(),
        Err(_) => Context::EMPTY,
    })
}

/// A capture stays in force inside contexts that bring none of their own: a context made elsewhere
/// must not carry a test's records out of it.
pub(super) fn enter(mut context: Context) -> ContextGuard {
    let entered = change(|stack| {
        let before = stack.current.context.capture.clone();
        context.capture = context.capture.or_else(|| before.clone());
        let capture = context.capture.clone();
        stack.last_id += 1;
        let id = stack.last_id;
        let outer = core::mem::replace(&mut stack.current, Entry { id, context });
        if outer.id != 0 {
            stack.below.push(outer);
        }
        Some((id, before, capture))
    });
    // Told outside the borrow: what the thread drops for it is not ours to know.
    let id = entered.map(|(id, before, capture)| {
        redirect(before.as_ref(), capture);
        id
    });
    ContextGuard {
        id: id.unwrap_or(0),
        not_send: PhantomData,
    }
}

fn exit(id: u64) {
    let left = change(|stack| {
        if stack.current.id == id {
            let outer = stack.below.pop().unwrap_or(Entry::BOTTOM);
            if outer.id == 0 {
                stack.below = Vec::new();
            }
            let capture = outer.context.capture.clone();
            let left = core::mem::replace(&mut stack.current, outer);
            return Some((left, capture));
        }
        let at = stack.below.iter().rposition(|entry| entry.id == id)?;
        let left = stack.below.remove(at);
        Some((left, stack.current.context.capture.clone()))
    });
    // Freed and told outside the borrow, as above.
    if let Some((left, capture)) = left {
        redirect(left.context.capture.as_ref(), capture);
    }
}

/// Tells the thread when its records go elsewhere now.
fn redirect(before: Option<&Arc<dyn Redirect>>, now: Option<Arc<dyn Redirect>>) {
    let same = match (before, &now) {
        (None, None) => true,
        (Some(before), Some(now)) => Arc::ptr_eq(before, now),
        _ => false,
    };
    if !same {
        drop(local::redirect(now));
    }
}

/// Keeps a context current on this thread; dropping it puts back what was current before.
///
/// Guards may be dropped in any order: the innermost one that is still held decides. A context keeps what
/// it took over when it was made, so an outer field outlives its guard in there.
///
/// ```
/// use storyline::testing::capture;
///
/// let logged = capture(|| {
///     let outer = storyline::context!(tenant = "acme");
///     let inner = storyline::context!(attempt = 2);
///     drop(outer);
///     storyline::info!("inside");
///     drop(inner);
///     storyline::info!("outside");
/// });
/// logged.assert_logged("inside").with("tenant", "acme").with("attempt", 2);
/// logged.assert_logged("outside").without("tenant").without("attempt");
/// ```
///
/// It stays on its thread:
///
/// ```compile_fail
/// fn needs_send<T: Send>(_: T) {}
/// needs_send(storyline::Context::current().enter());
/// ```
#[must_use = "the context is left again as soon as the guard is dropped; bind it to a name: `let _inside = ...`"]
pub struct ContextGuard {
    id: u64,
    not_send: PhantomData<*const GuardsAreForThreadsUseInRequestForFutures>,
}

/// Named for its one reader: somebody who holds a guard across an `.await` finds it in the message of the
/// compiler, which says that a pointer to this cannot be sent.
enum GuardsAreForThreadsUseInRequestForFutures {}

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
