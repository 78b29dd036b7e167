//! Any bytes as what a dead process has left: as one of its files alone, or as its life, its death and what
//! happened to the files since. Reading it ends, and gives back every record that was not touched.

#![no_main]

use libfuzzer_sys::fuzz_target;
use storyline::fuzzing::{Head, decode, read_descriptions, read_frames, read_process};
use storyline_fuzz::session::die_and_recover;
use storyline_fuzz::{Script, assert_written, next_value};

fuzz_target!(|data: &[u8]| {
    let mut script = Script(data);
    match script.u8() % 16 {
        0 => {
            read_frames(script.0, 4096 << (script.u8() % 3));
        }
        1 => described(&mut script),
        2 => {
            read_process(script.0);
        }
        _ => die_and_recover(&mut script),
    }
});

/// Any description, and a record of the site that it describes.
fn described(script: &mut Script<'_>) {
    let mut values = Vec::new();
    for _ in 0..script.u8() % 8 {
        values.extend(next_value(script, 64, 1.0).0);
    }
    let threshold = script.u8();
    for (id, known, meta) in read_descriptions(threshold, script.0) {
        assert_eq!(known, threshold);
        let head = Head {
            site: id,
            level: 20,
            event: 0,
            ticks: 7,
        };
        let groups = &mut |_| Some(meta.keys);
        decode(
            &head.payload(&values, &[]),
            meta,
            1.0,
            groups,
            assert_written,
        );
    }
}
