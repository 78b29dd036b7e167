//! Several values as one: the fields of a structure, whose keys another site than the record's has. Hot.

use super::encode::{Encode, sealed};
use super::kinds::{Kind, One};
use super::{Out, Tag};

/// Values with the number of the site that has their keys.
#[derive(Clone, Copy, Debug)]
pub struct Group<V> {
    site: u32,
    values: V,
}

impl<V> Group<V> {
    #[inline(always)]
    pub(crate) fn new(site: u32, values: V) -> Self {
        Self { site, values }
    }
}

impl<V: Encode> sealed::Sealed for Group<V> {}
impl<V: Encode> Encode for Group<V> {
    type Kinds = One<{ Kind::Fields as u8 }>;

    #[inline(always)]
    fn size(&self, limit: usize) -> usize {
        1 + size_of::<u32>() + self.values.size(limit) + 1
    }

    #[inline(always)]
    fn encode(&self, limit: usize, out: &mut Out<'_>) {
        out.put_tagged(Tag::Group as u8, self.site.to_le_bytes());
        self.values.encode(limit, out);
        out.put([Tag::End as u8]);
    }
}
