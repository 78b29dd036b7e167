//! The error of a refused step.

use core::fmt;

use crate::error::debug_is_display;

/// A step that the machine's table does not have, or that began elsewhere than `transition!` said.
/// Nothing was assigned.
///
/// ```
/// use storyline::{state_machine, transition};
///
/// #[state_machine(initial = Open)]
/// enum Ticket {
///     #[to(Closed)]
///     Open,
///     #[terminal]
///     Closed,
/// }
///
/// let mut ticket = Ticket::Closed;
/// let error = transition!(ticket => Ticket::Open).unwrap_err();
/// assert_eq!((error.from(), error.to()), ("closed", "open"));
/// assert_eq!(error.to_string(), "`ticket` has no edge from `closed` to `open`");
///
/// let error = transition!(ticket: Open => Ticket::Closed).unwrap_err();
/// assert_eq!((error.expected(), error.from()), (Some("open"), "closed"));
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct IllegalTransition {
    machine: &'static str,
    from: &'static str,
    to: &'static str,
    expected: Option<&'static str>,
}

impl IllegalTransition {
    pub(super) const fn new(
        machine: &'static str,
        from: &'static str,
        to: &'static str,
        expected: Option<&'static str>,
    ) -> Self {
        Self {
            machine,
            from,
            to,
            expected,
        }
    }

    /// The name of the machine.
    pub const fn machine(&self) -> &'static str {
        self.machine
    }

    /// The state that the place was in, and still is.
    pub const fn from(&self) -> &'static str {
        self.from
    }

    /// The state that was refused.
    pub const fn to(&self) -> &'static str {
        self.to
    }

    /// The state that the call said it comes from, when the place was in another one.
    pub const fn expected(&self) -> Option<&'static str> {
        self.expected
    }
}

impl fmt::Display for IllegalTransition {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            machine, from, to, ..
        } = self;
        match self.expected {
            None => write!(f, "`{machine}` has no edge from `{from}` to `{to}`"),
            Some(expected) => write!(
                f,
                "`{machine}` was to go from `{expected}` to `{to}`, but it is in `{from}`"
            ),
        }
    }
}

debug_is_display!(IllegalTransition);

impl std::error::Error for IllegalTransition {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_text_names_the_states() {
        let error = IllegalTransition::new("order", "created", "paid", None);
        assert_eq!(
            error.to_string(),
            "`order` has no edge from `created` to `paid`"
        );
        let error = IllegalTransition::new("order", "created", "paid", Some("payment_pending"));
        assert_eq!(
            error.to_string(),
            "`order` was to go from `payment_pending` to `paid`, but it is in `created`"
        );
    }
}
