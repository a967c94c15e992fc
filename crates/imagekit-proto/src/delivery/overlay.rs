//! Layers over an image or a video.

use super::{
    chain, escape, keys,
    keywords::LayerMode,
    placement::{OverlayPosition, OverlayTiming},
    transformation::Transformation,
    value::Writer,
};
use base64::{Engine as _, engine::general_purpose::STANDARD};

/// How a layer's text or path is written into the URL.
///
/// From the OpenAPI file: `encoding` of the overlays.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
#[expect(clippy::exhaustive_enums, reason = "a choice of this crate's, not of the API's")]
pub enum Encoding {
    /// Plain where it is safe, base64 otherwise.
    #[default]
    Auto,
    /// Always plain (`i-`): text percent-encoded, the slashes of a path as `@@`.
    Plain,
    /// Always base64 (`ie-`).
    Base64,
}

/// A layer: text, an image, a video, subtitles or a solid colour.
///
/// Its parts are written in a fixed order: what it shows, layer mode, position, timing,
/// transformations. A layer that shows nothing (empty text, path or colour) leaves no trace.
///
/// ```
/// use imagekit_proto::delivery::{Anchor, Overlay, OverlayPosition, OverlayTiming, Transformation};
///
/// let logo = Overlay::image("/brand/logo.png")
///     .position(OverlayPosition::new().focus(Anchor::TopLeft))
///     .timing(OverlayTiming::new().start(5).duration(10))
///     .transformation(Transformation::new().width(80));
/// assert_eq!(
///     Transformation::new().overlay(logo).to_string(),
///     "l-image,i-brand@@logo.png,lfo-top_left,lso-5,ldu-10,w-80,l-end",
/// );
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Overlay {
    pub(super) content: Content,
    pub(super) encoding: Encoding,
    pub(super) layer_mode: Option<LayerMode>,
    pub(super) position: OverlayPosition,
    pub(super) timing: OverlayTiming,
    pub(super) steps: Vec<Transformation>,
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
    fn text(&self) -> &str {
        match self {
            Self::Text(text)
            | Self::Image(text)
            | Self::Video(text)
            | Self::Subtitle(text)
            | Self::SolidColor(text) => text,
        }
    }

    fn write(&self, encoding: Encoding, writer: &mut Writer<'_>) {
        match self {
            Self::Text(text) => {
                writer.literal("l-text,");
                write_text(text, encoding, writer);
            }
            Self::Image(path) => {
                writer.literal("l-image,");
                write_path(path, encoding, writer);
            }
            Self::Video(path) => {
                writer.literal("l-video,");
                write_path(path, encoding, writer);
            }
            Self::Subtitle(path) => {
                writer.literal("l-subtitles,");
                write_path(path, encoding, writer);
            }
            Self::SolidColor(color) => {
                writer.literal("l-image,i-ik_canvas,bg-");
                writer.text(color);
            }
        }
    }
}

impl Overlay {
    /// A line of text.
    pub fn text(text: impl Into<String>) -> Self {
        Self::new(Content::Text(text.into()))
    }

    /// An image, by its path in the media library.
    pub fn image(path: impl Into<String>) -> Self {
        Self::new(Content::Image(path.into()))
    }

    /// A video, by its path in the media library; only over a video.
    pub fn video(path: impl Into<String>) -> Self {
        Self::new(Content::Video(path.into()))
    }

    /// Subtitles, by the path of their file; only over a video.
    pub fn subtitle(path: impl Into<String>) -> Self {
        Self::new(Content::Subtitle(path.into()))
    }

    /// A block of one colour: a name, `RRGGBB`, or `RRGGBBAA` with an opacity of 00 to 99.
    pub fn solid_color(color: impl Into<String>) -> Self {
        Self::new(Content::SolidColor(color.into()))
    }

    pub(super) fn new(content: Content) -> Self {
        Self {
            content,
            encoding: Encoding::Auto,
            layer_mode: None,
            position: OverlayPosition::default(),
            timing: OverlayTiming::default(),
            steps: Vec::new(),
        }
    }

    /// How the text or path is written; a solid colour takes no notice.
    pub fn encoding(mut self, encoding: Encoding) -> Self {
        self.encoding = encoding;
        self
    }

    /// How the layer blends with what is below.
    pub fn layer_mode(mut self, mode: impl Into<LayerMode>) -> Self {
        self.layer_mode = Some(mode.into());
        self
    }

    /// Where the layer stands.
    pub fn position(mut self, position: OverlayPosition) -> Self {
        self.position = position;
        self
    }

    /// When the layer is seen; only over a video.
    pub fn timing(mut self, timing: OverlayTiming) -> Self {
        self.timing = timing;
        self
    }

    /// Adds a step of transformations of the layer itself.
    pub fn transformation(mut self, step: Transformation) -> Self {
        self.steps.push(step);
        self
    }

    /// Whether the layer shows nothing and leaves no trace.
    pub fn is_empty(&self) -> bool {
        self.content.text().is_empty()
    }

    pub(super) fn write(&self, writer: &mut Writer<'_>) {
        self.content.write(self.encoding, writer);
        if let Some(mode) = self.layer_mode.as_ref().filter(|mode| !mode.as_str().is_empty()) {
            writer.literal(",lm-");
            writer.text(mode.as_str());
        }
        self.position.write(writer);
        self.timing.write(writer);
        if !chain::is_silent(&self.steps) {
            writer.literal(",");
            chain::write_steps(&self.steps, writer);
        }
        writer.literal(",l-end");
    }

    pub(super) fn estimate(&self) -> usize {
        // Base64 percent-encoded takes up to 4 bytes for 3, and 9 more.
        128 + 2 * self.content.text().len() + chain::estimate(&self.steps)
    }
}

/// Letters, digits and `-._ ` stand plainly in a layer; a path may have slashes too.
fn is_simple(text: &str, also: &str) -> bool {
    text.chars().all(|c| c.is_ascii_alphanumeric() || "-._ ".contains(c) || also.contains(c))
}

fn write_text(text: &str, encoding: Encoding, writer: &mut Writer<'_>) {
    let plain = match encoding {
        Encoding::Auto => is_simple(text, ""),
        Encoding::Plain => true,
        Encoding::Base64 => false,
    };
    if plain {
        writer.literal("i-");
        writer.component(text);
    } else {
        write_base64(text, writer);
    }
}

fn write_path(path: &str, encoding: Encoding, writer: &mut Writer<'_>) {
    let plain = match encoding {
        Encoding::Auto => is_simple(path, "/"),
        Encoding::Plain => true,
        Encoding::Base64 => false,
    };
    if !plain {
        return write_base64(keys::trim_slashes(path), writer);
    }
    writer.literal("i-");
    let mut segments = keys::trim_slashes(path).split('/');
    if let Some(first) = segments.next() {
        writer.text(first);
    }
    for segment in segments {
        writer.literal("@@");
        writer.text(segment);
    }
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
        escape::push(writer.out, encoded.unwrap_or_default(), escape::COMPONENT);
    }
}
