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

#[test]
fn a_message_is_kept_with_how_its_holes_are_written() {
    use crate::template::{Piece, Spec};

    let spec = Spec::read("_<+#012.3X").expect("known");
    let template = [
        Piece::Text("paid "),
        Piece::Hole(1, spec),
        Piece::Hole(0, Spec::PLAIN),
    ];
    let meta = Meta {
        template: Box::leak(Box::new(template)),
        file: "shop.rs",
        line: 7,
        ..UNKNOWN
    };
    let kept = describe(1, &meta)[4..].to_vec().leak();
    let read = read_kept(kept).expect("whole");
    assert_eq!(read.template, template);
    assert_eq!((read.file, read.line), ("shop.rs", 7));
}
