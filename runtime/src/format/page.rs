//! Lines while they are put together. Most of a line are short pieces, and a copy whose length is known only
//! when it happens costs a call; here pieces are copied in whole chunks into bytes that are there already.

use super::number::digits;

/// Bytes that are copied at a time.
const CHUNK: usize = 32;

/// By how much a page grows beyond what is needed.
const MORE: usize = 256;

/// Text that never changes, in whole chunks.
#[derive(Debug, Default)]
pub(super) struct Piece {
    chunks: Vec<[u8; CHUNK]>,
    len: usize,
}

impl Piece {
    pub(super) fn new(text: &[u8]) -> Self {
        let chunks = text.chunks(CHUNK).map(|part| {
            let mut chunk = [0; CHUNK];
            chunk[..part.len()].copy_from_slice(part);
            chunk
        });
        Self {
            chunks: chunks.collect(),
            len: text.len(),
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.len == 0
    }
}

/// A buffer of records, to whose end formats write.
#[derive(Debug, Default)]
pub struct Page {
    /// What is written, and after it bytes that may be anything.
    bytes: Vec<u8>,
    /// How many of them are written.
    len: usize,
}

impl Page {
    /// An empty page that grows to so many bytes without moving.
    pub(crate) fn with_capacity(capacity: usize) -> Self {
        Self::from(Vec::with_capacity(capacity))
    }

    /// What is written.
    pub(crate) fn as_bytes(&self) -> &[u8] {
        &self.bytes[..self.len]
    }

    pub(crate) fn len(&self) -> usize {
        self.len
    }

    pub(crate) fn truncate(&mut self, len: usize) {
        self.len = self.len.min(len);
    }

    /// Takes the first so many bytes away.
    pub(crate) fn remove_front(&mut self, len: usize) {
        self.bytes.copy_within(len..self.len, 0);
        self.len -= len;
    }

    /// Lets something else write after what is here.
    #[inline]
    pub(crate) fn direct<R>(&mut self, write: impl FnOnce(&mut Vec<u8>) -> R) -> R {
        self.bytes.truncate(self.len);
        let answer = write(&mut self.bytes);
        self.len = self.bytes.len();
        answer
    }

    /// Where the next line begins.
    #[inline(always)]
    pub(super) fn end(&mut self) -> End<'_> {
        End {
            at: self.len,
            bytes: &mut self.bytes,
        }
    }

    /// Takes what stands before `at` as written.
    #[inline(always)]
    pub(super) fn set_len(&mut self, at: usize) {
        self.len = at;
    }
}

/// The end of a page. Everything here is inlined, so that the position stays in a register: by way of memory
/// each piece would wait for the one before.
#[derive(Debug)]
pub(super) struct End<'a> {
    bytes: &'a mut Vec<u8>,
    at: usize,
}

impl End<'_> {
    /// Bytes before it.
    #[inline(always)]
    pub(super) fn position(&self) -> usize {
        self.at
    }

    /// Lets something else write after what is here.
    #[inline(always)]
    pub(super) fn direct(&mut self, write: impl FnOnce(&mut Vec<u8>)) {
        self.bytes.truncate(self.at);
        write(self.bytes);
        self.at = self.bytes.len();
    }

    /// The place after what is written, of at least `len` bytes and a chunk.
    #[inline(always)]
    fn place(&mut self, len: usize) -> &mut [u8] {
        if self.bytes.len() - self.at < len + CHUNK {
            grow(self.bytes, self.at + len + CHUNK);
        }
        &mut self.bytes[self.at..]
    }

    #[inline(always)]
    pub(super) fn piece(&mut self, piece: &Piece) {
        let mut place = self.place(piece.len);
        for chunk in &piece.chunks {
            let Some((to, rest)) = place.split_first_chunk_mut() else {
                break;
            };
            *to = *chunk;
            place = rest;
        }
        self.at += piece.len;
    }

    /// A chunk of which `len` bytes count.
    #[inline(always)]
    pub(super) fn chunk(&mut self, chunk: &[u8; CHUNK], len: usize) {
        if let Some(to) = self.place(0).first_chunk_mut() {
            *to = *chunk;
        }
        self.at += len.min(CHUNK);
    }

    #[inline(always)]
    pub(super) fn byte(&mut self, byte: u8) {
        self.place(0)[0] = byte;
        self.at += 1;
    }

    /// A number in decimal digits.
    #[inline(always)]
    pub(super) fn number(&mut self, number: u64) {
        if number < 100_000_000 {
            #[expect(clippy::cast_possible_truncation, reason = "it was compared")]
            let (text, len) = digits(number as u32);
            if let Some(to) = self.place(0).first_chunk_mut() {
                *to = text;
            }
            self.at += len;
        } else {
            self.direct(|out| push_large(number, out));
        }
    }

    #[inline(always)]
    pub(super) fn text(&mut self, text: &[u8]) {
        copy(self.place(text.len()), text);
        self.at += text.len();
    }
}

#[cold]
#[inline(never)]
fn grow(bytes: &mut Vec<u8>, len: usize) {
    bytes.resize(len + MORE, 0);
}

#[cold]
#[inline(never)]
fn push_large(number: u64, out: &mut Vec<u8>) {
    out.extend_from_slice(itoa::Buffer::new().format(number).as_bytes());
}

/// Copies the text to the front of the place.
#[inline(always)]
fn copy(place: &mut [u8], text: &[u8]) {
    match text.len() {
        0..4 => place
            .iter_mut()
            .zip(text)
            .for_each(|(to, from)| *to = *from),
        4..8 => copy_ends::<4>(place, text),
        8..16 => copy_ends::<8>(place, text),
        16..=32 => copy_ends::<16>(place, text),
        len => place[..len].copy_from_slice(text),
    }
}

/// Copies `N` to 2 `N` bytes as the first and the last `N` of them, which may share some.
#[inline(always)]
fn copy_ends<const N: usize>(place: &mut [u8], text: &[u8]) {
    if let (Some(to), Some(from)) = (place.first_chunk_mut::<N>(), text.first_chunk()) {
        *to = *from;
    }
    let place = place.get_mut(..text.len());
    if let (Some(to), Some(from)) = (
        place.and_then(<[u8]>::last_chunk_mut::<N>),
        text.last_chunk(),
    ) {
        *to = *from;
    }
}

impl From<Vec<u8>> for Page {
    fn from(bytes: Vec<u8>) -> Self {
        Self {
            len: bytes.len(),
            bytes,
        }
    }
}

impl From<Page> for Vec<u8> {
    fn from(mut page: Page) -> Self {
        page.bytes.truncate(page.len);
        page.bytes
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_page_is_what_was_put_on_it(
            parts in prop::collection::vec((0u8..8, prop::collection::vec(any::<u8>(), 0..80), any::<u64>()), 0..60),
        ) {
            let mut page = Page::from(b"before".to_vec());
            let mut expected = b"before".to_vec();
            for (how, text, number) in parts {
                let mut end = page.end();
                match how {
                    0 => end.piece(&Piece::new(&text)),
                    1 => end.text(&text),
                    2 => end.direct(|out| out.extend_from_slice(&text)),
                    3 => {
                        let mut chunk = [7; CHUNK];
                        let len = text.len().min(CHUNK);
                        chunk[..len].copy_from_slice(&text[..len]);
                        end.chunk(&chunk, len);
                    }
                    4 => end.number(number >> (text.len() % 64)),
                    _ => {
                        for &byte in &text {
                            end.byte(byte);
                        }
                    }
                }
                let at = end.position();
                page.set_len(at);
                match how {
                    3 => expected.extend_from_slice(&text[..text.len().min(CHUNK)]),
                    4 => expected.extend_from_slice((number >> (text.len() % 64)).to_string().as_bytes()),
                    _ => expected.extend_from_slice(&text),
                }
                if how == 6 {
                    let front = text.len().min(page.len());
                    page.remove_front(front);
                    expected.drain(..front);
                }
                if how == 7 {
                    page.truncate(text.len() * 20);
                    expected.truncate(text.len() * 20);
                }
                prop_assert_eq!(page.as_bytes(), &expected);
            }
            prop_assert_eq!(Vec::from(page), expected);
        }
    }
}
