//! Percent-encoding: the one encoder for path segments and query values.

use crate::hex::push_percent;

/// Appends `text` with everything but RFC 3986's unreserved characters percent-encoded as UTF-8.
///
/// What this writes means the same in a path segment and in a query, whatever a proxy or a
/// transport thinks of `+`, `'` or `;`.
pub(crate) fn push_encoded(out: &mut String, text: &str) {
    if text.bytes().all(is_unreserved) {
        out.push_str(text);
        return;
    }
    for byte in text.bytes() {
        if is_unreserved(byte) {
            out.push(char::from(byte));
        } else {
            push_percent(out, byte);
        }
    }
}

fn is_unreserved(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_unreserved_characters_stay() {
        let mut out = String::new();
        push_encoded(&mut out, "AZaz09-._~ !'()*+,/:;=?@[]%&#\u{0}\u{e9}\u{1f600}");
        assert_eq!(
            out,
            "AZaz09-._~%20%21%27%28%29%2A%2B%2C%2F%3A%3B%3D%3F%40%5B%5D%25%26%23%00%C3%A9%F0%9F%98%80"
        );
    }
}
