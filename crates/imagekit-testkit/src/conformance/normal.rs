//! Normal forms: two texts that differ in one respect have the same one.

/// URLs without their signatures, which differ wherever the URLs do.
pub(crate) fn unsigned(text: &str) -> String {
    let mut parts = text.split("ik-s=");
    let mut out = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        out.push_str(part.trim_start_matches(|c: char| c.is_ascii_hexdigit()));
    }
    out
}

/// Percent-encodes what RFC 3986 forbids in a URL, and the apostrophe.
pub(crate) fn escaped(text: &str) -> String {
    let mut out = String::new();
    for byte in text.bytes() {
        if byte.is_ascii_graphic() && !b"\"<>\\^`{|}'".contains(&byte) {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
}

/// Decodes the delimiters of a URL. The text before a signature depends on them.
pub(crate) fn delimiters(text: &str) -> String {
    let codes = [("%23", "#"), ("%3F", "?"), ("%2F", "/"), ("%26", "&")];
    let plain = codes.iter().fold(text.to_owned(), |text, (code, plain)| text.replace(code, plain));
    let even = plain.replace("?&", "&").replace("?ik-t=", "&ik-t=");
    even.trim_end_matches(['?', '&']).to_owned()
}

/// Undoes the patterns `$$` and `$&`, the second of which inserts the placeholder that the Node
/// package replaces.
pub(crate) fn dollars(text: &str) -> String {
    text.replace("PLEASEREPLACEJUSTBEFORESIGN", "$&").replace("$$", "$")
}

/// Drops a fragment. Node writes parameters after it; Python drops it too.
pub(crate) fn without_fragment(text: &str) -> String {
    let (url, fragment) = text.split_once('#').unwrap_or((text, ""));
    let (_, parameters) = fragment.split_at(fragment.find(['?', '&']).unwrap_or(fragment.len()));
    format!("{url}{parameters}")
}

/// Writes each question mark once, and none at the end.
pub(crate) fn single_question_mark(text: &str) -> String {
    text.replace("??", "?").trim_end_matches('?').to_owned()
}

/// Drops the control characters that the WHATWG URL standard drops.
pub(crate) fn without_controls(text: &str) -> String {
    let codes = ["%09", "%0A", "%0D", "\t", "\n", "\r"];
    codes.iter().fold(text.to_owned(), |text, code| text.replace(code, ""))
}

/// Writes backslashes as slashes, each once.
pub(crate) fn slashes(text: &str) -> String {
    text.replace("%5C", "/").replace('\\', "/").replace("//", "/")
}

/// Decodes the query as a form.
pub(crate) fn form_decoded(url: &str) -> String {
    let Some((path, query)) = url.split_once('?') else { return url.to_owned() };
    let pairs = query.split('&').filter(|pair| !pair.is_empty()).map(|pair| {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        format!("{}={}", decoded(name), decoded(value))
    });
    format!("{path}?{}", pairs.collect::<Vec<_>>().join("&"))
}

fn decoded(text: &str) -> String {
    let mut out = Vec::new();
    let mut rest = text.as_bytes();
    while let [byte, more @ ..] = rest {
        let code = more.get(..2).and_then(|digits| std::str::from_utf8(digits).ok());
        let value = code.and_then(|digits| u8::from_str_radix(digits, 16).ok());
        rest = more;
        match (byte, value) {
            (b'%', Some(value)) => {
                out.push(value);
                rest = more.get(2..).unwrap_or_default();
            }
            (b'+', _) => out.push(b' '),
            (byte, _) => out.push(*byte),
        }
    }
    String::from_utf8_lossy(&out).into_owned()
}

/// Drops query parameters that are `null` in JavaScript or `None` in Python.
pub(crate) fn without_null(url: &str) -> String {
    let Some((path, query)) = url.split_once('?') else { return url.to_owned() };
    let there = |pair: &&str| !pair.ends_with("=null") && !pair.ends_with("=None");
    let pairs: Vec<&str> = query.split('&').filter(there).collect();
    if pairs.is_empty() { path.to_owned() } else { format!("{path}?{}", pairs.join("&")) }
}

/// Writes the numbers of a transformation string the same way.
pub(crate) fn plain_numbers(text: &str) -> String {
    let value = |item: &str| match item.split_once('-') {
        Some((code, value)) if value.contains(['e', '.']) || value.len() > 15 => {
            let number = value.parse::<f64>().map(|number| format!("{code}-{number}"));
            number.unwrap_or_else(|_| item.to_owned())
        }
        _ => item.to_owned(),
    };
    text.split(',').map(value).collect::<Vec<_>>().join(",")
}

/// Names each candidate of a `srcset` once.
pub(crate) fn single_candidates(text: &str) -> String {
    let mut candidates: Vec<&str> = text.split(", ").collect();
    candidates.dedup();
    candidates.join(", ")
}

/// Drops the width of the last step, and the `srcset` with it.
pub(crate) fn without_width(text: &str) -> String {
    let Some((before, after)) = text.rsplit_once(",c-at_max") else { return text.to_owned() };
    match before.rsplit_once("w-") {
        Some((before, _)) if !after.contains(' ') => format!("{before}c-at_max{after}"),
        _ => String::new(),
    }
}
