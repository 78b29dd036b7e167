//! Files of a size that none of ours has.

use std::fs;

use super::{Left, leave, number_of};
use crate::ledger::records_with_cuts;
use crate::recorder_stage::{end_of, stage};

fn status(key: &str) -> u64 {
    let text = fs::read_to_string("/proc/self/status").expect("linux");
    let line = text
        .lines()
        .find_map(|line| line.strip_prefix(key))
        .expect("linux");
    let number = line.trim_matches(|it: char| !it.is_ascii_digit());
    number.parse().expect("KiB")
}

#[test]
fn files_of_a_wrong_size_take_no_heap_of_memory() {
    let stage = stage!(files_of_a_wrong_size_take_no_heap_of_memory);
    stage.role("dies", |stage| leave(stage));
    stage.role("recovers", |stage| {
        let before = status("VmHWM:");
        let _ = stage.recover();
        let more = (status("VmHWM:") - before) / 1_024;
        assert!(more < 64, "{more} MiB");
    });
    for ending in ["ring", "sites", "head"] {
        stage.kill("dies");
        let left = Left::read(&stage);
        let path = stage.recorder().join(left.first(ending));
        let file = fs::File::options().write(true).open(path).expect("there");
        file.set_len(800 << 20).expect("sparse");
        let output = end_of(stage.start("recovers"));
        assert!(
            output.status.success(),
            "{ending}: {}",
            String::from_utf8_lossy(&output.stderr)
        );
        if ending != "head" {
            let seen = records_with_cuts(stage.log(), 0);
            let seen: Vec<_> = seen.iter().filter_map(number_of).collect();
            assert!(left.frames.keys().all(|it| seen.contains(it)), "{ending}");
        }
        let _ = fs::remove_dir_all(stage.recorder());
        fs::write(stage.log(), "").expect("written");
    }
}
