//! A session whose head nobody can read.

use std::fs;

use super::{Left, leave};
use crate::recorder_stage::stage;

/// Whose head cannot be read is not lost without a word.
#[test]
fn what_nobody_can_read_is_told_and_kept() {
    let stage = stage!(what_nobody_can_read_is_told_and_kept);
    stage.role("dies", |stage| leave(stage));
    stage.kill("dies");
    let left = Left::read(&stage);
    let name = left.first("head");
    let head = stage.recorder().join(name);
    let mut zeroed = left.files[name].clone();
    zeroed[..16 << 10].fill(0);
    let mut damaged = left.files[name].clone();
    for at in [20, 8_192 + 20] {
        damaged[at] ^= 1;
    }
    let cases = [
        ("nothing", Vec::new()),
        ("ten bytes", left.files[name][..10].to_vec()),
        ("zeros", zeroed),
        ("damage", damaged),
    ];
    for (what, bytes) in cases {
        fs::write(&head, bytes).expect("written");
        let recovery = stage.recover();
        assert!(recovery.processes.is_empty(), "{what}: {recovery:?}");
        assert_eq!(recovery.problems.len(), 1, "{what}: {recovery:?}");
        assert!(recovery.problems[0].contains(name), "{what}: {recovery:?}");
        assert_eq!(stage.left().len(), left.files.len(), "{what}");
    }
}
