//! Structures of every form that can derive `Fields`, under every lint.
#![deny(warnings)]
#![forbid(unsafe_code)]
#![allow(dead_code)]

use std::borrow::Cow;
use std::fmt::{Debug, Display};

use storyline::{Capture, Fields, context, info, log_event, timed, timed_block};

#[derive(Fields)]
struct Empty {}

#[derive(Clone, Debug, Fields)]
#[repr(C)]
pub(crate) struct Order {
    pub id: u64,
    r#type: Cow<'static, str>,
    #[field(debug)]
    lines: Vec<u8>,
    #[field(redact)]
    password: String,
    #[field(mask(last = 4))]
    pub(crate) card_number: Option<String>,
    #[field(hash, rename = "session")]
    token: String,
    #[field(reveal = "the test's own")]
    pin: u16,
    #[field(skip)]
    opaque: Opaque,
    #[deprecated]
    old: u8,
    #[cfg(any())]
    nowhere: Opaque,
}

#[derive(Clone, Debug)]
struct Opaque;

#[derive(Fields)]
struct Cart<'a, T: Debug, U: ?Sized + 'a, const N: usize>
where
    T: Clone,
{
    item: T,
    name: &'a U,
    #[field(debug)]
    all: [T; N],
    #[field(fields)]
    order: Option<&'a Order>,
    #[field(skip)]
    marker: std::marker::PhantomData<T>,
}

#[derive(Fields)]
struct Shown<T, E> {
    #[field(display)]
    text: T,
    #[field(error)]
    cause: E,
    #[field(serde)]
    list: Vec<u8>,
}

#[derive(Fields)]
struct Wrapper<T> {
    #[field(fields)]
    inner: Box<T>,
}

trait Named {
    type Name;
}

#[derive(Fields)]
struct Projected<T: Named> {
    name: T::Name,
    #[field(redact)]
    secret: T,
}

mod facade {
    pub mod inner {
        pub use storyline;
    }
}

#[derive(Fields)]
#[fields(crate = crate::facade::inner::storyline)]
struct Faced {
    id: u64,
}

mod shadowed {
    #![allow(non_camel_case_types)]
    pub mod core {}
    pub mod std {}
    struct Option;
    struct Result;
    struct Fields;
    struct str;

    #[derive(::storyline::Fields)]
    struct Plain {
        id: u64,
    }
}

/// One function, any structure.
fn created<T: Fields, U: Fields + ?Sized>(first: &T, second: &U) {
    info!("created", ..first, second: fields);
}

fn cart_seen<T: Debug + Clone + Capture, U: Capture + ?Sized>(cart: &Cart<'_, T, U, 2>) {
    info!("cart_seen", ..cart);
}

fn shown<T: Display, E: std::error::Error>(shown: &Shown<T, E>) {
    info!("shown", shown: fields);
}

fn wrapped<T: Fields>(wrapper: Wrapper<T>) {
    info!("wrapped", ..wrapper, ..&wrapper);
}

fn projected<T: Named<Name = u8>>(projected: &Projected<T>) {
    info!("projected", ..projected);
}

#[timed(fields(..order, order: fields, again: fields = order))]
fn charge(order: Order) -> u64 {
    order.id
}

#[timed(fields(..order))]
async fn charge_later(order: Order) -> u64 {
    order.id
}

async fn find() -> Order {
    unreachable!()
}

async fn awaited() {
    log_event!(INFO, "order_found", ..find().await, second: fields = find().await);
}

fn main() {
    storyline::trace!("nothing", ..Empty {});
    let boxed: Box<dyn Fn(&Order)> = Box::new(|order| info!("seen", ..order, ..*order));
    let _ = (boxed, created::<Order, Faced>, cart_seen::<u8, str>, shown::<u8, std::fmt::Error>);
    let _ = (wrapped::<Order>, charge, charge_later, awaited);
    let faced = Faced { id: 7 };
    let _inside = context!(..faced, faced: fields);
    let id = timed_block!("read", fields(..faced), { faced.id });
    assert_eq!(id, 7);
}
