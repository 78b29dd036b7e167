//! Of keys, which every door judges alike.

use super::messages;

/// A call of each door with this key, and how many bytes it may have there.
fn calls(key: &str) -> Vec<(String, usize)> {
    let whole = [
        format!("info!(\"x_y\", {key})"),
        format!("info!(\"x_y\", \"{key}\" = 7)"),
        format!("info!(\"x_y\", \"of {{{key}}}\")"),
        format!("context!({key})"),
        format!("context_of!({key} = 7)"),
        format!("timed_block!(\"x\", fields({key}), {{ 1 }})"),
        format!("#[timed(fields({key}))] fn f({key}: u8) {{}}"),
        format!("#[timed(fields({key}))] impl A {{ fn f({key}: u8) {{}} fn g({key}: u8) {{}} }}"),
        format!("transition!(a => A::B, {key})"),
    ];
    let joined = [
        format!("info!(\"x_y\", {key}: fields)"),
        format!("context!({key}: fields = order)"),
        format!("#[timed(fields({key}: fields))] fn f({key}: u8) {{}}"),
        format!("#[derive(Fields)] struct A {{ {key}: u8 }}"),
        format!("#[derive(Fields)] struct A {{ #[field(fields)] {key}: B }}"),
        format!("#[derive(Fields)] struct A {{ #[field(rename = \"{key}\")] a: u8 }}"),
    ];
    let whole = whole.into_iter().map(|it| (it, 255));
    whole
        .chain(joined.into_iter().map(|it| (it, 127)))
        .collect()
}

#[test]
fn one_is_as_long_as_the_wire_can_hold_in_every_door() {
    for bytes in [127, 128, 255, 256] {
        let key = "k".repeat(bytes);
        for (source, most) in calls(&key) {
            let messages = messages(&source);
            let expected = usize::from(bytes > most);
            assert_eq!(messages.len(), expected, "{bytes}: {source}: {messages:?}");
            assert!(
                messages
                    .iter()
                    .all(|it| it.starts_with("a key has at most 255 bytes, and 127 ")),
                "{messages:?}"
            );
        }
    }
}
