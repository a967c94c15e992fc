//! One setter per transformation parameter.

use super::{
    keys,
    keywords::{
        AudioCodec, Crop, CropMode, Flip, Format, InnerAlignment, StreamingResolution, VideoCodec,
    },
    transformation::Transformation,
    value::{Amount, Effect, Setting},
};
use std::borrow::Cow;

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

/// Parameters with a form of their own.
impl Transformation {
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
}
