//! Under a key that makes secrets of some names, what is settled or harmless is recorded as everywhere.

use serde::Serialize;
use storyline::testing::capture;
use storyline::{Fields, context, info, timed};

use super::{shown, shown_of};

#[derive(Clone, Fields)]
struct Card {
    brand: &'static str,
    #[field(mask(last = 4))]
    number: &'static str,
    #[field(reveal = "the number of a colour")]
    code: u8,
    number_length: usize,
}

#[derive(Fields)]
struct Payment<C> {
    id: u64,
    #[field(fields)]
    card: C,
}

const CARD: Card = Card {
    brand: "v",
    number: "4111111111111234",
    code: 7,
    number_length: 16,
};

const RECORDED: [&str; 4] = [
    "card.brand=v",
    "card.number=****1234",
    "card.code=7",
    "card.number_length=16",
];

#[timed(fields(card: fields))]
fn charge(card: &Card) -> usize {
    card.number_length
}

#[test]
fn what_is_settled_is_recorded_under_any_key() {
    let card = CARD;
    let logged = capture(|| {
        info!("added", card: fields);
        info!("added", card: fields = Some(&card));
        // What the call makes lives as long as the call.
        info!("added", card: fields = Box::new(card.clone()));
        {
            let _guard = context!(card: fields);
            info!("added");
        }
        let payment = Payment { id: 1, card: &card };
        info!("added", ..payment);
        charge(&card);
    });
    assert_eq!(logged.len(), 6);
    for record in &*logged {
        let shown = shown_of(record);
        for part in RECORDED {
            assert!(shown.iter().any(|it| it == part), "{shown:?}");
        }
    }
}

#[derive(Serialize)]
struct Plain {
    number: u8,
    brand: &'static str,
}

#[test]
fn what_serde_takes_is_judged_with_its_key() {
    let (card, order) = (
        Plain {
            number: 4,
            brand: "v",
        },
        Plain {
            number: 5,
            brand: "w",
        },
    );
    let logged = capture(|| info!("taken", card: serde, order: serde, all: serde = [&card]));
    assert_eq!(
        shown(&logged),
        [
            r#"card=Json("{\"number\":\"[redacted]\",\"brand\":\"v\"}")"#,
            r#"order=Json("{\"number\":5,\"brand\":\"w\"}")"#,
            r#"all=Json("[{\"number\":4,\"brand\":\"v\"}]")"#,
        ]
    );
}
