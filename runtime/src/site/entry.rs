//! The constant that describes a call site, as it stands in a binary: `storyline catalog` finds it there. Made by
//! generated code alone, in a `const` block: only there are the types of the values known and a constant made
//! for each of them.

use crate::wire::Kinds;

/// What stands behind the text of every entry; its last byte is the version.
pub const MAGIC: [u8; 4] = [0xf5, b'S', b'L', 1];

/// What is known of a call when the program is compiled.
///
/// ```text
/// address and length of the text   one word each; the grammar is that of `Outline`
/// MAGIC                            4 bytes
/// kinds                            one byte for each value of the call; see `Kind`
/// ```
#[derive(Debug)]
#[repr(C)]
pub struct Entry<K: Kinds> {
    text: &'static str,
    magic: [u8; 4],
    kinds: K::Bytes,
}

impl<K: Kinds> Entry<K> {
    /// The entry of a call with this text.
    pub const fn new(text: &'static str) -> Self {
        Self {
            text,
            magic: MAGIC,
            kinds: K::BYTES,
        }
    }

    /// The place of the text, which is that of the entry.
    #[inline(always)]
    pub(crate) fn text(&'static self) -> &'static &'static str {
        &self.text
    }
}

#[cfg(test)]
mod tests {
    use core::mem::offset_of;

    use super::*;
    use crate::wire::{Kind, One};

    #[test]
    fn a_reader_finds_its_parts_where_the_page_says() {
        type Values = (One<{ Kind::UInt as u8 }>, (One<{ Kind::Str as u8 }>, ()));
        let word = size_of::<usize>();
        assert_eq!(offset_of!(Entry<Values>, text), 0);
        assert_eq!(offset_of!(Entry<Values>, magic), 2 * word);
        assert_eq!(offset_of!(Entry<Values>, kinds), 2 * word + 4);
        assert_eq!(size_of::<Entry<Values>>(), 3 * word);
    }
}
