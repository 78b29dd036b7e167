//! Templates with their holes, as `format!` fills them.

use core::time::Duration;

use super::*;

fn set(value: Value<'_>, spec: Spec) -> String {
    let mut out = String::from("é");
    let pieces = [Piece::Text("["), Piece::Hole(1, spec), Piece::Text("]")];
    let fields = [("a", Value::UInt(1)), ("b", value)];
    render(&pieces, &["a", "b"], fields, &mut out);
    out.strip_prefix("é[")
        .and_then(|text| text.strip_suffix(']'))
        .expect("what was there stays")
        .to_owned()
}

const PLAIN: Spec = Spec::PLAIN;

/// Every specification gives what the standard library gives.
macro_rules! same {
    ($($format:literal, $value:expr, $made:expr, { $($part:ident: $it:expr),* };)*) => {$(
        let made = set($made, Spec { $($part: $it,)* ..PLAIN });
        assert_eq!(made, format!($format, $value), "{}", $format);
    )*};
}

#[test]
fn holes_are_set_as_by_format() {
    use Align::{Center, Left, Right};
    same! {
        "{:5}", 42, Value::UInt(42), { width: 5 };
        "{:<5}", 42, Value::UInt(42), { width: 5, align: Left };
        "{:^5}", 42, Value::UInt(42), { width: 5, align: Center };
        "{:*^7}", -42, Value::Int(-42), { width: 7, align: Center, fill: '*' };
        "{:05}", -42, Value::Int(-42), { width: 5, zero: true };
        "{:+}", 42, Value::BigInt(42), { plus: true };
        "{:+06}", 42, Value::BigUInt(42), { plus: true, zero: true, width: 6 };
        "{:#x}", 255, Value::UInt(255), { alternate: true, radix: Radix::LowerHex };
        "{:#06X}", 255, Value::UInt(255), { alternate: true, zero: true, width: 6, radix: Radix::UpperHex };
        "{:o}", 8, Value::Int(8), { radix: Radix::Octal };
        "{:#b}", 5, Value::Int(5), { alternate: true, radix: Radix::Binary };
        "{:e}", 1500, Value::Int(1500), { radix: Radix::LowerExp };
        "{}", i128::MIN, Value::BigInt(i128::MIN), {};
        "{:.2}", 3.25159, Value::Float(3.25159), { precision: Some(2) };
        "{:+08.2}", 3.25159, Value::Float(3.25159), { precision: Some(2), width: 8, zero: true, plus: true };
        "{:08.2}", -3.25159, Value::Float(-3.25159), { precision: Some(2), width: 8, zero: true };
        "{:.1e}", 1234.5, Value::Float(1234.5), { precision: Some(1), radix: Radix::LowerExp };
        "{:8}", f64::NAN, Value::Float(f64::NAN), { width: 8 };
        "{:08}", f64::NAN, Value::Float(f64::NAN), { width: 8, zero: true };
        "{:<08}", f64::NEG_INFINITY, Value::Float(f64::NEG_INFINITY), { width: 8, align: Left, zero: true };
        "{:08}", "ab", Value::Str("ab"), { width: 8, zero: true };
        "{:+}", f64::NAN, Value::Float(f64::NAN), { plus: true };
        "{:.1}", f64::NAN, Value::Float(f64::NAN), { precision: Some(1) };
        "{:+}", f64::INFINITY, Value::Float(f64::INFINITY), { plus: true };
        "{:.1}", 0.25_f32, Value::Float32(0.25), { precision: Some(1) };
        "{:8}", "äöü", Value::Str("äöü"), { width: 8 };
        "{:>8}", "äöü", Value::Str("äöü"), { width: 8, align: Right };
        "{:é>8}", "äöü", Value::Str("äöü"), { width: 8, align: Right, fill: 'é' };
        "{:.2}", "äöü", Value::Str("äöü"), { precision: Some(2) };
        "{:.9}", "äöü", Value::Str("äöü"), { precision: Some(9) };
        "{:6.2}", "äöü", Value::Str("äöü"), { precision: Some(2), width: 6 };
        "{:6}", true, Value::Bool(true), { width: 6 };
        "{:3}", 'x', Value::Char('x'), { width: 3 };
        "{:2}", "long", Value::Str("long"), { width: 2 };
    }
}

#[test]
fn other_values_have_the_text_of_a_field() {
    assert_eq!(set(Value::None, PLAIN), "null");
    assert_eq!(set(Value::Float(3.0), PLAIN), "3.0");
    assert_eq!(set(Value::Millis(3000.214), PLAIN), "3000.214");
    assert_eq!(
        set(Value::Duration(Duration::from_millis(1500)), PLAIN),
        "1.5s"
    );
    assert_eq!(set(Value::Time(0), PLAIN), "1970-01-01T00:00:00Z");
    assert_eq!(set(Value::Json("{\"a\": 1}"), PLAIN), "{\"a\": 1}");
    let one = Spec {
        precision: Some(1),
        ..PLAIN
    };
    assert_eq!(set(Value::Millis(3000.27), one), "3000.3");
    assert_eq!(
        set(Value::Duration(Duration::from_millis(1260)), one),
        "1.3s"
    );
    let hex = Spec {
        radix: Radix::LowerHex,
        ..PLAIN
    };
    assert_eq!(set(Value::Int(-255), hex), "-ff");
}

#[test]
fn a_hole_without_its_field_is_empty() {
    let mut out = String::new();
    let pieces = [
        Piece::Hole(0, PLAIN),
        Piece::Text("-"),
        Piece::Hole(9, PLAIN),
    ];
    render(&pieces, &["a"], [("b", Value::UInt(1))], &mut out);
    assert_eq!(out, "-");
}
