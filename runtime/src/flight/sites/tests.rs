//! What is kept of descriptions that were read.

use super::*;

/// Who recovers all day must not grow with every death.
#[test]
fn what_reads_the_same_is_kept_once() {
    let read = |id| {
        let mut file = vec![0; START];
        file.extend(marked(20).to_le_bytes());
        file.extend(seal(&describe(id, &UNKNOWN)));
        read(&file)
    };
    let (one, two) = (read(1), read(2));
    assert_eq!((one[0].id, two[0].id), (1, 2));
    assert_eq!(one[0].meta.keys.last(), Some(&"recovered"));
    assert!(core::ptr::eq(one[0].meta, two[0].meta));
}
