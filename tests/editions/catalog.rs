//! A program with call sites of every kind. `runtime/cli/tests/catalog.rs` builds it in several ways and reads its
//! catalogue from the binary.

use std::time::Duration;

use storyline::{
    info, log_event, state_machine, timed, timed_block, transition, Capture, Level, Tracked,
};

const TARGET: &str = "by_expression";

#[state_machine(initial = Created)]
enum Order<'a> {
    #[to(Paid)]
    Created,
    #[terminal]
    Paid { by: &'a str },
}

#[timed(fields(user_id, note: debug), dependency = "stripe", slow = "500ms", only(err, slow, panic))]
fn charge(user_id: u32, note: &str) -> Result<usize, std::num::ParseIntError> {
    timed_block!("parse_note", level = DEBUG, { note.len() });
    note.parse()
}

#[timed(err_level = WARNING, start, target = "later")]
async fn later(name: String) -> Result<usize, std::fmt::Error> {
    info!("awaited", len = length(&name).await);
    Ok(name.len())
}

async fn length(name: &str) -> usize {
    name.len()
}

/// One call site, two types.
fn generic<T: Capture>(value: T) {
    info!("generic_value", value, count = 1_u8);
}

fn captures(level: Level, text: &String) {
    log_event!(
        INFO,
        "every_type",
        a = 1_u8,
        b = -1_isize,
        c = 1.5,
        d = 1_f32,
        e = true,
        f = 'x',
        g = text,
        h = Some(3_u64),
        i = std::net::Ipv4Addr::LOCALHOST,
        j = std::time::SystemTime::now(),
        k = Duration::from_secs(1),
        l = 1_i128,
        m = None::<&str>
    );
    log_event!(
        CRITICAL,
        "every_capture",
        "a `text` | of {a:>8.2} and {b:?} {{}}",
        a = 1.5,
        b = ?text,
        "odd|key" = %text,
        c: serde = text,
        d: redact = text,
        e: mask(last = 4) = text,
        f: hash = text,
        token: reveal("a word of a text") = text
    );
    log_event!(DEBUG, at_most(5 per 1s), target = "db", "held_back", rows = 1);
    log_event!(DEBUG, sample(0.5), target = TARGET, "of_some_target");
    log_event!((level), "of_some_level");
}

fn main() {
    let text = std::env::args().next().unwrap_or_default();
    let length = text.len();
    captures(
        if length > 1 {
            Level::Info
        } else {
            Level::Error
        },
        &text,
    );
    generic(length);
    generic(Some(text.as_str()));
    let charged = charge(7, &text);
    let mut order = Order::Created;
    let by = transition!(order => Order::Paid { by: &text }, amount = length);
    let mut tracked = Tracked::new(7_u64, Order::Created);
    let again = transition!(tracked: Created => Order::Paid { by: "card" });
    if let Order::Paid { by } = order {
        info!("paid", by, all = charged.is_ok() && again.is_ok());
    }
    let mut future = Box::pin(later(text.clone()));
    let mut context = std::task::Context::from_waker(std::task::Waker::noop());
    let polled = std::future::Future::poll(future.as_mut(), &mut context);
    std::process::exit(i32::from(by.is_err() && polled.is_pending()));
}
