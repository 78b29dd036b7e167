//! Files that end early or go on too long, are garbage in places, or are missing.

use core::slice::from_ref;

use super::bench::{Dice, examine};
use super::is;
use crate::recorder_stage::stage;

#[test]
fn files_that_are_cut_or_garbage_cost_what_is_missing() {
    let stage = stage!(files_that_are_cut_or_garbage_cost_what_is_missing);
    examine(&stage, "cuts files", |bench| {
        let mut dice = Dice(0xdef1_2345_6789_abcd);
        let names: Vec<_> = bench.left.files.keys().cloned().collect();
        for name in &names {
            let whole = bench.left.files[name].clone();
            // A head says who it was in its first bytes, and again behind 8 KiB.
            let block = u64::from_le_bytes(whole[..8].try_into().expect("eight"));
            let least = if is(name, "head") {
                16 + usize::try_from(block).expect("short")
            } else {
                0
            };
            let edges = [1_024, 3_840, 4_096, 8_192, 16_384, 20_480]
                .into_iter()
                .flat_map(|it| it - 9..it + 9);
            let lens = (least..least + 40)
                .chain(edges)
                .chain((0..whole.len()).step_by(1_531));
            for len in lens.filter(|len| (least..whole.len()).contains(len)) {
                let what = format!("the first {len} bytes of {}", &name[17..]);
                bench.case(
                    &what,
                    name,
                    Some(&whole[..len]),
                    from_ref(&(len..usize::MAX)),
                );
            }
            let longer = [&whole[..], &vec![0x5a; 300_000]].concat();
            bench.case(
                &format!("{} made longer", &name[17..]),
                name,
                Some(&longer),
                &[],
            );
            for _ in 0..60 {
                let start = dice.below(whole.len() - least) + least;
                let end = (start + 1 + dice.below(5_000)).min(whole.len());
                let filling: Vec<_> = (start..end)
                    .map(|_| dice.below(256).to_le_bytes()[0])
                    .collect();
                bench.changed(
                    &format!("bytes {start}..{end} made garbage"),
                    name,
                    from_ref(&(start..end)),
                    |it| {
                        it[start..end].copy_from_slice(&filling);
                    },
                );
            }
            if !is(name, "head") {
                bench.case(&format!("no {}", &name[17..]), name, None, &[]);
                let garbage: Vec<_> = (0..whole.len())
                    .map(|_| dice.below(256).to_le_bytes()[0])
                    .collect();
                bench.case(
                    &format!("garbage for {}", &name[17..]),
                    name,
                    Some(&garbage),
                    from_ref(&(0..usize::MAX)),
                );
            }
        }
    });
}
