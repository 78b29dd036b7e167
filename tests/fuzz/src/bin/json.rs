//! Any text as a JSON object: it is refused in plain words, or it is a record that reads back and in which
//! another reader finds the same.

#![no_main]

use libfuzzer_sys::fuzz_target;
use storyline::parse::{parse, parse_json};
use storyline_fuzz::{assert_harmless, assert_reads_back, assert_same_to_another_reader, text_of};

fuzz_target!(|data: &[u8]| {
    let text = text_of(data);
    match parse_json(&text) {
        Ok(record) => {
            assert_eq!(
                parse(&text).as_ref(),
                Ok(&record),
                "an object is seen to be one"
            );
            assert_same_to_another_reader(&text, &record);
            assert_reads_back(&record);
        }
        Err(error) => assert_harmless(&error, &text),
    }
});
