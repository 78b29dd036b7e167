//! Single bits.

use super::bench::{Dice, examine};
use crate::recorder_stage::stage;

#[test]
fn no_flipped_bit_costs_more_than_its_record() {
    let stage = stage!(no_flipped_bit_costs_more_than_its_record);
    // All of them take minutes.
    let all = std::env::var_os("STORYLINE_ALL_DAMAGE").is_some();
    let (stride, samples) = if all { (1, 5_000) } else { (29, 150) };
    examine(&stage, "flips bits", move |bench| {
        let [head, sites, ring] =
            ["head", "sites", "ring"].map(|it| bench.left.first(it).to_owned());
        for (name, places) in [
            (
                &head,
                &[
                    0..160,
                    8_192..8_256,
                    16_384..16_512,
                    18_432..18_448,
                    20_480..20_640,
                ][..],
            ),
            (
                &sites,
                &[
                    0..64,
                    512..576,
                    1_024..1_224,
                    1_024 + (256 << 10)..1_096 + (256 << 10),
                ][..],
            ),
            (&ring, &[0..96, 512..560, 1_024..1_040, 3_840..4_096][..]),
        ] {
            for bit in places
                .iter()
                .flat_map(|it| it.start * 8..it.end * 8)
                .step_by(stride)
            {
                bench.flip(name, bit);
            }
        }
        // The threshold of the first site, in both copies.
        for byte in [1_024, 1_024 + (256 << 10)] {
            (byte * 8..byte * 8 + 64).for_each(|bit| bench.flip(&sites, bit));
        }
        let mut dice = Dice(0x1234_5678_9abc_def1);
        for _ in 0..samples {
            for name in [&head, &sites, &ring] {
                let bits = bench.left.files[name].len() * 8;
                bench.flip(name, dice.below(bits));
            }
        }
    });
}
