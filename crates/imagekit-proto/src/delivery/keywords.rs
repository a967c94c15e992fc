//! Words that a parameter takes, open for those that the API learns later.

use crate::types::open_enum;

open_enum! {
    /// How a resize treats the aspect ratio (`crop`).
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
    pub enum CropMode {
        PadResize = "pad_resize",
        Extract = "extract",
        PadExtract = "pad_extract",
        PadResizeNoEnlarge = "pad_resize_no_enlarge",
        PadExtractNoShrink = "pad_extract_no_shrink",
    }
}

open_enum! {
    /// The format to deliver (`format`).
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
    /// The codec of a video (`videoCodec`).
    pub enum OutputVideoCodec {
        H264 = "h264",
        Vp9 = "vp9",
        Av1 = "av1",
        None = "none",
    }
}

open_enum! {
    /// The codec of a video's sound (`audioCodec`).
    pub enum OutputAudioCodec {
        Aac = "aac",
        Opus = "opus",
        None = "none",
    }
}

open_enum! {
    /// Mirroring (`flip`).
    pub enum Flip {
        Horizontal = "h",
        Vertical = "v",
        HorizontalVertical = "h_v",
        VerticalHorizontal = "v_h",
    }
}

open_enum! {
    /// The height in pixels of one variant of an adaptive stream (`streamingResolutions`).
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
    /// How lines of a text overlay are aligned (`innerAlignment`).
    pub enum InnerAlignment {
        Left = "left",
        Right = "right",
        Center = "center",
    }
}

open_enum! {
    /// How a layer blends with what is below (`layerMode`).
    pub enum LayerMode {
        Multiply = "multiply",
        Cutter = "cutter",
        Cutout = "cutout",
        Displace = "displace",
    }
}

open_enum! {
    /// A place on the asset below a layer (`focus` and `anchorPoint` of a position).
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
    fn words_survive_the_round_trip() {
        for word in ["at_max", "at_max_enlarge", "some_new_word", ""] {
            assert_eq!(Crop::from(word).as_str(), word);
            assert_eq!(Cow::from(Crop::from(word)), word);
        }
        assert_eq!(Crop::from("force"), Crop::Force);
    }
}
