//! Values of every form that an expression has: each is one value, whatever would bind tighter beside it.
#![allow(
    clippy::all,
    clippy::pedantic,
    reason = "each form stands here as somebody may write it"
)]

use std::sync::Mutex;

use storyline::testing::{Captured, capture, capture_value};
use storyline::{context, info, timed, timed_block};

struct Order {
    count: u8,
    lines: Vec<u8>,
}

/// `wide=1`, without the name of the value's type.
fn told(logged: &Captured) -> String {
    let fields = logged.iter().flat_map(|it| &it.fields);
    let told = fields
        .filter(|(key, _)| !["name", "duration_ms", "outcome"].contains(&&**key))
        .map(|(key, value)| {
            let text = format!("{value:?}");
            let value = text.split_once('(').map_or(&*text, |(_, inside)| inside);
            format!("{key}={}", value.trim_end_matches(')').replace('"', ""))
        });
    told.collect::<Vec<_>>().join(" ")
}

impl Order {
    #[timed(fields(wide = self.count as u64, many = self.lines.len() as u64))]
    fn casts(&self, count: u8) {
        let _context = context!(bound = count as u32 + 1);
        info!(
            "cast",
            wide = count as u64,
            float = self.count as f32,
            signed = -1_i8 as i64
        );
        timed_block!("block", fields(wide = count as u16), {});
    }
}

#[test]
fn casts_are_of_the_value() {
    let order = Order {
        count: 2,
        lines: vec![1],
    };
    let logged = capture(|| order.casts(1));
    assert_eq!(
        told(&logged),
        "wide=1 float=2.0 signed=-1 bound=2 wide=1 bound=2 wide=2 many=1"
    );
}

fn operators(order: &Order, found: Option<u8>) -> Option<u8> {
    let (first, last) = (1_u8, 3_u8);
    let lock = Mutex::new(1);
    info!(
        "operators",
        range: debug = first..last,
        closed: debug = first..=last,
        sum = first + last,
        shifted = first << 1,
        less = first < last,
        both = first == 1 && last != 1,
        negative = -5,
        not = !true,
        asked = found?,
        indexed = order.lines[0],
        referred = &&first,
        dereferenced = *&first,
        pair = (first, last).1,
        locked = *lock.lock().expect("not poisoned"),
        generic = Vec::<u8>::with_capacity(0).len(),
    );
    found
}

fn blocks(found: Option<u8>) {
    info!(
        "blocks",
        block = {
            let one = 1;
            one + 1
        },
        branch = if found.is_some() { "some" } else { "none" },
        arm = match found {
            Some(found) if found > 1 => "many",
            _ => "few",
        },
        looped = loop {
            break 3;
        },
        labelled = 'label: {
            if found.is_none() {
                break 'label 1;
            }
            2
        },
        called = (|| 4)(),
        closed = std::iter::repeat_n("x", 2)
            .map(|it| it.len())
            .sum::<usize>(),
        written = format!("{}", found.is_some()),
        constant = const { 1 + 2 },
    );
    for at in 0..3 {
        info!("left", at = if at == 1 { continue } else { at });
    }
}

#[test]
fn operators_and_blocks_are_one_value() {
    let order = Order {
        count: 2,
        lines: vec![7],
    };
    let (came, logged) = capture_value(|| operators(&order, Some(2)));
    assert_eq!(came, Some(2));
    assert_eq!(
        told(&logged),
        "range=1..3 closed=1..=3 sum=4 shifted=2 less=true both=true negative=-5 not=false asked=2 \
         indexed=7 referred=1 dereferenced=1 pair=3 locked=1 generic=0"
    );
    let (came, logged) = capture_value(|| operators(&order, None));
    assert_eq!((came, logged.len()), (None, 0));
    let logged = capture(|| blocks(Some(2)));
    assert_eq!(
        told(&logged),
        "block=2 branch=some arm=many looped=3 labelled=2 called=4 closed=2 written=true constant=3 at=0 at=2"
    );
}
