//! Of `#[timed]` and `timed_block!`.

use super::one_message_each;

#[test]
fn levels() {
    one_message_each(&[
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
            "write `level = INFO`",
        ),
    ]);
}

#[test]
fn names_and_texts() {
    one_message_each(&[
        (
            r#"timed_block!(name = "x", { 1 })"#,
            "`timed_block!(\"x\", { ... })`",
        ),
        (
            r#"timed_block!(INFO, "x", { 1 })"#,
            "`timed_block!(\"x\", level = INFO, { ... })`",
        ),
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
        ("#[timed(a)] fn f(a: u8) {}", "`fields(a)`"),
        (
            "#[timed(skip(a))] fn f(a: u8) {}",
            "unless `fields(...)` lists it",
        ),
        ("#[timed(skip_all)] fn f(a: u8) {}", "remove `skip_all`"),
        ("#[timed(fields = (a))] fn f(a: u8) {}", "`fields(a)`"),
    ]);
}

#[test]
fn options() {
    one_message_each(&[
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
        ("#[timed(only = err)] fn f() {}", "`only(err)`"),
        ("#[timed(only(error))] fn f() {}", "did you mean `err`?"),
        (
            "#[timed(ok_if = is_fine())] fn f() -> u8 { 1 }",
            "`ok_if = is_fine`",
        ),
        (
            "#[timed(ok_if = || true)] fn f() -> u8 { 1 }",
            "`ok_if = |value| ...`",
        ),
        ("#[timed(start = true)] fn f() {}", "write `start`"),
        ("#[timed] mod files;", "put it inside"),
        ("#[timed] trait Shown = Debug;", "remove `#[timed]`"),
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
        ("#[timed(level = INFO,, start)] fn f() {}", "remove it"),
    ]);
}

#[test]
fn blocks() {
    one_message_each(&[
        (
            r#"timed_block!("x", || { 1 })"#,
            "`timed_block!(\"x\", { 1 })`",
        ),
        (
            r#"timed_block!("x", move || { 1 })"#,
            "`timed_block!(\"x\", { 1 })`",
        ),
        (r#"timed_block!("x", async { 1 })"#, "without `async`"),
        (
            r#"timed_block!("x", load())"#,
            "`timed_block!(\"x\", { load() })`",
        ),
        (
            r#"timed_block!("x", self.load())"#,
            "`timed_block!(\"x\", { self.load() })`",
        ),
        (
            r#"timed_block!({ 1 }, "x")"#,
            "write `timed_block!(\"x\", { ... })`",
        ),
        (
            r#"timed_block!("x", || 1)"#,
            "write `timed_block!(\"x\", { 1 })`",
        ),
        (
            r#"timed_block!("x", unsafe { 1 })"#,
            "write `timed_block!(\"x\", { unsafe { 1 } })`",
        ),
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

/// An option that is wrong, or whose comma is missing, takes nothing away from the block behind it.
#[test]
fn options_of_a_block() {
    one_message_each(&[
        (
            r#"timed_block!("x", slow = "5x" { 1 })"#,
            "`x` is not a unit",
        ),
        (
            r#"timed_block!("x", slow = "5x", { 1 })"#,
            "`x` is not a unit",
        ),
        (r#"timed_block!("x", slow "5s" { 1 })"#, "`slow = \"5s\"`"),
        (r#"timed_block!("x", slow = { 1 })"#, "a value is missing"),
        (
            r#"timed_block!("x", slw = "5s" { 1 })"#,
            "did you mean `slow`?",
        ),
        (r#"timed_block!("x", slw { 1 })"#, "did you mean `slow`?"),
        (r#"timed_block!("x", slw, { 1 })"#, "did you mean `slow`?"),
        (r#"timed_block!("x", seat = 5 { 1 })"#, "`fields(seat = 5)`"),
        (r#"timed_block!("x", level { 1 })"#, "`level` needs a value"),
        (
            r#"timed_block!("x", fields(a = ) { 1 })"#,
            "a value is missing",
        ),
        (
            r#"timed_block!("x", target = 5 { 1 })"#,
            "`target` takes a text",
        ),
        (
            r#"timed_block!("x", level = INFO { 1 })"#,
            "a comma is missing before `{ 1 }`",
        ),
        (
            r#"timed_block!("x", level = INFO slow = "1s", { 1 })"#,
            "a comma is missing before `slow`",
        ),
        (
            r#"timed_block!("x", ok_if = |it| { *it > 0 })"#,
            "the block is missing",
        ),
        (r#"timed_block!("x", level = INFO)"#, "the block is missing"),
        (
            r#"timed_block!("x", level = INFO, || { 1 })"#,
            "no closure: write `timed_block!(\"x\", { 1 })`",
        ),
        (
            r#"timed_block!("x", match a { b => 1 }.get())"#,
            "what is timed is a block",
        ),
    ]);
}
