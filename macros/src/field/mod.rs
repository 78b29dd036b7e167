//! The syntax of fields, which every macro accepts between its commas. `parse` reads them, with `key`, `capture`,
//! `splat` and `tokens` for their parts, and gives what is `written`; `judge` says what may be captured of it, which keys
//! are taken says `reserved`. `proposal` is for messages: a key for what has none.

mod capture;
mod key;
mod parse;
mod proposal;
mod reserved;
mod splat;
mod tokens;

pub(crate) use capture::{CAPTURES, parse_mask, plain_mode};
pub(crate) use parse::parse_all;
pub(crate) use proposal::propose_key;
pub(crate) use reserved::{Reserved, TEMPLATE, find as find_reserved, reserved_for};
pub(crate) use tokens::parse_expr;
