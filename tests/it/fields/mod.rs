//! `#[derive(Fields)]`: the members of a structure as fields of a record.

mod files;
mod holders;
mod marks;
mod off;
mod places;
mod precedence;

use storyline::testing::Captured;
use storyline::{Fields, RecordBuf, ValueBuf};

/// The fields of the only record, as they would stand in a line.
fn shown(logged: &Captured) -> Vec<String> {
    assert_eq!(logged.len(), 1, "{logged}");
    shown_of(&logged[0])
}

/// The same of one of several.
fn shown_of(record: &RecordBuf) -> Vec<String> {
    record
        .fields
        .iter()
        .map(|(key, value)| match value {
            ValueBuf::Str(text) => format!("{key}={text}"),
            ValueBuf::UInt(number) => format!("{key}={number}"),
            ValueBuf::Int(number) => format!("{key}={number}"),
            ValueBuf::None => format!("{key}=null"),
            other => format!("{key}={other:?}"),
        })
        .collect()
}

#[derive(Fields)]
struct Order {
    id: u64,
    amount: u32,
}

#[derive(Fields)]
struct Customer<'a> {
    id: u64,
    name: &'a str,
    #[field(fields)]
    address: Option<Address>,
}

#[derive(Clone, Fields)]
struct Address {
    city: String,
}

const ORDER: Order = Order { id: 7, amount: 500 };
