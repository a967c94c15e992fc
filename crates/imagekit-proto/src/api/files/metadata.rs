//! Metadata of a file: dimensions, EXIF, perceptual hash.

use super::exif::Exif;
use crate::phash::{PHash, PHashError};
use crate::types::model;

model! {
    /// Metadata of a file, as ImageKit measured it.
    #[derive(Default)]
    pub struct Metadata {
        /// Height in pixels, after the EXIF rotation.
        height: Option<u64> = Lenient "height",
        /// Width in pixels, after the EXIF rotation.
        width: Option<u64> = Lenient "width",
        /// Size in bytes.
        size: Option<u64> = Lenient "size",
        /// Format, such as `jpg`.
        format: Option<String> = Optional "format",
        /// Whether the file has a colour profile.
        has_color_profile: Option<bool> = Optional "hasColorProfile",
        /// Compression quality, 1 to 100; 0 when unknown.
        quality: Option<u64> = Lenient "quality",
        /// Pixels per inch.
        density: Option<f64> = Lenient "density",
        /// Whether the image has transparency.
        has_transparency: Option<bool> = Optional "hasTransparency",
        /// Perceptual hash, 64 bits in hexadecimal. [`phash`](Self::phash) parses it.
        p_hash: Option<String> = Optional "pHash",
        /// Bit rate in kbit/s (video).
        bit_rate: Option<u64> = Lenient "bitRate",
        /// Duration in seconds (video).
        duration: Option<f64> = Lenient "duration",
        /// Audio codec (video and audio).
        audio_codec: Option<String> = Optional "audioCodec",
        /// Video codec.
        video_codec: Option<String> = Optional "videoCodec",
        /// EXIF metadata.
        exif: Option<Exif> = Object "exif",
    }
}

impl Metadata {
    /// Returns the perceptual hash, for comparing with that of another image.
    ///
    /// `None` when the response has none, as for files that are not images.
    ///
    /// ```
    /// use imagekit_proto::api::files::Metadata;
    ///
    /// let [first, second]: [Metadata; 2] = serde_json::from_str(
    ///     r#"[{"pHash": "f06830ca9f1e3e90"}, {"pHash": "f06830ca9f1e3e91"}]"#,
    /// )?;
    /// let (first, second) = (first.phash()?.unwrap(), second.phash()?.unwrap());
    /// assert_eq!(first.distance(&second)?, 1);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// When `pHash` is not a hexadecimal number.
    pub fn phash(&self) -> Result<Option<PHash>, PHashError> {
        self.p_hash.as_deref().map(str::parse).transpose()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn phash(json: &str) -> Result<Option<PHash>, PHashError> {
        serde_json::from_str::<Metadata>(json).unwrap().phash()
    }

    #[test]
    fn a_phash_is_there_or_absent_or_wrong() {
        assert_eq!(phash(r#"{"pHash":"f06830ca9f1e3e90"}"#), Ok("f06830ca9f1e3e90".parse().ok()));
        assert_eq!(phash(r#"{"pHash":null}"#), Ok(None));
        assert_eq!(phash("{}"), Ok(None));
        assert_eq!(phash(r#"{"pHash":"f0x"}"#), Err(PHashError::NotHex { position: 2 }));
        assert_eq!(phash(r#"{"pHash":""}"#), Err(PHashError::Missing));
    }
}
