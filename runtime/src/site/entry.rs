//! The constant that describes a call site, as it stands in a binary: `storyline catalog` finds it there. Made by
//! generated code alone, in a `const` block: only there are the types of the values known and a constant made
//! for each of them.

use core::marker::PhantomData;

use crate::wire::Kinds;

/// What stands behind the text of every entry; its last byte is the version.
pub const MAGIC: [u8; 4] = [0xf5, b'S', b'L', 1];

/// What is known of a call when the program is compiled: its text, the kinds of its first `N` values, and of the
/// first `G` structures among these the texts of their own sites.
///
/// ```text
/// address and length of the text of each structure
/// address and length of the text   one word each; the grammar is that of `Outline`
/// MAGIC                            4 bytes
/// kinds                            one byte for each value of the call; see `Kind`
/// ```
///
/// No field has a type that is a parameter: the compiler would not know that it holds nothing that changes, which
/// a constant must not.
#[derive(Debug)]
#[repr(C)]
pub struct Entry<K, const N: usize, const G: usize = 0> {
    structures: [&'static str; G],
    text: &'static str,
    magic: [u8; 4],
    kinds: [u8; N],
    of: PhantomData<fn() -> K>,
}

impl<K: Kinds, const N: usize> Entry<K, N> {
    /// The entry of a call with this text.
    pub const fn new(text: &'static str) -> Self {
        Self::with_structures(text)
    }
}

impl<K: Kinds, const N: usize, const G: usize> Entry<K, N, G> {
    /// The entry of a call with structures among its values.
    pub const fn with_structures(text: &'static str) -> Self {
        Self {
            structures: K::STRUCTURES.texts(),
            text,
            magic: MAGIC,
            kinds: K::PACKED.bytes(),
            of: PhantomData,
        }
    }

    /// The place of the text, which is that of the entry.
    #[inline(always)]
    pub(crate) fn text(&'static self) -> &'static &'static str {
        &self.text
    }
}

/// A type of no parameters that stands for a machine.
pub trait MachineText: 'static {
    /// The machine as the catalogue tells it: its name, then a line for each state, with a space or, where machines
    /// begin, a `>`, the state, and those that may follow it. Words are parted by spaces.
    ///
    /// ```text
    /// order
    /// >created payment_pending cancelled
    ///  payment_pending paid
    ///  paid
    ///  cancelled
    /// ```
    const TEXT: &'static str;
}

/// What is known of a step, and of whose machine.
///
/// ```text
/// address and length of the text of each structure
/// address and length of the text
/// MAGIC, and nothing up to the next word
/// address and length of the machine's text
/// kinds
/// ```
#[derive(Debug)]
#[repr(C)]
pub struct StepEntry<S, K, const N: usize, const G: usize = 0> {
    structures: [&'static str; G],
    text: &'static str,
    magic: [u8; 4],
    machine: &'static str,
    kinds: [u8; N],
    of: PhantomData<fn() -> (S, K)>,
}

impl<S: MachineText, K: Kinds, const N: usize> StepEntry<S, K, N> {
    /// The entry of a step with this text.
    pub const fn new(text: &'static str) -> Self {
        Self::with_structures(text)
    }
}

impl<S: MachineText, K: Kinds, const N: usize, const G: usize> StepEntry<S, K, N, G> {
    /// The entry of a step with structures among its values.
    pub const fn with_structures(text: &'static str) -> Self {
        Self {
            structures: K::STRUCTURES.texts(),
            text,
            magic: MAGIC,
            machine: S::TEXT,
            kinds: K::PACKED.bytes(),
            of: PhantomData,
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
    use crate::wire::{Kind, OfStructure, One, Structure};

    type Values = (One<{ Kind::UInt as u8 }>, (One<{ Kind::Str as u8 }>, ()));
    const WORD: usize = size_of::<usize>();

    #[test]
    fn a_reader_finds_the_parts_of_an_entry_where_the_page_says() {
        type Known = Entry<Values, 2>;
        assert_eq!(offset_of!(Known, text), 0);
        assert_eq!(offset_of!(Known, magic), 2 * WORD);
        assert_eq!(offset_of!(Known, kinds), 2 * WORD + 4);
        assert_eq!(size_of::<Known>(), 3 * WORD);
        let known = Known::new("x");
        assert_eq!((known.magic, known.kinds), (MAGIC, [2, 9]));
    }

    #[test]
    fn structures_stand_in_front() {
        struct Card;
        impl Structure for Card {
            const TEXT: &'static str = "card";
        }
        type Known = Entry<(OfStructure<Card>, Values), 3, 1>;
        assert_eq!(offset_of!(Known, structures), 0);
        assert_eq!(offset_of!(Known, text), 2 * WORD);
        let known = Known::with_structures("x");
        assert_eq!((known.structures, known.kinds), (["card"], [15, 2, 9]));
    }

    #[test]
    fn a_reader_finds_the_parts_of_a_step_where_the_page_says() {
        struct Door;
        impl MachineText for Door {
            const TEXT: &'static str = "door";
        }
        type Known = StepEntry<Door, Values, 2>;
        assert_eq!(offset_of!(Known, magic), 2 * WORD);
        assert_eq!(offset_of!(Known, machine), 3 * WORD);
        assert_eq!(offset_of!(Known, kinds), 5 * WORD);
        let known = Known::new("x");
        assert_eq!((known.machine, known.kinds), ("door", [2, 9]));
    }
}
