//! Of `log_event!`, its shorter forms and contexts.

use super::one_message_each;

#[test]
fn levels() {
    one_message_each(&[
        (
            r#"log_event!(INFO | ERROR, "order_created")"#,
            "remove `| ERROR`",
        ),
        (
            r#"log_event!(self.level, "order_created")"#,
            "`(self.level)`",
        ),
        (
            r#"log_event!("INFO", "order_created")"#,
            "a level is a word without quotes: write `INFO`",
        ),
        (
            r#"log_event!("warning", "order_created", "text")"#,
            "a level is a word without quotes: write `WARNING`",
        ),
        (
            r#"log_event!(20, "order_created")"#,
            "write `INFO` instead of `20`",
        ),
        (
            r#"log_event!(level = INFO, "order_created")"#,
            "write `INFO` without `level`",
        ),
        (
            r#"log_event!(level: INFO, "order_created")"#,
            "write `INFO` without `level`",
        ),
        (
            r#"log_event!(Level::INFO, "order_created")"#,
            "write `INFO`",
        ),
        (
            r#"log_event!(log::Level::Info, "order_created")"#,
            "write `INFO`",
        ),
        (
            r#"log_event!(Level.INFO, "order_created")"#,
            "the levels are",
        ),
        (
            r#"log_event!(INFO: "order_created")"#,
            "`,` in place of `:`",
        ),
        (
            r#"log_event!(INFO => "order_created")"#,
            "`,` in place of `=>`",
        ),
        (
            r#"log_event!(INFO; "order_created")"#,
            "`,` in place of `;`",
        ),
        (r#"info!(INFO, "order_created")"#, "remove `INFO`"),
    ]);
}

#[test]
fn names_and_texts() {
    one_message_each(&[
        (
            r#"info!(user_id = 7, "user_seen")"#,
            "move \"user_seen\" in front",
        ),
        (
            r#"info!(?order, "order placed")"#,
            "write `\"order_placed\", \"order placed\", ?order`",
        ),
        (
            r#"info!(%order, id = 1, "order_placed")"#,
            "move \"order_placed\" in front",
        ),
        (
            r#"info!(user.id = 7, other, "user seen today")"#,
            "`\"user_seen_today\", \"user seen today\", user.id = 7, other`",
        ),
        (
            r#"info!(name: "user_seen", user = 1)"#,
            "write \"user_seen\" without",
        ),
        (
            r#"info!(event = "user_seen")"#,
            "write \"user_seen\" without",
        ),
        (
            r#"info!("user {} logged in", name)"#,
            "`\"user_logged_in\", \"user {name} logged in\"`",
        ),
        (
            r#"info!("user {name} logged in")"#,
            "`\"user_logged_in\", \"user {name} logged in\"`",
        ),
        (
            r#"info!("user_seen", "user {}", name)"#,
            "write `\"user {name}\"`",
        ),
        (
            r#"info!("user_seen", "user {0:?}", name)"#,
            "write `\"user {name}\", ?name`",
        ),
        (r#"info!("user_seen", "user {%name}")"#, "write `{name}`"),
        (r#"info!("user_seen", "user {name:s}")"#, "`{name}` alone"),
        (r#"log_event!(INFO, b"order_created")"#, "no plain string"),
        (r#"log_event!(INFO, , "order_created")"#, "remove it"),
    ]);
}

#[test]
fn fields() {
    one_message_each(&[
        (
            r#"info!("user_seen", if a { 1 } else { 2 })"#,
            "write `key = if ...`",
        ),
        (r#"info!("user_seen", key => value)"#, "`key = value`"),
        (r#"info!("user_seen", key: value)"#, "`key = value`"),
        (r#"info!("user_seen", key: %value)"#, "`key = %value`"),
        (r#"info!("user_seen", key == 1)"#, "`key = 1`"),
        (r#"info!("user_seen", key := 1)"#, "`key = 1`"),
        (r#"info!("user_seen", {key: 1})"#, "`key = 1`"),
        (
            r#"info!("user_seen", #[cfg(unix)] a = 1)"#,
            "takes no attribute",
        ),
        (r#"info!("user_seen", order?.id)"#, "`id = order?.id`"),
        (r#"info!("user_seen", &mut order)"#, "write `order`"),
        (
            r#"info!("user_seen", key = a b)"#,
            "a comma is missing before `b`",
        ),
        (r#"context_of!("tenant" => 1)"#, "`\"tenant\" = 1`"),
        ("context_of!(tenant: 7)", "`tenant = 7`"),
    ]);
}

#[test]
fn options() {
    one_message_each(&[
        (
            r#"info!("user_seen", every(10), a = 1)"#,
            "comes before its name",
        ),
        (r#"info!(every = 10, "user_seen")"#, "`every(10)`"),
        (r#"info!(every: 10, "user_seen")"#, "`every(10)`"),
        (r#"info!(every 10, "user_seen")"#, "`every(10)`"),
        (r#"info!(once = true, "user_seen")"#, "write `once`"),
        (r#"info!(once(), "user_seen")"#, "write `once`"),
        (r#"info!(sample = 0.1, "user_seen")"#, "`sample(0.01)`"),
        (r#"info!(at_most(5/s), "user_seen")"#, "`at_most(5 per 1s)`"),
        (
            r#"info!(at_most(5 per), "user_seen")"#,
            "`at_most(5 per 1s)`",
        ),
        (
            r#"info!(at_most(5 per "5 minuts"), "user_seen")"#,
            "write `5m`",
        ),
        (r#"info!(rate_limit(10), "user_seen")"#, "at_most(n per 1s)"),
        (r#"info!(target: "x", "user_seen")"#, "`target = \"x\"`"),
    ]);
}

#[test]
fn guesses() {
    one_message_each(&[
        (r#"info!("seen", x; y)"#, "write `,` in place of `;`"),
        (r#"info!("seen", x -> 1)"#, "written with `=`: `x = 1`"),
        (r#"info!("seen", x: u64)"#, "value: write `x`"),
        (r#"info!("seen", x: u64 = 7)"#, "write `x = 7`"),
        (r#"info!("seen", x: json)"#, "did you mean `serde`?"),
        (r#"info!("seen", x:?)"#, "write `?x`"),
        (r#"info!("seen", x:? = y)"#, "write `x = ?y`"),
        (r#"info!("seen", x = y:?)"#, "write `x = ?y`"),
        (r#"info!("seen", x = y: debug)"#, "write `x: debug = y`"),
        (
            r#"info!("seen", n: mask(last = 4), x = y: mask(last = 4), z)"#,
            "write `x: mask(last = 4) = y`",
        ),
        (
            r#"info!("seen", extra = {"user_id": 7, "n": x})"#,
            "write `\"user_id\" = 7, \"n\" = x`",
        ),
        (
            r#"info!("seen", extra = {n => 7})"#,
            "write `n = 7` in place of `extra = ...`",
        ),
        (r#"info!("seen", err: e)"#, "did you mean `err: error = e`?"),
        (
            r#"info!("seen", "x {e:error}")"#,
            "write `{e}`, and behind the text `e: error`",
        ),
        (r#"info!(targt = "db", "seen")"#, "did you mean `target`?"),
        (r#"info!("seen", x: %y)"#, "write `x = %y`"),
        (r#"info!("seen", t = ..order)"#, "write `t: fields = order`"),
        (
            r#"info!("seen", path.display())"#,
            "write `path = %path.display()`",
        ),
        (
            r#"info!("seen", order.len())"#,
            "write `order_len = order.len()`",
        ),
        (r#"info!(every(10s), "seen")"#, "write `at_most(1 per 10s)`"),
        (r#"info!(sample(1s), "seen")"#, "`sample(0.01)`"),
        (
            r#"info!(at_most(5s per 1s), "seen")"#,
            "`at_most(5 per 1s)`",
        ),
        (
            r#"info!(user_id, "seen")"#,
            "move \"seen\" in front of them",
        ),
        ("info!(seen)", "write `\"seen\"`"),
        ("info!(order seen, x)", "write `\"order_seen\"`"),
        (
            r#"log_event!(target: "db", INFO, "seen")"#,
            "write `INFO, target = \"db\"`",
        ),
    ]);
}

#[test]
fn structures() {
    one_message_each(&[
        (
            r#"info!("x_y", details = ..order)"#,
            "write `details: fields = order`",
        ),
        (
            r#"info!("x_y", details: ..self.order)"#,
            "write `details: fields = self.order`",
        ),
        (
            r#"info!("x_y", details: fields = ..order)"#,
            "write `details: fields = order`",
        ),
        (r#"info!("x_y", order: ..)"#, "`order: fields = value`"),
    ]);
}
