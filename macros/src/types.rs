//! Names of types that everybody knows: what stands under one of them, or is the suffix of a number.

/// The types of numbers.
const NUMBERS: [&str; 14] = [
    "u8", "u16", "u32", "u64", "u128", "usize", "i8", "i16", "i32", "i64", "i128", "isize", "f32",
    "f64",
];

/// Whether a number may end in this word.
pub(crate) fn is_number(word: &str) -> bool {
    NUMBERS.contains(&word)
}

/// Whether this is a type of which everybody knows that it is plain data: no future, no `Result`.
pub(crate) fn is_plain(word: &str) -> bool {
    is_number(word) || matches!(word, "bool" | "char" | "str" | "String" | "Vec" | "Option")
}
