//! Functions that give closures back: what those take stands in the signature alone.

use std::collections::HashMap;
use std::hash::Hash;
use std::num::ParseIntError;
use std::panic::catch_unwind;

use storyline::testing::capture;
use storyline::timed;

use crate::ledger::text;

struct Entry<K> {
    key: K,
    hash: u64,
}

#[timed]
fn by_place<K>(entries: &[Entry<K>]) -> impl Fn(&usize) -> u64 + use<'_, K> {
    move |&at| entries[at].hash
}

#[timed]
fn equal_to<'a, K: Eq>(key: &'a K, entries: &'a [Entry<K>]) -> impl Fn(&usize) -> bool + 'a {
    assert!(!entries.is_empty(), "no entries");
    move |at| entries[*at].key == *key
}

#[timed]
fn hasher<K: Hash, V>(salt: &u64) -> impl Fn(&(K, V)) -> u64 + '_ {
    move |pair| {
        use std::hash::{DefaultHasher, Hasher};
        let mut state = DefaultHasher::new();
        pair.0.hash(&mut state);
        state.finish() ^ salt
    }
}

#[timed]
fn counting(mut total: usize) -> impl FnMut(&str) -> Result<usize, ParseIntError> {
    move |text| {
        total += text.parse::<usize>()?;
        Ok(total)
    }
}

#[timed]
fn limited(text: &str) -> Result<impl Fn(&usize) -> bool + use<>, ParseIntError> {
    let limit: usize = text.parse()?;
    Ok(move |it: &usize| *it < limit)
}

#[timed]
fn over(limit: usize, pairs: &HashMap<String, usize>) -> impl Iterator<Item = &str> {
    pairs
        .iter()
        .filter(move |it| *it.1 > limit)
        .map(|(name, _)| name.as_str())
}

#[test]
fn closures_that_are_given_back_know_what_they_take() {
    let logged = capture(|| {
        let entries = [Entry { key: "a", hash: 7 }];
        assert_eq!(by_place(&entries)(&0), 7);
        assert!(equal_to(&"a", &entries)(&0));
        assert!(catch_unwind(|| drop(equal_to(&"a", &[]))).is_err());
        assert_ne!(
            hasher::<_, ()>(&1)(&("a", ())),
            hasher::<_, ()>(&2)(&("a", ()))
        );
        let mut count = counting(1);
        assert_eq!((count("2"), count("3")), (Ok(3), Ok(6)));
        assert!(limited("5").is_ok_and(|it| it(&4)));
        assert!(limited("x").is_err());
        let pairs = HashMap::from([("a".to_owned(), 1), ("b".to_owned(), 2)]);
        assert_eq!(over(1, &pairs).collect::<Vec<_>>(), ["b"]);
    });
    let outcomes: Vec<&str> = logged.iter().map(|it| text(it, "outcome")).collect();
    assert_eq!(
        outcomes,
        ["ok", "ok", "panic", "ok", "ok", "ok", "ok", "err", "ok"]
    );
}
