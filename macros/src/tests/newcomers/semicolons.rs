//! Semicolons where commas must be: each is told once, and whatever else is wrong is told as it is with commas.

use proc_macro2::{Punct, Spacing, TokenTree};

use super::{messages, messages_of};
use crate::tests::calls;
use crate::tests::tree::{self, Node};

const MESSAGE: &str = "the parts are separated by commas: write `,` in place of `;`";

/// How often a semicolon is told of, and what else is said, in the words that are used where commas stand.
fn apart(messages: Vec<String>) -> (usize, Vec<String>) {
    let all = messages.len();
    let others: Vec<String> = messages
        .into_iter()
        .filter(|message| message != MESSAGE)
        .map(|message| message.replace("before this `;`", "before this `,`"))
        .collect();
    (all - others.len(), others)
}

/// With semicolons, each source is told what it is told with commas, and one message more for each of them.
fn told_once_each(sources: &[&str]) {
    for source in sources {
        let (told, others) = apart(messages(source));
        let is_stray = |message: &&String| message.contains("before this `,`");
        let strays = others.iter().filter(is_stray).count();
        assert_eq!(told + strays, source.matches(';').count(), "{source}");
        assert_eq!(others, messages(&source.replace(';', ",")), "{source}");
    }
}

#[test]
fn events() {
    told_once_each(&[
        r#"log_event!(INFO, "x"; a = 1; b = 2)"#,
        r#"log_event!(INFO; "x"; a = 1; b = 2; user)"#,
        r#"log_event!(INFO; "x"; password = 1; b = )"#,
        r#"log_event!(INFO; "x"; b = ; c: ; %; ..; d => 1; e)"#,
        r#"info!("x"; ; a = 1;; b)"#,
        r#"info!("x", a = 1; = 2; b)"#,
        r#"info!("x", a: mask(last = 4); a())"#,
        r#"info!(every(5); "x"; a)"#,
        r#"info!(target = "db"; "x"; a)"#,
        r#"info!(target = ; "x"; a)"#,
        r#"info!(every(5); target = "db"; "x"; "text {a}"; a)"#,
        r#"info!(evry(5); "x"; a)"#,
        r#"info!(once; "x"; a)"#,
        r#"info!(; "x"; a)"#,
        r#"info!("x";)"#,
        r#"info!("x" a; b)"#,
        r#"info!("x"; a.b(); if a { 1 } else { 2 }; c)"#,
        r#"info!("x"; ..order; t: fields = order; "k" = 1; "k")"#,
        "info!(name; a = 1)",
        "context_of!(a = 1; b = 2)",
        "context_of!(a = 1; b = ; c = d e; f)",
        "#[derive(Fields)] #[fields(crate = a; crate = b)] struct S { #[field(debg; hash)] b: u8, #[field(;debug)] c: u8 }",
        "#[derive(Fields)] struct S { #[field(debug; rename = \"x\")] a: u8, #[field(rename = ; hash)] b: u8 }",
    ]);
}

#[test]
fn timings() {
    told_once_each(&[
        r#"#[timed(level = INFO; start; slow = "1s")] fn f() {}"#,
        "#[timed(level = INF; start)] fn f() {}",
        r#"#[timed(level = ; strat; slow = 5; "x"; err)] fn f() {}"#,
        "#[timed(; start)] fn f() {}",
        "#[timed(start;; percentiles)] fn f() {}",
        "#[timed(fields(a; b = a;))] fn f(a: u8) {}",
        "#[timed(only(err; slow), err(debug; none))] fn f() -> Result<(), ()> {}",
        r#"#[timed(ok_if = |it| it > 1; name = "x")] fn f() -> u8 {}"#,
        r#"#[timed(crate = a::b; name = "x"; start = true; skip(a))] fn f(a: u8) {}"#,
        r#"timed_block!("x"; level = INFO; { 1 })"#,
        r#"timed_block!("x", level = INFO; start; { 1 })"#,
        r#"timed_block!("x"; load())"#,
        r#"timed_block!(name = "x"; { 1 })"#,
        r#"timed_block!(INFO; "x"; { 1 })"#,
        r#"timed_block!("x"; { 1 };)"#,
        r#"timed_block!("x"; ; { 1 })"#,
        r#"timed_block!("x"; level; { 1 })"#,
    ]);
}

#[test]
fn machines() {
    told_once_each(&[
        "transition!(o.state => O::A { x: 1 }; a = 1; b = 2)",
        "transition!(o.state => O::A; a = 1; password)",
        r#"#[state_machine(initial = A; name = "x")] enum O { #[to(B; C)] A, #[terminal] B, #[terminal] C }"#,
        "#[state_machine(initial = A)] enum O { #[to(;B, C;)] A, #[terminal] B, #[terminal] C }",
        "#[state_machine(initial = A)] enum O { #[to(B; D)] A, #[terminal] B, #[terminal] C }",
        "#[state_machine(initial = A; ; name = x)] enum O { #[to(B;; C)] A, #[terminal] B, #[terminal] C }",
        r#"#[state_machine(initial = ; name = "x")] enum O { #[to(B; C)] A, #[terminal] B, #[terminal] C }"#,
        r#"#[state_machine(A; name = "x")] enum O { #[to(B; C)] A, #[terminal] B, #[terminal] C }"#,
        r#"#[state_machine(inital = A; name = "x")] enum O { #[to(B; C)] A, #[terminal] B, #[terminal] C }"#,
        r#"#[state_machine(start = A; name = "x")] enum O { #[to(B; C)] A, #[terminal] B, #[terminal] C }"#,
    ]);
}

/// Every call of tests and examples, with semicolons in the place of its commas.
#[test]
fn everywhere() {
    let mut tried = 0;
    for mut call in calls::collect() {
        let source = tree::to_stream(&call.arguments).to_string();
        // The commas of a closure's arguments separate nothing of ours.
        if source.contains('|') {
            continue;
        }
        let before = messages_of(&call);
        let is_right = before.is_empty();
        let mut commas = 0;
        for node in &mut call.arguments {
            if let Node::Leaf(TokenTree::Punct(mark)) = node
                && mark.as_char() == ','
            {
                *mark = Punct::new(';', Spacing::Alone);
                commas += 1;
            }
        }
        let (told, others) = apart(messages_of(&call));
        assert_eq!(others, apart(before).1, "{source}");
        assert!(!is_right || told == commas, "{source}: {told} of {commas}");
        tried += usize::from(commas > 0);
    }
    assert!(tried > 500, "only {tried} calls have a comma");
}
