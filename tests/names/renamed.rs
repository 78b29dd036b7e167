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

/// Everything but `#[state_machine]`: without a prelude the compiler does not know the attribute by which a
/// missing edge is told.
pub mod without_prelude {
    #![no_implicit_prelude]

    use super::Order;
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
