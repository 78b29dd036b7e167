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
fn a_name_is_judged_with_what_holds_it() {
    static UNDER: Words = Words {
        holder: "payment.card",
        ..secret::TABLE_ALONE
    };
    #[derive(serde::Serialize)]
    struct Payment {
        number: u8,
        card: Card,
        cards: Vec<Card>,
        api: Api,
    }
    #[derive(serde::Serialize)]
    struct Card {
        number: u8,
        brand: &'static str,
    }
    #[derive(serde::Serialize)]
    struct Api {
        key: u8,
        key_id: u8,
    }
    #[derive(serde::Serialize)]
    enum Means {
        Card { number: u8 },
    }
    let card = || Card {
        number: 4,
        brand: "v",
    };
    let payment = Payment {
        number: 7,
        card: card(),
        cards: vec![card()],
        api: Api { key: 1, key_id: 2 },
    };
    assert_eq!(
        json(&payment),
        r#"{"number":7,"card":{"number":"[redacted]","brand":"v"},"cards":[{"number":"[redacted]","brand":"v"}],"api":{"key":"[redacted]","key_id":2}}"#
    );
    let map: BTreeMap<_, _> = [("card", card()), ("order", card())].into();
    assert_eq!(
        json(&map),
        r#"{"card":{"number":"[redacted]","brand":"v"},"order":{"number":4,"brand":"v"}}"#
    );
    let nested: BTreeMap<_, _> = [("session", BTreeMap::from([("id", 1), ("age", 2)]))].into();
    assert_eq!(json(&nested), r#"{"session":{"age":2,"id":"[redacted]"}}"#);
    assert_eq!(
        json(&Means::Card { number: 4 }),
        r#"{"Card":{"number":"[redacted]"}}"#
    );
    assert_eq!(json(&Some(card())), r#"{"number":4,"brand":"v"}"#);

    let mut text = String::new();
    write(&Some(card()), &UNDER, &mut text).expect("JSON");
    assert_eq!(text, r#"{"number":"[redacted]","brand":"v"}"#);
}

#[test]
fn the_type_around_a_value_is_its_name_too() {
    #[derive(serde::Serialize)]
    struct Password(&'static str);
    #[derive(serde::Serialize)]
    struct Credentials(&'static str, u8);
    #[derive(serde::Serialize)]
    struct UserId(u8);
    #[derive(serde::Serialize)]
    struct Point(u8, u8);
    #[derive(serde::Serialize)]
    struct Login {
        input: Password,
        with: Vec<Credentials>,
        user: UserId,
        at: Point,
    }
    let login = Login {
        input: Password("x"),
        with: vec![Credentials("x", 1)],
        user: UserId(7),
        at: Point(1, 2),
    };
    assert_eq!(
        json(&login),
        r#"{"input":"[redacted]","with":["[redacted]"],"user":7,"at":[1,2]}"#
    );
}

#[test]
fn a_pair_is_a_name_and_its_value() {
    assert_eq!(
        json(&[("authorization", "Bearer x"), ("accept", "text/html")]),
        r#"[["authorization","[redacted]"],["accept","text/html"]]"#
    );
    assert_eq!(
        json(&vec![
            ("x-api-key".to_owned(), vec![1]),
            ("n".to_owned(), vec![2])
        ]),
        r#"[["x-api-key","[redacted]"],["n",[2]]]"#
    );
    let long = format!("{} password", "a sentence ".repeat(8));
    for (pair, expected) in [
        (json(&("password",)), r#"["password"]"#.to_owned()),
        (json(&("password", 1, 2)), r#"["password",1,2]"#.to_owned()),
        (
            json(&["password", "x"]),
            r#"["password","[redacted]"]"#.to_owned(),
        ),
        (json(&(1, "password")), r#"[1,"password"]"#.to_owned()),
        (json(&(&*long, 1)), format!("[\"{long}\",1]")),
    ] {
        assert_eq!(pair, expected);
    }
}

#[test]
fn name_and_value_of_a_structure_are_a_pair() {
    #[derive(serde::Serialize)]
    struct Header<N, V> {
        name: N,
        sent: bool,
        value: V,
    }
    #[derive(serde::Serialize)]
    struct Setting {
        key: &'static str,
        value: u8,
    }
    fn header<N, V>(name: N, value: V) -> Header<N, V> {
        Header {
            name,
            sent: true,
            value,
        }
    }
    assert_eq!(
        json(&[
            header("authorization", "Bearer x"),
            header("accept", "text/html")
        ]),
        r#"[{"name":"authorization","sent":true,"value":"[redacted]"},{"name":"accept","sent":true,"value":"text/html"}]"#
    );
    for (key, shown) in [("DB_PASSWORD", "\"[redacted]\""), ("DB_PORT", "1")] {
        let expected = format!("{{\"key\":\"{key}\",\"value\":{shown}}}");
        assert_eq!(json(&Setting { key, value: 1 }), expected);
    }
    assert_eq!(
        json(&BTreeMap::from([("name", "otp"), ("value", "77")])),
        r#"{"name":"otp","value":"[redacted]"}"#
    );
    let card = BTreeMap::from([("month", 2), ("number", 1)]);
    assert_eq!(
        json(&header("card", card)),
        r#"{"name":"card","sent":true,"value":{"month":2,"number":"[redacted]"}}"#
    );
    // What nobody can tell from words and numbers.
    assert_eq!(json(&vec!["password", "x"]), r#"["password","x"]"#);
    assert_eq!(json(&(*b"pin", 1)), r"[[112,105,110],1]");
    assert_eq!(
        json(&BTreeMap::from([("name", 1), ("value", 2)])),
        r#"{"name":1,"value":2}"#
    );
}

#[test]
fn other_words_for_name_and_value_are_a_pair_too() {
    #[derive(serde::Serialize)]
    #[serde(tag = "type", content = "content")]
    enum Login {
        Password(&'static str),
        Guest(&'static str),
    }
    #[derive(serde::Serialize)]
    struct Problem {
        field: &'static str,
        reason: &'static str,
        value: &'static str,
    }
    #[derive(serde::Serialize)]
    struct Input {
        name: &'static str,
        r#type: &'static str,
        value: &'static str,
        data: &'static str,
    }
    #[derive(serde::Serialize)]
    struct Header {
        header: &'static str,
        values: [&'static str; 1],
    }
    assert_eq!(
        json(&[Login::Password("x"), Login::Guest("y")]),
        r#"[{"type":"Password","content":"[redacted]"},{"type":"Guest","content":"y"}]"#
    );
    for (field, shown) in [("password", "[redacted]"), ("city", "x")] {
        let problem = Problem {
            field,
            reason: "too short",
            value: "x",
        };
        assert_eq!(
            json(&problem),
            format!(r#"{{"field":"{field}","reason":"too short","value":"{shown}"}}"#)
        );
        let input = Input {
            name: field,
            r#type: "text",
            value: "x",
            data: "x",
        };
        assert_eq!(
            json(&input),
            format!(r#"{{"name":"{field}","type":"text","value":"{shown}","data":"{shown}"}}"#)
        );
    }
    for (header, shown) in [("Cookie", "\"[redacted]\""), ("Accept", "[\"x\"]")] {
        let expected = format!(r#"{{"header":"{header}","values":{shown}}}"#);
        let values = ["x"];
        assert_eq!(json(&Header { header, values }), expected);
    }
    // One name is not that of the next structure.
    assert_eq!(
        json(&(
            BTreeMap::from([("name", "otp")]),
            BTreeMap::from([("value", "77")])
        )),
        r#"[{"name":"otp"},{"value":"77"}]"#
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
