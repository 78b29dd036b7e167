//! Fields from their syntax to what is captured, and what is said of those that are refused.

use super::*;
use crate::field::{TEMPLATE, parse_all};
use proc_macro2::TokenStream;
use syn::parse::{ParseStream, Parser};

fn read(source: &str) -> Result<Vec<CheckedField>, Vec<String>> {
    let tokens: TokenStream = source.parse().expect("the test's own tokens");
    let mut errors = Errors::new();
    let fields = (|input: ParseStream<'_>| Ok(parse_all(input, &mut errors)))
        .parse2(tokens)
        .expect("fields consume all");
    let fields = check(fields, &[&TEMPLATE], &mut errors);
    let messages = errors.into_messages();
    if messages.is_empty() {
        Ok(fields)
    } else {
        Err(messages)
    }
}

fn captures(source: &str) -> Vec<(String, String)> {
    read(source)
        .unwrap_or_else(|messages| panic!("{source}: {messages:?}"))
        .iter()
        .map(|field| {
            let tokens = field.capture_tokens(&quote::quote!(p)).to_string();
            (field.key().to_owned(), tokens.replace(' ', ""))
        })
        .collect()
}

#[track_caller]
fn one(source: &str, key: &str, capture: &str) {
    assert_eq!(
        captures(source),
        [(key.to_owned(), capture.to_owned())],
        "{source}"
    );
}

#[test]
fn reads_every_form_of_a_key() {
    one("user_id", "user_id", "p::capture(&user_id)");
    one("order.id", "order.id", "p::capture(&order.id)");
    one("self.amount", "amount", "p::capture(&self.amount)");
    one("self.order.id", "order.id", "p::capture(&self.order.id)");
    one("pair.0", "pair.0", "p::capture(&pair.0)");
    one("r#type", "type", "p::capture(&r#type)");
    one("type = kind", "type", "p::capture(&kind)");
    one("http.status = 200", "http.status", "p::capture(&200)");
    one("\"any-key\" = a + b", "any-key", "p::capture(&(a+b))");
    one("n = f::<A, B>(1, 2)", "n", "p::capture(&(f::<A,B>(1,2)))");
}

#[test]
fn reads_every_capture() {
    one("%e", "e", "p::capture_display(&e)");
    one("?order.id", "order.id", "p::capture_debug(&order.id)");
    one("e = %f(1)", "e", "p::capture_display(&(f(1)))");
    one("e = ?x", "e", "p::capture_debug(&x)");
    one("e: display = x", "e", "p::capture_display(&x)");
    one("e: debug", "e", "p::capture_debug(&e)");
    one("e: serde", "e", "p::capture_serde(&e)");
    one("e: error", "e", "p::capture_error(&e)");
    one("a: fields", "a", "p::capture_fields(&a)");
    one("a: fields = b()", "a", "p::capture_fields(&(b()))");
    one("a: fields = password", "a", "p::capture_fields(&password)");
    one("..order", "..", "p::capture_fields(&order)");
    one("..self.order", "..", "p::capture_fields(&self.order)");
    one("..find(1)", "..", "p::capture_fields(&(find(1)))");
    one("card: redact", "card", "p::redact(&card)");
    one("\"k\": hash = v", "k", "p::hash(&v)");
    one("iban: mask(last = 4)", "iban", "p::mask(&iban,4)");
    one(
        "token: reveal(\"words of a test\") = t",
        "token",
        "p::capture(&t)",
    );
}

#[test]
fn a_site_marks_groups() {
    let keys = |source| -> Vec<String> {
        let fields = read(source).expect("nothing is wrong");
        fields.iter().map(CheckedField::site_key).collect()
    };
    assert_eq!(
        keys("..a, b: fields, c, ..d, e.f: fields"),
        ["..", "..b", "c", "..", "..e.f"]
    );
}

/// Expressions as they are written since these editions, among them what only the newest compilers take.
#[test]
fn takes_every_expression() {
    for source in [
        "&raw const a",
        "&raw mut a.b[0]",
        "const { 1 + 2 }",
        "async || 1",
        "(async move |a: &str| a.len())(\"b\").await",
        "c\"text\"",
        "match a { Some(b) if let Some(c) = b && c > 1 => c, _ => 2 }",
        "if let Some(a) = b && a > 1 { 1 } else if let Some(c) = d { c } else { 2 }",
        "'a: { break 'a 1 }",
        "unsafe { f() }",
        "a..=b",
        "|&a| -> u8 { a }",
        "<[u8]>::len(a)",
        "a as *const dyn Fn(&str) -> u8",
        "S { a, ..S::default() }",
        "f::<{ N + 1 }, 'static>(a)?",
        "try_it!{ a; b }",
    ] {
        let tokens: TokenStream = source.parse().expect("the test's own tokens");
        let captures = captures(&format!("key: debug = {source}, last"));
        assert_eq!(captures.len(), 2, "{source}");
        let whole = |text: String| text.replace(' ', "");
        let expected = [
            whole(format!("p::capture_debug(&{tokens})")),
            whole(format!("p::capture_debug(&({tokens}))")),
        ];
        let found = &captures[0].1;
        assert!(expected.contains(found), "{source}: {found}");
    }
}

#[test]
fn keeps_source_order() {
    let keys: Vec<_> = captures("b, a = 1, %c,")
        .into_iter()
        .map(|it| it.0)
        .collect();
    assert_eq!(keys, ["b", "a", "c"]);
}

#[test]
fn says_what_to_write_instead() {
    for (source, part) in [
        ("order.id()", "write `id = order.id()`"),
        ("a + b", "write `b = a + b`"),
        ("module::LIMIT", "write `limit = module::LIMIT`"),
        ("&user", "write `user`"),
        ("42", "is a value without a key"),
        ("\"text\"", "`\"text\" = value`"),
        ("..", "a structure is missing after `..`"),
        ("...order", "with two dots: `..order`"),
        ("..=order", "with two dots: `..order`"),
        ("..?order", "remove the `?`"),
        ("..order: debug", "nothing follows `..order`"),
        ("..order b", "a comma is missing before `b`"),
        ("a ..order", "is an expression and needs a key"),
        ("a: fields(b)", "takes no argument"),
        ("a: fields, a", "is given twice"),
        ("event: fields = a", "written by every record itself"),
        ("password: fields", "`other_password: fields = password`"),
        ("\"..a\" = 1", "does not begin with two dots"),
        ("a b", "a comma is missing before `b`"),
        ("a = 1 b = 2", "a comma is missing before `b`"),
        ("a = ", "a value is missing after `=`"),
        ("a = %", "a value is missing after `%`: write `a = %value`"),
        ("a = b +", "missing after `b +`"),
        ("%", "a variable is missing"),
        ("%a = b", "`a = %b`"),
        ("a: displya", "did you mean `display`"),
        ("a: user.id", "`a = user.id`"),
        ("a: 5", "write `a = 5`"),
        ("a:", "a capture is missing"),
        ("a: debug = %b", "two captures"),
        ("%a: debug", "two captures"),
        ("a => b", "`a = b`"),
        ("\"a\" => b", "`\"a\" = b`"),
        ("a == 1", "with one `=`: `a = 1`"),
        ("a += 1", "with one `=`: `a = 1`"),
        ("a := 1", "write `a = 1`"),
        ("a[0] = 1", "`a[0]` cannot be a key"),
        (
            "a-b = 1",
            "`a - b` cannot be a key: write a name, such as `b = 1`",
        ),
        ("a: %b", "write `a = %b`"),
        ("= 1", "a key is missing before `=`"),
        ("a = = 1", "this is no value"),
        ("a = fn", "this is no value"),
        ("a = %%b", "write `a = %value`"),
        ("mut a", "write `a`"),
        ("ref a", "write `a`"),
        ("&mut a", "write `a`"),
        ("*a", "write `a = *a`"),
        ("!a", "write `a = !a`"),
        ("{a: 1}", "without brackets: write `a = 1`"),
        ("(a, b)", "without brackets: write `a, b`"),
        ("#[cfg(unix)] a = 1", "takes no attribute"),
        (
            "every(10)",
            "comes before its name: `every(10), \"event_name\"`",
        ),
        ("a.\"b\"", "comes after a dot"),
        ("a.0u8", "comes after a dot"),
        ("a: mask", "`mask(last = 4)`"),
        ("a: mask(4)", "`mask(last = 4)`"),
        ("a: mask(last = 0)", "write `redact`"),
        ("a: mask(last = 1000)", "1 to 64"),
        ("a: reveal", "needs a reason"),
        ("a: reveal(\" \")", "needs a reason"),
        ("a: reveal(\"<reason>\")", "write the reason"),
        ("a: reveal(\"<the reason why>\")", "write the reason"),
        ("a: reveal(\"Why this is no secret\")", "write the reason"),
        ("a: reveal(\"x\")", "too short for a reader to judge"),
        ("a: reveal(\"harmless\")", "too short for a reader"),
        ("a: reveal(\"a b\")", "too short for a reader"),
        ("\"user\\u{200b}id\" = 1", "an invisible character, U+200B"),
        ("\"passw\\u{43e}rd\" = 1", "is Cyrillic"),
        ("card_number_last = x", "give `mask` the whole value"),
        ("a: redact(1)", "takes no argument"),
        ("type", "`r#type`"),
        ("true", "is a value without a key"),
        ("self", "`self.id`"),
        ("a,, b", "remove it"),
        ("a, a", "is given twice"),
        ("\"\" = 1", "a key must not be empty"),
        ("pid", "`process_id = pid`"),
        ("msg = 1", "`text = 1`"),
        ("code.line = 1", "`source_line = 1`"),
        ("password", "`password: redact`"),
        ("key = password", "whatever the key"),
        ("key = &user.password", "whatever the key"),
    ] {
        let messages = read(source).expect_err(source);
        assert_eq!(messages.len(), 1, "{source}: {messages:?}");
        assert!(messages[0].contains(part), "{source}: {messages:?}");
    }
}

#[test]
fn every_mistake_is_reported() {
    let messages = read("f(), good, password, a: dbug, pid").expect_err("four mistakes");
    assert_eq!(messages.len(), 4, "{messages:?}");
}
