//! Small structures as bytes, and back. Reading is total: any bytes give a value or `None`. What is
//! written once into a file is sealed: a length and a checksum in front, so that damage is found.

use core::sync::atomic::{AtomicU64, Ordering};

use super::hash::hash;

/// Appends to bytes.
pub(super) trait Pack {
    fn u8(&mut self, it: u8);
    fn u16(&mut self, it: u16);
    fn u32(&mut self, it: u32);
    fn u64(&mut self, it: u64);
    /// Length and text; what is longer than 64 KiB is cut.
    fn text(&mut self, it: &str);
    /// Length and bytes.
    fn bytes(&mut self, it: &[u8]);
}

impl Pack for Vec<u8> {
    fn u8(&mut self, it: u8) {
        self.push(it);
    }

    fn u16(&mut self, it: u16) {
        self.extend_from_slice(&it.to_le_bytes());
    }

    fn u32(&mut self, it: u32) {
        self.extend_from_slice(&it.to_le_bytes());
    }

    fn u64(&mut self, it: u64) {
        self.extend_from_slice(&it.to_le_bytes());
    }

    fn text(&mut self, it: &str) {
        self.bytes(crate::wire::cut_at_char(it, usize::from(u16::MAX)).as_bytes());
    }

    fn bytes(&mut self, it: &[u8]) {
        let len = it.len().min(usize::from(u16::MAX));
        self.u16(u16::try_from(len).unwrap_or(u16::MAX));
        self.extend_from_slice(&it[..len]);
    }
}

/// Reads from the front of bytes.
#[derive(Clone, Copy, Debug)]
pub(super) struct Unpack<'a>(pub(super) &'a [u8]);

impl<'a> Unpack<'a> {
    fn array<const N: usize>(&mut self) -> Option<[u8; N]> {
        let (head, tail) = self.0.split_first_chunk::<N>()?;
        self.0 = tail;
        Some(*head)
    }

    pub(super) fn u8(&mut self) -> Option<u8> {
        self.array::<1>().map(|[it]| it)
    }

    pub(super) fn u16(&mut self) -> Option<u16> {
        self.array().map(u16::from_le_bytes)
    }

    pub(super) fn u32(&mut self) -> Option<u32> {
        self.array().map(u32::from_le_bytes)
    }

    pub(super) fn u64(&mut self) -> Option<u64> {
        self.array().map(u64::from_le_bytes)
    }

    pub(super) fn bytes(&mut self) -> Option<&'a [u8]> {
        let len = usize::from(self.u16()?);
        let (head, tail) = self.0.split_at_checked(len)?;
        self.0 = tail;
        Some(head)
    }

    pub(super) fn text(&mut self) -> Option<&'a str> {
        core::str::from_utf8(self.bytes()?).ok()
    }
}

/// Bytes in front of what is sealed: its length and its checksum.
pub(super) const SEAL: usize = 16;

/// A block with its length and checksum, padded to whole words.
pub(super) fn seal(content: &[u8]) -> Vec<u8> {
    let mut block = Vec::with_capacity(SEAL + content.len() + 8);
    block.u64(content.len() as u64);
    block.u64(hash(content));
    block.extend_from_slice(content);
    block.resize(block.len().next_multiple_of(8), 0);
    block
}

/// The content of a sealed block at the front of these bytes; none when it is damaged or was never
/// written.
pub(super) fn unseal(block: &[u8]) -> Option<&[u8]> {
    let mut head = Unpack(block.get(..SEAL)?);
    let len = usize::try_from(head.u64()?).ok()?;
    let sum = head.u64()?;
    let content = block.get(SEAL..)?.get(..len)?;
    (len > 0 && hash(content) == sum).then_some(content)
}

/// The content of the first of two copies that is whole.
pub(super) fn unseal_either(bytes: &[u8], first: usize, second: usize) -> Option<&[u8]> {
    let at = |start| bytes.get(start..).and_then(unseal);
    at(first).or_else(|| at(second))
}

/// Stores whole words; what does not fit is left out.
pub(super) fn store(words: &[AtomicU64], at: usize, bytes: &[u8]) {
    let words = words.get(at / 8..).unwrap_or_default();
    for (word, bytes) in words.iter().zip(bytes.chunks(8)) {
        let mut whole = [0; 8];
        whole[..bytes.len()].copy_from_slice(bytes);
        // ORDERING: Relaxed: whoever reads this does so after the process, or checks a sum.
        word.store(u64::from_ne_bytes(whole), Ordering::Relaxed);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sealed_block_comes_back_and_no_damaged_one_does() {
        let block = seal(b"who we are");
        assert_eq!(unseal(&block), Some(&b"who we are"[..]));
        assert_eq!(unseal(&[0; 64]), None, "never written");
        for len in 0..SEAL + 10 {
            assert_eq!(unseal(&block[..len]), None, "cut at {len}");
        }
        for bit in 0..(SEAL + 10) * 8 {
            let mut damaged = block.clone();
            damaged[bit / 8] ^= 1 << (bit % 8);
            assert_ne!(unseal(&damaged), Some(&b"who we are"[..]), "bit {bit}");
        }
    }

    #[test]
    fn the_second_copy_stands_in_for_the_first() {
        let mut both = [seal(b"twice"), seal(b"twice")].concat();
        let second = both.len() / 2;
        both[3] = 9;
        assert_eq!(unseal_either(&both, 0, second), Some(&b"twice"[..]));
        both[second] = 9;
        assert_eq!(unseal_either(&both, 0, second), None);
    }

    #[test]
    fn what_is_too_short_reads_as_nothing() {
        let mut bytes = Vec::new();
        bytes.u32(7);
        bytes.text("name");
        let mut whole = Unpack(&bytes);
        assert_eq!((whole.u32(), whole.text()), (Some(7), Some("name")));
        let mut short = Unpack(&bytes[..bytes.len() - 1]);
        assert_eq!((short.u32(), short.text()), (Some(7), None));
    }
}
