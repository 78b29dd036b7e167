//! What `storyline catalog` needs to read the entries of a binary. Hidden: the tool and the runtime travel together,
//! and what others may rely on is the tool's JSON.

pub use crate::calls::Verdict;
pub use crate::site::{Captured, MAGIC, Outline, OutlinePiece, SiteKind};
pub use crate::wire::{Kind, MOST_KINDS};
