//! storyline under other names: renamed in a manifest, and behind another crate. That they compile is most of
//! what is tested.

use storyline::testing::{capture, capture_value};
use storyline_names_renamed::without_prelude::{
    Inside, caller, calls, parse, parse_later, structures,
};
use storyline_names_renamed::{Card, Order, shadowed};

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

#[test]
fn structures_of_a_crate_that_calls_it_otherwise() {
    let card = Inside {
        id: 7,
        card: Card {
            card_number: "4111111111111234",
            amount: 500,
            note: Some("ring twice"),
        },
        holder: "ada",
        parts: [1, 2],
        cause: std::fmt::Error,
        password: Some("hunter2"),
        token: 5,
        pin: 4,
    };
    let mut order = Order::Created;
    let secret = storyline::Secret::new(5);
    let logged = capture(|| {
        assert!(structures(&mut order, &card, &secret).is_err());
    });
    logged
        .assert_logged("card_seen")
        .with("msg", "by 7")
        .with("card.card_number", "****1234")
        .with("card.amount_cents", 500)
        .with("holder", "ada")
        .with("password", "[redacted]");
    logged.assert_logged("state_transition").with("id", 7);
    logged
        .assert_logged("illegal_transition")
        .with("card.id", 7)
        .with("card.card.amount_cents", 500);
    logged
        .assert_logged("function_failed")
        .with("dependency", "bank")
        .with("card.pin", 4);
    assert!(!logged.to_string().contains("hunter2"));
    assert!(!logged.to_string().contains("ring twice"));
}

#[test]
fn a_module_where_the_names_mean_something_else() {
    let logged = capture(|| assert!(shadowed::run("4111111")));
    logged
        .assert_logged("card_seen")
        .with("card_number", "****111")
        .with("card.more.amount", 5)
        .with("bound", 7);
    logged.assert_count("state_transition", 3);
    logged.assert_count("illegal_transition", 1);
    logged.assert_count("function_complete", 4);
}

#[test]
fn structures_behind_a_facade() {
    let (result, logged) = capture_value(|| storyline_names_behind::ship(500));
    assert_eq!(result, 8);
    logged
        .assert_logged("order_shipped")
        .with("invoice.entity_id", 7)
        .with("last.amount", 500)
        .with("last.password", "[redacted]");
    logged
        .assert_logged("state_transition")
        .with("entity_id", 7);
    logged
        .assert_logged("entity_loaded")
        .with("entity.lines", "[1]");
    logged
        .assert_logged("function_complete")
        .with("entity_id", 7);
}
