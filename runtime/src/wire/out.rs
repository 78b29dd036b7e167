//! A cursor over reserved bytes. Hot: it cannot panic and cannot write outside.

/// Writes values one after the other into bytes that were reserved for them.
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

    /// Appends a byte and a fixed number of others: one look at what is left instead of two.
    #[inline(always)]
    pub(crate) fn put_tagged<const N: usize>(&mut self, tag: u8, bytes: [u8; N]) {
        let rest = core::mem::take(&mut self.rest);
        if N < rest.len()
            && let Some((first, rest)) = rest.split_first_mut()
            && let Some((head, tail)) = rest.split_first_chunk_mut::<N>()
        {
            *first = tag;
            *head = bytes;
            self.rest = tail;
        }
    }

    /// Appends a slice.
    #[inline(always)]
    pub fn put_slice(&mut self, bytes: &[u8]) {
        let rest = core::mem::take(&mut self.rest);
        if let Some((head, tail)) = rest.split_at_mut_checked(bytes.len()) {
            copy(bytes, head);
            self.rest = tail;
        }
    }

    /// Has a function write that is not inlined. It gets the cursor itself and not a reference, so that
    /// the cursor of everybody else stays in registers.
    #[inline(always)]
    pub(crate) fn through(&mut self, write: impl FnOnce(Self) -> Self) {
        let rest = core::mem::take(&mut self.rest);
        *self = write(Self { rest });
    }

    /// How many bytes are left.
    #[inline]
    pub fn remaining(&self) -> usize {
        self.rest.len()
    }
}

/// Copies between slices of one length. Most texts are short, and a call of the system's own routine
/// costs more than all of such a copy: it is made of two pieces, which may overlap.
#[inline(always)]
fn copy(from: &[u8], to: &mut [u8]) {
    debug_assert_eq!(from.len(), to.len());
    if from.len() < 8 {
        if from.len() >= 4 {
            ends::<4>(from, to);
        } else if from.len() >= 2 {
            ends::<2>(from, to);
        } else if let ([from], [to]) = (from, to) {
            *to = *from;
        }
    } else if from.len() <= 16 {
        ends::<8>(from, to);
    } else if from.len() <= 32 {
        ends::<16>(from, to);
    } else {
        to.copy_from_slice(from);
    }
}

/// The first and the last `N` bytes, which are all when there are no more than twice as many.
#[inline(always)]
fn ends<const N: usize>(from: &[u8], to: &mut [u8]) {
    if let (Some(first), Some(last)) = (from.first_chunk::<N>(), from.last_chunk::<N>()) {
        let (first, last) = (*first, *last);
        if let Some(to) = to.first_chunk_mut::<N>() {
            *to = first;
        }
        if let Some(to) = to.last_chunk_mut::<N>() {
            *to = last;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slices_of_every_length_are_copied_whole_and_nothing_else_is_touched() {
        let from: Vec<u8> = (1..=80).collect();
        for len in 0..=80 {
            let mut bytes = [0; 100];
            let mut out = Out::new(&mut bytes);
            out.put_slice(&from[..len]);
            assert_eq!(out.remaining(), 100 - len);
            assert_eq!(bytes[..len], from[..len]);
            assert!(bytes[len..].iter().all(|&byte| byte == 0), "behind {len}");
        }
    }

    #[test]
    fn what_does_not_fit_is_left_out() {
        let mut bytes = [7; 4];
        let mut out = Out::new(&mut bytes);
        out.put([1, 2]);
        out.put_slice(&[3, 4, 5]);
        out.put([6]);
        assert_eq!(out.remaining(), 0);
        assert_eq!(bytes, [1, 2, 7, 7]);
    }
}
