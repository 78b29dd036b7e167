//! What an enum may be: data, generics, lifetimes, raw names, inside a function, attributes of others.

use storyline::{Machine, Tracked, state_machine, transition};

#[state_machine(initial = Created, name = "shop.order")]
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub enum Order {
    #[to(Pending, Cancelled)]
    #[default]
    Created,
    #[to(Paid, Pending)]
    Pending {
        attempt: u32,
        #[allow(dead_code, reason = "an attribute of somebody else is kept")]
        note: &'static str,
    },
    #[terminal]
    Paid(u64, Box<str>),
    #[terminal]
    #[allow(dead_code, reason = "an attribute of somebody else is kept")]
    Cancelled,
}

pub trait Payload {
    type Inner;
}

impl Payload for u8 {
    type Inner = Vec<String>;
}

/// Nothing is asked of what the variants hold: no Debug, no Clone.
#[state_machine(initial = Empty)]
enum Slot<'a, T: Payload, const N: usize = 2>
where
    T::Inner: Sized,
{
    #[to(Filled)]
    Empty,
    #[to(Empty)]
    Filled { with: T::Inner, by: &'a str, and: [u8; N] },
}

/// Names of variants that are also names of the user's own things.
mod clash {
    use storyline::{Machine, state_machine, transition};

    pub trait Paid {}
    impl Paid for u8 {}

    #[state_machine(initial = Some)]
    #[allow(non_camel_case_types, reason = "a variant may have any name")]
    pub enum Result<T: Paid> {
        #[to(None, Paid)]
        Some(T),
        #[to(Err)]
        None,
        #[to(Ok)]
        Err,
        #[to(r#type)]
        Ok,
        #[terminal]
        #[allow(dead_code, reason = "a state that is never reached is a state")]
        Paid,
        #[to(edges)]
        r#type,
        #[terminal]
        edges,
    }

    pub fn run() {
        let mut state = Result::Some(5u8);
        assert!(transition!(state: Some => Result::None).is_ok());
        assert!(transition!(state => Result::Err).is_ok());
        assert!(transition!(state: Err => self::Result::<u8>::Ok).is_ok());
        assert!(transition!(state: Ok => Result::r#type).is_ok());
        assert_eq!(state.state_name(), "type");
        assert!(transition!(state: r#type => Result::edges).is_ok());
    }
}

fn inside() {
    #[state_machine(initial = On)]
    enum Lamp {
        #[to(Off)]
        On,
        #[to(On, Off)]
        Off,
    }
    assert!(Lamp::MERMAID.contains("on --> off"));
    let mut lamp = Lamp::On;
    assert!(transition!(lamp: On => Lamp::Off).is_ok());
    assert!(transition!(lamp: Off => Lamp::Off).is_ok());
    assert!(transition!(lamp => Lamp::On).is_ok());
    assert!(transition!(lamp => Lamp::On).is_err());
}

fn main() {
    let mut order = Order::default();
    assert!(transition!(order: Created => Order::Pending { attempt: 1, note: "" }, attempt = 1).is_ok());
    assert!(transition!(order: Pending => crate::Order::Paid(500, "eur".into())).is_ok());
    assert_eq!(order.state_name(), "paid");
    assert_eq!(Order::TABLE.name(), "shop.order");

    let by = String::from("me");
    let mut slot: Slot<'_, u8> = Slot::Empty;
    assert!(transition!(slot: Empty => Slot::Filled { with: Vec::new(), by: &by, and: [0; 2] }).is_ok());
    if let Slot::Filled { with, by, and } = &slot {
        assert_eq!(with.len() + by.len() + and.len(), 4);
    }
    assert!(transition!(slot => Slot::Empty).is_ok());

    let mut tracked = Tracked::new(String::from("a-7"), Order::Created);
    assert!(transition!(tracked: Created => Order::Cancelled, order_id = 7).is_ok());
    assert_eq!(*tracked, Order::Cancelled);
    clash::run();
    inside();
}
