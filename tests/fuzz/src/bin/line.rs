//! Any text as a line: it is refused in plain words, or it is a record that reads back.

#![no_main]

use libfuzzer_sys::fuzz_target;
use storyline::parse::{parse, parse_line};
use storyline_fuzz::{assert_harmless, assert_reads_back, text_of};

fuzz_target!(|data: &[u8]| {
    let text = text_of(data);
    match parse_line(&text) {
        Ok(record) => {
            assert_eq!(
                parse(&text).as_ref(),
                Ok(&record),
                "a line is seen to be one"
            );
            assert_reads_back(&record);
        }
        Err(error) => assert_harmless(&error, &text),
    }
});
