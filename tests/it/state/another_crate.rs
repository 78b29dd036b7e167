//! Storyline under another name.

use storyline::state_machine;
use storyline::testing::capture;

mod facade {
    pub(crate) use storyline as logging;
}

#[state_machine(initial = Open, name = "support-ticket", crate = facade::logging)]
enum Ticket {
    #[to(Closed)]
    Open,
    #[terminal]
    Closed,
}

#[test]
fn storyline_may_be_reached_through_another_crate() {
    let mut ticket = Ticket::Open;
    let captured = capture(|| facade::logging::transition!(ticket: Open => Ticket::Closed));
    captured
        .assert_logged("state_transition")
        .with("machine", "support-ticket");
}
