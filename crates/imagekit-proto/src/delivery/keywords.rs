//! Words that a parameter takes, open for those that the API learns later.

use std::borrow::Cow;

/// A word that this crate does not name.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct OtherKeyword(Cow<'static, str>);

/// Declares an open set of words: `Name { Variant => "word" }`.
macro_rules! keywords {
    ($($(#[$about:meta])* $name:ident { $($(#[$what:meta])* $variant:ident => $word:literal,)* })*) => {
        $(
            $(#[$about])*
            ///
            /// Any other text is kept as it is (`From<&str>` and `From<String>`).
            #[derive(Clone, Debug, PartialEq, Eq, Hash)]
            #[non_exhaustive]
            pub enum $name {
                $(#[doc = concat!("`", $word, "`")] $(#[$what])* $variant,)*
                /// A word that this crate does not name; read it with `as_str`.
                Other(OtherKeyword),
            }

            impl $name {
                /// The word as the API spells it.
                pub fn as_str(&self) -> &str {
                    match self {
                        $(Self::$variant => $word,)*
                        Self::Other(OtherKeyword(text)) => text,
                    }
                }
            }

            impl From<&str> for $name {
                fn from(text: &str) -> Self {
                    match text {
                        $($word => Self::$variant,)*
                        other => Self::Other(OtherKeyword(Cow::Owned(other.to_owned()))),
                    }
                }
            }

            impl From<String> for $name {
                fn from(text: String) -> Self {
                    Self::from(text.as_str())
                }
            }

            impl From<$name> for Cow<'static, str> {
                fn from(word: $name) -> Self {
                    match word {
                        $($name::$variant => Cow::Borrowed($word),)*
                        $name::Other(OtherKeyword(text)) => text,
                    }
                }
            }
        )*
    };
}

keywords! {
    /// How a resize treats the aspect ratio (`crop`).
    Crop {
        Force => "force",
        AtMax => "at_max",
        AtMaxEnlarge => "at_max_enlarge",
        AtLeast => "at_least",
        MaintainRatio => "maintain_ratio",
        MaintainRatioNoEnlarge => "maintain_ratio_no_enlarge",
    }
    /// How a resize pads or extracts (`cropMode`).
    CropMode {
        PadResize => "pad_resize",
        Extract => "extract",
        PadExtract => "pad_extract",
        PadResizeNoEnlarge => "pad_resize_no_enlarge",
        PadExtractNoShrink => "pad_extract_no_shrink",
    }
    /// The format to deliver (`format`).
    Format {
        Auto => "auto",
        Webp => "webp",
        Jpg => "jpg",
        Jpeg => "jpeg",
        Png => "png",
        Gif => "gif",
        Svg => "svg",
        Mp4 => "mp4",
        Webm => "webm",
        Avif => "avif",
        /// The original's own format.
        Original => "orig",
    }
    /// The codec of a video (`videoCodec`).
    VideoCodec {
        H264 => "h264",
        Vp9 => "vp9",
        Av1 => "av1",
        None => "none",
    }
    /// The codec of a video's sound (`audioCodec`).
    AudioCodec {
        Aac => "aac",
        Opus => "opus",
        None => "none",
    }
    /// Mirroring (`flip`).
    Flip {
        Horizontal => "h",
        Vertical => "v",
        HorizontalVertical => "h_v",
        VerticalHorizontal => "v_h",
    }
    /// The height in pixels of one variant of an adaptive stream (`streamingResolutions`).
    StreamingResolution {
        P240 => "240",
        P360 => "360",
        P480 => "480",
        P720 => "720",
        P1080 => "1080",
        P1440 => "1440",
        P2160 => "2160",
    }
    /// How lines of a text overlay are aligned (`innerAlignment`).
    InnerAlignment {
        Left => "left",
        Right => "right",
        Center => "center",
    }
    /// How a layer blends with what is below (`layerMode`).
    LayerMode {
        Multiply => "multiply",
        Cutter => "cutter",
        Cutout => "cutout",
        Displace => "displace",
    }
    /// A place on the asset below a layer (`focus` and `anchorPoint` of a position).
    Anchor {
        Center => "center",
        Top => "top",
        Left => "left",
        Bottom => "bottom",
        Right => "right",
        TopLeft => "top_left",
        TopRight => "top_right",
        BottomLeft => "bottom_left",
        BottomRight => "bottom_right",
    }
}

#[cfg(test)]
mod tests {
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
