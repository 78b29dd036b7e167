//! Structures whose members are fields.
#![allow(
    clippy::shadow_reuse,
    reason = "an argument that a field names is called the same outside of the body"
)]

use core::fmt::{Debug, Error as NoText};
use core::future::ready;
use core::num::ParseIntError;

use storyline::{
    Fields, IllegalTransition, Secret, Tracked, context, info, log_event, timed, timed_block,
    transition,
};

use crate::machine::Order as State;

/// Where it goes.
#[derive(Clone, Debug, Fields)]
#[non_exhaustive]
pub struct Address {
    /// A town.
    pub city: String,
    /// A number.
    pub r#type: u8,
}

/// Every mark.
#[derive(Debug, Fields)]
#[non_exhaustive]
pub struct Payment<'text, T> {
    /// As it is.
    pub id: u64,
    /// Under another name.
    #[field(rename = "amount_cents")]
    pub amount: T,
    /// Shown.
    #[field(display)]
    pub from: &'text str,
    /// Shown otherwise.
    #[field(debug)]
    pub lines: Vec<u8>,
    /// As structure.
    #[field(serde)]
    pub tags: [&'text str; 2],
    /// With its causes.
    #[field(error)]
    pub cause: NoText,
    /// Members of a member.
    #[field(fields)]
    pub address: Option<Address>,
    /// Never.
    #[field(redact)]
    pub password: Secret<String>,
    /// The end.
    #[field(mask(last = 4))]
    pub card_number: Secret<String>,
    /// For comparing.
    #[field(hash)]
    pub token: Option<u64>,
    /// In the open.
    #[field(reveal = "a number of a page")]
    pub pin: u16,
    /// Left out.
    #[field(skip)]
    pub note: Option<Box<Self>>,
}

/// Whatever an array has.
#[derive(Clone, Copy, Debug, Fields)]
#[non_exhaustive]
pub struct Table<const N: usize> {
    /// Its size.
    pub size: usize,
    /// Left out.
    #[field(skip)]
    pub values: [u8; N],
}

/// In a call and in a context.
pub fn calls<const N: usize>(payment: &Payment<'_, u32>, table: Table<N>) {
    let _context = context!(..table, of: fields = table);
    info!("payment_seen", ..payment);
    log_event!(INFO, "payment_read", "of {who}", who = 1u8, ..table, payment: fields, id = 7u8);
    info!("address_seen", address: fields = payment.address);
    // A key under which some members would be secrets.
    let _session = context!(session: fields = table);
    info!("address_seen", api: fields = payment.address, card: fields = &table);
}

/// Generic ones.
pub fn any<T: Fields + Debug>(value: &T) {
    info!("any_seen", ..value, shown: debug = value);
}

/// At the entry of a function, and each call counted.
///
/// # Errors
///
/// When the text is no number.
#[timed(percentiles, level = DEBUG, fields(..table, address: fields))]
pub fn counted(text: &str, table: &Table<2>, address: &Address) -> Result<u8, ParseIntError> {
    return timed_block!("parse", percentiles, fields(address: fields), { text.parse::<u8>() });
}

/// The same of a future.
///
/// # Errors
///
/// When the text is no number.
#[timed(percentiles, start, fields(..address))]
pub async fn counted_later(text: &str, address: Address) -> Result<usize, ParseIntError> {
    let read = counted(
        text,
        &Table {
            size: 2,
            values: [0, 0],
        },
        &address,
    );
    ready(()).await;
    return read
        .map(usize::from)
        .map(|it| return it.saturating_add(address.city.len()));
}

/// With a transition.
///
/// # Errors
///
/// When it may not.
pub fn moved(
    state: &mut State,
    tracked: &mut Tracked<State, u64>,
    address: &Address,
) -> Result<(), IllegalTransition> {
    let first = transition!(*state => State::Pending { attempt: 1 }, ..address, note = "x");
    let second = transition!(*state: Pending => State::Paid, address: fields);
    let third = transition!(tracked: Created => State::Gone, ..address);
    return first.and(second).and(third);
}

/// Secrets of every kind.
pub fn secrets(password: &Secret<String>, of_theirs: &secrecy::SecretString, card_number: &str) {
    info!("login_tried", password: redact, pin: mask(last = 2) = of_theirs, token: hash = password);
    info!("card_read", card_number: mask(last = 4), cvv: redact = card_number);
}

/// Secrets of another crate.
#[derive(Debug, Fields)]
#[non_exhaustive]
pub struct Login {
    /// Never.
    #[field(redact)]
    pub first: secrecy::SecretString,
    /// The end.
    #[field(mask(last = 2))]
    pub second: Option<secrecy::SecretString>,
}

#[timed(percentiles, fields(login: fields = self))]
impl Login {
    /// Logs itself.
    pub fn log(&self) {
        let login = self;
        info!("login_seen", ..login);
    }
}
