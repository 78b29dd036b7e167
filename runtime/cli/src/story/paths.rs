//! The ways of the state machines, put together from their transitions.

use crate::judge::Fact;

/// The way of one machine.
#[derive(Clone, Debug, PartialEq)]
pub struct Path {
    /// The machine's name.
    pub machine: String,
    /// The state it was first seen in.
    pub start: String,
    /// What came after, in order.
    pub steps: Vec<Step>,
}

/// One transition.
#[derive(Clone, Debug, PartialEq)]
pub struct Step {
    /// The state it led to, or would have led to.
    pub to: String,
    /// How long the state before had lasted, in milliseconds: as the record says, else since the
    /// transition before.
    pub after_ms: Option<f64>,
    /// Whether it was refused; the state is then the one before still.
    pub is_illegal: bool,
    at: i64,
}

impl Path {
    /// The state after the last transition that was not refused.
    pub fn state(&self) -> &str {
        let last = self.steps.iter().rev().find(|step| !step.is_illegal);
        last.map_or(&self.start, |step| &step.to)
    }

    fn since(&self) -> Option<i64> {
        let last = self.steps.iter().rev().find(|step| !step.is_illegal);
        last.map(|step| step.at)
    }
}

/// Adds a transition to the way that it continues: of the same machine, and in the state it comes
/// from. Where there are several, two orders in the same state, the one that moved last goes on.
pub(super) fn follow(paths: &mut Vec<Path>, fact: &Fact<'_>, at: i64) {
    let Fact::Transition {
        machine,
        from,
        to,
        in_state_ms,
        is_illegal,
    } = fact
    else {
        return;
    };
    let place = paths
        .iter()
        .enumerate()
        .filter(|(_, path)| path.machine == *machine && path.state() == from)
        .max_by_key(|(_, path)| path.since())
        .map(|(place, _)| place);
    let place = place.unwrap_or_else(|| {
        paths.push(Path {
            machine: machine.clone().into_owned(),
            start: from.clone().into_owned(),
            steps: Vec::new(),
        });
        paths.len() - 1
    });
    let path = &mut paths[place];
    #[expect(clippy::cast_precision_loss, reason = "shown with three digits")]
    let since = path
        .since()
        .map(|before| at.saturating_sub(before) as f64 / 1e6);
    path.steps.push(Step {
        to: to.clone().into_owned(),
        after_ms: in_state_ms.or(since),
        is_illegal: *is_illegal,
        at,
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    fn walk(steps: &[(&str, &str, bool)]) -> Vec<Path> {
        let mut paths = Vec::new();
        for (at, (from, to, is_illegal)) in (0_i64..).zip(steps) {
            let fact = Fact::Transition {
                machine: "order".into(),
                from: (*from).into(),
                to: (*to).into(),
                in_state_ms: None,
                is_illegal: *is_illegal,
            };
            follow(&mut paths, &fact, at * 1_000_000);
        }
        paths
    }

    #[test]
    fn a_refused_step_does_not_move() {
        let paths = walk(&[
            ("created", "pending", false),
            ("pending", "created", true),
            ("pending", "paid", false),
        ]);
        assert_eq!(paths.len(), 1);
        assert_eq!(paths[0].state(), "paid");
        assert_eq!(paths[0].steps[2].after_ms, Some(2.0));
    }

    #[test]
    fn two_orders_go_their_own_ways() {
        let paths = walk(&[
            ("created", "pending", false),
            ("created", "cancelled", false),
            ("pending", "paid", false),
        ]);
        let ends: Vec<_> = paths.iter().map(Path::state).collect();
        assert_eq!(ends, ["paid", "cancelled"]);
    }
}
