//! How values are written: percent-encoded for their place, and never as more than one value.
//!
//! In a transformation string `,` ends a parameter and `:` ends a step, and no encoding is known to
//! keep either inside a value: the API may decode before it splits. A value that holds one, plain or
//! percent-encoded, is therefore refused.

use super::{error::InvalidTransformation, key::Kind, value::Setting};
use crate::wire::encode::{self, Escapes, Segment};
use std::{borrow::Cow, fmt::Write as _};

/// Where a transformation is written, which decides what is encoded.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// On its own, as the API documents it; nothing is encoded.
    Text,
    /// A segment of a URL's path.
    Path,
    /// The value of a URL's query parameter.
    Query,
}

/// Writes a transformation into a text.
pub(super) struct Writer<'a> {
    pub(super) out: &'a mut String,
    place: Place,
    value: Escapes,
    raw: Escapes,
    problem: Option<InvalidTransformation>,
}

impl<'a> Writer<'a> {
    pub(super) fn new(out: &'a mut String, place: Place) -> Self {
        let (value, raw) = match place {
            Place::Text => (encode::NOTHING, encode::NOTHING),
            Place::Path => (encode::PATH | encode::SLASH, encode::PATH),
            Place::Query => (encode::QUERY | encode::AMPERSAND, encode::QUERY),
        };
        Self { out, place, value, raw, problem: None }
    }

    /// Returns the first value that was refused, as an error.
    pub(super) fn finish(self) -> Result<(), InvalidTransformation> {
        self.problem.map_or(Ok(()), Err)
    }

    /// Writes this crate's own text, which needs no encoding.
    pub(super) fn literal(&mut self, text: &str) {
        self.out.push_str(text);
    }

    /// Writes one value of the parameter `code`.
    pub(super) fn value(&mut self, code: &str, text: &str, kind: Kind) {
        if encode::is_plain(text, self.value | encode::SEPARATOR) {
            return self.literal(text);
        }
        let refused = self.refuses(code, text, kind);
        self.piece(text, refused);
    }

    /// Writes a path as one value, its slashes as `@@`.
    pub(super) fn path(&mut self, code: &str, path: &str) {
        let refused = self.refuses(code, path, Kind::Path);
        for (index, segment) in path.split('/').enumerate() {
            if index > 0 {
                self.literal("@@");
            }
            self.piece(segment, refused);
        }
    }

    /// Writes text as JavaScript's `encodeURIComponent` does, in every place. The published
    /// packages write a layer's text so; separators are encoded, not refused.
    pub(super) fn component(&mut self, text: &str) {
        encode::push(self.out, text, self.value | encode::COMPONENT);
    }

    /// Writes URL text of the caller's: only what no URL holds is encoded.
    pub(super) fn raw(&mut self, text: &str) {
        // The first segment continues the text before it, so it is not a whole one.
        let mut segments = text.split('/').skip(1).map(encode::segment);
        if self.place == Place::Path && segments.any(|segment| segment != Segment::Name) {
            self.refuse(InvalidTransformation::DotSegment);
        }
        encode::push(self.out, text, self.raw);
    }

    /// Writes the code of a parameter that this crate does not know.
    pub(super) fn code(&mut self, code: &str) {
        let plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
        let layer = code == "l" || code.starts_with("l-");
        if layer || !code.bytes().all(plain) {
            self.refuse(InvalidTransformation::Code { code: code.to_owned() });
            return self.piece(code, true);
        }
        self.literal(code);
    }

    pub(super) fn setting(&mut self, code: &str, setting: &Setting, kind: Kind) {
        match setting {
            Setting::Bare => {}
            Setting::Integer(number) => push_integer(self.out, *number),
            Setting::Float(number) => {
                if !number.is_finite() {
                    self.refuse(InvalidTransformation::NotANumber);
                }
                push_float(self.out, *number);
            }
            Setting::Text(text) => self.value(code, text, kind),
        }
    }

    fn refuse(&mut self, problem: InvalidTransformation) {
        self.problem.get_or_insert(problem);
    }

    fn refuses(&mut self, code: &str, text: &str, kind: Kind) -> bool {
        let refused = has_separator(text) && !is_single_value(text, kind);
        if refused {
            self.refuse(InvalidTransformation::Separator { code: code.to_owned() });
        }
        refused
    }

    /// Writes text, or if it was refused a form of it without separators, for `Display`.
    fn piece(&mut self, text: &str, refused: bool) {
        let text = match refused {
            true => Cow::Owned(text.replace(',', "%2C").replace(':', "%3A")),
            false => Cow::Borrowed(text),
        };
        encode::push(self.out, &text, self.value);
    }
}

/// Appends the decimal digits of a number, in half the time that formatting takes.
fn push_integer(out: &mut String, number: i64) {
    let mut buffer = [b'0'; 20];
    let mut rest = number.unsigned_abs();
    let mut start = buffer.len();
    for digit in buffer.iter_mut().rev() {
        *digit = b'0' + (rest % 10) as u8;
        rest /= 10;
        start -= 1;
        if rest == 0 {
            break;
        }
    }
    if number < 0 {
        out.push('-');
    }
    let digits = buffer.get(start..).unwrap_or_default();
    out.push_str(std::str::from_utf8(digits).unwrap_or_default());
}

/// Appends a number without an exponent and without a fraction of zero.
pub(super) fn push_float(out: &mut String, number: f64) {
    // Writing to a `String` cannot fail; adding zero turns `-0` into `0`.
    _ = write!(out, "{}", number + 0.0);
}

/// Returns whether text holds `,` or `:`, plain or percent-encoded (also more than once).
pub(super) fn has_separator(text: &str) -> bool {
    let encoded = |mut digits: &str| {
        while let Some(rest) = digits.strip_prefix("25") {
            digits = rest;
        }
        matches!(digits.as_bytes(), [b'2', b'c' | b'C', ..] | [b'3', b'a' | b'A', ..])
    };
    text.contains([',', ':']) || text.split('%').skip(1).any(encoded)
}

/// Returns whether the API reads text with a separator as one value nevertheless: the ratio `4:3`,
/// and the scheme of a URL.
fn is_single_value(text: &str, kind: Kind) -> bool {
    match kind {
        Kind::Ratio => text
            .split_once(':')
            .is_some_and(|(width, height)| is_decimal(width) && is_decimal(height)),
        Kind::Path => {
            let rest = text.strip_prefix("https:").or_else(|| text.strip_prefix("http:"));
            let is_url = |rest: &str| rest.starts_with("//") || rest.starts_with("@@@@");
            rest.is_some_and(|rest| is_url(rest) && !has_separator(rest))
        }
        _ => false,
    }
}

fn is_decimal(text: &str) -> bool {
    text.starts_with(|first: char| first.is_ascii_digit())
        && text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.')
}
