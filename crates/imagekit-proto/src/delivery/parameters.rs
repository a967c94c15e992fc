//! The table of transformation parameters: setter, name in the API's JSON, code in the URL, kind.
//!
//! Source: the schema `Transformation` of the OpenAPI file for the names, the documentation that
//! it links and the published packages for the codes.

use super::{
    key::{Key, Kind, at_signs},
    keywords::{
        Crop, CropMode, Flip, Format, InnerAlignment, OutputAudioCodec, OutputVideoCodec,
        StreamingResolution,
    },
    step::{Parameter, Transformation},
    value::{Amount, Effect, Setting},
};
use std::borrow::Cow;

/// Writes the table and one setter for each of its lines. The parentheses hold what the setter
/// takes: a type that a value is converted into, `switch` for a `bool`, `flag` for nothing, `path`
/// for text whose slashes become `@@`.
macro_rules! parameters {
    ($($(#[$about:meta])* $setter:ident($($takes:tt)+): $name:literal, $code:literal, $kind:ident;)+) => {
        /// Every parameter of the schema except `raw` and `overlay`.
        pub(super) static KEYS: &[Key] =
            &[$(Key { name: $name, code: $code, kind: Kind::$kind }),+];

        impl Transformation {
            $(setter! {
                $(#[$about])* $setter($($takes)+)
                &Key { name: $name, code: $code, kind: Kind::$kind }
            })+
        }
    };
}

macro_rules! setter {
    ($(#[$about:meta])* $setter:ident(switch) $key:expr) => {
        $(#[$about])* pub fn $setter(self, on: bool) -> Self {
            self.set($key, on)
        }
    };
    ($(#[$about:meta])* $setter:ident(flag) $key:expr) => {
        $(#[$about])* pub fn $setter(self) -> Self {
            self.set($key, Setting::Bare)
        }
    };
    ($(#[$about:meta])* $setter:ident(path) $key:expr) => {
        $(#[$about])* pub fn $setter(self, path: impl AsRef<str>) -> Self {
            self.set($key, at_signs(path.as_ref()))
        }
    };
    ($(#[$about:meta])* $setter:ident(list of $type:ty) $key:expr) => {
        $(#[$about])* pub fn $setter<T: Into<$type>>(
            self,
            values: impl IntoIterator<Item = T>,
        ) -> Self {
            let values: Vec<$type> = values.into_iter().map(Into::into).collect();
            let values: Vec<&str> = values.iter().map(AsRef::as_ref).collect();
            self.set($key, values.join("_"))
        }
    };
    ($(#[$about:meta])* $setter:ident(Effect) $key:expr) => {
        $(#[$about])* pub fn $setter(self, effect: impl Into<Effect>) -> Self {
            self.set($key, with_default($key, effect.into().into()))
        }
    };
    ($(#[$about:meta])* $setter:ident(Amount) $key:expr) => {
        $(#[$about])* pub fn $setter(self, value: impl Into<Amount>) -> Self {
            self.set($key, value.into())
        }
    };
    ($(#[$about:meta])* $setter:ident($type:ty) $key:expr) => {
        $(#[$about])* pub fn $setter(self, value: impl Into<$type>) -> Self {
            self.set($key, Cow::from(value.into()))
        }
    };
}

parameters! {
    /// Sets the width in pixels, as a share between 0 and 1, or as an expression (`iw_div_2`).
    width(Amount): "width", "w", Value;
    /// Sets the height in pixels, as a share between 0 and 1, or as an expression (`ih_mul_0.5`).
    height(Amount): "height", "h", Value;
    /// Sets the aspect ratio: `4-3`, `4_3`, `4:3` or an expression (`iar_div_2`).
    aspect_ratio(Amount): "aspectRatio", "ar", Ratio;
    /// Sets the background: a color, `dominant`, `blurred`, `gradient_dominant`, `genfill` ...
    background(Amount): "background", "bg", Value;
    /// Sets the border: `<width>_<color>` or an expression.
    border(Amount): "border", "b", Value;
    /// Sets how a resize treats the aspect ratio.
    crop(Crop): "crop", "c", Value;
    /// Sets how a resize pads or extracts.
    crop_mode(CropMode): "cropMode", "cm", Value;
    /// Sets the device pixel ratio, 0.1 to 5, or `auto`.
    dpr(Amount): "dpr", "dpr", Value;
    /// Sets what to keep in view: `center`, `face`, `auto`, `custom`, an object's name ...
    focus(Amount): "focus", "fo", Value;
    /// Sets the quality of lossy formats, 1 to 100.
    quality(Amount): "quality", "q", Value;
    /// Sets the left edge of the part to extract.
    x(Amount): "x", "x", Value;
    /// Sets the horizontal center of the part to extract.
    x_center(Amount): "xCenter", "xc", Value;
    /// Sets the upper edge of the part to extract.
    y(Amount): "y", "y", Value;
    /// Sets the vertical center of the part to extract.
    y_center(Amount): "yCenter", "yc", Value;
    /// Sets the format to deliver.
    format(Format): "format", "f", Value;
    /// Sets the codec of the delivered video.
    video_codec(OutputVideoCodec): "videoCodec", "vc", Value;
    /// Sets the codec of the delivered sound.
    audio_codec(OutputAudioCodec): "audioCodec", "ac", Value;
    /// Sets the corner radius: a number, `max`, or four joined by `_`.
    radius(Amount): "radius", "r", Value;
    /// Sets the rotation: degrees clockwise, counter-clockwise with `N` in front (`N40`), or `auto`.
    rotation(Amount): "rotation", "rt", Value;
    /// Sets the strength of the Gaussian blur, 1 to 100.
    blur(Amount): "blur", "bl", Value;
    /// Applies a named transformation.
    named(Amount): "named", "n", Value;
    /// Sets the path or URL of an image to deliver if the source is missing.
    default_image(path): "defaultImage", "di", Path;
    /// Mirrors the image.
    flip(Flip): "flip", "fl", Value;
    /// Sets whether to deliver the original unchanged.
    original(switch): "original", "orig", Value;
    /// Sets where a video starts, in seconds.
    start_offset(Amount): "startOffset", "so", Value;
    /// Sets where a video ends, in seconds.
    end_offset(Amount): "endOffset", "eo", Value;
    /// Sets the duration of a video, in seconds.
    duration(Amount): "duration", "du", Value;
    /// Sets the variants of an adaptive bitrate stream.
    streaming_resolutions(list of StreamingResolution): "streamingResolutions", "sr", Value;
    /// Removes all color.
    grayscale(flag): "grayscale", "e-grayscale", Flag;
    /// Upscales by AI.
    ai_upscale(flag): "aiUpscale", "e-upscale", Flag;
    /// Retouches by AI.
    ai_retouch(flag): "aiRetouch", "e-retouch", Flag;
    /// Creates a variation by AI.
    ai_variation(flag): "aiVariation", "e-genvar", Flag;
    /// Adds a drop shadow by AI.
    ai_drop_shadow(Effect): "aiDropShadow", "e-dropshadow", Effect;
    /// Changes the background by AI: `prompt-...` or `prompte-<base64>`.
    ai_change_background(Amount): "aiChangeBackground", "e-changebg", Value;
    /// Removes the background by ImageKit's own AI.
    ai_remove_background(flag): "aiRemoveBackground", "e-bgremove", Flag;
    /// Removes the background by a third party's AI.
    ai_remove_background_external(flag): "aiRemoveBackgroundExternal", "e-removedotbg", Flag;
    /// Edits by AI: `prompt-...` or `prompte-<base64>`.
    ai_edit(Amount): "aiEdit", "e-edit", Value;
    /// Stretches the contrast.
    contrast_stretch(flag): "contrastStretch", "e-contrast", Flag;
    /// Adds a shadow.
    shadow(Effect): "shadow", "e-shadow", Effect;
    /// Sharpens.
    sharpen(Effect): "sharpen", "e-sharpen", Effect;
    /// Applies an unsharp mask.
    unsharp_mask(Effect): "unsharpMask", "e-usm", Effect;
    /// Adds a linear gradient.
    gradient(Effect): "gradient", "e-gradient", Effect;
    /// Sets whether a JPEG is progressive.
    progressive(switch): "progressive", "pr", Value;
    /// Sets whether to compress without loss.
    lossless(switch): "lossless", "lo", Value;
    /// Sets whether to keep the color profile.
    color_profile(switch): "colorProfile", "cp", Value;
    /// Sets whether to keep the metadata.
    metadata(switch): "metadata", "md", Value;
    /// Sets the opacity, 0 to 100.
    opacity(Amount): "opacity", "o", Value;
    /// Trims the background around the object, with a threshold of 1 to 99 or the default one.
    trim(Effect): "trim", "t", Trim;
    /// Sets the zoom on the focus.
    zoom(Amount): "zoom", "z", Value;
    /// Selects a page, a range of pages, or a layer of a document.
    page(Amount): "page", "pg", Value;
    /// Replaces a color: `<to>`, `<to>_<tolerance>` or `<to>_<tolerance>_<from>`.
    color_replace(Amount): "colorReplace", "cr", Value;
    /// Tints with a color: `co-<color>`, `in-<intensity>` or both joined by `_`.
    colorize(Amount): "colorize", "e-colorize", Value;
    /// Distorts: `p-<eight coordinates>` or `a-<arc degrees>`.
    distort(Amount): "distort", "e-distort", Value;
    /// Sets the font size of a text or subtitle layer.
    font_size(Amount): "fontSize", "fs", Value;
    /// Sets the font family of a text or subtitle layer, or the path or URL of a font file.
    font_family(path): "fontFamily", "ff", Path;
    /// Sets the font color of a text layer.
    font_color(Amount): "fontColor", "co", Value;
    /// Sets the alignment of the lines of a text layer.
    inner_alignment(InnerAlignment): "innerAlignment", "ia", Value;
    /// Sets the padding around a layer's text.
    padding(Amount): "padding", "pa", Value;
    /// Sets the transparency of a text or solid color layer, 1 to 9.
    alpha(Amount): "alpha", "al", Value;
    /// Sets the typography: `b`, `i`, `strikethrough`, or several joined by `_`.
    typography(Amount): "typography", "tg", Value;
    /// Sets the line height of a text layer.
    line_height(Amount): "lineHeight", "lh", Value;
    /// Sets the font outline of a subtitle layer: `<width>_<color>`.
    font_outline(Amount): "fontOutline", "fol", Value;
    /// Sets the font shadow of a subtitle layer: `<color>_<indent>`.
    font_shadow(Amount): "fontShadow", "fsh", Value;
    /// Sets the font color of a subtitle layer.
    color(Amount): "color", "co", Value;
}

impl Transformation {
    /// Sets a parameter that this crate does not support yet, by its code in the URL (letters,
    /// digits, `-` and `_`). Layers cannot be opened or closed by it.
    ///
    /// ```
    /// use imagekit_proto::delivery::Transformation;
    ///
    /// assert_eq!(Transformation::new().parameter("new", 5).to_string(), "new-5");
    /// ```
    pub fn parameter(self, code: impl Into<String>, amount: impl Into<Amount>) -> Self {
        let (code, setting) = (code.into(), amount.into().into());
        if code.trim().is_empty() {
            return self;
        }
        match KEYS.iter().find(|key| key.code == code) {
            Some(key) => self.put(Parameter::Known { key, setting }),
            None => self.put(Parameter::Other { code, setting }),
        }
    }
}

/// Returns an effect's value in the form that the URL takes.
pub(super) fn with_default(key: &Key, setting: Setting) -> Setting {
    match setting {
        Setting::Bare if key.kind == Kind::Trim => true.into(),
        setting => setting,
    }
}

/// Finds a parameter by the API's name, then by its code.
pub(super) fn find(name: &str) -> Option<&'static Key> {
    let by_name = KEYS.iter().find(|key| key.name == name);
    by_name.or_else(|| KEYS.iter().find(|key| key.code == name))
}
