//! The derive: its expansion, and what it says about each mistake.

use super::*;
use crate::tests::snapshot;
use quote::quote;

fn text(source: &str) -> String {
    let tokens: TokenStream = source.parse().expect("the test's own tokens");
    expand(tokens).to_string()
}

/// The mistakes of a derive, without what is printed beside them.
fn messages(source: &str) -> Vec<String> {
    text(source)
        .split("compile_error ! {")
        .skip(1)
        .filter_map(|rest| Some(rest.split_once('}')?.0.trim().replace("\\\"", "\"")))
        .collect()
}

#[test]
fn every_mark() {
    snapshot(
        "fields/marks",
        &expand(quote! {
            #[derive(Clone, Copy)]
            pub struct Order {
                id: u64,
                pub r#type: Kind,
                #[field(display)]
                a: A,
                #[field(debug)]
                b: B,
                #[field(serde)]
                c: C,
                #[field(error)]
                d: D,
                #[field(fields)]
                e: E,
                #[field(redact)]
                password: String,
                #[field(mask(last = 4))]
                card_number: String,
                #[field(hash)]
                token: String,
                #[field(reveal = "words of a test")]
                pin: String,
                #[field(skip)]
                note: String,
                #[field(rename = "amount_cents", debug)]
                amount: u64,
            }
        }),
    );
}

#[test]
fn a_generic_structure() {
    snapshot(
        "fields/generics",
        &expand(quote! {
            #[fields(crate = facade::storyline)]
            struct Cart<'a, T: Clone, U = u8, const N: usize = 4>
            where
                U: Copy,
            {
                item: &'a T,
                #[field(debug)]
                all: [U; N],
                #[field(redact)]
                secret: Option<T>,
                #[field(fields)]
                inner: Box<U>,
                #[field(error)]
                cause: T,
                count: usize,
            }
        }),
    );
}

#[test]
fn right_structures_are_let_through() {
    for source in [
        "struct A { }",
        "struct A { id: u64, }",
        "struct A { #[serde(default)] id: u64, #[cfg(test)] b: u8 }",
        "struct A { #[field(skip)] password: String, #[field(skip)] pid: u32 }",
        "struct A { #[field(rename = \"process_id\")] pid: u32 }",
        "struct A { #[field(redact, rename = \"login_word\")] password: String }",
        "struct A { #[field(rename = \"text\")] #[field(debug)] msg: M }",
        "struct A { #[field(fields)] credentials_used: B }",
        "struct A { #[field(fields, rename = \"login\")] credentials: B }",
        "struct A { #[field(reveal(\"words of a test\"))] token: String }",
        "#[repr(C)] struct A { id: u64 }",
    ] {
        assert_eq!(messages(source), Vec::<String>::new(), "{source}");
    }
}

const MISTAKES: &[(&str, &str)] = &[
    (
        "struct A { password: String }",
        "`password` names a secret: mark it `#[field(redact)]`, `#[field(hash)]`, `#[field(skip)]`",
    ),
    (
        "struct A { #[field(debug)] password: String }",
        "`#[field(skip)]`",
    ),
    (
        "struct A { #[field(rename = \"word\")] password: String }",
        "`password` names a secret, whatever the key: mark it",
    ),
    (
        "struct A { #[field(rename = \"password\")] word: String }",
        "`password` names a secret",
    ),
    (
        "struct A { card_number: String }",
        "`#[field(mask(last = 4))]`",
    ),
    (
        "struct A { #[field(rename = \"word\")] card_number: String }",
        "`#[field(mask(last = 4))]`",
    ),
    (
        "struct A { #[field(reveal = \"no\")] password: String }",
        "too short for a reader",
    ),
    (
        "struct A { #[field(redcat)] password: String }",
        "did you mean `redact`",
    ),
    (
        "struct A { #[field] password: String }",
        "such as `#[field(debug)]`",
    ),
    (
        "struct A { #[field(fields)] password: B }",
        "rename = \"other_password\"",
    ),
    (
        "struct A { pid: u32 }",
        "`#[field(rename = \"process_id\")]`",
    ),
    (
        "struct A { id: u32, #[field(rename = \"id\")] key: u32 }",
        "`#[field(rename = \"other_id\")]`",
    ),
    (
        "struct A { #[field(rename = \"\")] id: u32 }",
        "must not be empty",
    ),
    (
        "struct A { #[field(rename = \"..id\")] id: u32 }",
        "does not begin with two dots",
    ),
    (
        "struct A { #[field(rename)] id: u32 }",
        "`rename = \"amount_cents\"`",
    ),
    (
        "struct A { #[field(rename = 3)] id: u32 }",
        "needs a text in quotes",
    ),
    (
        "struct A { #[field(redcat)] id: u32 }",
        "did you mean `redact`",
    ),
    (
        "struct A { #[field(Display)] id: u32 }",
        "did you mean `display`",
    ),
    (
        "struct A { #[field(\"redact\")] id: u32 }",
        "a mark is a word",
    ),
    (
        "struct A { #[field(redact = 1)] id: u32 }",
        "takes no argument",
    ),
    (
        "struct A { #[field(redact(1))] id: u32 }",
        "takes no argument",
    ),
    ("struct A { #[field(mask)] id: u32 }", "`mask(last = 4)`"),
    (
        "struct A { #[field(mask(last = 0))] id: u32 }",
        "write `redact`",
    ),
    (
        "struct A { #[field(reveal)] id: u32 }",
        "needs a text in quotes",
    ),
    (
        "struct A { #[field(reveal = \"x\")] id: u32 }",
        "too short for a reader",
    ),
    (
        "struct A { #[field(redact hash)] id: u32 }",
        "a comma is missing before `hash`",
    ),
    (
        "struct A { #[field(redact, hash)] id: u32 }",
        "`redact` says already how this member is taken",
    ),
    (
        "struct A { #[field(hash)] #[field(hash)] id: u32 }",
        "`hash` says already",
    ),
    (
        "struct A { #[field(rename = \"a\", rename = \"b\")] id: u32 }",
        "is called `a` already",
    ),
    (
        "struct A { #[field(skip, hash)] id: u32 }",
        "`skip` leaves the member out",
    ),
    ("struct A { #[field] id: u32 }", "such as `#[field(debug)]`"),
    (
        "struct A { #[field()] id: u32 }",
        "such as `#[field(debug)]`",
    ),
    (
        "struct A { #[field = \"redact\"] id: u32 }",
        "write `#[field(redact)]`",
    ),
    (
        "struct A { #[fields(redact)] id: u32 }",
        "a member is marked with `#[field(...)]`",
    ),
    ("#[field(redact)] struct A { id: u32 }", "marks a member"),
    (
        "#[fields(redact)] struct A { id: u32 }",
        "write `#[field(redact)]` above one",
    ),
    (
        "#[fields(cratte = a)] struct A { id: u32 }",
        "`#[fields(crate = path)]`",
    ),
    (
        "#[fields(crate)] struct A { id: u32 }",
        "`crate` needs a path",
    ),
    ("struct A { _: u64 }", "a member needs a name"),
    ("struct A(u64);", "have no names"),
    ("struct A;", "has no members to record"),
    ("enum A { B { id: u64 } }", "is an enum"),
    ("union A { b: u64 }", "is a union"),
    (
        "#[repr(C, packed(2))] struct A { id: u64 }",
        "packed structure",
    ),
    ("fn a() {}", "is derived for a structure"),
];

#[test]
fn says_what_to_write_instead() {
    for (source, part) in MISTAKES {
        let messages = messages(source);
        assert_eq!(messages.len(), 1, "{source}: {messages:?}");
        assert!(messages[0].contains(part), "{source}: {messages:?}");
    }
}

#[test]
fn all_mistakes_come_at_once_and_an_implementation_remains() {
    let source =
        "struct A<T> { password: T, #[field(dbug)] b: T, pid: u32, #[field(skip, hash)] d: T }";
    assert_eq!(messages(source).len(), 4, "{:?}", messages(source));
    let text = text(source);
    assert!(text.contains("Fields for A < T >"), "{text}");
}

#[test]
fn a_type_of_several_bounds_is_one_type_in_front_of_a_colon() {
    for (source, part) in [
        ("struct A { shape: T + }", "(T +)"),
        (
            "struct A { id: u8, shape: dyn Shape + Send }",
            "(dyn Shape + Send)",
        ),
    ] {
        let text = text(source);
        assert!(text.contains(&format!("{part} : ::")), "{text}");
        assert!(text.contains(&format!("< {part} as")), "{text}");
        syn::parse_str::<syn::Item>(&text).expect(&text);
    }
}

#[test]
fn a_structure_has_no_fields_of_its_own_kind() {
    for ty in [
        "Node",
        "Self",
        "Option<Box<Node>>",
        "&'static Node<T>",
        "[Node; 2]",
    ] {
        let source = format!("struct Node<T> {{ id: T, #[field(fields)] next: {ty} }}");
        let messages = messages(&source);
        assert_eq!(messages.len(), 1, "{source}: {messages:?}");
        assert!(
            messages[0].contains("`next` would hold the fields of another `Node`"),
            "{messages:?}"
        );
        for mark in ["debug", "serde", "skip"] {
            let source = source.replace("field(fields)", &format!("field({mark})"));
            assert_eq!(self::messages(&source), [""; 0], "{source}");
        }
    }
    for ty in ["other::Node", "Nodes", "Edge<T>"] {
        let source = format!("struct Node<T> {{ id: T, #[field(fields)] next: {ty} }}");
        assert_eq!(messages(&source), [""; 0], "{source}");
    }
}
