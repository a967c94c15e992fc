//! Keywords that a parameter takes; values that this crate does not know are kept.

use crate::types::open_enum;

open_enum! {
    /// How a resize treats the aspect ratio (`crop`).
    ///
    /// ```
    /// use imagekit_proto::delivery::{Crop, Transformation};
    ///
    /// assert_eq!(Transformation::new().crop(Crop::AtMax).to_string(), "c-at_max");
    /// ```
    pub enum Crop {
        Force = "force",
        AtMax = "at_max",
        AtMaxEnlarge = "at_max_enlarge",
        AtLeast = "at_least",
        MaintainRatio = "maintain_ratio",
        MaintainRatioNoEnlarge = "maintain_ratio_no_enlarge",
    }
}

open_enum! {
    /// How a resize pads or extracts (`cropMode`).
    ///
    /// ```
    /// use imagekit_proto::delivery::{CropMode, Transformation};
    ///
    /// let step = Transformation::new().crop_mode(CropMode::PadResize);
    /// assert_eq!(step.to_string(), "cm-pad_resize");
    /// ```
    pub enum CropMode {
        PadResize = "pad_resize",
        Extract = "extract",
        PadExtract = "pad_extract",
        PadResizeNoEnlarge = "pad_resize_no_enlarge",
        PadExtractNoShrink = "pad_extract_no_shrink",
    }
}

open_enum! {
    /// Format to deliver (`format`).
    ///
    /// ```
    /// use imagekit_proto::delivery::{Format, Transformation};
    ///
    /// assert_eq!(Transformation::new().format(Format::Webp).to_string(), "f-webp");
    /// ```
    pub enum Format {
        Auto = "auto",
        Webp = "webp",
        Jpg = "jpg",
        Jpeg = "jpeg",
        Png = "png",
        Gif = "gif",
        Svg = "svg",
        Mp4 = "mp4",
        Webm = "webm",
        Avif = "avif",
        /// The original's own format.
        Original = "orig",
    }
}

open_enum! {
    /// Codec of the delivered video (`videoCodec`).
    ///
    /// ```
    /// use imagekit_proto::delivery::{OutputVideoCodec, Transformation};
    ///
    /// let step = Transformation::new().video_codec(OutputVideoCodec::H264);
    /// assert_eq!(step.to_string(), "vc-h264");
    /// ```
    pub enum OutputVideoCodec {
        H264 = "h264",
        Vp9 = "vp9",
        Av1 = "av1",
        None = "none",
    }
}

open_enum! {
    /// Codec of the delivered sound (`audioCodec`).
    ///
    /// ```
    /// use imagekit_proto::delivery::{OutputAudioCodec, Transformation};
    ///
    /// assert_eq!(Transformation::new().audio_codec(OutputAudioCodec::Aac).to_string(), "ac-aac");
    /// ```
    pub enum OutputAudioCodec {
        Aac = "aac",
        Opus = "opus",
        None = "none",
    }
}

open_enum! {
    /// Direction of mirroring (`flip`).
    ///
    /// ```
    /// use imagekit_proto::delivery::{Flip, Transformation};
    ///
    /// assert_eq!(Transformation::new().flip(Flip::Horizontal).to_string(), "fl-h");
    /// ```
    pub enum Flip {
        Horizontal = "h",
        Vertical = "v",
        HorizontalVertical = "h_v",
        VerticalHorizontal = "v_h",
    }
}

open_enum! {
    /// Height in pixels of one variant of an adaptive stream (`streamingResolutions`).
    ///
    /// ```
    /// use imagekit_proto::delivery::{StreamingResolution, Transformation};
    ///
    /// let step = Transformation::new().streaming_resolutions([StreamingResolution::P480]);
    /// assert_eq!(step.to_string(), "sr-480");
    /// ```
    pub enum StreamingResolution {
        P240 = "240",
        P360 = "360",
        P480 = "480",
        P720 = "720",
        P1080 = "1080",
        P1440 = "1440",
        P2160 = "2160",
    }
}

open_enum! {
    /// Alignment of the lines of a text overlay (`innerAlignment`).
    ///
    /// ```
    /// use imagekit_proto::delivery::{InnerAlignment, Transformation};
    ///
    /// let step = Transformation::new().inner_alignment(InnerAlignment::Center);
    /// assert_eq!(step.to_string(), "ia-center");
    /// ```
    pub enum InnerAlignment {
        Left = "left",
        Right = "right",
        Center = "center",
    }
}

open_enum! {
    /// How a layer blends with the asset below (`layerMode`).
    ///
    /// ```
    /// use imagekit_proto::delivery::{LayerMode, Overlay, Transformation};
    ///
    /// let overlay = Overlay::image("mask.png").layer_mode(LayerMode::Cutter);
    /// let step = Transformation::new().overlay(overlay);
    /// assert_eq!(step.to_string(), "l-image,i-mask.png,lm-cutter,l-end");
    /// ```
    pub enum LayerMode {
        Multiply = "multiply",
        Cutter = "cutter",
        Cutout = "cutout",
        Displace = "displace",
    }
}

open_enum! {
    /// Place on the asset below a layer (`focus` and `anchorPoint` of a position).
    ///
    /// ```
    /// use imagekit_proto::delivery::{Anchor, Overlay, OverlayPosition, Transformation};
    ///
    /// let position = OverlayPosition::new().focus(Anchor::BottomRight);
    /// let step = Transformation::new().overlay(Overlay::image("logo.png").position(position));
    /// assert_eq!(step.to_string(), "l-image,i-logo.png,lfo-bottom_right,l-end");
    /// ```
    pub enum Anchor {
        Center = "center",
        Top = "top",
        Left = "left",
        Bottom = "bottom",
        Right = "right",
        TopLeft = "top_left",
        TopRight = "top_right",
        BottomLeft = "bottom_left",
        BottomRight = "bottom_right",
    }
}

#[cfg(test)]
mod tests {
    use std::borrow::Cow;

    use super::*;

    #[test]
    fn unknown_values_are_kept() {
        for word in ["at_max", "at_max_enlarge", "some_new_word", ""] {
            assert_eq!(Crop::from(word).as_str(), word);
            assert_eq!(Cow::from(Crop::from(word)), word);
        }
        assert_eq!(Crop::from("force"), Crop::Force);
    }
}
