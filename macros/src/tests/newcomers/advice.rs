//! What is proposed is taken: written in place of the arguments of the call, it is refused no more.

use super::messages;

/// Each call gets one message; the last thing it says to write makes a call without any, behind `name` where that stands
/// in front of the arguments.
fn advice_is_taken(name: &str, cases: &[(&str, &str)]) {
    let mut wrong = Vec::new();
    for (arguments, advice) in cases {
        let messages = messages(&format!("info!({name}{arguments})"));
        if messages.len() != 1 || !messages[0].ends_with(&format!("`{advice}`")) {
            wrong.push(format!("{arguments}: no {advice:?} in {messages:#?}"));
        }
        let left = self::messages(&format!("info!({name}{advice})"));
        if !left.is_empty() {
            wrong.push(format!("{advice}: {left:#?}"));
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn sentences() {
    advice_is_taken(
        "",
        &[
            (r#""starting up""#, r#""starting_up", "starting up""#),
            (
                r#""order {} is {}", id, state"#,
                r#""order_is", "order {id} is {state}""#,
            ),
            (
                r#""order {1} is {0}", state, id"#,
                r#""order_is", "order {id} is {state}""#,
            ),
            (r#""order {id}", id"#, r#""order", "order {id}""#),
            (
                r#""took {t} of {}", x, t = y"#,
                r#""took", "took {t} of {x}", t = y"#,
            ),
            (r#""order {}", order.id"#, r#""order", "order {order.id}""#),
            (r#""order {}", self.id"#, r#""order", "order {self.id}""#),
            (r#""order {}", &id"#, r#""order", "order {id}""#),
            (r#""{} of {}", id, id"#, r#""id_seen", "{id} of {id}""#),
            (r#""{}", name"#, r#""name_seen", "{name}""#),
            (r#""{user:?}""#, r#""user_seen", "{user:?}""#),
            (r#""{self.user}!""#, r#""user_seen", "{self.user}!""#),
            (
                r#""naïvely: {}", 5"#,
                r#""value_seen", "naïvely: {value}", value = 5"#,
            ),
            (r#""größer: 5""#, r#""payment_failed", "größer: 5""#),
            (
                r#""{} done", order.len()"#,
                r#""done", "{order_len} done", order_len = order.len()"#,
            ),
            (
                r#""{} of {} done", a.len(), b.len()"#,
                r#""of_done", "{a_len} of {b_len} done", a_len = a.len(), b_len = b.len()"#,
            ),
            (
                r#""{} and {} seen", a.id(), b.id()"#,
                r#""and_seen", "{id} and {id_2} seen", id = a.id(), id_2 = b.id()"#,
            ),
            (
                r#""{order.len()} done""#,
                r#""done", "{order_len} done", order_len = order.len()"#,
            ),
            (
                r#""opened {}", path.display()"#,
                r#""opened", "opened {path}", path = %path.display()"#,
            ),
            (
                r#""retry {} of {:>3}", 1, 3"#,
                r#""retry", "retry {retry} of {value:>3}", retry = 1, value = 3"#,
            ),
            (
                r#""level {}", level"#,
                r#""level", "level {severity}", severity = level"#,
            ),
            (
                r#""a {}", "text""#,
                r#""value_seen", "a {value}", value = "text""#,
            ),
            (r#""{{}} {} \u{41}", id"#, r#""a", "{{}} {id} \u{41}""#),
            (
                r#""Größe {}", 5"#,
                r#""value_seen", "Größe {value}", value = 5"#,
            ),
            (r#""🦀rows {}", 5"#, r#""rows", "🦀rows {rows}", rows = 5"#),
            (r#"r"at\ {}", x"#, r#""x_seen", r"at\ {x}""#),
        ],
    );
}

#[test]
fn what_has_to_be_taken_in_another_way() {
    advice_is_taken(
        "",
        &[
            (
                r#""could not open {e}""#,
                r#""could_not_open", "could not open {e}", e: error"#,
            ),
            (
                r#""failed: {}", err"#,
                r#""failed", "failed: {err}", err: error"#,
            ),
            (
                r#""failed: {}", io_error"#,
                r#""failed", "failed: {io_error}", io_error: error"#,
            ),
            (
                r#""failed: {}", std::fmt::Error"#,
                r#""failed", "failed: {error}", error: error = std::fmt::Error"#,
            ),
            (
                r#""failed: {}", e.to_string()"#,
                r#""failed", "failed: {e}", e = e.to_string()"#,
            ),
            (
                r#""failed: {x}", x = 1, error = e"#,
                r#""failed", "failed: {x}", x = 1, error: error = e"#,
            ),
            (r#""{e}""#, r#""error_occurred", "{e}", e: error"#),
            (r#""failed: {:?}", e"#, r#""failed", "failed: {e}", ?e"#),
            (r#""failed: {e:?}""#, r#""failed", "failed: {e:?}""#),
            (r#""failed: {%e}""#, r#""failed", "failed: {e}", e: error"#),
            (r#""opened {%path}""#, r#""opened", "opened {path}", %path"#),
            (r#""opened {?path}""#, r#""opened", "opened {path:?}""#),
            (
                r#""items {:?}", order.items"#,
                r#""items", "items {order.items}", ?order.items"#,
            ),
            (
                r#""items {:#?}", all()"#,
                r#""items", "items {all}", all = ?all()"#,
            ),
            (
                r#""items {x:?}", x = all()"#,
                r#""items", "items {x}", x = ?all()"#,
            ),
            (
                r#""user in"; "user" => name"#,
                r#""user_in", "user in", user = name"#,
            ),
            (
                r#""user in"; "user" => %name"#,
                r#""user_in", "user in", user = %name"#,
            ),
            (r#""user in", ..order"#, r#""user_in", "user in", ..order"#),
            (
                r#""user in", card: redact"#,
                r#""user_in", "user in", card: redact"#,
            ),
        ],
    );
}

#[test]
fn texts_that_come_late() {
    advice_is_taken(
        "",
        &[
            (
                r#"user_id, "user {} in", n"#,
                r#""user_in", "user {n} in", user_id"#,
            ),
            (
                r#"user_id = 5; "user in""#,
                r#""user_in", "user in", user_id = 5"#,
            ),
            (
                r#"?order, %name, "user in""#,
                r#""user_in", "user in", ?order, %name"#,
            ),
            (r#"format!("order {}", id)"#, r#""order", "order {id}""#),
            (
                r#"format!("order {}", a.len()), x"#,
                r#""order", "order {a_len}", a_len = a.len()"#,
            ),
        ],
    );
}

#[test]
fn texts_behind_a_name() {
    advice_is_taken(
        "\"rows_read\", ",
        &[
            (r#""read {} rows", rows"#, r#""read {rows} rows""#),
            (
                r#""read {} rows of {:?}", rows.len(), table"#,
                r#""read {rows_len} rows of {table}", rows_len = rows.len(), ?table"#,
            ),
            (r#""failed: {}", e"#, r#""failed: {e}", e: error"#),
            (
                r#"format!("read {} rows", rows), table"#,
                r#""read {rows} rows""#,
            ),
            (r#"format!("read {rows}")"#, r#""read {rows}""#),
        ],
    );
}
