//! Steps and layers, and how they are written. A step may hold layers and a layer steps, so both
//! types are in one file; their methods are in `transformation.rs`, `parameters.rs` and
//! `overlay.rs`.

use super::{
    content::{Content, Encoding},
    error::InvalidTransformation,
    key::{Key, Kind},
    keywords::LayerMode,
    placement::{OverlayPosition, OverlayTiming},
    value::Setting,
    writer::{Place, Writer},
};

/// One step: parameters that are applied together, written in the order in which they were set.
///
/// Setting a parameter again changes its value and keeps its position; [`overlay`](Self::overlay)
/// and [`raw`](Self::raw) add another one each time. Blank text sets nothing.
///
/// A typed value stays one value. One with `,` or `:`, also percent-encoded, would start another
/// parameter or step: building the string or the URL then fails with
/// [`InvalidTransformation::Separator`]. Only [`raw`](Self::raw) is URL text.
///
/// `Display` writes the string that the API documents (separators in refused values
/// percent-encoded); [`Transformations::build`](super::Transformations::build) checks it too.
/// `Deserialize` reads the OpenAPI schema `Transformation` (and those of the overlays'
/// transformations) in its own spelling and keeps the order of the keys.
///
/// ```
/// use imagekit_proto::delivery::{Crop, Overlay, Transformation};
///
/// let step = Transformation::new()
///     .width(300)
///     .crop(Crop::AtMax)
///     .overlay(Overlay::text("Hello World").transformation(Transformation::new().font_size(20)));
/// assert_eq!(step.to_string(), "w-300,c-at_max,l-text,i-Hello%20World,fs-20,l-end");
///
/// let step: Transformation = serde_json::from_str(r#"{"height": 200, "width": 300}"#)?;
/// assert_eq!(step.to_string(), "h-200,w-300");
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Transformation {
    pub(super) parameters: Vec<Parameter>,
}

/// A layer: text, an image, a video, subtitles or a solid color.
///
/// Its parts are written in a fixed order: content, layer mode, position, timing, transformations.
/// A layer without content (empty text, path or color) is left out.
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
#[doc(alias = "layer")]
#[doc(alias = "watermark")]
pub struct Overlay {
    pub(super) content: Content,
    pub(super) encoding: Encoding,
    pub(super) layer_mode: Option<LayerMode>,
    pub(super) position: OverlayPosition,
    pub(super) timing: OverlayTiming,
    pub(super) steps: Vec<Transformation>,
}

#[derive(Clone, Debug, PartialEq)]
pub(super) enum Parameter {
    Known {
        key: &'static Key,
        setting: Setting,
    },
    /// A parameter that this crate does not know.
    Other {
        code: String,
        setting: Setting,
    },
    Raw(String),
    Overlay(Box<Overlay>),
}

impl Parameter {
    fn is_silent(&self) -> bool {
        matches!(self, Self::Overlay(overlay) if overlay.is_empty())
    }

    fn write(&self, writer: &mut Writer<'_>) {
        let (code, setting, kind) = match self {
            Self::Known { key, setting } => {
                writer.literal(key.code);
                (key.code, setting, key.kind)
            }
            Self::Other { code, setting } => {
                writer.code(code);
                (code.as_str(), setting, Kind::Value)
            }
            Self::Raw(text) => return writer.raw(text),
            Self::Overlay(overlay) => return overlay.write(writer),
        };
        if !matches!(setting, Setting::Bare) {
            writer.out.push('-');
            writer.setting(code, setting, kind);
        }
    }

    fn estimate(&self) -> usize {
        match self {
            Self::Known { key, setting } => key.code.len() + setting.estimate() + 2,
            Self::Other { code, setting } => code.len() + setting.estimate() + 2,
            Self::Raw(text) => text.len() + 1,
            Self::Overlay(overlay) => overlay.estimate(),
        }
    }
}

impl Transformation {
    /// Returns whether the step is left out of a URL.
    pub fn is_empty(&self) -> bool {
        self.parameters.iter().all(Parameter::is_silent)
    }

    fn write(&self, writer: &mut Writer<'_>) {
        let parameters = self.parameters.iter().filter(|parameter| !parameter.is_silent());
        for (index, parameter) in parameters.enumerate() {
            if index > 0 {
                writer.out.push(',');
            }
            parameter.write(writer);
        }
    }
}

impl Overlay {
    /// Returns whether the layer has no content and is left out of a URL.
    pub fn is_empty(&self) -> bool {
        self.content.text().is_empty()
    }

    fn write(&self, writer: &mut Writer<'_>) {
        self.content.write(self.encoding, writer);
        if let Some(mode) = self.layer_mode.as_ref().filter(|mode| !mode.as_str().is_empty()) {
            writer.literal(",lm-");
            writer.value("lm", mode.as_str(), Kind::Value);
        }
        self.position.write(writer);
        self.timing.write(writer);
        if !is_silent(&self.steps) {
            writer.literal(",");
            write_steps(&self.steps, writer);
        }
        writer.literal(",l-end");
    }

    fn estimate(&self) -> usize {
        // Base64 percent-encoded takes up to 4 bytes for 3, and 9 more.
        128 + 2 * self.content.text().len() + estimate(&self.steps)
    }
}

/// Returns whether all steps are left out of a URL.
pub(super) fn is_silent(steps: &[Transformation]) -> bool {
    steps.iter().all(Transformation::is_empty)
}

/// Returns an upper bound of the length of `steps` before encoding.
pub(super) fn estimate(steps: &[Transformation]) -> usize {
    steps.iter().flat_map(|step| &step.parameters).map(Parameter::estimate).sum()
}

/// Writes `steps` into a URL.
pub(super) fn write_for(
    steps: &[Transformation],
    out: &mut String,
    place: Place,
) -> Result<(), InvalidTransformation> {
    let mut writer = Writer::new(out, place);
    write_steps(steps, &mut writer);
    writer.finish()
}

/// Returns `steps` as text, and what is wrong with them.
pub(super) fn text(steps: &[Transformation]) -> (String, Result<(), InvalidTransformation>) {
    let mut out = String::with_capacity(estimate(steps));
    let checked = write_for(steps, &mut out, Place::Text);
    (out, checked)
}

/// Writes `steps`, joined by colons.
fn write_steps(steps: &[Transformation], writer: &mut Writer<'_>) {
    for (index, step) in steps.iter().filter(|step| !step.is_empty()).enumerate() {
        if index > 0 {
            writer.out.push(':');
        }
        step.write(writer);
    }
}
