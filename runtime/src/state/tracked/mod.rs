//! A state that belongs to something with an id, and changes through `transition!` alone.

mod serde;

use core::fmt;
use core::ops::Deref;
use core::time::Duration;

use super::{Machine, Place};
use crate::clock;
use crate::value::Capture;
use crate::wire::Ticks;

/// A state together with the id of what it belongs to. Each step logs the id, and how long the
/// previous state lasted:
///
/// ```text
/// state_transition | machine=order id=7821 from=created to=paid in_state_ms=1812.5
/// ```
///
/// It reads like the state itself, but there is no way to a mutable one, so nothing changes it
/// around the log.
///
/// ```
/// use storyline::{Machine, Tracked, state_machine, transition};
///
/// #[state_machine(initial = Created)]
/// enum Order {
///     #[to(Paid)]
///     Created,
///     #[terminal]
///     Paid,
/// }
///
/// # fn main() -> Result<(), storyline::IllegalTransition> {
/// let mut order = Tracked::new(7821, Order::Created);
/// transition!(order => Order::Paid, provider = "stripe")?;
/// assert_eq!(order.state_name(), "paid");
/// assert_eq!(*order.id(), 7821);
/// assert!(order.time_in_state() < std::time::Duration::from_secs(3600));
///
/// let (id, order) = order.into_parts();
/// assert_eq!((id, order.state_name()), (7821, "paid"));
/// # Ok(())
/// # }
/// ```
///
/// Another type of id is the second parameter: `Tracked<Order, String>`. Whatever can be logged as it
/// stands can be one.
///
/// With serde it is a structure of `id`, `state` and `since_unix_ms`; the time in a state goes on
/// while the state is stored.
#[derive(Clone)]
pub struct Tracked<M, I = u64> {
    id: I,
    state: M,
    /// The clock's reading when the state began, or was read back from storage.
    since: u64,
    /// Ticks that the state had lasted before `since`.
    before: u64,
}

impl<M: Machine, I> Tracked<M, I> {
    /// A state that begins now.
    pub fn new(id: I, state: M) -> Self {
        Self::with_elapsed(id, state, 0)
    }

    fn with_elapsed(id: I, state: M, before: u64) -> Self {
        Self {
            id,
            state,
            since: clock::now(),
            before,
        }
    }

    /// The id.
    pub const fn id(&self) -> &I {
        &self.id
    }

    /// How long the present state has lasted.
    pub fn time_in_state(&self) -> Duration {
        #[expect(
            clippy::cast_precision_loss,
            reason = "a tick in 2^53 is below the clock's own error"
        )]
        let millis = self.ticks_in_state() as f64 * clock::calibration().millis_per_tick();
        Duration::try_from_secs_f64(millis / 1e3).unwrap_or_default()
    }

    /// The id and the state, apart from each other; how long it has lasted is forgotten.
    pub fn into_parts(self) -> (I, M) {
        (self.id, self.state)
    }

    #[inline]
    fn ticks_in_state(&self) -> u64 {
        // The counters of two cores may differ by a few ticks.
        clock::now()
            .saturating_sub(self.since)
            .saturating_add(self.before)
    }
}

impl<M, I> Deref for Tracked<M, I> {
    type Target = M;

    #[inline]
    fn deref(&self) -> &M {
        &self.state
    }
}

impl<M: fmt::Debug, I: fmt::Debug> fmt::Debug for Tracked<M, I> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Tracked")
            .field("id", &self.id)
            .field("state", &self.state)
            .finish_non_exhaustive()
    }
}

/// By id and state; how long the state has lasted does not count.
impl<M: PartialEq, I: PartialEq> PartialEq for Tracked<M, I> {
    fn eq(&self, other: &Self) -> bool {
        self.id == other.id && self.state == other.state
    }
}

impl<M: Eq, I: Eq> Eq for Tracked<M, I> {}

#[diagnostic::do_not_recommend]
impl<M: Machine, I: Capture> Place for Tracked<M, I> {
    type Machine = M;
    type Markers = M::Markers;
    type Id<'a>
        = I::Wire<'a>
    where
        Self: 'a;
    type InState = Ticks;

    #[inline]
    fn state_of_place(&self) -> &M {
        &self.state
    }

    #[inline]
    fn id_of_place(&self) -> I::Wire<'_> {
        self.id.capture()
    }

    #[inline]
    fn time_at_place(&self) -> Ticks {
        Ticks(self.ticks_in_state())
    }

    #[inline]
    fn enter_place(&mut self, next: M) {
        self.state = next;
        self.since = clock::now();
        self.before = 0;
    }
}
