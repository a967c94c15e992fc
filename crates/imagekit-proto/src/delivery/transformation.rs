//! One step of transformations, and how it is written.

use super::{
    error::TransformationError,
    keys,
    keywords::{
        AudioCodec, Crop, CropMode, Flip, Format, InnerAlignment, StreamingResolution, VideoCodec,
    },
    overlay::Overlay,
    value::{Amount, Effect, Place, Setting, Writer},
};
use std::{borrow::Cow, fmt};

/// One step: parameters that are applied together, written in the order in which they were set.
///
/// Setting a parameter again changes its value and keeps its place; [`overlay`](Self::overlay)
/// and [`raw`](Self::raw) add another one each time. Blank text sets nothing. Values are data:
/// whatever is in them, they arrive whole at the server. Only [`raw`](Self::raw) is URL text.
///
/// `Display` writes the transformation string as the API documents it. `Deserialize` reads the
/// OpenAPI schema `Transformation` (and those of the overlays' transformations) in its own
/// spelling and keeps the order of the keys.
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

#[derive(Clone, Debug, PartialEq)]
pub(super) enum Parameter {
    Pair { code: Cow<'static, str>, setting: Setting },
    Raw(String),
    Overlay(Box<Overlay>),
}

impl Parameter {
    fn is_silent(&self) -> bool {
        matches!(self, Self::Overlay(overlay) if overlay.is_empty())
    }

    fn write(&self, writer: &mut Writer<'_>) {
        match self {
            Self::Pair { code: Cow::Borrowed(code), setting } => {
                writer.literal(code);
                Self::write_setting(setting, writer);
            }
            Self::Pair { code: Cow::Owned(code), setting } => {
                writer.text(code);
                Self::write_setting(setting, writer);
            }
            Self::Raw(text) => writer.raw(text),
            Self::Overlay(overlay) => overlay.write(writer),
        }
    }

    fn write_setting(setting: &Setting, writer: &mut Writer<'_>) {
        if *setting != Setting::Bare {
            writer.literal("-");
            writer.setting(setting);
        }
    }

    fn estimate(&self) -> usize {
        match self {
            Self::Pair { code, setting } => code.len() + setting.estimate() + 2,
            Self::Raw(text) => text.len() + 1,
            Self::Overlay(overlay) => overlay.estimate(),
        }
    }
}

macro_rules! amounts {
    ($($(#[$about:meta])* $name:ident => $code:literal;)*) => {
        $($(#[$about])* pub fn $name(self, amount: impl Into<Amount>) -> Self {
            self.set($code, amount.into().0)
        })*
    };
}

macro_rules! words {
    ($($(#[$about:meta])* $name:ident($type:ty) => $code:literal;)*) => {
        $($(#[$about])* pub fn $name(self, word: impl Into<$type>) -> Self {
            self.set($code, Setting::Text(word.into().into()))
        })*
    };
}

macro_rules! switches {
    ($($(#[$about:meta])* $name:ident => $code:literal;)*) => {
        $($(#[$about])* pub fn $name(self, on: bool) -> Self {
            self.set($code, Setting::Text(Cow::Borrowed(if on { "true" } else { "false" })))
        })*
    };
}

macro_rules! flags {
    ($($(#[$about:meta])* $name:ident => $code:literal;)*) => {
        $($(#[$about])* pub fn $name(self) -> Self {
            self.set($code, Setting::Bare)
        })*
    };
}

macro_rules! effects {
    ($($(#[$about:meta])* $name:ident => $code:literal;)*) => {
        $($(#[$about])* pub fn $name(self, effect: impl Into<Effect>) -> Self {
            self.set($code, effect.into().into_setting())
        })*
    };
}

/// Parameters whose value is a number, an arithmetic expression or text in the API's notation.
impl Transformation {
    amounts! {
        /// Width in pixels, as a share between 0 and 1, or as an expression (`iw_div_2`).
        width => "w";
        /// Height in pixels, as a share between 0 and 1, or as an expression (`ih_mul_0.5`).
        height => "h";
        /// Aspect ratio: `4-3`, `4_3` or an expression (`iar_div_2`).
        aspect_ratio => "ar";
        /// Background: a colour, `dominant`, `blurred`, `gradient_dominant`, `genfill` ...
        background => "bg";
        /// Border: `<width>_<colour>` or an expression.
        border => "b";
        /// Device pixel ratio, 0.1 to 5, or `auto`.
        dpr => "dpr";
        /// What to keep in sight: `center`, `face`, `auto`, `custom`, an object's name ...
        focus => "fo";
        /// Quality of lossy formats, 1 to 100.
        quality => "q";
        /// Left edge of the part to extract.
        x => "x";
        /// Horizontal centre of the part to extract.
        x_center => "xc";
        /// Upper edge of the part to extract.
        y => "y";
        /// Vertical centre of the part to extract.
        y_center => "yc";
        /// Corner radius: a number, `max`, or four joined by `_`.
        radius => "r";
        /// Degrees clockwise, counter-clockwise with `N` in front (`N40`), or `auto`.
        rotation => "rt";
        /// Gaussian blur, 1 to 100.
        blur => "bl";
        /// The name of a named transformation.
        named => "n";
        /// Where a video begins, in seconds.
        start_offset => "so";
        /// Where a video ends, in seconds.
        end_offset => "eo";
        /// How long a video lasts, in seconds.
        duration => "du";
        /// Another background by AI: `prompt-...` or `prompte-<base64>`.
        ai_change_background => "e-changebg";
        /// An edit by AI: `prompt-...` or `prompte-<base64>`.
        ai_edit => "e-edit";
        /// Opacity, 0 to 100.
        opacity => "o";
        /// Zoom on the focus.
        zoom => "z";
        /// Page, range of pages, or layer of a document.
        page => "pg";
        /// Colour to replace: `<to>`, `<to>_<tolerance>` or `<to>_<tolerance>_<from>`.
        color_replace => "cr";
        /// Colour tint: `co-<colour>`, `in-<intensity>` or both joined by `_`.
        colorize => "e-colorize";
        /// Distortion: `p-<eight coordinates>` or `a-<arc degrees>`.
        distort => "e-distort";
        /// Font size of a text or subtitle layer.
        font_size => "fs";
        /// Font colour of a text layer.
        font_color => "co";
        /// Font colour of a subtitle layer.
        color => "co";
        /// Padding around a layer's text.
        padding => "pa";
        /// Transparency of a text or solid colour layer, 1 to 9.
        alpha => "al";
        /// Typography: `b`, `i`, `strikethrough`, or several joined by `_`.
        typography => "tg";
        /// Line height of a text layer.
        line_height => "lh";
        /// Font outline of a subtitle layer: `<width>_<colour>`.
        font_outline => "fol";
        /// Font shadow of a subtitle layer: `<colour>_<indent>`.
        font_shadow => "fsh";
    }
}

/// Parameters that take a word.
impl Transformation {
    words! {
        /// How a resize treats the aspect ratio.
        crop(Crop) => "c";
        /// How a resize pads or extracts.
        crop_mode(CropMode) => "cm";
        /// Format to deliver.
        format(Format) => "f";
        /// Codec of the video.
        video_codec(VideoCodec) => "vc";
        /// Codec of the sound.
        audio_codec(AudioCodec) => "ac";
        /// Mirroring.
        flip(Flip) => "fl";
        /// Alignment of the lines of a text layer.
        inner_alignment(InnerAlignment) => "ia";
    }

    switches! {
        /// Whether to deliver the original as it is.
        original => "orig";
        /// Whether a JPEG is progressive.
        progressive => "pr";
        /// Whether to compress without loss.
        lossless => "lo";
        /// Whether to keep the colour profile.
        color_profile => "cp";
        /// Whether to keep the metadata.
        metadata => "md";
    }

    flags! {
        /// Grey tones only.
        grayscale => "e-grayscale";
        /// Upscaling by AI.
        ai_upscale => "e-upscale";
        /// Retouching by AI.
        ai_retouch => "e-retouch";
        /// A variation by AI.
        ai_variation => "e-genvar";
        /// Background removal by ImageKit.
        ai_remove_background => "e-bgremove";
        /// Background removal by a third party.
        ai_remove_background_external => "e-removedotbg";
        /// Contrast stretch.
        contrast_stretch => "e-contrast";
    }

    effects! {
        /// Drop shadow by AI.
        ai_drop_shadow => "e-dropshadow";
        /// Shadow.
        shadow => "e-shadow";
        /// Sharpening.
        sharpen => "e-sharpen";
        /// Unsharp mask.
        unsharp_mask => "e-usm";
        /// Linear gradient.
        gradient => "e-gradient";
    }
}

impl Transformation {
    /// A step without parameters; it leaves no trace in a chain.
    pub fn new() -> Self {
        Self::default()
    }

    /// A path or URL to deliver where the source is missing; its slashes are written as `@@`.
    pub fn default_image(self, path: impl AsRef<str>) -> Self {
        self.set("di", Setting::Text(keys::at_signs(path.as_ref()).into()))
    }

    /// Font family of a text or subtitle layer, or the path of a font file.
    pub fn font_family(self, font: impl AsRef<str>) -> Self {
        self.set("ff", Setting::Text(keys::at_signs(font.as_ref()).into()))
    }

    /// Trims the background around the object, with a threshold of 1 to 99 or the default one.
    pub fn trim(self, effect: impl Into<Effect>) -> Self {
        match effect.into().into_setting() {
            Setting::Bare => self.set("t", Setting::Text(Cow::Borrowed("true"))),
            threshold => self.set("t", threshold),
        }
    }

    /// The variants of an adaptive bitrate stream.
    pub fn streaming_resolutions<T: Into<StreamingResolution>>(
        self,
        resolutions: impl IntoIterator<Item = T>,
    ) -> Self {
        let mut joined = String::new();
        for resolution in resolutions {
            if !joined.is_empty() {
                joined.push('_');
            }
            joined.push_str(resolution.into().as_str());
        }
        self.set("sr", Setting::Text(joined.into()))
    }

    /// Adds a layer.
    pub fn overlay(mut self, overlay: Overlay) -> Self {
        self.parameters.push(Parameter::Overlay(Box::new(overlay)));
        self
    }

    /// Adds URL text as it stands, for what the API learns before this crate does. In a URL only
    /// what cannot stand in one is percent-encoded. Never put other people's text into it.
    pub fn raw(mut self, text: impl Into<String>) -> Self {
        let text = text.into();
        if !text.trim().is_empty() {
            self.parameters.push(Parameter::Raw(text));
        }
        self
    }

    /// Sets a parameter that this crate does not know, by its code in the URL.
    pub fn parameter(self, code: impl Into<String>, amount: impl Into<Amount>) -> Self {
        let code = code.into();
        if code.trim().is_empty() {
            return self;
        }
        self.set(code, amount.into().0)
    }

    /// Whether the step would leave no trace in a URL.
    pub fn is_empty(&self) -> bool {
        self.parameters.iter().all(Parameter::is_silent)
    }

    fn set(mut self, code: impl Into<Cow<'static, str>>, setting: Setting) -> Self {
        let code = code.into();
        if setting.is_blank() {
            return self;
        }
        let place = self.parameters.iter_mut().find_map(|parameter| match parameter {
            Parameter::Pair { code: known, setting } if *known == code => Some(setting),
            _ => None,
        });
        match place {
            Some(place) => *place = setting,
            None => self.parameters.push(Parameter::Pair { code, setting }),
        }
        self
    }

    fn write(&self, writer: &mut Writer<'_>) {
        let mut parameters = self.parameters.iter().filter(|parameter| !parameter.is_silent());
        if let Some(first) = parameters.next() {
            first.write(writer);
        }
        for parameter in parameters {
            writer.literal(",");
            parameter.write(writer);
        }
    }
}

impl fmt::Display for Transformation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&text(std::slice::from_ref(self)))
    }
}

/// A chain of steps, each applied to what the one before made.
///
/// `Display` writes the transformation string, `FromStr` reads one (what it read it writes
/// again, character for character), `Deserialize` reads an array of the OpenAPI schema
/// `Transformation`.
///
/// ```
/// use imagekit_proto::delivery::{Transformation, Transformations};
///
/// let chain = Transformations::from([
///     Transformation::new().width(300).height(200),
///     Transformation::new().rotation(90),
/// ]);
/// assert_eq!(chain.to_string(), "w-300,h-200:rt-90");
/// assert_eq!("w-300,h-200:rt-90".parse::<Transformations>()?.to_string(), chain.to_string());
/// # Ok::<(), imagekit_proto::delivery::TransformationError>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Transformations {
    pub(super) steps: Vec<Transformation>,
}

impl Transformations {
    /// A chain without steps.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a step.
    pub fn step(mut self, step: Transformation) -> Self {
        self.steps.push(step);
        self
    }

    /// The steps in their order.
    pub fn steps(&self) -> &[Transformation] {
        &self.steps
    }
}

impl AsRef<[Transformation]> for Transformations {
    fn as_ref(&self) -> &[Transformation] {
        &self.steps
    }
}

impl AsRef<[Transformation]> for Transformation {
    fn as_ref(&self) -> &[Transformation] {
        std::slice::from_ref(self)
    }
}

impl From<Transformation> for Transformations {
    fn from(step: Transformation) -> Self {
        Self { steps: vec![step] }
    }
}

impl<const N: usize> From<[Transformation; N]> for Transformations {
    fn from(steps: [Transformation; N]) -> Self {
        Self { steps: steps.into() }
    }
}

impl From<Vec<Transformation>> for Transformations {
    fn from(steps: Vec<Transformation>) -> Self {
        Self { steps }
    }
}

impl FromIterator<Transformation> for Transformations {
    fn from_iter<I: IntoIterator<Item = Transformation>>(steps: I) -> Self {
        Self { steps: steps.into_iter().collect() }
    }
}

impl fmt::Display for Transformations {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&text(&self.steps))
    }
}

/// The steps as text, nothing escaped.
fn text(steps: &[Transformation]) -> String {
    let mut out = String::with_capacity(estimate(steps));
    write_steps(steps, &mut Writer::new(&mut out, Place::Text));
    out
}

/// Whether no step would leave a trace.
pub(super) fn is_silent(steps: &[Transformation]) -> bool {
    steps.iter().all(Transformation::is_empty)
}

/// An upper bound of the length of `steps` where nothing is escaped.
pub(super) fn estimate(steps: &[Transformation]) -> usize {
    steps.iter().flat_map(|step| &step.parameters).map(Parameter::estimate).sum()
}

/// Writes `steps` for a place in a URL.
pub(super) fn write_for(
    steps: &[Transformation],
    out: &mut String,
    place: Place,
) -> Result<(), TransformationError> {
    let mut writer = Writer::new(out, place);
    write_steps(steps, &mut writer);
    writer.finish()
}

/// Writes `steps`, chained by colons.
pub(super) fn write_steps(steps: &[Transformation], writer: &mut Writer<'_>) {
    let mut steps = steps.iter().filter(|step| !step.is_empty());
    if let Some(first) = steps.next() {
        first.write(writer);
    }
    for step in steps {
        writer.literal(":");
        step.write(writer);
    }
}
