//! A program with call sites of every kind. `runtime/cli/tests/catalog.rs` builds it in several ways and reads its
//! catalogue from the binary.

use std::time::Duration;

use storyline::{
    info, log_event, state_machine, timed, timed_block, transition, warning, Capture, Fields,
    Level, Tracked,
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

type Checked = Result<u8, std::num::TryFromIntError>;

/// Of which value nobody can say whether it is an error, which is one behind its name, and which is none.
mod judged {
    use super::*;

    #[timed]
    pub(crate) fn of_any_type<T: Default>() -> T {
        T::default()
    }

    #[timed(ok_if = |it| it.is_some())]
    pub(crate) fn of_a_decision(length: usize) -> Option<u8> {
        length.checked_sub(1).and_then(|it| u8::try_from(it).ok())
    }

    #[timed]
    pub(crate) fn of_an_alias(length: usize) -> Checked {
        timed_block!("convert", only(err), { Ok(u8::try_from(length)?) })
    }

    #[timed]
    pub(crate) fn exit(code: i32) -> ! {
        std::process::exit(code)
    }
}

async fn length(name: &str) -> usize {
    name.len()
}

/// What is counted, and what a structure adds.
mod cards {
    use super::*;

    #[derive(Fields)]
    pub(crate) struct Card {
        pub(crate) id: u64,
        #[field(mask(last = 4))]
        pub(crate) number: String,
        pub(crate) holder: Option<&'static str>,
    }

    #[derive(Fields)]
    pub(crate) struct Charge {
        #[field(fields)]
        pub(crate) card: Card,
        #[field(debug)]
        pub(crate) lines: Vec<u8>,
    }

    #[timed(fields(..charge.card), percentiles, ok_if = Option::is_some)]
    pub(crate) fn charge(charge: &Charge) -> Option<u64> {
        info!("card_charged", ..charge.card, charge: fields);
        // One more than an entry has room for, and a value behind it.
        info!(
            "five_compared",
            a: fields = charge.card,
            b: fields = charge,
            c: fields = charge.card,
            d: fields = charge.card,
            e: fields = charge.card,
            behind = 1_u8
        );
        charge.card.id.checked_sub(1)
    }
}

/// Transitions whose places are parts of something.
mod shop {
    use super::*;

    #[state_machine(initial = Closed)]
    #[derive(Debug)]
    pub(crate) enum Door {
        #[to(Open)]
        Closed,
        #[to(Closed)]
        Open,
    }

    pub(crate) struct Shop {
        pub(crate) doors: [Door; 2],
    }

    pub(crate) fn open(shop: &mut Shop, id: u32) -> bool {
        let first = transition!(shop.doors[0] => Door::Open, id, width_cm = 90_i64);
        let second = transition!(shop.doors[1]: Closed => Door::Open);
        if let Err(error) = first.and(second) {
            warning!(once, "door_stuck", "{error} of {id}", error: error);
            return false;
        }
        true
    }
}

/// One call site, printed twice.
macro_rules! twice {
    ($name:literal) => {
        log_event!(TRACE, every(3), $name);
        log_event!(TRACE, every(3), $name);
    };
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
        m = None::<&str>,
        n = 1_u128
    );
    log_event!(
        DEBUG,
        "every_form",
        "{a:_<8}{a:^8}{a:>8}{a:+}{a:#x}{a:X}{a:o}{a:#010b}{b:.3e}{b:08.2} in\n{c}\\",
        a = 1,
        b = 1.5,
        c = text
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
        token: reveal("a word of a text") = text,
        g: error = std::fmt::Error
    );
    log_event!(DEBUG, at_most(5 per 1s), target = "db", "held_back", rows = 1);
    log_event!(DEBUG, sample(0.5), target = TARGET, "of_some_target");
    log_event!((level), "of_some_level");
}

/// Where the program begins, and what a shared library of it gives to others.
#[no_mangle]
pub extern "C" fn run_everything() -> i32 {
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
    twice!("twice_printed");
    let charged = charge(7, &text);
    let mut order = Order::Created;
    let by = transition!(order => Order::Paid { by: &text }, amount = length);
    let mut tracked = Tracked::new(7_u64, Order::Created);
    let again = transition!(tracked: Created => Order::Paid { by: "card" });
    if let Order::Paid { by } = order {
        info!("paid", by, all = charged.is_ok() && again.is_ok());
    }
    let charge = cards::Charge {
        card: cards::Card {
            id: length as u64,
            number: text.clone(),
            holder: None,
        },
        lines: vec![1],
    };
    let mut shop = shop::Shop {
        doors: [shop::Door::Closed, shop::Door::Closed],
    };
    let is_done = cards::charge(&charge).is_some() && shop::open(&mut shop, 7);
    let mut future = Box::pin(later(text.clone()));
    let mut context = std::task::Context::from_waker(std::task::Waker::noop());
    let polled = std::future::Future::poll(future.as_mut(), &mut context);
    let is_judged = judged::of_a_decision(length).is_some() && judged::of_an_alias(length).is_ok();
    if is_judged {
        judged::exit(i32::from(judged::of_any_type::<u8>()));
    }
    i32::from(by.is_err() && polled.is_pending() && is_done)
}

#[allow(dead_code, reason = "a library takes this file in as well")]
fn main() {
    std::process::exit(run_everything());
}
