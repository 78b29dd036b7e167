use super::*;
use proc_macro2::Span;

fn read(text: &str) -> Result<Vec<Piece>, Vec<String>> {
    let mut errors = Errors::new();
    let pieces = parse(
        &LitStr::new(text, Span::call_site()),
        &["id".to_owned()],
        &mut errors,
    );
    let messages = errors.into_messages();
    if messages.is_empty() {
        Ok(pieces)
    } else {
        Err(messages)
    }
}

fn hole(text: &str) -> Hole {
    match read(text).expect(text).as_slice() {
        [Piece::Hole(hole)] => hole.clone(),
        other => panic!("{text}: {other:?}"),
    }
}

#[test]
fn text_and_holes_take_turns() {
    let pieces = read("a {{b}} {c} d {e}").expect("it is right");
    let shown: Vec<String> = pieces
        .iter()
        .map(|piece| match piece {
            Piece::Text(text) => text.clone(),
            Piece::Hole(hole) => format!("<{}>", hole.key),
        })
        .collect();
    assert_eq!(shown, ["a {b} ", "<c>", " d ", "<e>"]);
}

#[test]
fn a_hole_is_a_name_or_a_path() {
    assert_eq!(hole("{order.id}").key, "order.id");
    assert_eq!(hole("{self.amount}").key, "amount");
    assert_eq!(hole("{self.amount}").value.to_string(), "self . amount");
    assert_eq!(hole("{type}").value.to_string(), "r#type");
    assert_eq!(hole("{r#type}").key, "type");
    assert_eq!(hole("{pair.0}").value.to_string(), "pair . 0");
}

#[test]
fn specifications_are_those_of_rust() {
    for (text, written) in [
        ("{a:.2}", ".2"),
        ("{a:>8}", " >8"),
        ("{a:*^8}", "*^8"),
        ("{a:08}", "08"),
        ("{a:8}", "8"),
        ("{a:+}", "+"),
        ("{a:#x}", "#x"),
        ("{a:>>+#012.3e}", ">>+#012.3e"),
        ("{a}", ""),
    ] {
        assert_eq!(hole(text).spec.to_text(), written, "{text}");
    }
    assert!(hole("{a:?}").debug);
}

#[test]
fn says_what_to_write_instead() {
    for (text, part) in [
        ("{}", "write `{id}`"),
        ("{0}", "write `{id}`"),
        ("{:?}", "write `{id:?}`"),
        ("{1}", "such as `{user_id}`"),
        ("{%a}", "write `{a}`"),
        ("{?a}", "write `{a:?}`"),
        ("{&a}", "write `{a}`"),
        ("{a:s}", "is shown by `{a}` alone"),
        ("{a:.2f}", "write `{a:.2}`"),
        ("{a", "is not closed"),
        ("{a {b}", "is not closed"),
        ("a}", "closes no hole"),
        ("{a.id()}", "`id = a.id()`"),
        ("{a + b}", "`b = a + b`"),
        ("{self}", "is not a name"),
        ("{a:#?}", "`{a:?}`"),
        ("{a:w$}", "write the number itself"),
        ("{a:.}", "no digits"),
        ("{a:q}", "is not a format"),
        ("{a:5000}", "too large"),
    ] {
        let messages = read(text).expect_err(text);
        assert_eq!(messages.len(), 1, "{text}: {messages:?}");
        assert!(messages[0].contains(part), "{text}: {messages:?}");
    }
    assert_eq!(read("{} {1} {a").expect_err("three").len(), 3);
}
