//! The states of a machine, as the text beside its steps has them.

use serde::{Deserialize, Serialize};

/// A state of a machine.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct State {
    /// What `from` and `to` call it.
    pub name: String,
    /// Whether machines begin in it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub initial: bool,
    /// Those that may follow; none where it is final.
    pub to: Vec<String>,
}

/// The name and the states of a machine.
pub(super) fn read(text: &str) -> (&str, Vec<State>) {
    let (name, states) = text.split_once('\n').unwrap_or((text, ""));
    let state = |line: &str| {
        let mut words = line.get(1..)?.split(' ').map(str::to_owned);
        Some(State {
            initial: line.starts_with('>'),
            name: words.next()?,
            to: words.collect(),
        })
    };
    (name, states.lines().filter_map(state).collect())
}

impl State {
    /// `created -> paid, cancelled`; with what it is where it begins or ends.
    pub(super) fn shown(&self) -> String {
        let begins = if self.initial { "initial " } else { "" };
        let name = &self.name;
        if self.to.is_empty() {
            format!("{begins}{name} (final)")
        } else {
            format!("{begins}{name} -> {}", self.to.join(", "))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_machine_is_read() {
        let (name, states) = read("order\n>created paid void\n paid\n void paid");
        assert_eq!(name, "order");
        let shown: Vec<_> = states.iter().map(State::shown).collect();
        assert_eq!(
            shown,
            [
                "initial created -> paid, void",
                "paid (final)",
                "void -> paid"
            ]
        );
        assert_eq!(read("order"), ("order", Vec::new()));
        assert_eq!(read("order\n\nü"), ("order", Vec::new()));
    }
}
