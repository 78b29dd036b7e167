//! What could be written better: names, borrows, copies, nesting, methods.

use storyline::timed;

use crate::trace::Trace;

#[timed]
fn redundant_clone(text: &str) -> usize {
    let owned = text.to_owned();
    let again = owned.clone();
    again.len()
}

#[timed]
fn needless_borrow(text: &String, values: &Vec<u8>) -> usize {
    let first = &values[0];
    text.len() + usize::from(*&*first)
}

#[timed]
fn by_value(text: String, values: Vec<u8>) -> usize {
    text.len() + values.len()
}

#[timed]
fn too_many(a: u8, b: u8, c: u8, d: u8, e: u8, f: u8, g: u8, h: u8) -> u8 {
    a + b + c + d + e + f + g + h
}

#[timed]
fn complex(value: u8) -> u8 {
    if value == 0 {
        if value == 1 {
            return 1;
        }
    }
    if value > 2 {
        true
    } else {
        false
    };
    let x = value as u32 as u8;
    match x {
        1 => 1,
        _ => match value {
            2 => 2,
            _ => 3,
        },
    }
}

#[timed]
fn needless_lifetimes<'a>(text: &'a str) -> &'a str {
    text
}

#[timed]
fn shadows(value: u8) -> u8 {
    let value = value + 1;
    let value = value.to_string();
    value.len() as u8
}

#[timed]
fn naming(camelCase: u8) -> u8 {
    let OtherName = camelCase;
    OtherName
}

#[timed]
fn identity_op(value: u8) -> u8 {
    value + 0 * 1
}

#[timed]
fn unconditional(value: u8) -> u8 {
    let never = value < 0;
    u8::from(never)
}

#[timed]
fn implicit(text: &str) -> String {
    text.to_string()
}

#[timed]
unsafe fn no_safety_section(at: *const u8) -> u8 {
    *at
}

struct Method;

#[timed]
impl Method {
    fn unused_self(&self) -> u8 {
        5
    }

    fn new() -> u8 {
        5
    }

    fn to_owned_thing(self) -> u8 {
        5
    }

    fn needless_mut(&mut self, values: &mut Vec<u8>) -> usize {
        values.len()
    }
}

pub(super) fn run(t: &mut Trace) {
    t.add(
        "clone",
        (
            redundant_clone("x"),
            needless_borrow(&String::new(), &vec![1]),
        ),
    );
    t.add(
        "by value",
        (
            by_value(String::new(), vec![1]),
            too_many(1, 2, 3, 4, 5, 6, 7, 8),
        ),
    );
    t.add("complex", (complex(0), complex(3), needless_lifetimes("a")));
    t.add("names", (shadows(1), naming(1), identity_op(1)));
    t.add(
        "more",
        (unconditional(1), implicit("x"), unsafe {
            no_safety_section(&1)
        }),
    );
    t.add(
        "methods",
        (Method.unused_self(), Method::new(), Method.to_owned_thing()),
    );
    t.add("methods", Method.needless_mut(&mut vec![1]));
}
