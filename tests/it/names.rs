//! storyline under other names: renamed in a manifest, and behind another crate. That they compile is most of
//! what is tested.

use storyline::testing::{capture, capture_value};
use storyline_names_renamed::Order;
use storyline_names_renamed::without_prelude::{caller, calls, parse, parse_later};

use crate::ledger::text;
use crate::timed::now;

#[test]
fn a_crate_without_prelude_that_calls_it_otherwise() {
    let mut order = Order::Created;
    let logged = capture(|| {
        assert!(calls(&mut order, "7").is_err());
        assert!(parse("13").is_err());
        assert_eq!(now(parse_later(" 7", 1)), Ok(7));
        assert_eq!(caller(), line!());
    });
    logged.assert_logged("order_read").with("msg", "7 at 5");
    logged.assert_logged("illegal_transition");
    let outcomes = logged.iter().filter(|it| it.event.starts_with("function_"));
    let outcomes: Vec<&str> = outcomes
        .filter(|it| it.event != "function_started")
        .map(|it| text(it, "outcome"))
        .collect();
    assert_eq!(outcomes, ["ok", "ok", "err", "ok", "returned"]);
}

#[test]
fn a_crate_that_only_knows_its_facade() {
    let (result, logged) = capture_value(|| storyline_names_behind::run("abc"));
    assert_eq!(result, (Ok(3), 3, 5, true));
    logged
        .assert_logged("order_paid")
        .with("domain", "business");
    logged.assert_count("state_transition", 2);
    logged.assert_count("function_complete", 4);
}
