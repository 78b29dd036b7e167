//! The current context of a thread: a stack, so that guards may be dropped in any order.
//!
//! The thread-local has no destructor on purpose. Reading it needs no check whether it still lives,
//! it works while other thread-locals are being destroyed, and nothing is lost: every guard has put
//! back what it changed, and the stack gives its memory back when it is empty.

mod guard;

use core::cell::{Cell, RefCell};
use core::marker::PhantomData;
use core::mem::ManuallyDrop;
use std::sync::Arc;

pub use guard::ContextGuard;

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

/// Named for its one reader: somebody who holds a guard across an `.await` finds it in the message of the
/// compiler, which says that a pointer to this cannot be sent. Here, so that the message names no longer path.
enum GuardsAreForThreadsUseInRequestForFutures {}

#[cfg(test)]
mod tests;
