//! Tokens that nobody expects: numbers without end, texts of every kind, names that are none.

use proc_macro2::{Delimiter, Literal, Punct, Spacing, TokenStream, TokenTree};

use super::random::Random;
use crate::tests::tree::{self, List, Node};

/// What Rust's own lexer takes.
const WORDS: &str = r##"
    18446744073709551616 340282366920938463463374607431768211456 0xffff_ffff_ffff_ffff_ffff
    1e400 1.0e-400f32 0.0000000000000000000000000001 1_000 0b11 0o7 007 1u8 1i128 1.5f64 2usize
    500ms 5xyz 0s 1e9s 999999999999h 3m 1.5s 10per 5parsecs 1_ 500µs
    b"bytes" c"text" r"raw" r#"ra"w"# br"x" b'a' 'a' '\u{1f980}' '\'' 'static '_ 'r#fn
    "" " " "🦀" "{" "}" "{}" "{{" "{{}}" "{0}" "{a" "a}" "{:?}" "{a:?}" "{a:#?}" "{a:q}" "{a:>1000$}" "{a.0.1}"
    "{a.99999999999999999999999}" "{r#fn}" "{self}" "{self.a}" "{a.}" "{.a}" "{a:ü^9}" "{ a : .2 }" "{a:99999}"
    "{a\u{202e}}" "\u{0}" "\n" "PaymentFailed" "could not open {e}" "5 minuts" "500ms" "0.5s" "password"
    r#fn r#type r#match _ self Self crate super fn async await dyn macro_rules union true false größe 数量 имя
    r#async raw safe auto default static const impl where unsafe extern mod trait enum struct use let
    INFO WARN info Level every at_most per once sample target mask last redact reveal hash serde error display
    debug level name fields slow only err ok_if start future skip percentiles initial to terminal
    __STORYLINE_SITE __storyline_value password token card_number
    = == => -> <- .. ..= ... :: : ; , % ? ! & && | || < > << >> <<= # $ @ ~ ^ + - * / . += != '
"##;

pub(super) struct Odd {
    words: Vec<TokenTree>,
}

impl Odd {
    pub(super) fn new() -> Self {
        // A lone apostrophe is no token; everything else of a line stands for itself.
        let words = WORDS.trim_end().trim_end_matches('\'');
        let stream: TokenStream = words.parse().expect("the list's own tokens");
        Self {
            words: stream.into_iter().collect(),
        }
    }

    /// One node that fits nowhere in particular.
    pub(super) fn node(&self, random: &mut Random) -> Node {
        match random.below(12) {
            0 => Node::Group(delimiter(random), List::new()),
            1 => Node::Leaf(Literal::string(&template(random)).into()),
            2 => Node::Leaf(number(random)),
            // A mark that clings to what follows, whatever that is.
            3 => Node::Leaf(Punct::new(mark(random), Spacing::Joint).into()),
            4 => Node::Leaf(Punct::new(mark(random), Spacing::Alone).into()),
            _ => random
                .pick(&self.words)
                .map_or(Node::Leaf(number(random)), |word| Node::Leaf(word.clone())),
        }
    }
}

pub(super) fn delimiter(random: &mut Random) -> Delimiter {
    [
        Delimiter::Parenthesis,
        Delimiter::Brace,
        Delimiter::Bracket,
        Delimiter::None,
    ][random.below(4)]
}

fn mark(random: &mut Random) -> char {
    const MARKS: &[u8] = b"=<>!~+-*/%^&|@.,;:#$?";
    char::from(MARKS[random.below(MARKS.len())])
}

/// Numbers as macros make them: negative ones are one token, and there is no limit.
fn number(random: &mut Random) -> TokenTree {
    match random.below(6) {
        0 => Literal::i64_unsuffixed(-5).into(),
        1 => Literal::f64_unsuffixed(-0.5).into(),
        2 => Literal::u128_suffixed(u128::MAX).into(),
        3 => Literal::i8_suffixed(i8::MIN).into(),
        4 => Literal::f64_suffixed(f64::MIN_POSITIVE).into(),
        _ => Literal::usize_unsuffixed(random.below(1 << 20)).into(),
    }
}

/// A text made of what means something in a template or in a name.
fn template(random: &mut Random) -> String {
    const LETTERS: &[&str] = &[
        "{", "}", ":", ".", "a", "id", "0", "9", "?", "#", "$", ">", "^", "*", "+", "x", " ", "_",
        "🦀", "A", "password", "self", "r#", "é", "\u{202e}", "\"", "\\", "\n", "ms", "-",
    ];
    (0..random.below(12))
        .filter_map(|_| random.pick(LETTERS).copied())
        .collect()
}

/// A tower: the same thing inside of itself, or behind itself, far more often than anybody writes it.
pub(super) fn tower(random: &mut Random) -> List {
    const PREFIXES: &[&str] = &[
        "!",
        "-",
        "&",
        "&&",
        "*",
        "&mut",
        "return",
        "||",
        "move ||",
        "a =",
        "a +",
        "a ||",
        "1 as u8 +",
        "if a {} else",
        "a ..",
        "a::",
        "a.b.",
        "a::<",
        "fn() ->",
        "[0;",
        "match a { _ =>",
        "break 'a",
        "#[a]",
        "#![a]",
        "const",
        "unsafe",
        "async",
        "impl A +",
        "dyn for<'a>",
        "<a as",
        "a: display =",
        "..",
        "ref",
        "box",
        "x @",
        "yield",
        "=>",
        "%",
        "?",
        "key = value,",
        "INFO,",
        "once,",
        "#[to(A)]",
        "fields(",
        "let a =",
        "a |",
    ];
    let height = match random.below(8) {
        0 => 2000 + random.below(4000),
        1 => 200 + random.below(800),
        _ => 2 + random.below(60),
    };
    if random.one_in(2) {
        // What prepares and judges the stream calls itself for each level, too.
        let height = height.min(1000);
        let kind = delimiter(random);
        let mut list = tree::of_stream("a".parse().expect("one word"));
        for _ in 0..height {
            let kind = if random.one_in(50) {
                delimiter(random)
            } else {
                kind
            };
            list = vec![Node::Group(kind, list)];
        }
        return list;
    }
    let prefix = random.pick(PREFIXES).copied().unwrap_or("!");
    // Some of them are half of something: what is not balanced has no tokens.
    let Ok(prefix) = prefix.parse::<TokenStream>() else {
        return List::new();
    };
    let prefix = tree::of_stream(prefix);
    let mut list = List::new();
    for _ in 0..height {
        list.extend(prefix.iter().cloned());
    }
    list.extend(tree::of_stream("a".parse().expect("one word")));
    list
}
