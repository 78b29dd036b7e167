//! What is found and what is not, in which words it is replaced, and that no text makes it slow.

mod corpora;
mod formats;
mod json;
mod keys;
mod numbers;

use core::cell::Cell;

use super::*;

fn scrubbed(text: &str) -> String {
    let found = find::in_text(text).next().is_some();
    let out = replaced(text, false);
    assert_eq!(found, out != text, "{text}");
    assert_eq!(find::holds(text), found, "{text}");
    out
}

const JWT: &str = "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w5N_XgL0n3I9P";

thread_local! {
    /// Bytes that were looked at to see how far something goes.
    pub(super) static LOOKED_AT: Cell<usize> = const { Cell::new(0) };
}

#[test]
fn no_text_is_looked_at_again_and_again() {
    let parts = [
        "1",
        "1 ",
        "4111-",
        "4111 ",
        "4111 1111 1111 1111 ",
        "4111\u{202f}",
        "4111%20",
        "%20",
        "%",
        "41111111.",
        "eyJ",
        "eyJ-",
        "eyJ.",
        "eyJhbGciOiJI.",
        "eyJhbGciOiJI-",
        "AIza-",
        "sk-",
        "ghp_",
        "SG.",
        "xoxb-",
        "AccountKey=",
        "-",
        "-----BEGIN ",
        "-----BEGIN PRIVATE KEY-----",
        "-----BEGIN PRIVATE KEY----------END ",
        "\\",
        "\\u",
        "\"",
    ];
    for part in parts {
        let text = part.repeat(65_536 / part.len());
        for is_json in [false, true] {
            LOOKED_AT.set(0);
            let _ = replaced(&text, is_json);
            let looks = LOOKED_AT.get();
            // A key of a fixed length is measured to its end, and may begin again every few bytes.
            assert!(looks <= 10 * text.len(), "{part:?}: {looks} looks");
        }
    }
}
