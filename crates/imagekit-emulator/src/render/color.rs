//! Colors as the API writes them.

use image::Rgba;

use super::color_names::NAMES;
use super::refusal::Refusal;

/// Black, what padding is filled with by default (the public docs, `bg`).
pub(super) const BLACK: Rgba<u8> = Rgba([0, 0, 0, 255]);
pub(super) const CLEAR: Rgba<u8> = Rgba([0, 0, 0, 0]);

/// Reads the color of the parameter `code`: a name, `RRGGBB`, or `RRGGBBAA` with an opacity of 00
/// to 99.
pub(super) fn parse(code: &str, text: &str) -> Result<Rgba<u8>, Refusal> {
    read(text).ok_or_else(|| Refusal::invalid(code, text))
}

fn read(text: &str) -> Option<Rgba<u8>> {
    let text = text.strip_prefix('#').unwrap_or(text);
    let name = text.to_ascii_lowercase();
    if let Ok(found) = NAMES.binary_search_by_key(&name.as_str(), |(name, _)| name) {
        return NAMES.get(found).map(|(_, color)| opaque(*color));
    }
    if name == "transparent" {
        return Some(CLEAR);
    }
    if !text.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return None;
    }
    let hex = |text: &str| u32::from_str_radix(text, 16).ok();
    match text.len() {
        3 => {
            let wide: String = text.chars().flat_map(|digit| [digit, digit]).collect();
            hex(&wide).map(opaque)
        }
        6 => hex(text).map(opaque),
        8 => {
            let (color, opacity) = text.split_at(6);
            let Rgba([r, g, b, _]) = opaque(hex(color)?);
            let opacity: u32 = opacity.parse().ok()?;
            // 99 is the most that two digits can say.
            Some(Rgba([r, g, b, (opacity * 255 / 99) as u8]))
        }
        _ => None,
    }
}

fn opaque(color: u32) -> Rgba<u8> {
    let [_, r, g, b] = color.to_be_bytes();
    Rgba([r, g, b, 255])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colors() {
        assert!(NAMES.is_sorted());
        for (text, expected) in [
            ("red", Some([255, 0, 0, 255])),
            ("DarkSlateGray", Some([47, 79, 79, 255])),
            ("A94D34", Some([169, 77, 52, 255])),
            ("f00", Some([255, 0, 0, 255])),
            ("00FF0099", Some([0, 255, 0, 255])),
            ("00FF0000", Some([0, 255, 0, 0])),
            ("00FF00AA", None),
            ("no color", None),
            ("é", None),
            ("", None),
        ] {
            assert_eq!(parse("bg", text).ok().map(|color| color.0), expected, "{text}");
        }
    }
}
