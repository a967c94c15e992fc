//! Text chunks of PNG: profiles in hexadecimal (ImageMagick's way before `eXIf`) and XMP.

use std::borrow::Cow;

use miniz_oxide::inflate::decompress_to_vec_zlib_with_limit;

use super::{Parts, photoshop};

/// Most bytes that a compressed text may expand to.
const MAX_TEXT: usize = 4 << 20;

/// Reads a text chunk; `false` when it is not one with metadata.
pub(super) fn read<'a>(parts: &mut Parts<'a>, kind: &[u8], chunk: &'a [u8]) -> bool {
    if kind == b"iTXt" {
        let Some(rest) = chunk.strip_prefix(b"XML:com.adobe.xmp\0") else { return false };
        parts.xmp.extend(international(rest));
        return true;
    }
    let Some((keyword, rest)) = split_nul(chunk) else { return false };
    let Some(profile) = keyword.strip_prefix(b"Raw profile type ") else { return false };
    let text = if kind == b"zTXt" { inflated(rest) } else { Some(Cow::Borrowed(rest)) };
    if let Some(bytes) = text.and_then(|text| unhex(&text)) {
        raw_profile(parts, profile, bytes);
    }
    true
}

fn raw_profile(parts: &mut Parts<'_>, profile: &[u8], bytes: Vec<u8>) {
    let exif = bytes.strip_prefix(b"Exif\0\0");
    let xmp = bytes.strip_prefix(b"http://ns.adobe.com/xap/1.0/\0");
    match profile {
        b"exif" | b"APP1" if exif.is_some() => parts.exif = exif.map(|exif| exif.to_vec().into()),
        b"exif" => parts.exif = Some(bytes.into()),
        b"xmp" | b"APP1" => parts.xmp.push(xmp.unwrap_or(&bytes).to_vec().into()),
        b"iptc" | b"8bim" => parts.iptc = photoshop::iptc(&bytes).map(|iptc| iptc.to_vec().into()),
        _ => {}
    }
}

/// The text of an `iTXt` chunk behind its keyword: compression flag and method, language and
/// translated keyword come before it.
fn international(rest: &[u8]) -> Option<Cow<'_, [u8]>> {
    let ([compressed, _], rest) = rest.split_first_chunk()?;
    let (_, rest) = split_nul(rest)?;
    let (_, text) = split_nul(rest)?;
    if *compressed == 0 { Some(Cow::Borrowed(text)) } else { zlib(text) }
}

fn split_nul(bytes: &[u8]) -> Option<(&[u8], &[u8])> {
    let end = bytes.iter().position(|byte| *byte == 0)?;
    Some((bytes.get(..end)?, bytes.get(end + 1..)?))
}

/// The text of a `zTXt` chunk, behind its compression method.
fn inflated(bytes: &[u8]) -> Option<Cow<'_, [u8]>> {
    zlib(bytes.strip_prefix(&[0])?)
}

/// A text that expands too much is dropped.
fn zlib(bytes: &[u8]) -> Option<Cow<'_, [u8]>> {
    decompress_to_vec_zlib_with_limit(bytes, MAX_TEXT).ok().map(Cow::Owned)
}

/// Three lines: the profile's name, its length, then digits with line breaks among them.
fn unhex(text: &[u8]) -> Option<Vec<u8>> {
    let text = std::str::from_utf8(text).ok()?.trim_start();
    let (_name, rest) = text.split_once('\n')?;
    let (length, digits) = rest.trim_start().split_once('\n')?;
    let length: usize = length.trim().parse().ok()?;
    let digits: Vec<u8> = digits.chars().filter_map(|c| c.to_digit(16)?.try_into().ok()).collect();
    let bytes = digits.chunks_exact(2).filter_map(|pair| Some(pair.first()? << 4 | pair.last()?));
    Some(bytes.take(length).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_are_read_across_lines_up_to_the_length() {
        assert_eq!(unhex(b"\nexif\n      3\n4D4\nd00ff\n").unwrap(), [0x4d, 0x4d, 0]);
        assert_eq!(unhex(b"exif\nmany\n00"), None);
    }

    #[test]
    fn a_text_that_expands_too_much_is_dropped() {
        let bomb = miniz_oxide::deflate::compress_to_vec_zlib(&vec![b'0'; MAX_TEXT + 1], 9);
        assert!(bomb.len() < 10_000);
        assert_eq!(zlib(&bomb), None);
    }
}
