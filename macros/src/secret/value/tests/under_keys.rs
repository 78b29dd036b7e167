//! Secrets that are looked up by a text.

use super::{judged, wrong};

#[test]
fn what_lies_under_the_name_of_a_secret_is_one() {
    for (source, words) in [
        ("map[\"password\"]", "password"),
        ("&json[\"user\"][\"password\"]", "password"),
        ("json[\"users\"][0][\"password\"].as_str()", "password"),
        ("json[\"card\"][\"number\"]", "card_number"),
        ("card[\"number\"]", "card_number"),
        ("self.card.get(\"number\")", "card_number"),
        ("map.get(\"password\")", "password"),
        ("map.get(&\"password\".to_owned())", "password"),
        ("map.remove(\"password\")", "password"),
        ("value.pointer(\"/user/password\")", "password"),
        ("row.try_get::<String, _>(\"password\")?", "password"),
        ("matches.get_one::<String>(\"password\")", "password"),
        ("config.get_string(\"db.password\")", "password"),
        ("env::var(\"DB_PASSWORD\")", "password"),
        ("std::env::var(\"DB_PASSWORD\").ok()", "password"),
        ("std::env::var_os(\"DB_PASSWORD\")", "password"),
        ("env::var(\"DB_PASSWORD\").unwrap_or_default()", "password"),
        (
            "env::var(\"DB_PASSWORD\").context(\"no password\")?",
            "password",
        ),
        ("env::var(DB_PASSWORD)", "password"),
        ("required_env(\"DB_PASSWORD\")", "password"),
        ("env!(\"DB_PASSWORD\")", "password"),
        ("option_env!(\"DB_PASSWORD\").unwrap_or(\"\")", "password"),
        ("headers.get(\"authorization\")", "authorization"),
        ("headers[\"authorization\"]", "authorization"),
        ("req.headers().get(AUTHORIZATION)", "authorization"),
        ("req.headers().get(header::AUTHORIZATION)", "authorization"),
        (
            "req.headers().get(&header::AUTHORIZATION).unwrap().to_str()?",
            "authorization",
        ),
        (
            "headers.get(\"cookie\").and_then(|it| it.to_str().ok())",
            "cookie",
        ),
        ("req.header(\"x-api-key\")", "api_key"),
        ("jar.get(\"session_id\").map(|it| it.value())", "session_id"),
    ] {
        assert_eq!(judged(source).as_deref(), Some(words), "{source}");
    }
    let found = wrong(
        None,
        &[
            "map[\"user\"]",
            "map[\"password\"].len()",
            "map.get(\"password\").is_some()",
            "map.get(\"password\").map(|it| it.len())",
            "map.get(\"password_changed_at\")",
            "map.contains_key(\"password\")",
            "users.get(&token)",
            "users.get(password)",
            "users[token]",
            "levels.get(LIMIT)",
            "text.find(\"password\")",
            "text.split(\"token\").next()",
            "text.get(\"the password is wrong\")",
            "errors.get(\"password\")",
            "form.errors().get(\"password\").unwrap()",
            "self.errors[\"password\"]",
            "labels[\"password\"]",
            "messages.get(\"password\")",
            "counts[\"token\"]",
            "field_errors.get(\"password\")",
            "env::var(\"HOME\")",
            "env!(\"CARGO_PKG_NAME\")",
            "headers.get(header::CONTENT_TYPE)",
            "headers.get(\"authorization\").is_some()",
        ],
    );
    assert_eq!(found, [""; 0]);
}
