//! Numbers and letters by chance, the same ones each time.

/// Xorshift: small, and the same everywhere.
pub(in super::super) struct Random(pub(in super::super) u64);

impl Random {
    pub(super) fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0.wrapping_mul(0x2545_f491_4f6c_dd1d)
    }

    pub(super) fn below(&mut self, end: u64) -> u64 {
        (self.next() >> 11) % end
    }

    pub(super) fn of<'a>(&mut self, list: &[&'a str]) -> &'a str {
        let index = self.below(list.len() as u64);
        list[usize::try_from(index).expect("small")]
    }

    pub(super) fn letters(&mut self, alphabet: &str, len: usize) -> String {
        let letters: Vec<char> = alphabet.chars().collect();
        (0..len)
            .map(|_| letters[usize::try_from(self.below(letters.len() as u64)).expect("small")])
            .collect()
    }

    pub(super) fn digits(&mut self, len: usize) -> String {
        self.letters("0123456789", len)
    }
}

pub(super) const HEX: &str = "0123456789abcdef";
pub(super) const PLAIN: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
pub(super) const URL_SAFE: &str =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
