use super::*;
use crate::tests::snapshot_expr;
use quote::quote;

#[test]
fn binds_fields() {
    snapshot_expr(
        "context_of/basic",
        &expand(quote!((::storyline) tenant = t, user_id, ?mode)),
    );
}

#[test]
fn awaits_before_it_captures() {
    snapshot_expr(
        "context_of/await",
        &expand(quote!((::storyline) tenant = find().await, user_id)),
    );
}

#[test]
fn refuses_what_log_event_refuses() {
    let text = expand(quote!((::storyline) password, request_id = id, a b)).to_string();
    for part in ["names a secret", "request_scope", "a comma is missing"] {
        assert!(text.contains(part), "{part}: {text}");
    }
    assert!(
        expand(quote!((::storyline)))
            .to_string()
            .contains("binds fields")
    );
}
