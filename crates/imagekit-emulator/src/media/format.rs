//! Which kind of file this is, decided by its first bytes alone.

/// A recognised file type.
#[derive(Clone, Copy, Debug)]
pub(super) struct Sniffed {
    /// ImageKit's short name (`jpg`, `png`), which is the usual file extension.
    pub(super) extension: Option<&'static str>,
    pub(super) mime: &'static str,
    pub(super) kind: Kind,
}

/// The reader that a file needs.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Kind {
    Jpeg,
    Png,
    Gif,
    WebP,
    Tiff,
    Bmp,
    /// AVIF and HEIC: ISO base media with a `meta` box.
    Heif,
    Svg,
    /// MP4, MOV, M4A: ISO base media with a `moov` box.
    Mp4,
    /// WebM and its superset.
    Matroska,
    /// Nothing more than the type is known.
    Other,
}

/// Recognises the type by its magic bytes; unknown bytes are `application/octet-stream`.
pub(super) fn sniff(bytes: &[u8]) -> Sniffed {
    if let Some(found) = iso_base_media(bytes).or_else(|| matroska(bytes)) {
        return found;
    }
    let known = infer::get(bytes);
    // An SVG has no magic bytes of its own, or those of XML.
    if known.is_none_or(|known| known.extension() == "xml") && is_svg(bytes) {
        return Sniffed { extension: Some("svg"), mime: "image/svg+xml", kind: Kind::Svg };
    }
    let Some(known) = known else {
        return Sniffed { extension: None, mime: "application/octet-stream", kind: Kind::Other };
    };
    let kind = match known.mime_type() {
        "image/jpeg" => Kind::Jpeg,
        "image/png" => Kind::Png,
        "image/gif" => Kind::Gif,
        "image/webp" => Kind::WebP,
        "image/tiff" => Kind::Tiff,
        "image/bmp" => Kind::Bmp,
        "video/mp4" | "video/quicktime" | "video/x-m4v" | "audio/m4a" => Kind::Mp4,
        _ => Kind::Other,
    };
    Sniffed { extension: Some(known.extension()), mime: known.mime_type(), kind }
}

/// The file types that share the `ftyp` box, by their brands.
fn iso_base_media(bytes: &[u8]) -> Option<Sniffed> {
    if bytes.get(4..8)? != b"ftyp" {
        return None;
    }
    let major = bytes.get(8..12)?;
    let length = usize::try_from(u32::from_be_bytes(*bytes.first_chunk()?)).ok()?;
    let brands = bytes.get(16..length.min(bytes.len())).unwrap_or_default();
    let compatible = |brand: &[u8]| brands.chunks_exact(4).any(|other| other == brand);
    let (extension, mime, kind) = match major {
        b"avif" | b"avis" => ("avif", "image/avif", Kind::Heif),
        // The brands of any still image or sequence; the codec is among the compatible ones.
        b"mif1" | b"msf1" if compatible(b"avif") || compatible(b"avis") => {
            ("avif", "image/avif", Kind::Heif)
        }
        b"heic" | b"heix" | b"heim" | b"heis" | b"hevc" | b"hevx" | b"mif1" | b"msf1" => {
            ("heic", "image/heic", Kind::Heif)
        }
        b"qt  " => ("mov", "video/quicktime", Kind::Mp4),
        b"M4A " | b"M4B " => ("m4a", "audio/mp4", Kind::Mp4),
        [b'3', b'g', b'2', _] => ("3g2", "video/3gpp2", Kind::Mp4),
        [b'3', b'g', b'p', _] => ("3gp", "video/3gpp", Kind::Mp4),
        b"M4V " | b"isom" | b"iso2" | b"iso3" | b"iso4" | b"iso5" | b"iso6" | b"mp41" | b"mp42"
        | b"avc1" | b"dash" | b"MSNV" | b"mmp4" => ("mp4", "video/mp4", Kind::Mp4),
        _ => return None,
    };
    Some(Sniffed { extension: Some(extension), mime, kind })
}

/// WebM and its superset differ in the document type, which the first element holds.
fn matroska(bytes: &[u8]) -> Option<Sniffed> {
    let header = bytes.strip_prefix(b"\x1a\x45\xdf\xa3")?;
    let header = header.get(..64).unwrap_or(header);
    if memchr::memmem::find(header, b"webm").is_some() {
        return Some(Sniffed { extension: Some("webm"), mime: "video/webm", kind: Kind::Matroska });
    }
    Some(Sniffed { extension: Some("mkv"), mime: "video/x-matroska", kind: Kind::Matroska })
}

/// An `<svg` element near the start of XML text.
fn is_svg(bytes: &[u8]) -> bool {
    let head = bytes.get(..1024).unwrap_or(bytes);
    let text = String::from_utf8_lossy(head);
    let text = text.trim_start_matches('\u{feff}').trim_start();
    text.starts_with("<svg")
        || (["<?xml", "<!--", "<!DOCTYPE"].iter().any(|p| text.starts_with(p))
            && text.contains("<svg"))
}

#[cfg(test)]
mod tests {
    use super::sniff;

    #[test]
    fn files_are_known_by_their_first_bytes() {
        assert_eq!(sniff(b"\xff\xd8\xff\xe0").extension, Some("jpg"));
        assert_eq!(sniff(b"\x89PNG\r\n\x1a\n").extension, Some("png"));
        assert_eq!(sniff(b"GIF89a").mime, "image/gif");
        assert_eq!(sniff(b"%PDF-1.7").mime, "application/pdf");
        assert_eq!(sniff(b"<?xml version=\"1.0\"?>\n<svg/>").mime, "image/svg+xml");
        assert_eq!(sniff(b"hello").mime, "application/octet-stream");
        assert_eq!(sniff(b"\x1a\x45\xdf\xa3\x8b\x42\x82\x88matroska").extension, Some("mkv"));
        assert_eq!(sniff(b"").extension, None);
    }

    #[test]
    fn brands_tell_images_video_and_audio_apart() {
        for (major, compatible, mime) in [
            (b"avif", b"mif1", "image/avif"),
            (b"mif1", b"avif", "image/avif"),
            (b"mif1", b"heic", "image/heic"),
            (b"heic", b"mif1", "image/heic"),
            (b"isom", b"mp42", "video/mp4"),
            (b"qt  ", b"qt  ", "video/quicktime"),
            (b"M4A ", b"isom", "audio/mp4"),
            (b"3gp4", b"isom", "video/3gpp"),
            (b"3g2a", b"isom", "video/3gpp2"),
        ] {
            let file = [b"\0\0\0\x14ftyp".as_slice(), major, &[0; 4], compatible].concat();
            assert_eq!(sniff(&file).mime, mime);
        }
    }
}
