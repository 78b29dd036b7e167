use super::*;
use std::thread;
use std::time::Duration;

/// What a call of which the record is written, lost, or never made comes to.
fn call(gate: &Gate, is_written: Option<bool>) -> Option<u64> {
    let held = gate.pass()?;
    if let Some(is_written) = is_written {
        held.settle(is_written);
    }
    Some(held.count)
}

fn run(gate: &Gate, calls: usize) -> Vec<Option<u64>> {
    (0..calls).map(|_| call(gate, Some(true))).collect()
}

#[test]
fn every_lets_the_first_of_each_group_pass_and_counts_the_others() {
    let gate = Gate::every(3);
    assert_eq!(
        run(&gate, 7),
        [Some(0), None, None, Some(2), None, None, Some(2)]
    );
    assert_eq!(run(&Gate::every(1), 3), [Some(0); 3]);
}

#[test]
fn once_passes_once_even_among_threads() {
    let gate = Gate::once();
    let passed: usize = thread::scope(|scope| {
        let threads: Vec<_> = (0..4)
            .map(|_| scope.spawn(|| run(&gate, 1000).iter().flatten().count()))
            .collect();
        threads
            .into_iter()
            .map(|thread| thread.join().expect("no panic"))
            .sum()
    });
    assert_eq!(passed, 1);
    assert_eq!(gate.take_held(), 3999);
    assert_eq!(gate.take_held(), 0);
}

#[test]
fn at_most_starts_anew_with_the_next_window() {
    let gate = Gate::at_most(2, 1_000_000);
    // Units of this gate; a window has 1024 of them.
    for (now, passes) in [
        (5000, true),
        (5001, true),
        (5002, false),
        (6023, false),
        (6024, true),
        (7000, true),
        (7001, false),
        (9000, true),
    ] {
        assert_eq!(gate.pass_window(2, now).is_some(), passes, "at {now}");
    }
}

#[test]
fn at_most_holds_back_in_real_time() {
    let gate = Gate::at_most(5, 3_600_000_000_000);
    assert_eq!(run(&gate, 100).iter().flatten().count(), 5);
    assert_eq!(gate.take_held(), 95);
    let short = Gate::at_most(1, 1_000_000);
    assert_eq!(run(&short, 1), [Some(0)]);
    thread::sleep(Duration::from_millis(3));
    assert!(run(&short, 1)[0].is_some());
}

#[test]
fn the_limit_holds_among_threads() {
    let gate = Gate::at_most(10, 3_600_000_000_000);
    let passed: usize = thread::scope(|scope| {
        let threads: Vec<_> = (0..4)
            .map(|_| scope.spawn(|| run(&gate, 500).iter().flatten().count()))
            .collect();
        threads
            .into_iter()
            .map(|thread| thread.join().expect("no panic"))
            .sum()
    });
    assert_eq!(passed, 10);
    assert_eq!(gate.take_held(), 1990);
}

#[test]
fn sample_keeps_about_its_share() {
    let gate = Gate::sample(0.1);
    let passed = run(&gate, 100_000).iter().flatten().count();
    assert!((9_000..11_000).contains(&passed), "{passed}");
    assert_eq!(run(&Gate::sample(1.0), 1000).iter().flatten().count(), 1000);
    assert_eq!(run(&Gate::sample(0.0), 1000).iter().flatten().count(), 0);
}

#[test]
fn a_count_is_written_only_when_there_is_one() {
    let gate = Gate::every(4);
    let size = |gate: &Gate| gate.pass().map(|held| held.size(9));
    assert_eq!(size(&gate), Some(Absent.size(9)));
    assert_eq!(run(&gate, 4), [Some(0), None, None, None]);
    assert_eq!(size(&gate), Some(3_u64.size(9)));
}

#[test]
fn a_lost_record_tells_nothing() {
    let gate = Gate::every(3);
    assert_eq!(run(&gate, 3), [Some(0), None, None]);
    assert_eq!(call(&gate, Some(false)), Some(2), "and it is lost");
    assert_eq!(run(&gate, 3), [None, None, Some(4)]);
    assert_eq!(gate.take_held(), 0);
}

#[test]
fn once_is_not_used_up_by_what_is_not_written() {
    for is_written in [None, Some(false)] {
        let gate = Gate::once();
        assert_eq!(call(&gate, is_written), Some(0));
        assert_eq!(run(&gate, 3), [Some(0), None, None]);
    }
}

#[test]
fn a_call_that_is_left_takes_no_place() {
    let gate = Gate::every(3);
    assert_eq!(call(&gate, None), Some(0));
    assert_eq!(run(&gate, 4), [Some(0), None, None, Some(2)]);

    let gate = Gate::at_most(2, 3_600_000_000_000);
    assert_eq!(run(&gate, 1), [Some(0)]);
    assert_eq!(call(&gate, None), Some(0));
    assert_eq!(run(&gate, 3), [Some(0), None, None]);
}

#[test]
fn a_place_in_a_window_that_is_over_frees_none_in_the_next() {
    let gate = Gate::at_most(1, 1_000_000);
    let over = gate.pass_window(1, 5000).expect("the first");
    assert!(gate.pass_window(1, 7000).is_some());
    gate.free(over);
    assert_eq!(gate.pass_window(1, 7001), None);
}

#[test]
fn a_storm_does_not_try_again_where_there_is_no_room() {
    let gate = Gate::at_most(2, 3_600_000_000_000);
    let lost: Vec<_> = (0..4).map(|_| call(&gate, Some(false))).collect();
    assert_eq!(lost, [Some(0), Some(0), None, None]);
    assert_eq!(gate.take_held(), 2);
}
