//! What another reader of JSON, `serde_json`, finds in the text of a record. A mistake that our writer and
//! our reader have in common reads back well; it does not pass here.

use serde_json::{Map, Value};
use storyline::{RecordBuf, ValueBuf};

/// The text is JSON to others, too, and they find the same in it.
///
/// # Panics
///
/// When it is not, or they do not.
pub fn assert_same_to_another_reader(json: &str, record: &RecordBuf) {
    let found = read(json).unwrap_or_else(|error| panic!("no JSON to others: {error} in {json}"));
    let Value::Object(found) = found else {
        panic!("no object to others: {json}");
    };
    assert_eq!(text(&found, "service"), Some(record.service.as_str()));
    assert_eq!(text(&found, "event"), Some(record.event.as_str()));
    assert_eq!(text(&found, "request_id"), record.request_id.as_deref());
    assert_eq!(text(&found, "trace_id"), record.trace_id.as_deref());
    assert_eq!(text(&found, "span_id"), record.span_id.as_deref());
    assert_eq!(text(&found, "thread.name"), record.thread.as_deref());
    assert_eq!(found["pid"].as_u64(), Some(record.pid.into()));
    if let Some(at) = &record.location {
        // What is not said of a place is empty, or zero.
        assert_eq!(text(&found, "code.module").unwrap_or(""), at.module);
        assert_eq!(text(&found, "code.file").unwrap_or(""), at.file);
        let line = found.get("code.line").and_then(Value::as_u64);
        assert_eq!(line.unwrap_or(0), u64::from(at.line));
    }
    for (key, value) in &record.fields {
        let found = found
            .get(key)
            .unwrap_or_else(|| panic!("no {key:?} to others: {json}"));
        assert!(
            is_same(value, found),
            "{key:?} is {found} to others: {json}"
        );
    }
}

fn read(json: &str) -> serde_json::Result<Value> {
    let mut reader = serde_json::Deserializer::from_str(json);
    reader.disable_recursion_limit();
    let value = serde::Deserialize::deserialize(&mut reader)?;
    reader.end()?;
    Ok(value)
}

fn text<'a>(found: &'a Map<String, Value>, key: &str) -> Option<&'a str> {
    found.get(key).and_then(Value::as_str)
}

fn is_same(ours: &ValueBuf, theirs: &Value) -> bool {
    match (ours, theirs) {
        (ValueBuf::None, Value::Null) => true,
        (ValueBuf::Bool(ours), Value::Bool(theirs)) => ours == theirs,
        (ValueBuf::Int(ours), Value::Number(theirs)) => theirs.as_i64() == Some(*ours),
        (ValueBuf::UInt(ours), Value::Number(theirs)) => theirs.as_u64() == Some(*ours),
        (ValueBuf::Float(ours), Value::Number(theirs)) => {
            theirs.as_f64().map(f64::to_bits) == Some(ours.to_bits())
        }
        (ValueBuf::Str(ours), Value::String(theirs)) => ours == theirs,
        // A number that fits no type of 64 bits keeps its digits. They write the sign of an exponent.
        (ValueBuf::Str(ours), Value::Number(theirs)) => {
            ours.to_lowercase().replace('+', "")
                == theirs.to_string().to_lowercase().replace('+', "")
        }
        (ValueBuf::Json(ours), Value::Object(_) | Value::Array(_)) => {
            read(ours).is_ok_and(|ours| ours == *theirs)
        }
        _ => false,
    }
}
