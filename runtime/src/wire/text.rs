//! Text on the wire: whole, or cut with a mark of how long it was.

use super::encode::{Encode, sealed};
use super::kinds::{Kind, One};
use super::{Out, Tag};

/// JSON text of a structure.
#[derive(Clone, Copy, Debug)]
pub struct Json<'a>(pub &'a str);

/// Text that was rendered before, with the length it had before it was cut.
#[derive(Clone, Copy, Debug)]
pub struct Rendered<'a> {
    /// What was kept.
    pub text: &'a str,
    /// Bytes of the whole.
    pub original_len: u64,
}

/// The longest prefix of at most `limit` bytes that ends between characters.
#[inline]
pub(crate) fn cut_at_char(text: &str, limit: usize) -> &str {
    if text.len() <= limit {
        return text;
    }
    let mut end = limit;
    while end > 0 && !text.is_char_boundary(end) {
        end -= 1;
    }
    text.get(..end).unwrap_or_default()
}

/// No text is longer than a ring.
#[inline(always)]
#[expect(clippy::cast_possible_truncation, reason = "a ring has at most 1 GiB")]
fn len_bytes(len: usize) -> [u8; 4] {
    (len as u32).to_le_bytes()
}

impl sealed::Sealed for &str {}
impl Encode for &str {
    type Kinds = One<{ Kind::Str as u8 }>;

    #[inline(always)]
    fn size(&self, limit: usize) -> usize {
        if self.len() <= limit {
            5 + self.len()
        } else {
            cut_size(self, limit)
        }
    }

    #[inline(always)]
    fn encode(&self, limit: usize, out: &mut Out<'_>) {
        if self.len() <= limit {
            out.put_tagged(Tag::Str as u8, len_bytes(self.len()));
            out.put_slice(self.as_bytes());
        } else {
            out.through(|out| encode_cut(self, self.len() as u64, limit, out));
        }
    }
}

#[cold]
fn cut_size(text: &str, limit: usize) -> usize {
    13 + cut_at_char(text, limit).len()
}

#[cold]
#[inline(never)]
fn encode_cut<'a>(text: &str, original_len: u64, limit: usize, mut out: Out<'a>) -> Out<'a> {
    let kept = cut_at_char(text, limit);
    out.put_tagged(Tag::Cut as u8, original_len.to_le_bytes());
    out.put(len_bytes(kept.len()));
    out.put_slice(kept.as_bytes());
    out
}

impl sealed::Sealed for Rendered<'_> {}
impl Encode for Rendered<'_> {
    type Kinds = One<{ Kind::Str as u8 }>;

    #[inline(always)]
    fn size(&self, limit: usize) -> usize {
        if self.original_len == self.text.len() as u64 {
            self.text.size(limit)
        } else {
            cut_size(self.text, limit)
        }
    }

    #[inline(always)]
    fn encode(&self, limit: usize, out: &mut Out<'_>) {
        if self.original_len == self.text.len() as u64 {
            self.text.encode(limit, out);
        } else {
            out.through(|out| encode_cut(self.text, self.original_len, limit, out));
        }
    }
}

impl sealed::Sealed for Json<'_> {}
impl Encode for Json<'_> {
    type Kinds = One<{ Kind::Json as u8 }>;

    #[inline(always)]
    fn size(&self, limit: usize) -> usize {
        // A structure that is cut is no structure any more: it goes on as cut text.
        if self.0.len() <= limit {
            5 + self.0.len()
        } else {
            cut_size(self.0, limit)
        }
    }

    #[inline(always)]
    fn encode(&self, limit: usize, out: &mut Out<'_>) {
        if self.0.len() <= limit {
            out.put_tagged(Tag::Json as u8, len_bytes(self.0.len()));
            out.put_slice(self.0.as_bytes());
        } else {
            out.through(|out| encode_cut(self.0, self.0.len() as u64, limit, out));
        }
    }
}
