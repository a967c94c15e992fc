//! Which kind of file this is, decided by its first bytes alone.

use image::ImageFormat;

/// A recognised file type.
pub(super) struct Sniffed {
    /// ImageKit's short name (`jpg`, `png`), which is the usual file extension.
    pub(super) extension: Option<&'static str>,
    pub(super) mime: &'static str,
    /// The decoder that reads its pixels, for the four formats that are measured.
    pub(super) pixels: Option<ImageFormat>,
}

/// Recognises the type by its magic bytes; unknown bytes are `application/octet-stream`.
pub(super) fn sniff(bytes: &[u8]) -> Sniffed {
    let Some(kind) = infer::get(bytes) else {
        if is_svg(bytes) {
            return Sniffed { extension: Some("svg"), mime: "image/svg+xml", pixels: None };
        }
        return Sniffed { extension: None, mime: "application/octet-stream", pixels: None };
    };
    let (extension, mime) = (kind.extension(), kind.mime_type());
    let pixels = match mime {
        "image/jpeg" => Some(ImageFormat::Jpeg),
        "image/png" => Some(ImageFormat::Png),
        "image/gif" => Some(ImageFormat::Gif),
        "image/webp" => Some(ImageFormat::WebP),
        _ => None,
    };
    if extension == "xml" && is_svg(bytes) {
        return Sniffed { extension: Some("svg"), mime: "image/svg+xml", pixels };
    }
    Sniffed { extension: Some(extension), mime, pixels }
}

/// An SVG has no magic bytes: an `<svg` element near the start of XML text.
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
        assert_eq!(sniff(b"").extension, None);
    }
}
