//! Steps of state machines.

/// Takes one step of a state machine: judges it, logs it and assigns the next state.
///
/// `transition!(place => next, fields...)` goes along a declared edge only. It is an expression of type
/// `Result<(), IllegalTransition>`.
///
/// | the step | event | level | the place | the value |
/// | --- | --- | --- | --- | --- |
/// | is an edge | `state_transition` | INFO | holds the next state | `Ok(())` |
/// | is none | `illegal_transition` | ERROR | is as it was | `Err(IllegalTransition)` |
///
/// It judges and assigns whether or not the record is wanted.
///
/// ```
/// use storyline::{IllegalTransition, state_machine, transition};
///
/// #[state_machine(initial = Created)]
/// enum Order {
///     #[to(PaymentPending)]
///     Created,
///     #[to(Paid)]
///     PaymentPending { attempt: u32 },
///     #[terminal]
///     Paid,
/// }
///
/// struct Purchase {
///     id: u64,
///     state: Order,
/// }
///
/// fn start(purchase: &mut Purchase) -> Result<(), IllegalTransition> {
///     let next = Order::PaymentPending { attempt: 1 };
///     transition!(purchase.state => next, order_id = purchase.id)
/// }
///
/// let mut purchase = Purchase { id: 7821, state: Order::Created };
/// // state_transition | machine=order from=created to=payment_pending order_id=7821
/// assert!(start(&mut purchase).is_ok());
/// // illegal_transition | machine=order from=payment_pending to=payment_pending order_id=7821
/// assert!(start(&mut purchase).is_err());
/// ```
///
/// # A step that is judged at compile time
///
/// `transition!(place: State => Enum::Variant..., fields...)` says where the step begins. If the table
/// has no such edge, the program does not compile:
///
/// ```compile_fail
/// # use storyline::{state_machine, transition};
/// # #[state_machine(initial = Open)]
/// # enum Ticket {
/// #     #[to(Closed)]
/// #     Open,
/// #     #[terminal]
/// #     Closed,
/// # }
/// # let mut ticket = Ticket::Open;
/// transition!(ticket: Closed => Ticket::Open)?;
/// ```
///
/// If the place is in another state when the program runs, the step is illegal, even when an edge leads
/// from there; the record and the error then name the state that was `expected`.
///
/// # The place
///
/// A variable, a field, an element of a slice, or what a reference leads to: `order`, `self.state`,
/// `orders[0].state`, `*state`, an `order: &mut Order`, a guard of a `Mutex`, a [`Tracked`](crate::Tracked).
/// It calls nothing, because it is read first and assigned to last.
///
/// # Order
///
/// The state is read; the next one is evaluated; the step is judged; the fields are captured and the
/// record is made; the next state is assigned, which drops the previous one. If the next state is not
/// reached, because of a `?` or a panic, the place is untouched and nothing is logged. A refused next
/// state is dropped. Fields see the place as it was.
///
/// # Fields
///
/// Names of states are logged, never their payloads. Fields are written as in
/// [`log_event!`](crate::log_event). The keys `machine`, `from`, `to`, `expected` and `in_state_ms` are the
/// record's own. A tracked state also writes its `id`, unless the call gives one.
#[macro_export]
macro_rules! transition {
    ($($tokens:tt)*) => {
        $crate::__private::transition!(($crate) $($tokens)*)
    };
}
