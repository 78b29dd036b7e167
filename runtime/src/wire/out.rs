//! A cursor over reserved bytes. Hot: it cannot panic and cannot write outside.

/// Writes values one behind the other into bytes that were reserved for them.
///
/// Callers reserve exactly what they write; should they be wrong, the surplus is left out and the
/// reader finds a short record instead of a torn one.
#[derive(Debug)]
pub struct Out<'a> {
    rest: &'a mut [u8],
}

impl<'a> Out<'a> {
    /// Starts at the front of `bytes`.
    #[inline]
    pub fn new(bytes: &'a mut [u8]) -> Self {
        Self { rest: bytes }
    }

    /// Appends a fixed number of bytes.
    #[inline(always)]
    pub fn put<const N: usize>(&mut self, bytes: [u8; N]) {
        let rest = core::mem::take(&mut self.rest);
        if let Some((head, tail)) = rest.split_first_chunk_mut::<N>() {
            *head = bytes;
            self.rest = tail;
        }
    }

    /// Appends a slice.
    #[inline(always)]
    pub fn put_slice(&mut self, bytes: &[u8]) {
        let rest = core::mem::take(&mut self.rest);
        if let Some((head, tail)) = rest.split_at_mut_checked(bytes.len()) {
            head.copy_from_slice(bytes);
            self.rest = tail;
        }
    }

    /// How many bytes are left.
    #[inline]
    pub fn remaining(&self) -> usize {
        self.rest.len()
    }
}
