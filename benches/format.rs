//! What it costs to turn a record into text and text into a record: nanoseconds per record, the best
//! and the median of many rounds. `cargo bench --bench format`
#![allow(missing_docs, reason = "a bench is no library")]
#![allow(clippy::print_stdout, reason = "a bench prints what it measured")]

use std::hint::black_box;
use std::time::Instant;

use storyline::format::{Format, Json, Line, Logfmt, Pretty, Scrubbed};
use storyline::testing::capture;
use storyline::{Fields, Level, LocationBuf, RecordBuf, Timestamp, ValueBuf, log_event, parse};

const ROUNDS: usize = 60;
const RECORDS: usize = 4096;

fn main() {
    let cases = [
        ("payment_initiated", payment()),
        ("gateway_timeout", timeout()),
        ("with a sentence", sentence()),
        ("with a structure", structure()),
        ("with a card", card()),
    ];
    println!(
        "{:20} {:11} {:>6} {:>9} {:>9} {:>11}",
        "record", "", "bytes", "best ns", "median ns", "records/s"
    );
    for (name, record) in &cases {
        write(name, "line", &mut Line::default(), record);
        write(name, "json", &mut Json::default(), record);
        write(name, "logfmt", &mut Logfmt::default(), record);
        write(name, "pretty", &mut Pretty::default().colour(true), record);
        write(
            name,
            "line, scrub",
            &mut Scrubbed::new(Line::default()),
            record,
        );
        write(
            name,
            "json, scrub",
            &mut Scrubbed::new(Json::default()),
            record,
        );
        read(name, "read line", &mut Line::default(), record);
        read(name, "read json", &mut Json::default(), record);
    }
    let provider = String::from("stripe");
    captured("five fields", |n| {
        log_event!(
            INFO,
            "payment_initiated",
            user_id = n,
            amount = 500_u64,
            attempt = 2_u8,
            is_retry = true,
            provider = provider
        );
    });
    let payment = Payment {
        amount: 500,
        attempt: 2,
        is_retry: true,
        provider,
    };
    captured("of a structure", |n| {
        log_event!(INFO, "payment_initiated", user_id = n, ..payment);
    });
    captured("under its name", |n| {
        log_event!(INFO, "payment_initiated", user_id = n, payment: fields);
    });
}

/// Fields as a structure has them.
#[derive(Fields)]
struct Payment {
    amount: u64,
    attempt: u8,
    is_retry: bool,
    provider: String,
}

/// From the call to a record in memory: the difference between two rows is what groups cost their readers.
fn captured(name: &str, call: impl Fn(u64)) {
    measure(name, "captured", || {
        let logged = capture(|| (0..RECORDS as u64).for_each(&call));
        assert_eq!(logged.len(), RECORDS);
        0
    });
}

/// The event that the goals are stated for, as a service logs it.
fn payment() -> RecordBuf {
    RecordBuf {
        timestamp: Timestamp::from_nanos(1_781_230_027_418_123_456),
        level: Level::Info,
        service: "payment-service".to_owned(),
        pid: 12345,
        request_id: None,
        trace_id: None,
        span_id: None,
        event: "payment_initiated".to_owned(),
        location: Some(LocationBuf {
            module: "shop::payment".to_owned(),
            file: "src/payment.rs".to_owned(),
            line: 42,
        }),
        thread: Some("main".to_owned()),
        fields: fields(vec![
            ("user_id", ValueBuf::UInt(7821)),
            ("amount", ValueBuf::UInt(500)),
            ("provider", ValueBuf::Str("stripe".to_owned())),
        ]),
    }
}

fn timeout() -> RecordBuf {
    RecordBuf {
        level: Level::Error,
        event: "function_failed".to_owned(),
        request_id: Some("b7ad6b7169203331".to_owned()),
        fields: fields(vec![
            ("name", ValueBuf::Str("charge".to_owned())),
            ("dependency", ValueBuf::Str("stripe".to_owned())),
            ("duration_ms", ValueBuf::Millis(3000.214)),
            ("outcome", ValueBuf::Str("err".to_owned())),
            (
                "error",
                ValueBuf::Str("gateway timeout: connection reset by peer".to_owned()),
            ),
            ("rate", ValueBuf::Float(0.173)),
        ]),
        ..payment()
    }
}

fn sentence() -> RecordBuf {
    let text = "Grüße aus Köln: \"so long\", said the gateway\nand then | it hung up after 3000 ms of nothing at all";
    RecordBuf {
        fields: fields(vec![("text", ValueBuf::Str(text.to_owned()))]),
        ..payment()
    }
}

fn structure() -> RecordBuf {
    let text = r#"{"id":17,"items":[{"sku":"A-1","count":2},{"sku":"B-7","count":1}],"note":"leave at door"}"#;
    RecordBuf {
        fields: fields(vec![("order", ValueBuf::Json(text.to_owned()))]),
        ..payment()
    }
}

/// What a scrubber finds and leaves out.
fn card() -> RecordBuf {
    let text = "paid with 4111 1111 1111 1111 by hand";
    RecordBuf {
        fields: fields(vec![
            ("text", ValueBuf::Str(text.to_owned())),
            ("amount", ValueBuf::UInt(500)),
        ]),
        ..payment()
    }
}

fn fields(fields: Vec<(&str, ValueBuf)>) -> Vec<(String, ValueBuf)> {
    fields
        .into_iter()
        .map(|(key, value)| (key.to_owned(), value))
        .collect()
}

/// Records a microsecond apart, as a busy service makes them.
fn write(name: &str, what: &str, format: &mut dyn Format, record: &RecordBuf) {
    let mut out = Vec::with_capacity(RECORDS * 1024);
    let start = record.timestamp.as_nanos();
    let mut record = record.as_record();
    measure(name, what, || {
        out.clear();
        for next in 0_i64.. {
            if usize::try_from(next) == Ok(RECORDS) {
                break;
            }
            record.timestamp = Timestamp::from_nanos(start + next * 1000);
            format.format(black_box(&record), &mut out);
        }
        black_box(&out).len() / RECORDS
    });
}

fn read(name: &str, what: &str, format: &mut dyn Format, record: &RecordBuf) {
    let mut out = Vec::new();
    format.format(&record.as_record(), &mut out);
    let text = String::from_utf8(out).expect("text is UTF-8");
    measure(name, what, || {
        for _ in 0..RECORDS {
            black_box(parse::parse(black_box(&text)).expect("a record"));
        }
        text.len()
    });
}

#[expect(
    clippy::cast_precision_loss,
    reason = "counts of nanoseconds in a bench"
)]
fn measure(name: &str, what: &str, mut round: impl FnMut() -> usize) {
    let bytes = round();
    let mut times: Vec<f64> = (0..ROUNDS)
        .map(|_| {
            let start = Instant::now();
            round();
            start.elapsed().as_nanos() as f64 / RECORDS as f64
        })
        .collect();
    times.sort_by(f64::total_cmp);
    let (best, median) = (times[0], times[ROUNDS / 2]);
    println!(
        "{name:20} {what:11} {bytes:6} {best:9.1} {median:9.1} {:11.0}",
        1e9 / best
    );
}
