//! SVG: the size that the root element states.
//!
//! The root's start tag is read by hand: drawings are long, may be cut off, and declare entities,
//! all of which a parser of whole documents would have to go through.

use super::Parts;

/// CSS pixels per inch.
const PIXELS_PER_INCH: f64 = 96.0;

/// Reads `width` and `height`, or the `viewBox` where they are missing or relative.
pub(super) fn parts(bytes: &[u8]) -> Parts<'_> {
    Parts { dimensions: dimensions(bytes), alpha: Some(true), ..Parts::default() }
}

fn dimensions(bytes: &[u8]) -> Option<(u32, u32)> {
    let attributes = attributes(root(bytes)?);
    let attribute = |wanted: &str| {
        let found = attributes.iter().find(|(name, _)| *name == wanted.as_bytes());
        found.and_then(|(_, value)| std::str::from_utf8(value).ok())
    };
    let stated = |name| attribute(name).and_then(pixels);
    let view = attribute("viewBox").unwrap_or_default();
    let view: Vec<f64> = view
        .split([' ', ',', '\t', '\n', '\r'])
        .filter(|part| !part.is_empty())
        .map_while(|part| part.parse().ok())
        .collect();
    let view = match view.as_slice() {
        [_, _, width, height] if *width > 0.0 && *height > 0.0 => Some((*width, *height)),
        _ => None,
    };
    let (width, height) = match (stated("width"), stated("height"), view) {
        (Some(width), Some(height), _) => (width, height),
        (Some(width), None, Some((w, h))) => (width, width * h / w),
        (None, Some(height), Some((w, h))) => (height * w / h, height),
        (None, None, Some(view)) => view,
        _ => return None,
    };
    Some((whole(width)?, whole(height)?))
}

/// What is behind `<svg` up to the end of the file; `None` when the root is another element.
fn root(bytes: &[u8]) -> Option<&[u8]> {
    let mut rest = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    loop {
        rest = rest.trim_ascii_start();
        if rest.starts_with(b"<?") {
            rest = behind(rest, b"?>")?;
        } else if rest.starts_with(b"<!--") {
            rest = behind(rest, b"-->")?;
        } else if rest.starts_with(b"<!DOCTYPE") {
            // An internal subset holds declarations, each of which ends with `>`.
            let end = memchr::memchr2(b'[', b'>', rest)?;
            let subset = rest.get(end) == Some(&b'[');
            rest = if subset { behind(behind(rest, b"]")?, b">")? } else { rest.get(end + 1..)? };
        } else {
            let name = rest.strip_prefix(b"<")?;
            let end = name.iter().position(|b| b.is_ascii_whitespace() || b"/>".contains(b))?;
            let (name, attributes) = name.split_at(end);
            let local = name.rsplit(|b| *b == b':').next();
            return (local == Some(b"svg")).then_some(attributes);
        }
    }
}

fn behind<'a>(bytes: &'a [u8], mark: &[u8]) -> Option<&'a [u8]> {
    bytes.get(memchr::memmem::find(bytes, mark)? + mark.len()..)
}

/// Names and values up to the end of the tag, or to what is no attribute.
fn attributes(mut tag: &[u8]) -> Vec<(&[u8], &[u8])> {
    let mut found = Vec::new();
    while let Some((name, value, rest)) = attribute(tag) {
        found.push((name, value));
        tag = rest;
    }
    found
}

fn attribute(tag: &[u8]) -> Option<(&[u8], &[u8], &[u8])> {
    let tag = tag.trim_ascii_start();
    let end = memchr::memchr3(b'=', b'>', b'<', tag)?;
    let (name, rest) = tag.split_at(end);
    let rest = rest.strip_prefix(b"=")?.trim_ascii_start();
    let (quote, rest) = rest.split_first().filter(|(quote, _)| b"'\"".contains(quote))?;
    let end = memchr::memchr(*quote, rest)?;
    let (value, rest) = rest.split_at(end);
    Some((name.trim_ascii_end(), value, rest.get(1..)?))
}

/// A CSS length in pixels; percentages and lengths relative to text have none.
fn pixels(length: &str) -> Option<f64> {
    let length = length.trim();
    let unit = length.trim_start_matches(|c: char| c.is_ascii_digit() || "+-.eE".contains(c));
    // The `e` of `em` is no exponent.
    let (number, unit) = match length.strip_suffix("em") {
        Some(number) => (number, "em"),
        None => (length.strip_suffix(unit)?, unit),
    };
    let per_unit = match unit.trim() {
        "" | "px" => 1.0,
        "in" => PIXELS_PER_INCH,
        "cm" => PIXELS_PER_INCH / 2.54,
        "mm" => PIXELS_PER_INCH / 25.4,
        "pt" => PIXELS_PER_INCH / 72.0,
        "pc" => PIXELS_PER_INCH / 6.0,
        _ => return None,
    };
    number.trim().parse::<f64>().ok().map(|number| number * per_unit).filter(|side| *side > 0.0)
}

/// Rounds to whole pixels, at least one.
fn whole(side: f64) -> Option<u32> {
    (side.is_finite() && side <= f64::from(u32::MAX)).then(|| (side.round() as u32).max(1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_come_from_attributes_then_the_view_box() {
        for (attributes, expected) in [
            ("width='100' height='50.4px'", Some((100, 50))),
            ("width='1in' height='2.54cm'", Some((96, 96))),
            ("width='72pt' height='6pc'", Some((96, 96))),
            ("width='100%' height='100%' viewBox='0 0 30 20'", Some((30, 20))),
            ("width='60' viewBox='0,0,30,20'", Some((60, 40))),
            ("height='60' viewBox='0 0 30 20'", Some((90, 60))),
            ("viewBox='0 0 0.2 20'", Some((1, 20))),
            ("width='2em' height='3'", None),
            ("width='-3' height='3'", None),
            ("viewBox='0 0 x 20'", None),
            ("", None),
        ] {
            let file = format!("<svg xmlns='http://www.w3.org/2000/svg' {attributes}/>");
            assert_eq!(dimensions(file.as_bytes()), expected, "{attributes}");
        }
    }

    #[test]
    fn a_prolog_is_skipped_and_broken_tags_have_no_size() {
        let file = "<?xml version='1.0'?><!DOCTYPE svg [<!ENTITY ns 'http://www.w3.org/2000/svg'>]>
            <!-- <svg width='1'> --><svg xmlns='&ns;' width='3' height='4'><g/></svg>";
        assert_eq!(dimensions(file.as_bytes()), Some((3, 4)));
        assert_eq!(dimensions(&file.as_bytes()[..file.len() - 11]), Some((3, 4)));
        assert_eq!(dimensions(b"<svg:svg width='3' height = \"4\" x>"), Some((3, 4)));
        for broken in
            ["<html><svg width='3' height='4'/>", "<svg width=3 height=4/>", "<svg", "<!--"]
        {
            assert_eq!(dimensions(broken.as_bytes()), None, "{broken}");
        }
    }
}
