//! The table of a machine as constant data. Generated code builds it, tests and tools read it.

/// The states of a machine and the edges between them, in the order of the enum's variants.
///
/// ```
/// use storyline::{Machine, state_machine};
///
/// #[state_machine(initial = Open)]
/// enum Ticket {
///     #[to(Closed)]
///     Open,
///     #[terminal]
///     Closed,
/// }
///
/// assert_eq!(Ticket::TABLE.name(), "ticket");
/// assert!(Ticket::TABLE.allows("open", "closed"));
/// assert!(!Ticket::TABLE.allows("closed", "open"));
///
/// let first = Ticket::TABLE.initial().unwrap();
/// assert_eq!(first.name(), "open");
/// assert!(Ticket::TABLE.successors(first).all(|next| next.is_terminal()));
/// ```
#[derive(Debug)]
pub struct StateTable {
    name: &'static str,
    initial: usize,
    states: &'static [State],
}

/// One state of a [`StateTable`], known by its name.
#[derive(Debug)]
pub struct State {
    name: &'static str,
    to: &'static [usize],
}

impl State {
    /// For generated code: `to` holds indices into the table.
    #[doc(hidden)]
    pub const fn new(name: &'static str, to: &'static [usize]) -> Self {
        Self { name, to }
    }

    /// The name as records show it, in `snake_case`.
    pub const fn name(&self) -> &'static str {
        self.name
    }

    /// Whether nothing follows this state.
    pub const fn is_terminal(&self) -> bool {
        self.to.is_empty()
    }
}

impl StateTable {
    /// For generated code: all indices are those of `states`.
    #[doc(hidden)]
    pub const fn new(name: &'static str, initial: usize, states: &'static [State]) -> Self {
        Self {
            name,
            initial,
            states,
        }
    }

    /// The machine's name as records show it.
    pub const fn name(&self) -> &'static str {
        self.name
    }

    /// All states.
    pub const fn states(&self) -> &'static [State] {
        self.states
    }

    /// The state that the machine begins in.
    pub fn initial(&self) -> Option<&'static State> {
        self.states.get(self.initial)
    }

    /// The states that may follow `state`, in the order of its `#[to(...)]`.
    pub fn successors(&self, state: &State) -> impl Iterator<Item = &'static State> {
        let states = self.states;
        state.to.iter().filter_map(move |index| states.get(*index))
    }

    /// Whether an edge leads from one state to another; names that are no states have no edges.
    pub fn allows(&self, from: &str, to: &str) -> bool {
        self.states
            .iter()
            .filter(|state| state.name == from)
            .any(|state| self.successors(state).any(|next| next.name == to))
    }

    #[inline]
    pub(super) fn has_edge(&self, from: usize, to: usize) -> bool {
        self.states
            .get(from)
            .is_some_and(|state| state.to.contains(&to))
    }

    #[inline]
    pub(super) fn name_of(&self, index: usize) -> &'static str {
        self.states.get(index).map_or("", State::name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TABLE: StateTable = StateTable::new(
        "ticket",
        1,
        &[State::new("closed", &[]), State::new("open", &[0, 1])],
    );

    #[test]
    fn edges_are_found_by_name_and_by_index() {
        assert!(TABLE.allows("open", "closed"));
        assert!(TABLE.allows("open", "open"));
        assert!(!TABLE.allows("closed", "open"));
        assert!(!TABLE.allows("lost", "open"));
        assert!(TABLE.has_edge(1, 0));
        assert!(!TABLE.has_edge(0, 1));
    }

    #[test]
    fn indices_beyond_the_table_are_no_states() {
        assert!(!TABLE.has_edge(7, 0));
        assert_eq!(TABLE.name_of(7), "");
    }

    #[test]
    fn a_reader_walks_the_table() {
        let open = TABLE.initial().expect("the table has an initial state");
        assert_eq!(open.name(), "open");
        let next: Vec<_> = TABLE.successors(open).map(State::name).collect();
        assert_eq!(next, ["closed", "open"]);
        assert!(TABLE.states()[0].is_terminal());
        assert!(!open.is_terminal());
    }
}
