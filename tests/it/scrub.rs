//! A sink that scrubs, from a call to its file: beside one that does not, and after a death.

use std::fs;

use crate::alone::{SOON, alone};
use crate::ledger::{is_recovered, records_with_cuts, text};
use crate::recorder_stage::{Stage, die, files_in, stage};
use storyline::sink::Memory;
use storyline::{ValueBuf, format, log_event, sink};

const CARD: u64 = 4_111_111_111_111_111;

alone! {
    fn each_sink_scrubs_for_itself() {
        let (open, scrubbed) = (Memory::new(), Memory::new());
        let guard = storyline::setup("shop")
            .sink(sink::memory(&open))
            .sink(sink::memory(&scrubbed).format(format::Json::default()).scrubbed())
            .start()
            .expect("starts");
        let _request = storyline::request_scope("4111111111111111");
        let note = "by 4111 1111 1111 1111\nfor 123-45-6789";
        log_event!(INFO, "order_paid", "{note} and more", note, reference = CARD, amount = 500);
        guard.flush(SOON).expect("written");
        let open = open.take().remove(0);
        assert_eq!(open.record.field("reference"), Some(&ValueBuf::UInt(CARD)));
        assert!(open.line.contains("123-45-6789"), "{}", open.line);

        let scrubbed = scrubbed.take().remove(0);
        assert!(!scrubbed.line.contains("4111") && !scrubbed.line.contains("123-45"), "{}", scrubbed.line);
        let read = storyline::parse::parse(&scrubbed.line).expect("a record");
        for record in [&scrubbed.record, &read] {
            assert_eq!(text(record, "note"), "by [card]\nfor [ssn]");
            assert_eq!(text(record, "msg"), "by [card]\nfor [ssn] and more");
            assert_eq!(text(record, "reference"), "[card]");
            assert_eq!(record.request_id.as_deref(), Some("[card]"));
        }
    }
}

/// Logs a card's number to a file that scrubs, and dies before it is written.
fn pays_and_dies(stage: &Stage) -> ! {
    let guard = stage
        .setup()
        .sink(sink::custom("stuck", crate::stuck::Stuck::now()))
        .sink(
            sink::file(stage.log())
                .format(format::Json::default())
                .scrubbed(),
        )
        .start()
        .expect("starts");
    std::mem::forget(guard);
    log_event!(INFO, "order_paid", note = "by 4111111111111111");
    die()
}

/// What is recovered is scrubbed; what lay in the recorder until then was not.
fn check_recovered(stage: &Stage) {
    let log = fs::read_to_string(stage.log()).expect("a log");
    assert!(!log.contains("4111"), "{log}");
    let records = records_with_cuts(stage.log(), 0);
    let paid = records.iter().find(|it| it.event == "order_paid");
    let paid = paid.expect("recovered");
    assert!(is_recovered(paid), "{paid:?}");
    assert_eq!(text(paid, "note"), "by [card]");
}

fn holds_the_card(stage: &Stage) -> bool {
    let rings = files_in(&stage.recorder(), "ring");
    rings.iter().any(|ring| {
        let bytes = fs::read(ring).expect("readable");
        bytes.windows(16).any(|it| it == b"4111111111111111")
    })
}

#[test]
fn what_a_start_recovers_passes_the_scrubber_of_its_sink() {
    let stage = stage!(what_a_start_recovers_passes_the_scrubber_of_its_sink);
    stage.role("dies", |stage| pays_and_dies(stage));
    stage.role("starts", |stage| {
        let file = sink::file(stage.log()).format(format::Json::default());
        let guard = stage.setup().sink(file.scrubbed()).start().expect("starts");
        guard.flush(SOON).expect("written");
    });
    stage.kill("dies");
    assert!(holds_the_card(&stage), "a recorder holds what was logged");
    stage.play_well("starts");
    check_recovered(&stage);
}

#[test]
fn what_is_recovered_by_hand_passes_the_scrubber_it_would_have_passed() {
    let stage = stage!(what_is_recovered_by_hand_passes_the_scrubber_it_would_have_passed);
    stage.role("dies", |stage| pays_and_dies(stage));
    stage.kill("dies");
    assert!(stage.recover().problems.is_empty());
    check_recovered(&stage);
}
