use super::*;
use crate::value::Value;
use crate::wire::decode_value;

fn decoded<R>(value: &impl Encode, look: impl FnOnce(Value<'_>) -> R) -> R {
    let mut bytes = vec![0; value.size(usize::MAX)];
    value.encode(usize::MAX, &mut Out::new(&mut bytes));
    let mut rest = bytes.as_slice();
    let value = decode_value(&mut rest, 0.0).expect("whole").expect("there");
    assert!(rest.is_empty(), "exactly what `size` said");
    look(value)
}

#[track_caller]
fn is_text(value: &Rendered, expected: &str) {
    decoded(value, |value| assert_eq!(value, Value::Str(expected)));
}

struct Panics;

impl Display for Panics {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("half of it")?;
        panic!("no display today");
    }
}

impl Serialize for Panics {
    fn serialize<S: serde_core::Serializer>(&self, _: S) -> Result<S::Ok, S::Error> {
        panic!("no structure today");
    }
}

#[test]
fn display_and_debug_are_text() {
    is_text(&capture_display(&1.5), "1.5");
    is_text(&capture_display("plain"), "plain");
    is_text(&capture_debug("quoted"), "\"quoted\"");
    is_text(&capture_debug(&Some(3)), "Some(3)");
}

#[test]
fn a_panic_is_told_and_goes_no_further() {
    is_text(&capture_display(&Panics), "<panicked: no display today>");
    is_text(&capture_serde(&Panics), "<panicked: no structure today>");
    is_text(&capture_display("next"), "next");
}

#[test]
fn a_structure_stays_one() {
    #[derive(serde::Serialize)]
    struct Order {
        id: u64,
        items: Vec<&'static str>,
    }
    let order = Order {
        id: 7,
        items: vec!["a", "b"],
    };
    decoded(&capture_serde(&order), |value| {
        assert_eq!(value, Value::Json(r#"{"id":7,"items":["a","b"]}"#));
    });
    let long = vec![1_u32; 100_000];
    decoded(&capture_serde(&long), |value| {
        let Value::Cut { original_len, .. } = value else {
            panic!("{value:?}");
        };
        assert_eq!(original_len, 200_001);
    });
}

#[test]
fn text_without_end_is_cut() {
    struct Long;
    impl Display for Long {
        fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            (0..1_000_000).try_for_each(|_| f.write_str("0123456789"))
        }
    }
    decoded(&capture_display(&Long), |value| {
        let Value::Cut { text, original_len } = value else {
            panic!("{value:?}");
        };
        assert_eq!((text.len(), original_len), (65_536, 10_000_000));
    });
}

#[derive(Debug)]
struct Layer(&'static str, Option<Box<Layer>>);

impl Display for Layer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }
}

impl Error for Layer {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        self.1.as_deref().map(|it| it as &(dyn Error + 'static))
    }
}

fn chain(texts: &[&'static str]) -> Layer {
    let mut layers = texts.iter().rev();
    let last = Layer(layers.next().expect("one at least"), None);
    layers.fold(last, |inner, text| Layer(text, Some(Box::new(inner))))
}

#[test]
fn an_error_tells_its_causes_once() {
    is_text(&capture_error(&chain(&["a"])), "a");
    is_text(
        &capture_error(&chain(&["charge failed", "gateway", "timed out"])),
        "charge failed: gateway: timed out",
    );
    is_text(
        &capture_error(&chain(&["charge failed: timed out", "timed out"])),
        "charge failed: timed out",
    );
}

#[test]
fn every_holder_of_an_error_is_followed() {
    let plain = || chain(&["a", "b"]);
    is_text(&capture_error(&&plain()), "a: b");
    is_text(&capture_error::<Plain, dyn Error>(&plain()), "a: b");
    let borrowed: &dyn Error = &plain();
    is_text(&capture_error(&borrowed), "a: b");
    is_text(&capture_error(borrowed), "a: b");
    let boxed: Box<dyn Error> = Box::new(plain());
    is_text(&capture_error(&boxed), "a: b");
    let boxed: Box<dyn Error + Send + Sync> = Box::new(plain());
    is_text(&capture_error(&boxed), "a: b");
    is_text(&capture_error(&&boxed), "a: b");
    is_text(&capture_error(&Box::new(plain())), "a: b");
    let shared: std::sync::Arc<dyn Error + Send + Sync> = std::sync::Arc::new(plain());
    is_text(&capture_error(&shared), "a: b");
}

#[test]
fn an_error_that_is_its_own_cause_ends() {
    #[derive(Debug)]
    struct Loop;
    impl Display for Loop {
        fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("again")
        }
    }
    impl Error for Loop {
        fn source(&self) -> Option<&(dyn Error + 'static)> {
            Some(&Loop)
        }
    }
    is_text(&capture_error(&Loop), "again");
}
