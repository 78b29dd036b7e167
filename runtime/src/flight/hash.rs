//! A fast hash of 64 bits for finding text again and for telling damage. It defends against chance, not
//! against an enemy, who could write into the files anyway.
//!
//! Two lanes of multiply-and-fold over 16 bytes each, as in the family of wyhash
//! (<https://github.com/wangyi-fudan/wyhash>); the constants are the fractional parts of square roots.

const K0: u64 = 0x6a09_e667_f3bc_c908;
const K1: u64 = 0xbb67_ae85_84ca_a73b;
const K2: u64 = 0x3c6e_f372_fe94_f82b;

#[inline(always)]
#[expect(
    clippy::cast_possible_truncation,
    reason = "the product is folded, both halves are used"
)]
fn fold(a: u64, b: u64) -> u64 {
    let product = u128::from(a) * u128::from(b);
    product as u64 ^ (product >> 64) as u64
}

#[inline(always)]
fn words(block: &[u8; 16]) -> (u64, u64) {
    let both = u128::from_le_bytes(*block);
    #[expect(
        clippy::cast_possible_truncation,
        reason = "both halves of the block are used"
    )]
    (both as u64, (both >> 64) as u64)
}

#[inline(always)]
fn mix(lane: u64, block: &[u8; 16], key: u64) -> u64 {
    let (one, two) = words(block);
    fold(one ^ key, two ^ lane)
}

/// A running sum with one more word in it.
#[inline(always)]
pub(super) fn chain(sum: u64, word: u64) -> u64 {
    fold(sum ^ K1, word ^ K2)
}

/// The hash of these bytes.
#[inline]
pub(super) fn hash(bytes: &[u8]) -> u64 {
    let (mut one, mut two) = (K0 ^ bytes.len() as u64, K1);
    let (pairs, rest) = bytes.as_chunks::<32>();
    for pair in pairs {
        let (halves, _) = pair.as_chunks::<16>();
        if let [front, back] = halves {
            one = mix(one, front, K1);
            two = mix(two, back, K2);
        }
    }
    if let Some(front) = rest.first_chunk::<16>() {
        one = mix(one, front, K1);
    }
    // The last 16 bytes, some of which may have counted already; of fewer, all there are.
    if let Some(back) = bytes.last_chunk::<16>() {
        two = mix(two, back, K2);
    } else {
        let mut block = [0; 16];
        block[..bytes.len()].copy_from_slice(bytes);
        two = mix(two, &block, K2);
    }
    fold(one ^ K2, two ^ K0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn every_length_and_every_flipped_bit_gives_another_hash() {
        let mut seen = HashSet::new();
        for len in 0..200 {
            assert!(seen.insert(hash(&vec![0; len])), "{len} zeros");
        }
        let mut bytes = [0x5a; 130];
        assert!(seen.insert(hash(&bytes)));
        for bit in 0..bytes.len() * 8 {
            bytes[bit / 8] ^= 1 << (bit % 8);
            assert!(seen.insert(hash(&bytes)), "bit {bit}");
            bytes[bit / 8] ^= 1 << (bit % 8);
        }
    }
}
