//! Through files of every format, and through a death.

use storyline::format::{Json, Logfmt, Pretty};
use storyline::parse::parse;
use storyline::{RecordBuf, ValueBuf, error, info, sink};

use super::{Address, Customer, ORDER, Order};
use crate::alone::alone;
use crate::ledger::{is_recovered, records_with_cuts};
use crate::recorder_stage::{Stage, die, stage};
use crate::stuck::Stuck;

fn say() {
    let customer = Customer {
        id: 3,
        name: "a | b\n",
        address: Some(Address {
            city: "Bern".to_owned(),
        }),
    };
    info!("order_created", "for {who}", who = 1, ..ORDER, customer: fields, id = 9);
    error!("order_lost", ..customer, ..Order { id: 8, amount: 1 });
}

fn check(records: &[RecordBuf], recovered: bool) {
    let fields = |record: &RecordBuf| -> Vec<(String, ValueBuf)> {
        let mut fields = record.fields.clone();
        fields.retain(|(key, _)| key != "recovered");
        fields
    };
    let int = |key: &str, value| (key.to_owned(), ValueBuf::Int(value));
    let text = |key: &str, value: &str| (key.to_owned(), ValueBuf::Str(value.to_owned()));
    assert_eq!(
        fields(&records[0]),
        [
            int("who", 1),
            int("amount", 500),
            int("customer.id", 3),
            text("customer.name", "a | b\n"),
            text("customer.address.city", "Bern"),
            int("id", 9),
            text("msg", "for 1"),
        ]
    );
    assert_eq!(
        fields(&records[1]),
        [
            text("name", "a | b\n"),
            text("address.city", "Bern"),
            int("id", 8),
            int("amount", 1),
        ]
    );
    for record in records {
        assert_eq!(is_recovered(record), recovered, "{record:?}");
    }
    assert_eq!(records.len(), 2);
}

fn parsed(path: &std::path::Path) -> Vec<RecordBuf> {
    let text = std::fs::read_to_string(path).expect("a log");
    text.lines()
        .map(|line| parse(line).expect("a record"))
        .collect()
}

alone! {
    fn what_is_written_reads_back_as_fields() {
        let folder = tempfile::tempdir().expect("a folder");
        let at = |name: &str| folder.path().join(name);
        let guard = storyline::setup("shop")
            .sink(sink::file(at("line.log")))
            .sink(sink::file(at("json.log")).format(Json::default()))
            .sink(sink::file(at("logfmt.log")).format(Logfmt::default()))
            .sink(sink::file(at("pretty.log")).format(Pretty::default()))
            .start()
            .expect("starts");
        say();
        drop(guard);
        check(&parsed(&at("line.log")), false);
        check(&parsed(&at("json.log")), false);
        for name in ["logfmt.log", "pretty.log"] {
            let text = std::fs::read_to_string(at(name)).expect("a log");
            assert_eq!(text.matches("customer.address.city=Bern").count(), 1, "{text}");
            assert_eq!(text.matches(" id=9").count(), 1, "{text}");
            assert!(!text.contains(" id=7 "), "{text}");
        }
    }
}

fn say_and_die(stage: &Stage) {
    let guard = stage
        .setup()
        .sink(sink::custom("stuck", Stuck::now()))
        .sink(sink::file(stage.log()))
        .sink(sink::file(stage.join("logs/shop.json")).format(Json::default()))
        .start()
        .expect("starts");
    std::mem::forget(guard);
    say();
    die();
}

/// Who recovers never ran the structure's code: the recorder's files say what its keys are.
#[test]
fn after_a_death_another_process_knows_the_keys() {
    let stage = stage!(after_a_death_another_process_knows_the_keys);
    stage.role("dies", say_and_die);
    stage.kill("dies");
    stage.recover_all();
    let dead = |path: std::path::PathBuf| -> Vec<RecordBuf> {
        let mut records = records_with_cuts(path, 0);
        records.retain(|it| it.event.starts_with("order_"));
        records
    };
    check(&dead(stage.log()), true);
    check(&dead(stage.join("logs/shop.json")), true);
}
