//! Every kind of value, what is escaped, and what is refused.

use super::*;
use std::collections::BTreeMap;

fn json<T: Serialize + ?Sized>(value: &T) -> String {
    let mut text = String::new();
    write(value, &secret::TABLE_ALONE, &mut text).expect("JSON");
    text
}

#[derive(serde::Serialize)]
enum Shape {
    Unit,
    Newtype(u8),
    Tuple(u8, bool),
    Struct { a: f32 },
}

#[test]
fn every_kind_of_value() {
    assert_eq!(
        json(&(1_i8, -2_i64, u128::MAX)),
        "[1,-2,340282366920938463463374607431768211455]"
    );
    assert_eq!(
        json(&(0.1_f32, 1e300, f64::NAN, f64::INFINITY)),
        "[0.1,1e+300,null,null]"
    );
    assert_eq!(json("a\"b\\c\n\u{1}é"), "\"a\\\"b\\\\c\\n\\u0001é\"");
    assert_eq!(json(&'"'), "\"\\\"\"");
    assert_eq!(json(&Some(())), "null");
    assert_eq!(json(&None::<u8>), "null");
    assert_eq!(
        json(&[
            Shape::Unit,
            Shape::Newtype(1),
            Shape::Tuple(2, true),
            Shape::Struct { a: 0.5 }
        ]),
        r#"["Unit",{"Newtype":1},{"Tuple":[2,true]},{"Struct":{"a":0.5}}]"#
    );
    assert_eq!(json(&Vec::<u8>::new()), "[]");
    let map: BTreeMap<_, _> = [(2, "b"), (1, "a")].into();
    assert_eq!(json(&map), r#"{"1":"a","2":"b"}"#);
}

#[test]
fn what_has_the_name_of_a_secret_is_left_out_at_any_depth() {
    #[derive(serde::Serialize)]
    struct Login {
        user: &'static str,
        password: &'static str,
        token_count: u8,
        card: Card,
    }
    #[derive(serde::Serialize)]
    struct Card {
        #[serde(rename = "cardNumber")]
        number: [u8; 2],
    }
    #[derive(serde::Serialize)]
    enum Proof {
        Password(&'static str),
        Token(u8, u8),
        ApiKey { id: u8 },
        Name(&'static str),
    }
    let login = Login {
        user: "u",
        password: "hunter2",
        token_count: 3,
        card: Card { number: [4, 1] },
    };
    assert_eq!(
        json(&login),
        r#"{"user":"u","password":"[redacted]","token_count":3,"card":{"cardNumber":"[redacted]"}}"#
    );
    let map: BTreeMap<_, _> = [("apiKey", 1), ("n", 2)].into();
    assert_eq!(json(&map), r#"{"apiKey":"[redacted]","n":2}"#);
    assert_eq!(
        json(&[
            Proof::Password("x"),
            Proof::Token(1, 2),
            Proof::ApiKey { id: 3 },
            Proof::Name("y")
        ]),
        r#"[{"Password":"[redacted]"},{"Token":"[redacted]"},{"ApiKey":"[redacted]"},{"Name":"y"}]"#
    );
}

#[test]
fn text_that_is_collected_is_escaped() {
    struct Shown;
    impl Serialize for Shown {
        fn serialize<S: ser::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
            to.collect_str("a\"b")
        }
    }
    assert_eq!(json(&Shown), "\"a\\\"b\"");
}

#[test]
fn what_nests_without_end_is_refused() {
    struct Nest;
    impl Serialize for Nest {
        fn serialize<S: ser::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
            to.collect_seq([Self])
        }
    }
    let error = write(&Nest, &secret::TABLE_ALONE, &mut String::new()).expect_err("too deep");
    assert!(error.to_string().contains("deeper than 100"), "{error}");
}
