//! SVG: the size that the root element states.

use roxmltree::{Document, ParsingOptions};

use super::Parts;

/// Most bytes of XML that are read: a drawing beyond that has no dimensions.
const MAX_BYTES: usize = 16 << 20;
/// Most elements, attributes and texts.
const MAX_NODES: u32 = 1 << 20;
/// CSS pixels per inch.
const PIXELS_PER_INCH: f64 = 96.0;

/// Reads `width` and `height`, or the `viewBox` where they are missing or relative.
pub(super) fn parts(bytes: &[u8]) -> Parts<'_> {
    Parts { dimensions: dimensions(bytes), alpha: Some(true), ..Parts::default() }
}

fn dimensions(bytes: &[u8]) -> Option<(u32, u32)> {
    let text = std::str::from_utf8(bytes.get(..MAX_BYTES.min(bytes.len()))?).ok()?;
    // Drawing programs declare entities for their namespaces.
    let options = ParsingOptions { allow_dtd: true, nodes_limit: MAX_NODES, ..Default::default() };
    let document = Document::parse_with_options(text, options).ok()?;
    let svg = document.root_element();
    if svg.tag_name().name() != "svg" {
        return None;
    }
    let stated = |name| svg.attribute(name).and_then(pixels);
    let mut view = svg.attribute("viewBox").unwrap_or_default();
    view = view.trim();
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
    fn a_prolog_with_entities_is_read_and_broken_xml_is_not() {
        let file = "<?xml version='1.0'?><!DOCTYPE svg [<!ENTITY ns 'http://www.w3.org/2000/svg'>]>
            <!-- <svg width='1'> --><svg xmlns='&ns;' width='3' height='4'><g/></svg>";
        assert_eq!(dimensions(file.as_bytes()), Some((3, 4)));
        assert_eq!(dimensions(&file.as_bytes()[..file.len() - 3]), None);
    }
}
