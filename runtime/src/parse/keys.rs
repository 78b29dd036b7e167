//! The keys of a record while it is read: no two may be the same.

use std::borrow::Cow;
use std::collections::HashSet;

/// From this many keys on a table is quicker than looking at each.
const MANY: usize = 32;

/// The keys so far.
#[derive(Default)]
pub(super) struct Keys<'a> {
    few: Vec<Cow<'a, str>>,
    many: HashSet<Cow<'a, str>>,
}

impl<'a> Keys<'a> {
    /// Adds a key; false when it was there before.
    pub(super) fn add(&mut self, key: Cow<'a, str>) -> bool {
        if self.few.len() < MANY {
            let is_new = !self.few.contains(&key);
            if is_new {
                self.few.push(key);
            }
            return is_new;
        }
        if self.many.is_empty() {
            self.many.extend(self.few.iter().cloned());
        }
        self.many.insert(key)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_second_of_a_key_is_noticed_among_few_and_many() {
        for count in [1, MANY - 1, MANY, MANY + 1, 1000] {
            let mut keys = Keys::default();
            for number in 0..count {
                assert!(keys.add(number.to_string().into()), "{number}");
            }
            for number in 0..count {
                assert!(!keys.add(number.to_string().into()), "{number} of {count}");
            }
        }
    }
}
