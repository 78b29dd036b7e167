//! The fields of a call, encoded when it begins and copied into its record when it ends, so that the
//! body may move or change what they came from. Encoded values do not depend on their place.
//!
//! Short ones stay inline. Longer ones of a function that runs on one stack lie in the thread's arena,
//! one after the other; those of a future or a block, which may move between threads, in a box.

use core::cell::RefCell;
use core::fmt;

use crate::value::Value;
use crate::wire::{Encode, Json, MAX_VALUE, Out, Rendered, decode_value, sealed};

/// Bytes that need no other place. Three integers, or two and a short text.
const INLINE: usize = 62;

/// An arena that is empty keeps no more than this.
const MOST_KEPT: usize = 64 * 1024;

thread_local! {
    static ARENA: RefCell<Arena> = const { RefCell::new(Arena { bytes: Vec::new(), live: 0 }) };
}

struct Arena {
    bytes: Vec<u8>,
    // How many regions somebody still holds. Calls of one stack end in reverse order; should several
    // stacks share a thread, a region is given back late but never to two owners.
    live: usize,
}

/// Encoded fields.
#[derive(Default)]
pub struct Saved(Place);

#[derive(Default)]
enum Place {
    /// Nothing was saved.
    #[default]
    Nowhere,
    Inline(u8, [u8; INLINE]),
    Arena {
        start: usize,
        len: usize,
    },
    Heap(Box<[u8]>),
}

impl Saved {
    /// Keeps the fields of a function that begins and ends on one stack.
    pub(super) fn on_this_stack(values: &impl Encode) -> Self {
        let len = values.size(MAX_VALUE);
        if len <= INLINE {
            return Self::inline(values, len);
        }
        let start = ARENA.try_with(|arena| {
            let mut arena = arena.try_borrow_mut().ok()?;
            let start = arena.bytes.len();
            arena.bytes.resize(start + len, 0);
            values.encode(MAX_VALUE, &mut Out::new(arena.bytes.get_mut(start..)?));
            arena.live += 1;
            Some(start)
        });
        match start {
            Ok(Some(start)) => Self(Place::Arena { start, len }),
            // The thread is ending and its arena is gone.
            _ => Self::on_the_heap(values, len),
        }
    }

    /// Keeps the fields of a call that may end on another thread.
    pub(super) fn anywhere(values: &impl Encode) -> Self {
        let len = values.size(MAX_VALUE);
        if len <= INLINE {
            Self::inline(values, len)
        } else {
            Self::on_the_heap(values, len)
        }
    }

    fn inline(values: &impl Encode, len: usize) -> Self {
        let mut bytes = [0; INLINE];
        values.encode(MAX_VALUE, &mut Out::new(&mut bytes));
        Self(Place::Inline(u8::try_from(len).unwrap_or(0), bytes))
    }

    fn on_the_heap(values: &impl Encode, len: usize) -> Self {
        let mut bytes = vec![0; len];
        values.encode(MAX_VALUE, &mut Out::new(&mut bytes));
        Self(Place::Heap(bytes.into_boxed_slice()))
    }

    fn with_bytes(&self, mut read: impl FnMut(&[u8])) {
        match &self.0 {
            Place::Nowhere => {}
            Place::Inline(len, bytes) => read(bytes.get(..usize::from(*len)).unwrap_or_default()),
            Place::Heap(bytes) => read(bytes),
            Place::Arena { start, len } => {
                let _ = ARENA.try_with(|arena| {
                    if let Ok(arena) = arena.try_borrow() {
                        let end = start.saturating_add(*len);
                        read(arena.bytes.get(*start..end).unwrap_or_default());
                    }
                });
            }
        }
    }
}

impl Drop for Saved {
    fn drop(&mut self) {
        if let Place::Arena { start, len } = self.0 {
            let _ = ARENA.try_with(|arena| {
                if let Ok(mut arena) = arena.try_borrow_mut() {
                    arena.give_back(start, len);
                }
            });
        }
    }
}

impl Arena {
    fn give_back(&mut self, start: usize, len: usize) {
        self.live = self.live.saturating_sub(1);
        if self.live == 0 {
            self.bytes.clear();
            self.bytes.shrink_to(MOST_KEPT);
        } else if start + len == self.bytes.len() {
            self.bytes.truncate(start);
        }
    }
}

impl fmt::Debug for Saved {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let len = self.size(MAX_VALUE);
        f.debug_struct("Saved").field("bytes", &len).finish()
    }
}

impl sealed::Sealed for Saved {}
impl Encode for Saved {
    type Kinds = ();

    fn size(&self, limit: usize) -> usize {
        let mut size = 0;
        self.with_bytes(|bytes| {
            size = if limit >= MAX_VALUE {
                bytes.len()
            } else {
                pieces(bytes).map(|piece| piece.size(limit)).sum()
            };
        });
        size
    }

    fn encode(&self, limit: usize, out: &mut Out<'_>) {
        self.with_bytes(|bytes| {
            if limit >= MAX_VALUE {
                out.put_slice(bytes);
            } else {
                pieces(bytes).for_each(|piece| piece.encode(limit, out));
            }
        });
    }
}

/// One encoded value, taken apart again because a record that is too large cuts its texts shorter.
enum Piece<'a> {
    Text(Rendered<'a>),
    Json(Json<'a>),
    Other(&'a [u8]),
}

impl Piece<'_> {
    fn size(&self, limit: usize) -> usize {
        match self {
            Self::Text(text) => text.size(limit),
            Self::Json(json) => json.size(limit),
            Self::Other(bytes) => bytes.len(),
        }
    }

    fn encode(&self, limit: usize, out: &mut Out<'_>) {
        match self {
            Self::Text(text) => text.encode(limit, out),
            Self::Json(json) => json.encode(limit, out),
            Self::Other(bytes) => out.put_slice(bytes),
        }
    }
}

fn pieces(bytes: &[u8]) -> impl Iterator<Item = Piece<'_>> {
    let mut rest = bytes;
    core::iter::from_fn(move || {
        let before = rest;
        let value = decode_value(&mut rest, 0.0)?;
        Some(match value {
            Some(Value::Str(text)) => Piece::Text(Rendered {
                text,
                original_len: text.len() as u64,
            }),
            Some(Value::Cut { text, original_len }) => Piece::Text(Rendered { text, original_len }),
            Some(Value::Json(text)) => Piece::Json(Json(text)),
            _ => Piece::Other(before.get(..before.len() - rest.len()).unwrap_or_default()),
        })
    })
}
