//! Values of XMP properties: every value is text in the file.

use serde_json::{Number, Value};

use crate::media::embedded::{dates, labels};

/// Namespaces whose values are EXIF's, in fractions and codes.
const EXIF: [&str; 4] = [
    "http://ns.adobe.com/exif/1.0/",
    "http://ns.adobe.com/tiff/1.0/",
    "http://cipa.jp/exif/1.0/",
    "http://ns.adobe.com/exif/1.0/aux/",
];

/// The value under its flat name, `None` for an empty one: numbers and truth values as such,
/// dates as ISO 8601 in UTC, EXIF's codes as words.
pub(super) fn value(namespace: &str, name: &str, whole: &str) -> Option<Value> {
    let text = whole.trim();
    if text.is_empty() {
        return None;
    }
    if name.contains("Date") || name.ends_with("Time") {
        if let Some(date) = dates::from_iso(text) {
            return Some(date.into());
        }
    }
    if EXIF.contains(&namespace) {
        match name {
            "GPSLatitude" | "GPSLongitude" => {
                if let Some(degrees) = degrees(text) {
                    return Some(degrees.into());
                }
            }
            // A place within a structure has its unit, as ExifTool writes it.
            _ if name.ends_with("GPSAltitude") && name != "GPSAltitude" => {
                return Some(format!("{} m", fraction(text)?).into());
            }
            _ => {}
        }
        let plain = fraction(text).unwrap_or_else(|| plain(text));
        return Some(labels::label(name, &plain));
    }
    // Only text keeps the spaces around it.
    Some(Some(plain(text)).filter(|value| !value.is_string()).unwrap_or_else(|| whole.into()))
}

/// A number, a truth value, or text.
fn plain(text: &str) -> Value {
    match text {
        "True" | "true" => true.into(),
        "False" | "false" => false.into(),
        _ => number(text).unwrap_or_else(|| text.into()),
    }
}

/// What reads like a number written by a program. Leading zeros belong to codes (`0232`), and
/// what has more digits than a double keeps is an identifier.
fn number(text: &str) -> Option<Value> {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let whole = digits.split(['.', 'e', 'E']).next().unwrap_or_default();
    let written = digits.bytes().all(|b| b.is_ascii_digit() || b".eE+-".contains(&b));
    let leading_zero = whole.len() > 1 && whole.starts_with('0');
    let digits = digits.bytes().filter(u8::is_ascii_digit).count();
    if !written || whole.is_empty() || leading_zero || digits > 15 || text.ends_with('.') {
        return None;
    }
    if let Ok(integer) = text.parse::<i64>() {
        return Some(integer.into());
    }
    text.parse().ok().and_then(Number::from_f64).map(Value::Number)
}

/// `14/5` as a number.
fn fraction(text: &str) -> Option<Value> {
    let Some((numerator, denominator)) = text.split_once('/') else { return number(text) };
    let (numerator, denominator): (i64, i64) = (numerator.parse().ok()?, denominator.parse().ok()?);
    if numerator.checked_rem(denominator) == Some(0) {
        return numerator.checked_div(denominator).map(Value::from);
    }
    Number::from_f64(numerator as f64 / denominator as f64).map(Value::Number)
}

/// `48,16.5N` or `48,16,30N` in degrees, south and west negative.
fn degrees(text: &str) -> Option<f64> {
    let number = text.trim_end_matches(['N', 'S', 'E', 'W']);
    let negative = text.ends_with(['S', 'W']);
    let parts: Vec<f64> = number.split(',').map(str::parse).collect::<Result<_, _>>().ok()?;
    let degrees = parts.iter().rev().fold(0.0, |sum, part| sum / 60.0 + part);
    (parts.len() <= 3 && degrees.is_finite()).then_some(if negative { -degrees } else { degrees })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn read(namespace: &str, name: &str, text: &str) -> Value {
        value(namespace, name, text).unwrap()
    }

    #[test]
    fn texts_become_numbers_dates_and_words() {
        for (name, text, expected) in [
            ("ModelAge", "25", json!(25)),
            ("ProductInImageGTIN", "123456782019.1", json!(123_456_782_019.1)),
            ("ExifVersion", "0232", json!("0232")),
            ("Title", "1e400", json!("1e400")),
            ("Title", "12345678901234567", json!("12345678901234567")),
            ("Title", "2019-10-16", json!("2019-10-16")),
            ("Marked", "True", json!(true)),
            ("DateCreated", "2019-10-16", json!("2019-10-16T00:00:00.000Z")),
            ("CreateDate", "2019-10-16T19:01:03+02:00", json!("2019-10-16T17:01:03.000Z")),
            ("ArtworkCircaDateCreated", "about 1550", json!("about 1550")),
        ] {
            assert_eq!(read("urn:other", name, text), expected, "{name} {text}");
        }
        for (name, text, expected) in [
            ("FNumber", "14/5", json!(2.8)),
            ("XResolution", "72/1", json!(72)),
            ("Orientation", "6", json!("Rotate 90 CW")),
            ("GPSLatitude", "48,30.0S", json!(-48.5)),
            ("GPSLongitude", "16,30,36E", json!(16.51)),
            ("LocationCreatedGPSAltitude", "480/1", json!("480 m")),
            ("LocationCreatedGPSLatitude", "48,16.5N", json!("48,16.5N")),
            ("ExposureTime", "1/0", json!("1/0")),
        ] {
            assert_eq!(read(EXIF[0], name, text), expected, "{name} {text}");
        }
    }
}
