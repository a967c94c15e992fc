//! Text in EXIF: NUL-terminated ASCII, text behind a character code, UTF-16.

use super::tiff::Order;

/// Text up to the first NUL, trailing spaces included. UTF-8 where it is valid (what phones
/// write), else Latin-1.
pub(in crate::media) fn plain(data: &[u8]) -> String {
    let end = data.iter().position(|b| *b == 0).unwrap_or(data.len());
    let data = data.get(..end).unwrap_or_default();
    match std::str::from_utf8(data) {
        Ok(text) => text.to_owned(),
        Err(_) => bytes(data),
    }
}

/// `Copyright` has two NUL-terminated parts, photographer and editor; both, on two lines,
/// when there is an editor.
pub(super) fn copyright(data: &[u8]) -> String {
    let mut parts = data.splitn(3, |b| *b == 0).map(plain);
    let photographer = parts.next().unwrap_or_default();
    match parts.next() {
        Some(editor) if !editor.is_empty() => format!("{photographer}\n{editor}"),
        _ => photographer,
    }
}

/// One character a byte: nothing is lost and nothing is read into it.
pub(super) fn bytes(data: &[u8]) -> String {
    data.iter().map(|b| char::from(*b)).collect()
}

/// `UserComment`, `GPSProcessingMethod`, `GPSAreaInformation`: an eight-byte character code,
/// then the text. Without a code the whole is taken for text. Of JIS text the ASCII part is
/// readable, the rest becomes replacement characters.
pub(super) fn comment(data: &[u8], order: Order) -> String {
    let Some((code, rest)) = data.split_first_chunk::<8>() else {
        return plain(data);
    };
    // Some writers pad with spaces or in lower case.
    let name = code.map(|b| if b == b' ' { 0 } else { b.to_ascii_uppercase() });
    match &name {
        b"UNICODE\0" => utf16_guessed(rest, order),
        b"JIS\0\0\0\0\0" => {
            let ascii = |b: &u8| if b.is_ascii() { char::from(*b) } else { '\u{fffd}' };
            rest.iter().map(ascii).take_while(|c| *c != '\0').collect()
        }
        b"ASCII\0\0\0" | b"\0\0\0\0\0\0\0\0" => plain(rest),
        _ => plain(data),
    }
}

/// Windows' `XPTitle` and its like.
pub(in crate::media) fn utf16_le(data: &[u8]) -> String {
    utf16(data, Order::Little)
}

/// The standard says the block's byte order, some writers say otherwise: by a byte order mark
/// or by where the zero bytes of Western text stand.
fn utf16_guessed(data: &[u8], order: Order) -> String {
    match data {
        [0xfe, 0xff, rest @ ..] => return utf16(rest, Order::Big),
        [0xff, 0xfe, rest @ ..] => return utf16(rest, Order::Little),
        _ => {}
    }
    let zeros = |skip| data.iter().skip(skip).step_by(2).filter(|b| **b == 0).count();
    match zeros(0).cmp(&zeros(1)) {
        std::cmp::Ordering::Greater => utf16(data, Order::Big),
        std::cmp::Ordering::Less => utf16(data, Order::Little),
        std::cmp::Ordering::Equal => utf16(data, order),
    }
}

fn utf16(data: &[u8], order: Order) -> String {
    let units = data.chunks_exact(2).filter_map(|pair| pair.first_chunk().map(|b| order.u16(*b)));
    let units = units.take_while(|unit| *unit != 0);
    let chars = char::decode_utf16(units).map(|c| c.unwrap_or(char::REPLACEMENT_CHARACTER));
    chars.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_ends_at_the_first_nul() {
        assert_eq!(plain(b"Canon\0\0\0"), "Canon");
        assert_eq!(plain(b"Canon\0rubbish"), "Canon");
        assert_eq!(plain(b"NIKON   \0"), "NIKON   ");
        assert_eq!(plain(b"   "), "   ");
        assert_eq!(plain("Grüße".as_bytes()), "Grüße");
        assert_eq!(plain(b"Gr\xfc\xdfe"), "Grüße");
    }

    #[test]
    fn copyright_has_two_parts() {
        assert_eq!(copyright(b"Photographer\0Editor\0"), "Photographer\nEditor");
        assert_eq!(copyright(b"Photographer\0\0"), "Photographer");
        assert_eq!(copyright(b""), "");
    }

    #[test]
    fn comments_follow_their_character_code() {
        assert_eq!(comment(b"ASCII\0\0\0hello  \0", Order::Big), "hello  ");
        assert_eq!(comment(b"ascii   hello", Order::Big), "hello");
        assert_eq!(comment(b"\0\0\0\0\0\0\0\0hello", Order::Big), "hello");
        assert_eq!(comment(b"JIS\0\0\0\0\0abc", Order::Big), "abc");
        assert_eq!(comment(b"no code at all", Order::Big), "no code at all");
        assert_eq!(comment(b"short", Order::Big), "short");
        assert_eq!(comment(&[0; 40], Order::Big), "");
    }

    #[test]
    fn unicode_comments_are_read_in_either_order() {
        let big: Vec<u8> = "süß".encode_utf16().flat_map(u16::to_be_bytes).collect();
        let little: Vec<u8> = "süß".encode_utf16().flat_map(u16::to_le_bytes).collect();
        for order in [Order::Big, Order::Little] {
            for text in [&big, &little] {
                assert_eq!(comment(&[b"UNICODE\0", text.as_slice()].concat(), order), "süß");
            }
        }
        // Text without zero bytes: the order of the block decides.
        let kanji = [b"UNICODE\0", &0x6f22_5b57_u32.to_be_bytes()[..]].concat();
        assert_eq!(comment(&kanji, Order::Big), "漢字");
        let marked = [b"UNICODE\0\xfe\xff", &0x6f22_5b57_u32.to_be_bytes()[..]].concat();
        assert_eq!(comment(&marked, Order::Little), "漢字");
    }
}
