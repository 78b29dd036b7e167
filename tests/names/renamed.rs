//! A crate that knows storyline by another name and does without the standard library's, and a module in it
//! without a prelude. What our macros write must find everything by itself.
#![no_std]
#![forbid(unsafe_code)]
#![deny(warnings, missing_docs)]

/// An order.
#[::log::state_machine(initial = Created, crate = ::log)]
#[derive(Clone, Copy, Debug)]
pub enum Order {
    /// Nothing happened.
    #[to(Paid)]
    Created,
    /// Done.
    #[terminal]
    Paid,
}

/// What it was paid with.
#[derive(::log::Fields)]
#[fields(crate = ::log)]
pub struct Card<'a, T> {
    /// Its number.
    #[field(mask(last = 4))]
    pub card_number: &'a str,
    /// Whatever it costs.
    #[field(rename = "amount_cents")]
    pub amount: T,
    /// Left out.
    #[field(skip)]
    pub note: ::core::option::Option<&'a str>,
}

/// Everything but `#[state_machine]`: without a prelude the compiler does not know the attribute by which a
/// missing edge is told.
pub mod without_prelude {
    #![no_implicit_prelude]

    use super::{Card, Order};
    use ::core::option::Option::{None, Some};
    use ::core::result::Result::{Err, Ok};

    /// Every macro.
    ///
    /// # Errors
    ///
    /// When the order is paid.
    pub fn calls(
        order: &mut Order,
        name: &str,
    ) -> ::core::result::Result<(), ::log::IllegalTransition> {
        let _request = ::log::request_scope("abc");
        let _context = ::log::context!(tenant = name);
        ::log::log_event!(INFO, "order_read", "{name} at {at}", at = 5, other: hash = name, none = None::<u8>);
        ::log::info!(every(1), "order_paid", order: debug = Some(name), e: error = ::core::fmt::Error);
        ::log::transition!(*order => Order::Paid, name)?;
        let parsed = ::log::timed_block!("parse", fields(text = name), { parse(name) });
        ::core::mem::drop(parsed);
        ::log::transition!(*order: Created => Order::Paid)
    }

    /// A structure's members, wherever fields may stand; and a secret.
    ///
    /// # Errors
    ///
    /// When the order is paid.
    #[::log::timed(crate = ::log, percentiles, dependency = "bank", fields(..card, card: fields))]
    pub fn structures(
        order: &mut Order,
        card: &Inside<'_>,
        password: &::log::Secret<u64>,
    ) -> ::core::result::Result<(), ::log::IllegalTransition> {
        let _context = ::log::context!(..card.card, of: fields = card);
        ::log::info!("card_seen", "by {who}", who = card.id, ..card, password: redact, token: hash = password);
        let held = ::log::timed_block!("count", percentiles, fields(..card), { Some(card.id) });
        ::log::debug!("card_counted", count = held, card: fields);
        ::log::transition!(*order => Order::Paid, ..card)?;
        ::log::transition!(*order: Created => Order::Paid, card: fields)
    }

    /// A structure in which nothing comes by itself.
    #[derive(::log::Fields)]
    #[fields(crate = ::log)]
    pub struct Inside<'a> {
        /// Its number.
        pub id: u64,
        /// Another one's members.
        #[field(fields)]
        pub card: Card<'a, u32>,
        /// Shown.
        #[field(display)]
        pub holder: &'a str,
        /// Shown otherwise.
        #[field(debug)]
        pub parts: [u8; 2],
        /// With its causes.
        #[field(error)]
        pub cause: ::core::fmt::Error,
        /// Never.
        #[field(redact)]
        pub password: ::core::option::Option<&'a str>,
        /// For comparing.
        #[field(hash)]
        pub token: u64,
        /// In the open.
        #[field(reveal = "of the test itself")]
        pub pin: u16,
    }

    /// Reads a number.
    ///
    /// # Errors
    ///
    /// When there is none.
    #[::log::timed(crate = ::log, fields(text), slow = 1s, start, err(display))]
    pub fn parse(text: &str) -> ::core::result::Result<u8, ::core::num::ParseIntError> {
        let value = text.parse::<u8>()?;
        if value == 13 {
            return Err("".parse::<u8>().unwrap_err());
        }
        Ok(value)
    }

    /// Waits for it.
    ///
    /// # Errors
    ///
    /// When there is none.
    #[::log::timed(crate = ::log, fields(text))]
    pub async fn parse_later(
        mut text: &str,
        _permit: u8,
    ) -> ::core::result::Result<u8, ::core::num::ParseIntError> {
        text = text.trim();
        ::core::future::ready(()).await;
        text.parse()
    }

    /// Never comes back.
    #[::log::timed(crate = ::log)]
    pub fn never() -> ! {
        ::core::panic!("never")
    }

    /// Knows its caller.
    #[::log::timed(crate = ::log)]
    #[track_caller]
    #[must_use]
    pub fn caller() -> u32 {
        ::core::panic::Location::caller().line()
    }
}

/// Where the names of the standard library are other things.
pub mod shadowed {
    #![allow(
        dead_code,
        non_camel_case_types,
        clippy::wrong_self_convention,
        reason = "they are there to be in the way"
    )]

    use ::log as chronicle;

    mod core {}
    mod std {}
    mod alloc {}
    mod storyline {}
    enum Result {}
    enum Option {}
    struct Some;
    struct None;
    struct Ok;
    struct Err;
    struct Default;
    struct Drop;
    struct FnOnce;
    struct String;
    struct Secret;
    struct Level;
    struct str;
    struct u8;
    struct u64;
    struct bool;
    struct usize;
    trait Fields {
        fn capture_fields(&self) {}
    }
    impl<T> Fields for T {}

    /// Methods that every type has: one that takes `self` comes before another's that takes `&self`.
    macro_rules! methods {
        ($($name:ident)*) => {
            trait ByValue {
                $(fn $name(self) where Self: Sized {})*
            }
            impl<T: ?Sized> ByValue for T {}

            trait ByReference {
                $(fn $name(&self) {})*
            }
            impl<T: ?Sized> ByReference for T {}
        };
    }

    methods! {
        announced as_ref begin capture classifier clone counting emit end enter finish get here highest id in_state
        into is_compiled is_some leave level load map marked may_want next off only pass record slow state
        state_index step step_from take then to to_string values values_own_id wants wants_step with
    }

    #[derive(chronicle::Fields)]
    #[fields(crate = chronicle)]
    struct Card<'a> {
        #[field(mask(last = 4))]
        card_number: &'a ::core::primitive::str,
        #[field(redact)]
        password: ::core::option::Option<i64>,
        #[field(fields)]
        more: ::core::option::Option<More>,
    }

    #[derive(chronicle::Fields)]
    #[fields(crate = chronicle)]
    struct More {
        amount: i64,
    }

    #[chronicle::state_machine(initial = On, crate = chronicle)]
    enum Lamp {
        #[to(Off)]
        On,
        #[terminal]
        Off,
    }

    #[chronicle::state_machine(initial = None, crate = chronicle)]
    enum Names {
        #[to(usize, Some)]
        None,
        #[to(Ok)]
        usize,
        #[terminal]
        Some,
        #[terminal]
        Ok,
    }

    #[chronicle::timed(crate = chronicle, percentiles, start, slow = 1s, fields(..card, card: fields))]
    fn read(card: &Card<'_>) -> ::core::result::Result<i64, ::core::num::ParseIntError> {
        card.card_number.parse()
    }

    #[chronicle::timed(crate = chronicle, percentiles, fields(..card))]
    async fn read_later(card: Card<'_>) -> ::core::result::Result<i64, ::core::num::ParseIntError> {
        read(&card)
    }

    /// Everything once; gives whether it went as it should.
    pub fn run(text: &::core::primitive::str) -> ::core::primitive::bool {
        let card = Card {
            card_number: text,
            password: ::core::option::Option::Some(1),
            more: ::core::option::Option::Some(More { amount: 5 }),
        };
        let _context = chronicle::context!(..card, bound = 7);
        chronicle::info!("card_seen", "{n} of it", n = 1, ..card, card: fields);
        let mut lamp = Lamp::On;
        let gone = chronicle::transition!(lamp => Lamp::Off, ..card).is_ok();
        let again = chronicle::transition!(lamp: On => Lamp::Off, card: fields).is_ok();
        let mut names = Names::None;
        let named = chronicle::transition!(names: None => Names::usize).is_ok();
        let named = named && chronicle::transition!(names => Names::Ok, n = 1).is_ok();
        chronicle::debug!(every(2), "card_named", n = 1);
        let read = chronicle::timed_block!("reading", percentiles, fields(..card), { read(&card) });
        let mut later = ::core::pin::pin!(read_later(card));
        let mut context = ::core::task::Context::from_waker(::core::task::Waker::noop());
        let later = ::core::future::Future::poll(later.as_mut(), &mut context);
        gone && !again && named && read.is_ok() && later.is_ready()
    }
}
