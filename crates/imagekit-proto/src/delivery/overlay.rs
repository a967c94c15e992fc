//! Layers that are built.

use super::{
    content::{Content, Encoding},
    keywords::LayerMode,
    placement::{OverlayPosition, OverlayTiming},
    step::{Overlay, Transformation},
};

impl Overlay {
    /// Creates a layer of text.
    pub fn text(text: impl Into<String>) -> Self {
        Self::new(Content::Text(text.into()))
    }

    /// Creates a layer of an image, given by its path in the media library or its URL.
    pub fn image(path: impl Into<String>) -> Self {
        Self::new(Content::Image(path.into()))
    }

    /// Creates a layer of a video, given by its path in the media library; only over a video.
    pub fn video(path: impl Into<String>) -> Self {
        Self::new(Content::Video(path.into()))
    }

    /// Creates a layer of subtitles, given by the path of their file; only over a video.
    pub fn subtitle(path: impl Into<String>) -> Self {
        Self::new(Content::Subtitle(path.into()))
    }

    /// Creates a layer of one color: a name, `RRGGBB`, or `RRGGBBAA` with an opacity of 00 to 99.
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

    /// Sets how the text or path is written; a solid color ignores it.
    pub fn encoding(mut self, encoding: Encoding) -> Self {
        self.encoding = encoding;
        self
    }

    /// Sets how the layer blends with the asset below.
    pub fn layer_mode(mut self, mode: impl Into<LayerMode>) -> Self {
        self.layer_mode = Some(mode.into());
        self
    }

    /// Sets the position on the asset below.
    pub fn position(mut self, position: OverlayPosition) -> Self {
        self.position = position;
        self
    }

    /// Sets when the layer is shown; only over a video.
    pub fn timing(mut self, timing: OverlayTiming) -> Self {
        self.timing = timing;
        self
    }

    /// Adds a step of transformations of the layer itself.
    pub fn transformation(mut self, step: Transformation) -> Self {
        self.steps.push(step);
        self
    }
}
