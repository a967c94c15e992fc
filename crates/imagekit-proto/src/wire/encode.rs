//! Percent-encoding for every URL of this crate: which byte each part of a URL may hold, and the
//! functions that write the others as `%XX`.
//!
//! API requests encode whatever RFC 3986 does not call unreserved ([`push_encoded`]). Delivery URLs
//! keep what the caller has encoded already and encode only what a client would rewrite, by the
//! sets of the WHATWG URL standard, which browsers, Node and reqwest apply: a URL that they rewrite
//! breaks its own signature. Added to it is the backslash in paths, which they turn into a slash.

use crate::hex::push_percent;

/// The longest URI that `http::Uri` holds, scheme and host included, in bytes.
pub(crate) const MAX_URI_LENGTH: usize = 65_534;

/// A set of bytes to encode; sets are combined with `|`.
pub(crate) type Escapes = u16;

/// Nothing is encoded: text that is not part of a URL.
pub(crate) const NOTHING: Escapes = 0;
/// Bytes that a path cannot hold; slashes separate segments.
pub(crate) const PATH: Escapes = 1;
/// Bytes that end a value inside a path: the slash.
pub(crate) const SLASH: Escapes = 1 << 1;
/// Bytes that a query cannot hold.
pub(crate) const QUERY: Escapes = 1 << 2;
/// Bytes that end a value inside a query: the ampersand.
pub(crate) const AMPERSAND: Escapes = 1 << 3;
/// Bytes that a fragment cannot hold.
pub(crate) const FRAGMENT: Escapes = 1 << 4;
/// Bytes that a form-encoded name or value cannot hold; a space becomes `+`.
pub(crate) const FORM: Escapes = 1 << 5;
/// Bytes that JavaScript's `encodeURIComponent` encodes.
pub(crate) const COMPONENT: Escapes = 1 << 6;
/// Bytes that RFC 3986 does not call unreserved.
pub(crate) const RESERVED: Escapes = 1 << 7;
/// Bytes that may separate the parameters and steps of a transformation, or begin the encoding of
/// such a byte. For [`is_plain`]; nothing encodes them.
pub(crate) const SEPARATOR: Escapes = 1 << 8;

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
    if !byte.is_ascii_graphic() || matches!(byte, b'"' | b'<' | b'>') {
        return PATH | QUERY | FRAGMENT | FORM | COMPONENT | RESERVED;
    }
    if byte.is_ascii_alphanumeric() {
        return NOTHING;
    }
    let mut escapes = match byte {
        b'#' => PATH | QUERY,
        b'?' | b'{' | b'}' | b'^' | b'\\' => PATH,
        b'`' => PATH | FRAGMENT,
        b'\'' => QUERY,
        b'/' => SLASH,
        b'&' => AMPERSAND,
        b',' | b':' | b'%' => SEPARATOR,
        _ => NOTHING,
    };
    if !matches!(byte, b'*' | b'-' | b'.' | b'_') {
        escapes |= FORM;
    }
    if !matches!(byte, b'-' | b'_' | b'.' | b'!' | b'~' | b'*' | b'\'' | b'(' | b')') {
        escapes |= COMPONENT;
    }
    if !matches!(byte, b'-' | b'.' | b'_' | b'~') {
        escapes |= RESERVED;
    }
    escapes
}

/// Returns whether `byte` is one of `escapes`.
pub(crate) const fn must_escape(byte: u8, escapes: Escapes) -> bool {
    ESCAPES[byte as usize] & escapes != 0
}

/// Returns whether `text` has none of `escapes`.
pub(crate) fn is_plain(text: &str, escapes: Escapes) -> bool {
    !text.bytes().any(|byte| must_escape(byte, escapes))
}

/// Appends `text` with each byte of `escapes` as `%XX`. Sets without `%` ([`PATH`], [`QUERY`],
/// [`FRAGMENT`]) keep what is encoded already.
pub(crate) fn push(out: &mut String, text: &str, escapes: Escapes) {
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

/// Appends `text` with everything but RFC 3986's unreserved characters percent-encoded as UTF-8.
///
/// The result means the same in a path segment and in a query, however a proxy or a transport
/// treats `+`, `'` or `;`.
pub(crate) fn push_encoded(out: &mut String, text: &str) {
    push(out, text, RESERVED);
}

/// How a client that resolves dot segments reads a path segment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Segment {
    /// `.` or `%2e`: this folder.
    Current,
    /// `..`, in any encoding: the folder above.
    Parent,
    /// Anything else.
    Name,
}

/// Classifies one path segment as the WHATWG URL standard does.
pub(crate) fn segment(text: &str) -> Segment {
    let is = |dots: &[&str]| dots.iter().any(|dot| text.eq_ignore_ascii_case(dot));
    if text.len() > 6 || !text.starts_with(['.', '%']) {
        Segment::Name
    } else if is(&[".", "%2e"]) {
        Segment::Current
    } else if is(&["..", ".%2e", "%2e.", "%2e%2e"]) {
        Segment::Parent
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
    fn push_encoded_keeps_only_unreserved_characters() {
        let mut out = String::new();
        push_encoded(&mut out, "AZaz09-._~ !'()*+,/:;=?@[]%&#\u{0}\u{e9}\u{1f600}");
        assert_eq!(
            out,
            "AZaz09-._~%20%21%27%28%29%2A%2B%2C%2F%3A%3B%3D%3F%40%5B%5D%25%26%23%00%C3%A9%F0%9F%98%80"
        );
    }

    #[test]
    fn each_part_of_a_url_has_its_set() {
        assert_eq!(escaped("a é\n/", NOTHING), "a é\n/");
        assert_eq!(escaped("a b/é?#", PATH), "a%20b/%C3%A9%3F%23");
        assert_eq!(escaped("a/b", PATH | SLASH), "a%2Fb");
        assert_eq!(escaped("it's?a&b#", QUERY), "it%27s?a&b%23");
        assert_eq!(escaped("a&b", QUERY | AMPERSAND), "a%26b");
        assert_eq!(escaped("a b`'", FRAGMENT), "a%20b%60'");
        assert_eq!(escaped("a b~+\n", FORM), "a+b%7E%2B%0A");
        assert_eq!(escaped("a b!'~/@", COMPONENT), "a%20b!'~%2F%40");
        assert_eq!(escaped("100%25 \u{7f}", PATH), "100%25%20%7F");
        assert_eq!(escaped("100%25", COMPONENT), "100%2525");
    }

    #[test]
    fn segment_recognises_encoded_dots() {
        for parent in ["..", "%2e.", ".%2E", "%2e%2E"] {
            assert_eq!(segment(parent), Segment::Parent, "{parent}");
        }
        for current in [".", "%2E"] {
            assert_eq!(segment(current), Segment::Current, "{current}");
        }
        for name in ["", "...", ".a", "%2e%2e%2e", "a"] {
            assert_eq!(segment(name), Segment::Name, "{name}");
        }
    }
}
