//! Percent-encoding: which byte may stand where, and the one function that writes it.
//!
//! The sets for paths, queries and fragments are those of the WHATWG URL standard, which
//! browsers, Node and reqwest apply to whatever they are given: a URL that they would rewrite
//! breaks its own signature. Added to it is the backslash in paths, which they turn into a slash.

use crate::hex::push_percent;

/// What a byte may not be written as plainly; a mask of several sets is their union.
pub(super) type Escapes = u8;

/// Nothing is escaped: text for people and for other texts, not for a URL.
pub(super) const NOTHING: Escapes = 0;
/// Not in a path, where slashes are meant as slashes.
pub(super) const PATH: Escapes = 1;
/// Not inside a path segment: the slash.
pub(super) const SLASH: Escapes = 1 << 1;
/// Not in a query that is passed through.
pub(super) const QUERY: Escapes = 1 << 2;
/// Not inside a value of a query: the ampersand.
pub(super) const AMPERSAND: Escapes = 1 << 3;
/// Not in a fragment.
pub(super) const FRAGMENT: Escapes = 1 << 4;
/// Not in a name or value that is form-encoded (a space becomes `+`).
pub(super) const FORM: Escapes = 1 << 5;
/// Not in a component as JavaScript's `encodeURIComponent` writes it.
pub(super) const COMPONENT: Escapes = 1 << 6;

static ESCAPES: [Escapes; 256] = table();

const fn table() -> [Escapes; 256] {
    let mut table = [0; 256];
    let mut byte = 0;
    while byte < table.len() {
        table[byte] = escapes_of(byte as u8);
        byte += 1;
    }
    table
}

const fn escapes_of(byte: u8) -> Escapes {
    let mut escapes = 0;
    if !byte.is_ascii_graphic() || matches!(byte, b'"' | b'<' | b'>') {
        return PATH | QUERY | FRAGMENT | FORM | COMPONENT;
    }
    if matches!(byte, b'#' | b'?' | b'`' | b'{' | b'}' | b'^' | b'\\') {
        escapes |= PATH;
    }
    if matches!(byte, b'#' | b'\'') {
        escapes |= QUERY;
    }
    if byte == b'`' {
        escapes |= FRAGMENT;
    }
    if byte == b'/' {
        escapes |= SLASH;
    }
    if byte == b'&' {
        escapes |= AMPERSAND;
    }
    if !byte.is_ascii_alphanumeric() && !matches!(byte, b'*' | b'-' | b'.' | b'_') {
        escapes |= FORM;
    }
    if !byte.is_ascii_alphanumeric()
        && !matches!(byte, b'-' | b'_' | b'.' | b'!' | b'~' | b'*' | b'\'' | b'(' | b')')
    {
        escapes |= COMPONENT;
    }
    escapes
}

/// Whether `byte` is one of `escapes`.
pub(super) const fn must_escape(byte: u8, escapes: Escapes) -> bool {
    ESCAPES[byte as usize] & escapes != 0
}

/// Whether `text` stands as it is under `escapes`.
pub(super) fn is_plain(text: &str, escapes: Escapes) -> bool {
    !text.bytes().any(|byte| must_escape(byte, escapes))
}

/// Appends `text`, writing each byte of `escapes` as `%XX`. A `%` that is there stays: what is
/// encoded already is not encoded twice.
pub(super) fn push(out: &mut String, text: &str, escapes: Escapes) {
    if is_plain(text, escapes) {
        out.push_str(text);
        return;
    }
    for character in text.chars() {
        let mut buffer = [0; 4];
        let encoded = character.encode_utf8(&mut buffer);
        if is_plain(encoded, escapes) {
            out.push(character);
        } else if character == ' ' && escapes == FORM {
            out.push('+');
        } else {
            encoded.bytes().for_each(|byte| push_percent(out, byte));
        }
    }
}

/// Appends the decimal digits of `number`.
pub(super) fn push_integer(out: &mut String, number: i64) {
    if number < 0 {
        out.push('-');
    }
    push_unsigned(out, number.unsigned_abs());
}

/// Appends the decimal digits of `number`.
pub(super) fn push_unsigned(out: &mut String, number: u64) {
    out.push_str(digits(number, &mut [0; 20]));
}

/// The decimal digits of `number`, written into `buffer`.
pub(super) fn digits(mut number: u64, buffer: &mut [u8; 20]) -> &str {
    let mut start = buffer.len();
    for digit in buffer.iter_mut().rev() {
        *digit = b'0' + (number % 10) as u8;
        number /= 10;
        start -= 1;
        if number == 0 {
            break;
        }
    }
    buffer.get(start..).and_then(|digits| std::str::from_utf8(digits).ok()).unwrap_or_default()
}

/// What a path segment is to a client that resolves it, `%2e` included.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Segment {
    /// `.`: this folder.
    Here,
    /// `..`: the folder above.
    Up,
    /// Anything else.
    Name,
}

/// Classifies one path segment as the WHATWG URL standard does.
pub(super) fn segment(text: &str) -> Segment {
    let is = |dots: &[&str]| dots.iter().any(|dot| text.eq_ignore_ascii_case(dot));
    if text.len() > 6 || !text.starts_with(['.', '%']) {
        Segment::Name
    } else if is(&[".", "%2e"]) {
        Segment::Here
    } else if is(&["..", ".%2e", "%2e.", "%2e%2e"]) {
        Segment::Up
    } else {
        Segment::Name
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn escaped(text: &str, escapes: Escapes) -> String {
        let mut out = String::new();
        push(&mut out, text, escapes);
        out
    }

    #[test]
    fn escapes_by_place() {
        assert_eq!(escaped("a b/é?#", PATH), "a%20b/%C3%A9%3F%23");
        assert_eq!(escaped("a/b", PATH | SLASH), "a%2Fb");
        assert_eq!(escaped("it's?a&b#", QUERY), "it%27s?a&b%23");
        assert_eq!(escaped("a&b", QUERY | AMPERSAND), "a%26b");
        assert_eq!(escaped("a b~+\n", FORM), "a+b%7E%2B%0A");
        assert_eq!(escaped("a b!'~/@", COMPONENT), "a%20b!'~%2F%40");
        assert_eq!(escaped("100%25 \u{7f}", PATH), "100%25%20%7F");
    }

    #[test]
    fn writes_numbers() {
        for number in [0, 7, 10, -1, 12_345, i64::MAX, i64::MIN] {
            let mut out = String::new();
            push_integer(&mut out, number);
            assert_eq!(out, number.to_string());
        }
        let mut out = String::new();
        push_unsigned(&mut out, u64::MAX);
        assert_eq!(out, u64::MAX.to_string());
    }

    #[test]
    fn knows_dot_segments_in_disguise() {
        for up in ["..", "%2e.", ".%2E", "%2e%2E"] {
            assert!(segment(up) == Segment::Up, "{up}");
        }
        for here in [".", "%2E"] {
            assert!(segment(here) == Segment::Here, "{here}");
        }
        for name in ["", "...", ".a", "%2e%2e%2e", "a"] {
            assert!(segment(name) == Segment::Name, "{name}");
        }
    }
}
