//! What a layer shows, and how it is written.

use super::{
    key::{Kind, trim_slashes},
    writer::Writer,
};
use crate::wire::encode;
use base64::{Engine as _, engine::general_purpose::STANDARD};

/// How a layer's text or path is written into the URL.
///
/// From the OpenAPI file: `encoding` of the overlays.
///
/// ```
/// use imagekit_proto::delivery::{Encoding, Overlay, Transformation};
///
/// let written = |encoding| {
///     let overlay = Overlay::text("a, b").encoding(encoding);
///     Transformation::new().overlay(overlay).to_string()
/// };
/// assert_eq!(written(Encoding::Auto), "l-text,ie-YSwgYg%3D%3D,l-end");
/// assert_eq!(written(Encoding::Plain), "l-text,i-a%2C%20b,l-end");
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
#[expect(clippy::exhaustive_enums, reason = "a choice of this crate's, not of the API's")]
pub enum Encoding {
    /// Plain if it holds only letters, digits and `-._ ` (and `/` in a path), base64 otherwise.
    #[default]
    Auto,
    /// Always plain (`i-`): text percent-encoded, the slashes of a path as `@@`. A path with `,` or
    /// `:` is refused; a whole URL may be a path.
    Plain,
    /// Always base64 (`ie-`).
    Base64,
}

/// What a layer shows.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Content {
    Text(String),
    Image(String),
    Video(String),
    Subtitle(String),
    SolidColor(String),
}

impl Content {
    pub(super) fn text(&self) -> &str {
        match self {
            Self::Text(text)
            | Self::Image(text)
            | Self::Video(text)
            | Self::Subtitle(text)
            | Self::SolidColor(text) => text,
        }
    }

    pub(super) fn write(&self, encoding: Encoding, writer: &mut Writer<'_>) {
        let kind = match self {
            Self::SolidColor(color) => {
                writer.literal("l-image,i-ik_canvas,bg-");
                return writer.value("bg", color, Kind::Value);
            }
            Self::Text(_) => "l-text,",
            Self::Image(_) => "l-image,",
            Self::Video(_) => "l-video,",
            Self::Subtitle(_) => "l-subtitles,",
        };
        writer.literal(kind);
        let (text, is_path) = match self {
            Self::Text(text) => (text.as_str(), false),
            path => (path.text(), true),
        };
        let plain = match encoding {
            Encoding::Auto => is_simple(text, is_path),
            Encoding::Plain => true,
            Encoding::Base64 => false,
        };
        let text = if is_path { trim_slashes(text) } else { text };
        if !plain {
            return write_base64(text, writer);
        }
        writer.literal("i-");
        if is_path { writer.path("i", text) } else { writer.component(text) }
    }
}

/// Returns whether the published packages write this without base64.
fn is_simple(text: &str, is_path: bool) -> bool {
    text.chars().all(|c| c.is_ascii_alphanumeric() || "-._ ".contains(c) || (is_path && c == '/'))
}

fn write_base64(text: &str, writer: &mut Writer<'_>) {
    writer.literal("ie-");
    // A multiple of three bytes at a time needs no padding in between, and no allocation.
    for chunk in text.as_bytes().chunks(48) {
        let mut buffer = [0; 64];
        let encoded = STANDARD
            .encode_slice(chunk, &mut buffer)
            .ok()
            .and_then(|length| buffer.get(..length))
            .and_then(|bytes| std::str::from_utf8(bytes).ok());
        // 48 bytes make 64 ASCII characters, so there always is a text.
        encode::push(writer.out, encoded.unwrap_or_default(), encode::COMPONENT);
    }
}
