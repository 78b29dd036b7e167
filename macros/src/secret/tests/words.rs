//! How words are told from parts of words, what excuses them, and what a package says of names itself.

use super::super::words::{Extra, secret_in, secret_under};

fn judged(name: &str) -> Option<String> {
    secret_in(name, Extra::default()).map(|it| it.words)
}

#[test]
fn reads_words_and_not_parts_of_words() {
    for name in [
        "monkey",
        "keyboard",
        "author",
        "authorType",
        "passenger",
        "secretary",
        "company",
    ] {
        assert_eq!(judged(name), None, "{name}");
    }
    assert_eq!(judged("userPassword"), Some("password".to_owned()));
    assert_eq!(judged("x-api-key"), Some("api_key".to_owned()));
}

#[test]
fn an_excuse_counts_for_its_own_segment() {
    assert_eq!(judged("has_password"), None);
    assert_eq!(judged("has_login.password"), Some("password".to_owned()));
    assert_eq!(judged("card.number"), Some("card_number".to_owned()));
    assert_eq!(judged("token.count"), None);
}

#[test]
fn a_member_is_judged_with_what_holds_it() {
    let judged = |holder: &str, member: &str| {
        secret_under(holder, member, Extra::default()).map(|it| it.words)
    };
    for (holder, member, words) in [
        ("card", "number", "card_number"),
        ("payment.card", "number", "card_number"),
        ("billingCard", "NUMBER", "card_number"),
        ("cards", "number", "card_number"),
        ("sessions", "id", "session_id"),
        ("api", "keyValue", "api_key"),
        ("request", "headers", "request_headers"),
        ("date", "of_birth", "date_of_birth"),
    ] {
        assert_eq!(
            judged(holder, member).as_deref(),
            Some(words),
            "{holder}.{member}"
        );
    }
    for (holder, member) in [
        ("card", "brand"),
        ("card", "number_length"),
        ("cards", "count"),
        ("order", "number"),
        ("masked_card", "number"),
        ("api", "key_id"),
        ("request", "body_bytes"),
        // Judged by itself.
        ("login", "password"),
        ("password_changed_at", "tv_sec"),
        ("token", "kind"),
    ] {
        assert_eq!(judged(holder, member), None, "{holder}.{member}");
    }
    let extra = Extra {
        forbid: &["member number"],
        allow: &["card number"],
    };
    let found = secret_under("club.member", "number", extra).expect("a secret");
    assert!(found.by_package);
    assert_eq!(secret_under("card", "number", extra), None);
}

#[test]
fn a_package_forbids_phrases_in_every_style() {
    let extra = Extra {
        forbid: &["member number", "salary", "page token", "has token"],
        allow: &[],
    };
    for name in [
        "member_number",
        "memberNumber",
        "MEMBER-NUMBER",
        "user.member.numbers",
        "old_member_number_text",
        "salary",
        "next_page_token",
        "has_token",
        "salaries",
        "baseSalaries",
        "membernumber",
        "userMembernumbers",
        "usermembernumber_text",
    ] {
        let found = secret_in(name, extra).unwrap_or_else(|| panic!("`{name}` was let through"));
        assert!(found.by_package, "{name}");
    }
    for name in [
        "member_number_count",
        "has_salary",
        "member_id",
        "number_member",
        "needs_token",
        "membernumber_count",
        "basesalary",
        "membernumbered",
    ] {
        assert_eq!(secret_in(name, extra), None, "{name}");
    }
    assert!(!secret_in("password", extra).expect("a secret").by_package);
}

#[test]
fn a_package_allows_whole_names_in_every_style() {
    let extra = Extra {
        forbid: &["number"],
        allow: &["session id", "order number", "login token"],
    };
    for name in [
        "session_id",
        "sessionId",
        "SESSION-ID",
        "request.session_id",
        "session.id",
        "order_number",
        "order.number",
    ] {
        assert_eq!(secret_in(name, extra), None, "{name}");
    }
    for name in [
        "user_session_id",
        "session_id_text",
        "session_ids",
        "session_id.token",
        "my_order.number",
        "old_order_number",
        "login_token_secret",
    ] {
        assert!(secret_in(name, extra).is_some(), "`{name}` was let through");
    }
}
