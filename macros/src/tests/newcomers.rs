//! What people write who come from another tool, or from a guess: each gets one message, and in it what
//! to write here.

use super::messages::without_messages;
use super::{calls, tree};

/// The messages of the one call in `source`.
fn messages(source: &str) -> Vec<String> {
    let stream = source.parse().expect("the test's own tokens");
    let calls = calls::of(stream);
    assert_eq!(calls.len(), 1, "{source}");
    let call = &calls[0];
    let output = call.door.call(
        tree::to_stream(&call.arguments),
        tree::to_stream(&call.item),
    );
    let mut messages = Vec::new();
    without_messages(output, &mut messages);
    messages.into_iter().map(|message| message.text).collect()
}

/// Each source gets exactly one message, which holds the text beside it.
fn one_message_each(cases: &[(&str, &str)]) {
    let mut wrong = Vec::new();
    for (source, part) in cases {
        let messages = messages(source);
        if messages.len() != 1 || !messages[0].contains(part) {
            wrong.push(format!("{source}: no {part:?} in {messages:#?}"));
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn levels() {
    one_message_each(&[
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
        (r#"#[timed(level = "info")] fn f() {}"#, "write `INFO`"),
        (
            "#[timed(level = 20)] fn f() {}",
            "write `INFO` instead of `20`",
        ),
        ("#[timed(level = Level::INFO)] fn f() {}", "write `INFO`"),
        ("#[timed(level(INFO))] fn f() {}", "write `level = INFO`"),
        ("#[timed(level: INFO)] fn f() {}", "write `level = INFO`"),
        ("#[timed(INFO)] fn f() {}", "`level = INFO`"),
        ("#[timed(debug)] fn f() {}", "`level = DEBUG`"),
        (
            "#[timed(log_level = INFO)] fn f() {}",
            "write `level = DEBUG`",
        ),
        (
            "transition!(INFO, order.state => Order::Paid)",
            "remove `INFO`",
        ),
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
            "write `\"order_placed\", \"order placed\"`",
        ),
        (
            r#"info!(%order, id = 1, "order_placed")"#,
            "move \"order_placed\" in front",
        ),
        (
            r#"info!(user.id = 7, other, "user seen today")"#,
            "`\"user_seen_today\", \"user seen today\"`",
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
        (r#"info!("user_seen", "user {}", name)"#, "write `{name}`"),
        (
            r#"info!("user_seen", "user {0:?}", name)"#,
            "write `{name:?}`",
        ),
        (r#"info!("user_seen", "user {%name}")"#, "write `{name}`"),
        (r#"info!("user_seen", "user {name:s}")"#, "`{name}` alone"),
        (r#"log_event!(INFO, b"order_created")"#, "no plain string"),
        (r#"log_event!(INFO, , "order_created")"#, "remove it"),
        (
            r#"transition!("order_paid", order.state => Order::Paid)"#,
            "remove `\"order_paid\"`",
        ),
        (r#"timed_block!(name = "x", { 1 })"#, "a name in quotes"),
        (r#"timed_block!(INFO, "x", { 1 })"#, "a name in quotes"),
        (r#"#[timed("charge")] fn f() {}"#, "`name = \"charge\"`"),
        (
            r#"#[timed(name("charge"))] fn f() {}"#,
            "write `name = \"charge\"`",
        ),
        (
            r#"#[timed(name: "charge")] fn f() {}"#,
            "write `name = \"charge\"`",
        ),
    ]);
}

#[test]
fn fields() {
    one_message_each(&[
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
        ("#[timed(a)] fn f(a: u8) {}", "`fields(a)`"),
        (
            "#[timed(skip(a))] fn f(a: u8) {}",
            "unless `fields(...)` lists it",
        ),
        ("#[timed(skip_all)] fn f(a: u8) {}", "remove `skip_all`"),
        (
            "#[timed(fields = (a))] fn f(a: u8) {}",
            "`fields(user_id, amount)`",
        ),
    ]);
}

#[test]
fn options() {
    one_message_each(&[
        (
            r#"info!("user_seen", every(10), a = 1)"#,
            "before the event's name",
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
        ("#[timed(err)] fn f() {}", "remove `err`"),
        (
            r#"#[timed(err(level = "warn"))] fn f() {}"#,
            "`err_level = WARNING`",
        ),
        ("#[timed(ret)] fn f() {}", "`log_event!`"),
        ("#[timed(parent = x)] fn f() {}", "remove `parent`"),
        ("#[timed(slow = 500)] fn f() {}", "`500ms`"),
        (
            r#"#[timed(slow: "500ms")] fn f() {}"#,
            "write `slow = \"500ms\"`",
        ),
        (
            r#"#[timed(slow("500ms"))] fn f() {}"#,
            "write `slow = \"500ms\"`",
        ),
        (r#"#[timed(slow = "1h30m")] fn f() {}"#, "one unit"),
        (r#"#[timed(slow = "1d")] fn f() {}"#, "`24h`"),
        (
            "#[timed(slow_ms = 500)] fn f() {}",
            "write `slow = \"500ms\"`",
        ),
        ("#[timed(only = err)] fn f() {}", "`only(err, slow)`"),
        ("#[timed(only(error))] fn f() {}", "did you mean `err`?"),
        (
            "#[timed(ok_if = is_fine())] fn f() -> u8 { 1 }",
            "`ok_if = is_fine`",
        ),
        (
            "#[timed(ok_if = |it| it.is_ok())] fn f() -> u8 { 1 }",
            "takes a path",
        ),
        ("#[timed(start = true)] fn f() {}", "write `start`"),
        ("#[timed(async)] fn f() {}", "remove `async`"),
        ("#[timed(future)] fn f() -> u8 { 1 }", "remove `future`"),
        (
            "#[timed(future)] fn f() -> Result<u8, E> { g() }",
            "remove `future`",
        ),
        (
            "#[timed(level = INFO; start)] fn f() {}",
            "`,` in place of `;`",
        ),
        (
            "#[timed(level = INFO,, start)] fn f() {}",
            "missing before this comma",
        ),
    ]);
}

#[test]
fn blocks() {
    one_message_each(&[
        (
            r#"timed_block!("x", || { 1 })"#,
            "`timed_block!(\"name\", { 1 })`",
        ),
        (
            r#"timed_block!("x", move || { 1 })"#,
            "`timed_block!(\"name\", { 1 })`",
        ),
        (r#"timed_block!("x", async { 1 })"#, "without `async`"),
        (
            r#"timed_block!("x", load())"#,
            "`timed_block!(\"name\", { load() })`",
        ),
        (
            r#"timed_block!("x", self.load())"#,
            "`timed_block!(\"name\", { self.load() })`",
        ),
        (r#"timed_block!("x", unsafe { 1 })"#, "put braces around it"),
        (
            r#"timed_block!("x" => { 1 })"#,
            "a comma comes after the name",
        ),
        (r#"timed_block!("x"; { 1 })"#, "`,` in place of `;`"),
        (
            r#"timed_block!("x", level = INFO { 1 })"#,
            "a comma is missing before `{ 1 }`",
        ),
        (
            r#"timed_block!("x", { 1 }, level = INFO)"#,
            "options come before the block",
        ),
        (r#"timed_block!("x")"#, "the block is missing"),
    ]);
}

#[test]
fn machines() {
    let order = "enum Order { #[to(Paid)] Created, #[terminal] Paid }";
    for (arguments, part) in [
        (r#"initial = "Created""#, "`initial = Created`"),
        ("initial: Created", "write `initial = Created`"),
        ("initial(Created)", "write `initial = Created`"),
        (r#""Created""#, "`initial = Created`"),
        ("start = Created", "`initial = Created`"),
        ("initial_state = Created", "`initial = Created`"),
        ("initial = Order::Created", "`initial = Created`"),
        ("initial = created", "did you mean `Created`?"),
        ("initial = Created; name = \"x\"", "in place of `;`"),
        ("initial = Created, terminal = [Paid]", "at its variant"),
        ("name = \"order\"", "`#[state_machine(initial = Created)]`"),
    ] {
        one_message_each(&[(&format!("#[state_machine({arguments})] {order}"), part)]);
    }
    for (created, paid, part) in [
        (
            "#[to(\"Paid\")]",
            "#[terminal]",
            "`Paid` instead of `\"Paid\"`",
        ),
        ("#[to = Paid]", "#[terminal]", "`#[to(Paid)]`"),
        ("#[to = \"Paid\"]", "#[terminal]", "`#[to(Paid)]`"),
        (
            "#[to(Order::Paid)]",
            "#[terminal]",
            "`Paid` instead of `Order::Paid`",
        ),
        (
            "#[to(=> Paid)]",
            "#[terminal]",
            "`Paid` instead of `=> Paid`",
        ),
        ("#[to(paid)]", "#[terminal]", "did you mean `Paid`?"),
        ("#[goto(Paid)]", "#[terminal]", "did you mean `#[to(...)]`?"),
        ("#[to(Paid)]", "#[terminl]", "did you mean `#[terminal]`?"),
        ("#[to(Paid)]", "#[end]", "did you mean `#[terminal]`?"),
        ("#[to(Paid)]", "", "or `#[terminal]` if none may"),
        ("", "#[terminal]", "with the states that may follow"),
        (
            "#[initial] #[to(Paid)]",
            "#[terminal]",
            "`#[state_machine(initial = Created)]`",
        ),
    ] {
        let item = format!("enum Order {{ {created} Created, {paid} Paid }}");
        one_message_each(&[(&format!("#[state_machine(initial = Created)] {item}"), part)]);
    }
    let marked = "enum Order { #[initial] #[to(Paid)] Created, #[terminal] Paid }";
    one_message_each(&[(
        &format!("#[state_machine] {marked}"),
        "`#[state_machine(initial = Created)]`",
    )]);
}

#[test]
fn steps() {
    one_message_each(&[
        (
            "transition!(order.state -> Order::Paid)",
            "`transition!(order.state => Order::Paid)`",
        ),
        (
            "transition!(order.state = Order::Paid)",
            "`order.state => Order::Paid`",
        ),
        (
            "transition!(order.state == Order::Paid)",
            "`order.state => Order::Paid`",
        ),
        (
            "transition!(order.state >= Order::Paid)",
            "`order.state => Order::Paid`",
        ),
        (
            "transition!(order.state: Created -> Order::Paid)",
            "`order.state: Created => Order::Paid`",
        ),
        (
            "transition!(order.state: Created, Order::Paid)",
            "`order.state: Created => Order::Paid`",
        ),
        (
            "transition!(order.state: \"Created\" => Order::Paid)",
            "`order.state: Created => ...`",
        ),
        (
            "transition!(order.state: _ => Order::Paid)",
            "`order.state => ...`",
        ),
        (
            "transition!(order.state: Created => paid)",
            "`Enum::Variant`",
        ),
        (
            "transition!(order.state => Order::Paid; a = 1)",
            "`,` in place of `;`",
        ),
        (
            "transition!(&mut order.state => Order::Paid)",
            "write `order.state => ...`",
        ),
        (
            "transition!(order.state() => Order::Paid)",
            "`let state = order.state();`",
        ),
        (
            "transition!(order.lock().unwrap().state => Order::Paid)",
            "`let mut state = order.lock().unwrap();`",
        ),
        (
            "transition!(order.state() => Order::Paid, id = order.id)",
            "after what the fields take of `order`, such as `let id = order.id;`",
        ),
        (
            "transition!(order.state: Created | Pending => Order::Paid)",
            "a step for each of them",
        ),
        (
            "transition!(order.state => Order::Paid, \"order_paid\", a = 1)",
            "is a key without a value",
        ),
    ]);
}
