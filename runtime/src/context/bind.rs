//! How a context is put together: the head, then the bound fields, the inner ones winning.

use super::{Context, TraceContext};
use crate::registry;
use crate::wire::{Encode, Out, SpreadField, encode_bound, encode_head, spread};

/// The most bytes of text that one bound value keeps.
const MAX_VALUE: usize = 1024;

/// The most bytes of all bound fields: they are copied into each record, and a ring holds many.
const MAX_FIELDS: usize = 8 * 1024;

/// The current context with further fields: the door for `context!` and `context_of!`.
///
/// `values` are nested pairs, one for each key. A field whose key is bound already takes its place. Each
/// field of a structure is bound by itself.
#[expect(
    clippy::needless_pass_by_value,
    reason = "generated code hands over what it built, as to `emit`"
)]
pub fn bind<V: Encode>(keys: &'static [&'static str], values: V) -> Context {
    let mut bytes = vec![0; values.size(MAX_VALUE)];
    values.encode(MAX_VALUE, &mut Out::new(&mut bytes));
    bind_encoded(&Context::current(), keys, &bytes)
}

fn bind_encoded(outer: &Context, keys: &'static [&'static str], values: &[u8]) -> Context {
    let groups = &mut registry::keys_unless_inside;
    let new = spread(keys, values, 0.0, groups, &|_| false);
    let mut block = head(outer.request_id(), outer.trace());
    let limit = block.len() + MAX_FIELDS;
    for (key, value) in outer.view().bound.encoded() {
        if !new.iter().any(|entry| entry.key == key) {
            encode_bound(key, value, &mut block);
        }
    }
    for SpreadField { key, encoded, .. } in new {
        if block.len() + 1 + key.len() + encoded.len() <= limit {
            encode_bound(&key, encoded, &mut block);
        } else {
            super::report::context_full(&key);
        }
    }
    outer.with_block(block, outer.trace_flags)
}

/// The same bound fields after another head.
pub(super) fn rebuild(
    context: &Context,
    request_id: Option<&str>,
    trace: Option<TraceContext>,
) -> Context {
    let mut block = head(request_id, trace);
    for (key, value) in context.view().bound.encoded() {
        encode_bound(key, value, &mut block);
    }
    context.with_block(block, trace.map_or(0, TraceContext::flags))
}

fn head(request_id: Option<&str>, trace: Option<TraceContext>) -> Vec<u8> {
    let mut block = Vec::with_capacity(256);
    let ids = trace.map(|it| {
        (
            format!("{:032x}", it.trace_id()),
            format!("{:016x}", it.span_id()),
        )
    });
    let ids = ids
        .as_ref()
        .map(|(trace, span)| (trace.as_str(), span.as_str()));
    encode_head(request_id, ids, &mut block);
    block
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::context::RequestId;
    use crate::value::{Value, capture};
    use crate::wire::Absent;

    fn fields(context: &Context) -> Vec<(String, String)> {
        let bound = context.view().bound;
        bound
            .map(|(key, value)| (key.to_owned(), format!("{value:?}")))
            .collect()
    }

    fn pair(key: &str, value: Value<'_>) -> (String, String) {
        (key.to_owned(), format!("{value:?}"))
    }

    #[test]
    fn an_inner_binding_takes_the_place_of_an_outer_one() {
        let outer = bind(&["tenant", "user_id"], (capture("a"), (capture(&7_u8), ())));
        let _inside = outer.enter();
        let inner = bind(&["tenant", "ok"], (capture("b"), (capture(&true), ())));
        assert_eq!(
            fields(&inner),
            [
                pair("user_id", Value::UInt(7)),
                pair("tenant", Value::Str("b")),
                pair("ok", Value::Bool(true)),
            ]
        );
    }

    #[test]
    fn an_absent_value_binds_nothing_and_hides_nothing() {
        let _inside = bind(&["tenant"], (capture("a"), ())).enter();
        let inner = bind(&["tenant", "other"], (Absent, (capture(&1_u8), ())));
        let expected = [
            pair("tenant", Value::Str("a")),
            pair("other", Value::UInt(1)),
        ];
        assert_eq!(fields(&inner), expected);
    }

    #[test]
    fn request_and_trace_change_without_touching_the_fields() {
        let bound = bind(&["tenant"], (capture("a"), ()));
        let id: RequestId = "r-1".parse().expect("valid");
        let trace = TraceContext::start();
        let all = bound.with_trace(trace).with_request(&id);
        assert_eq!(all.request_id(), Some("r-1"));
        assert_eq!(all.trace(), Some(trace));
        assert_eq!(fields(&all), [pair("tenant", Value::Str("a"))]);
        let inside = all.enter();
        let more = bind(&["step"], (capture(&2_u8), ()));
        drop(inside);
        assert_eq!(more.request_id(), Some("r-1"));
        assert_eq!(more.trace(), Some(trace));
    }

    #[test]
    fn long_values_are_cut_and_say_how_long_they_were() {
        let long = "é".repeat(5_000);
        let context = bind(&["text"], (capture(&long), ()));
        let Some((_, Value::Cut { text, original_len })) = context.view().bound.next() else {
            panic!("a cut text expected, not {context:?}");
        };
        assert_eq!((text.len(), original_len), (MAX_VALUE, 10_000));
    }

    #[test]
    fn a_context_is_bounded_and_keeps_what_was_there_first() {
        static KEYS: [&str; 12] = ["a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k", "l"];
        let long = "x".repeat(1_000);
        let mut context = Context::default();
        for key in KEYS.chunks(1) {
            let _inside = context.enter();
            context = bind(key, (capture(&long), ()));
        }
        assert!(context.block().len() <= MAX_FIELDS + 256);
        assert_eq!(fields(&context).len(), 8);
        assert_eq!(fields(&context)[0].0, "a");
    }
}
