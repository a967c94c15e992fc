//! One entry's values as JSON.

use serde_json::{Number, Value};

use super::tags::Form;
use super::text;
use super::tiff::{Entry, Kind, Order};

/// The entry in the API's spelling; `None` when it holds no element.
pub(super) fn to_json(entry: &Entry<'_>, form: Form, order: Order) -> Option<Value> {
    let data = entry.data;
    match (entry.kind, form) {
        (Kind::Ascii | Kind::Utf8 | Kind::Undefined | Kind::Byte, Form::Comment) => {
            return Some(text::comment(data, order).into());
        }
        (Kind::Byte | Kind::Undefined, Form::Text) => return Some(text::plain(data).into()),
        (Kind::Ascii, Form::Copyright) => return Some(text::copyright(data).into()),
        (Kind::Ascii | Kind::Utf8, _) => return Some(text::plain(data).into()),
        _ => {}
    }
    let mut numbers: Vec<Value> = match entry.kind {
        Kind::Undefined if data.is_empty() => return None,
        Kind::Undefined if form != Form::Bytes => return Some(text::bytes(data).into()),
        Kind::Byte | Kind::Ascii | Kind::Utf8 | Kind::Undefined => {
            data.iter().map(|b| (*b).into()).collect()
        }
        Kind::SignedByte => data.iter().map(|b| i8::from_ne_bytes([*b]).into()).collect(),
        Kind::Short => each(data, |b| order.u16(b).into()),
        Kind::SignedShort => each(data, |b| (order.u16(b) as i16).into()),
        Kind::Long => each(data, |b| order.u32(b).into()),
        Kind::SignedLong => each(data, |b| (order.u32(b) as i32).into()),
        Kind::Rational => each(data, |b| {
            let [numerator, denominator] = halves(b, order);
            fraction(numerator.into(), denominator.into())
        }),
        Kind::SignedRational => each(data, |b| {
            let [numerator, denominator] = halves(b, order);
            fraction((numerator as i32).into(), (denominator as i32).into())
        }),
        Kind::Float => each(data, |b| number(f32::from_bits(order.u32(b)).into())),
        Kind::Double => each(data, |b| number(f64::from_bits(order.u64(b)))),
    };
    if numbers.len() > 1 { Some(Value::Array(numbers)) } else { numbers.pop() }
}

fn each<const N: usize>(data: &[u8], convert: impl Fn([u8; N]) -> Value) -> Vec<Value> {
    data.chunks_exact(N).filter_map(|chunk| chunk.first_chunk().map(|b| convert(*b))).collect()
}

fn halves([a, b, c, d, e, f, g, h]: [u8; 8], order: Order) -> [u32; 2] {
    [order.u32([a, b, c, d]), order.u32([e, f, g, h])]
}

/// `n/0` is no number (cameras write it for "unknown" and "infinite"): null.
fn fraction(numerator: f64, denominator: f64) -> Value {
    number(numerator / denominator)
}

/// Integral numbers without a fraction, as the API's examples write them (`72`, not `72.0`).
fn number(value: f64) -> Value {
    const EXACT: f64 = 9_007_199_254_740_992.0; // 2^53
    if value.fract() == 0.0 && value.abs() < EXACT {
        return (value as i64).into();
    }
    Number::from_f64(value).map_or(Value::Null, Value::Number)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn json(kind: Kind, data: &[u8]) -> Option<Value> {
        to_json(&Entry { tag: 0, kind, data }, Form::Plain, Order::Big)
    }

    #[test]
    fn numbers_are_plain_arrays_or_null() {
        assert_eq!(json(Kind::Short, &[0, 7]), Some(json!(7)));
        assert_eq!(json(Kind::SignedShort, &[0xff, 0xfe, 0, 1]), Some(json!([-2, 1])));
        assert_eq!(json(Kind::SignedByte, &[0x80]), Some(json!(-128)));
        assert_eq!(json(Kind::Rational, &[0, 0, 0, 1, 0, 0, 0, 160]), Some(json!(0.00625)));
        assert_eq!(json(Kind::Rational, &[0, 0, 0, 144, 0, 0, 0, 2]), Some(json!(72)));
        let minus_third = [0xff, 0xff, 0xff, 0xff, 0, 0, 0, 3];
        assert_eq!(json(Kind::SignedRational, &minus_third), Some(json!(-1.0 / 3.0)));
        assert_eq!(json(Kind::Float, &1.5f32.to_be_bytes()), Some(json!(1.5)));
        assert_eq!(json(Kind::Double, &f64::NAN.to_be_bytes()), Some(Value::Null));
    }

    #[test]
    fn a_zero_denominator_is_null() {
        assert_eq!(json(Kind::Rational, &[0; 8]), Some(Value::Null));
        assert_eq!(json(Kind::Rational, &[0, 0, 0, 5, 0, 0, 0, 0]), Some(Value::Null));
        assert_eq!(
            json(Kind::SignedRational, &[0, 0, 0, 1, 0, 0, 0, 2, 0, 0, 0, 1, 0, 0, 0, 0]),
            Some(json!([0.5, null]))
        );
    }

    #[test]
    fn bytes_are_characters_and_nothing_is_nothing() {
        assert_eq!(json(Kind::Undefined, &[1, 2, 3, 0]), Some(json!("\u{1}\u{2}\u{3}\0")));
        assert_eq!(json(Kind::Undefined, &[]), None);
        assert_eq!(json(Kind::Short, &[]), None);
        assert_eq!(json(Kind::Ascii, &[]), Some(json!("")));
    }
}
