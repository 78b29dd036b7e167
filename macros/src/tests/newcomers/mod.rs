//! What people write who come from another tool, or from a guess: each gets one message, and in it what
//! to write here.

mod advice;
mod events;
mod keys;
mod machines;
mod semicolons;
mod timed;

use super::calls::{self, Call};
use super::messages::without_messages;
use super::tree;

/// The messages of the one call in `source`.
fn messages(source: &str) -> Vec<String> {
    let stream = source.parse().expect("the test's own tokens");
    let calls = calls::of(stream);
    assert_eq!(calls.len(), 1, "{source}");
    messages_of(&calls[0])
}

/// The messages of a call.
fn messages_of(call: &Call) -> Vec<String> {
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
