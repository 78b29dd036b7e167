//! Several values as one: the fields of a structure, whose keys another site than the record's has. Hot.

use core::marker::PhantomData;

use super::encode::{Encode, sealed};
use super::kinds::{OfStructure, Structure};
use super::{Out, Tag};

/// Values with the number of the site that has their keys; `S` stands for the structure.
#[derive(Clone, Copy, Debug)]
pub struct Group<S, V> {
    site: u32,
    values: V,
    of: PhantomData<fn() -> S>,
}

impl<S, V> Group<S, V> {
    #[inline(always)]
    pub(crate) fn new(site: u32, values: V) -> Self {
        Self {
            site,
            values,
            of: PhantomData,
        }
    }
}

impl<S, V: Encode> sealed::Sealed for Group<S, V> {}
impl<S: Structure, V: Encode> Encode for Group<S, V> {
    type Kinds = OfStructure<S>;

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
