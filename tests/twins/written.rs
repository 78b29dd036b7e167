//! Bodies as they are written: expressions that a rewriting of tokens would misread.

use storyline::timed;
#[cfg(not(every_lint))]
use storyline::timed_block;

use crate::trace::Trace;

#[timed]
fn starts_like_a_statement(value: &mut u8) -> i8 {
    {
        *value += 1;
    }
    -1
}

#[timed]
fn a_match(value: Option<u8>) -> u8 {
    match value {
        Some(value) if value > 3 => return 9,
        Some(value) => value,
        None => 0,
    }
}

#[timed]
fn a_struct(value: u8) -> std::ops::Range<u8> {
    std::ops::Range {
        start: 0,
        end: value,
    }
}

#[timed]
fn if_let_else(text: &str) -> Result<u8, String> {
    let Some(first) = text.chars().next() else {
        return Err("empty".to_owned());
    };
    if let Some(digit) = first.to_digit(10) {
        Ok(digit as u8)
    } else {
        Err(first.to_string())
    }
}

#[timed]
fn a_block_comment() -> u8 /* body */ {
    // a line
    /* a block */
    5 /* after */
}

#[timed]
fn text_of_many_lines() -> &'static str {
    "one \
     two
three"
}

#[timed]
fn floats_and_ranges(values: [[u8; 2]; 2]) -> (f64, u8, usize) {
    let pair = ((1.5, 2), 3);
    (pair.0 .0, values[1][0], (0..3).len())
}

#[timed]
fn generics_and_comparisons(a: usize, b: usize) -> (bool, usize) {
    (
        a < b && b > (a),
        Vec::<Vec<u8>>::with_capacity(a << 1 >> 1).len(),
    )
}

#[timed]
fn lifetimes_and_chars<'a>(c: char, text: &'a str) -> &'a str {
    'a: loop {
        if c == 'a' {
            break 'a;
        }
        if c == '\'' {
            return "";
        }
        break;
    }
    text
}

#[timed]
fn loops_with_values(values: &[u8]) -> Option<u8> {
    let found = loop {
        for value in values {
            if *value == 0 {
                return None;
            }
        }
        break values.first().copied();
    };
    while let Some(3) = found {
        break;
    }
    found
}

#[timed]
fn local_macro(value: u8) -> u8 {
    macro_rules! leave {
        ($value:expr) => {
            return $value
        };
    }
    macro_rules! add {
        ($a:expr, $($b:expr),*) => { $a $(+ $b)* };
    }
    if value > 5 {
        leave!(0);
    }
    add!(value, 1, 2)
}

#[timed]
fn closures_with_returns(text: &str) -> Result<u8, std::num::ParseIntError> {
    let parse = |text: &str| -> Result<u8, std::num::ParseIntError> {
        if text.is_empty() {
            return Ok(0);
        }
        Ok(text.parse::<u8>()? + 1)
    };
    let make = move |by: u8| move |value: u8| value + by;
    Ok(make(parse(text)?)(1))
}

#[timed]
fn uses_names_of_ours(__storyline_value: u8, __storyline_guard: u8) -> u8 {
    #[allow(non_upper_case_globals)]
    const __STORYLINE_SITE: u8 = 1;
    static __STORYLINE_PLAN: u8 = 2;
    __storyline_value + __storyline_guard + __STORYLINE_SITE + __STORYLINE_PLAN
}

#[timed]
fn compares_addresses(value: &u8) -> bool {
    std::ptr::eq(value, std::convert::identity(value))
}

#[timed]
fn raw_addresses(values: &mut [u16; 2]) -> (u16, usize) {
    let first = &raw const values[0];
    let second = &raw mut values[1];
    unsafe {
        *second += *first;
        (*second, second.offset_from(first) as usize)
    }
}

#[timed]
fn ranges_as_patterns(value: i8, rest: &[u8]) -> (&'static str, usize) {
    let size = match value {
        i8::MIN..=-1 => "below",
        0 => "none",
        1..3 | 5 => "few",
        7.. => "many",
        _ => "some",
    };
    let [_, middle @ .., _] = rest else {
        return (size, 0);
    };
    (size, middle.len())
}

#[timed]
fn inner_functions_of_c(value: i32) -> i32 {
    unsafe extern "C" {
        safe fn abs(value: i32) -> i32;
    }
    abs(value)
}

#[timed]
fn moves_out_of(pair: (String, String)) -> String {
    let (a, b) = pair;
    drop(b);
    a
}

#[timed]
fn moves_a_part(pair: (String, String)) -> (String, usize) {
    let a = pair.0;
    (a, pair.1.len())
}

#[timed]
fn reassigns(mut value: String, other: &mut String) -> String {
    std::mem::swap(&mut value, other);
    value = value + "!";
    value
}

#[timed]
fn reborrows(value: &mut Vec<u8>) -> &mut u8 {
    value.push(1);
    let value = &mut *value;
    value.last_mut().expect("one was pushed")
}

#[timed]
fn late<T>(value: T) -> T {
    let result;
    result = value;
    result
}

#[timed]
fn the_type_comes_from_the_signature() -> Vec<std::collections::BTreeMap<u8, u8>> {
    if std::mem::size_of::<u8>() == 2 {
        return Default::default();
    }
    vec![(1, 2)]
        .into_iter()
        .map(|it| std::iter::once(it).collect())
        .collect()
}

// Where lints are compared there is no telling a block from what a macro made of it.
#[cfg(not(every_lint))]
fn blocks(text: &str) -> Result<u8, std::num::ParseIntError> {
    let value = timed_block!("parse", { text.parse::<u8>()? });
    for at in 0..3 {
        timed_block!("loop", {
            if at == 1 {
                continue;
            }
        });
    }
    let more = 'found: {
        timed_block!("labelled", {
            if value > 3 {
                break 'found 1;
            }
            2
        })
    };
    timed_block!("returns", { return Ok(value + more) })
}

pub(crate) fn run(t: &mut Trace) {
    t.add("statement", starts_like_a_statement(&mut 1));
    t.add("match", (a_match(Some(4)), a_match(Some(1)), a_match(None)));
    t.add("struct", a_struct(3));
    t.add(
        "else",
        (if_let_else(""), if_let_else("5"), if_let_else("x")),
    );
    t.add("comments", a_block_comment());
    t.add("text", text_of_many_lines());
    t.add("floats", floats_and_ranges([[1, 2], [3, 4]]));
    t.add("generics", generics_and_comparisons(1, 2));
    t.add(
        "chars",
        (
            lifetimes_and_chars('a', "x"),
            lifetimes_and_chars('\'', "x"),
        ),
    );
    t.add(
        "loops",
        (loops_with_values(&[3, 1]), loops_with_values(&[1, 0])),
    );
    t.add("macro", (local_macro(1), local_macro(9)));
    t.add(
        "closures",
        (
            closures_with_returns(""),
            closures_with_returns("1"),
            closures_with_returns("x"),
        ),
    );
    t.add("names", uses_names_of_ours(3, 4));
    t.add("address", compares_addresses(&1));
    t.add("raw", raw_addresses(&mut [1, 2]));
    for value in [-3, 0, 2, 4, 9] {
        t.add("ranges", ranges_as_patterns(value, &[0; 4]));
    }
    t.add("ranges", ranges_as_patterns(5, &[]));
    t.add("of C", inner_functions_of_c(-4));
    t.add("moves", moves_out_of(("a".to_owned(), "b".to_owned())));
    t.add("moves", moves_a_part(("a".to_owned(), "b".to_owned())));
    let mut other = "b".to_owned();
    t.add("reassigns", reassigns("a".to_owned(), &mut other));
    let mut values = Vec::new();
    *reborrows(&mut values) += 1;
    t.add("reborrows", values);
    t.add("late", late("a"));
    t.add("inferred", the_type_comes_from_the_signature());
    #[cfg(not(every_lint))]
    t.add("blocks", (blocks("1"), blocks("7"), blocks("x")));
}
