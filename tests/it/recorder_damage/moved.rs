//! Lines of 64 bytes that are lost, or written in another place.

use super::bench::{Dice, examine};
use super::is;
use crate::recorder_stage::stage;

#[test]
fn no_lost_or_moved_line_costs_more_than_the_records_on_it() {
    let stage = stage!(no_lost_or_moved_line_costs_more_than_the_records_on_it);
    examine(&stage, "moves lines", |bench| {
        let mut dice = Dice(0x9abc_def1_2345_6789);
        let names: Vec<_> = bench.left.files.keys().cloned().collect();
        for name in names {
            let lines = bench.left.files[&name].len() / 64;
            let early = (0..80.min(lines)).chain((80..lines).step_by(if is(&name, "ring") {
                3
            } else {
                41
            }));
            for line in early {
                let one = line * 64..line * 64 + 64;
                let filling = if line % 2 == 0 { 0 } else { 0xff };
                bench.changed(
                    &format!("line {line} filled with {filling}"),
                    &name,
                    std::slice::from_ref(&one),
                    |it| {
                        it[one.clone()].fill(filling);
                    },
                );
                let other = dice.below(lines) * 64;
                // Both copies of who it was are gone then.
                let is_fatal = is(&name, "head") && line < 8 && other / 64 / 8 == 16;
                if other != one.start && !is_fatal {
                    let touched = [one.clone(), other..other + 64];
                    bench.changed(
                        &format!("lines {line} and {} swapped", other / 64),
                        &name,
                        &touched,
                        |it| {
                            for at in 0..64 {
                                it.swap(one.start + at, other + at);
                            }
                        },
                    );
                }
            }
        }
    });
}
