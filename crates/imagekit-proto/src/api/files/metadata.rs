//! Metadata of a file: dimensions, EXIF, perceptual hash.

use bytes::Bytes;
use http::{Method, Request, Response};
use serde::{Deserialize, Serialize};

use super::exif::Exif;
use crate::endpoint::{BuildError, Endpoint, Prepare, Repeat};
use crate::error::ParseError;
use crate::parse;
use crate::phash::{PHash, PHashError};
use crate::types::model;
use crate::wire::Body;

/// Gets the metadata of a file in the media library.
///
/// `GET /v1/files/{fileId}/metadata` ·
/// [documentation](https://imagekit.io/docs/api-reference/file-metadata/get-uploaded-file-metadata)
/// · repeat class: [`Safe`](Repeat::Safe)
///
/// ```
/// use imagekit_proto::api::files::GetUploadedFileMetadata;
/// use imagekit_proto::{Config, Endpoint, Prepare};
///
/// let config = Config::new("private_abc")?;
/// let endpoint = GetUploadedFileMetadata::new("598821f949c0a938d57563bd");
///
/// let request = endpoint.build(&Prepare::new(&config, 7))?;
/// assert_eq!(request.method(), "GET");
/// assert_eq!(request.uri().path(), "/v1/files/598821f949c0a938d57563bd/metadata");
/// assert!(request.body().is_empty());
///
/// let response = http::Response::new(bytes::Bytes::from(
///     r#"{"width": 1000, "height": 500, "pHash": "2e0ed1f12eda9525", "exif": {"image": {"Make": "Canon"}}}"#,
/// ));
/// let metadata = endpoint.parse(&response)?;
/// assert_eq!(metadata.p_hash.as_deref(), Some("2e0ed1f12eda9525"));
/// assert_eq!(metadata.exif.unwrap().image.unwrap().make.as_deref(), Some("Canon"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[doc(alias = "get-uploaded-file-metadata")]
#[doc(alias = "GET /v1/files/{fileId}/metadata")]
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[non_exhaustive]
pub struct GetUploadedFileMetadata {
    /// The file.
    pub file_id: String,
}

impl GetUploadedFileMetadata {
    /// Gets the metadata of a file in the media library.
    pub fn new(file_id: impl Into<String>) -> Self {
        Self { file_id: file_id.into() }
    }
}

impl Endpoint for GetUploadedFileMetadata {
    type Output = Metadata;

    fn operation(&self) -> &'static str {
        "get-uploaded-file-metadata"
    }

    fn repeat(&self) -> Repeat {
        Repeat::Safe
    }

    fn build(&self, with: &Prepare<'_>) -> Result<Request<Body>, BuildError> {
        with.api(Method::GET)
            .path("/v1/files")
            .segment("fileId", &self.file_id)?
            .path("/metadata")
            .empty()
    }

    fn parse(&self, response: &Response<Bytes>) -> Result<Metadata, ParseError> {
        parse::json(self.operation(), response)
    }
}

/// Gets the metadata of a file that the account delivers. With a transformation in the URL the
/// transformed image is measured.
///
/// `GET /v1/metadata` ·
/// [documentation](https://imagekit.io/docs/api-reference/file-metadata/get-metadata-from-url)
/// · repeat class: [`Safe`](Repeat::Safe)
///
/// ```
/// use imagekit_proto::api::files::GetMetadataFromUrl;
/// use imagekit_proto::{Config, Endpoint, Prepare};
///
/// let config = Config::new("private_abc")?;
/// let endpoint = GetMetadataFromUrl::new("https://ik.imagekit.io/demo/cat.jpg");
///
/// let request = endpoint.build(&Prepare::new(&config, 7))?;
/// assert_eq!(request.method(), "GET");
/// assert_eq!(request.uri().path(), "/v1/metadata");
/// assert_eq!(request.uri().query(), Some("url=https%3A%2F%2Fik.imagekit.io%2Fdemo%2Fcat.jpg"));
/// assert!(request.body().is_empty());
///
/// let response = http::Response::new(bytes::Bytes::from(
///     r#"{"width": 1000, "height": 500, "format": "jpg"}"#,
/// ));
/// assert_eq!(endpoint.parse(&response)?.width, Some(1000));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[doc(alias = "get-metadata-from-url")]
#[doc(alias = "GET /v1/metadata")]
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[non_exhaustive]
pub struct GetMetadataFromUrl {
    /// The file, as a URL of the account.
    pub url: String,
}

impl GetMetadataFromUrl {
    /// The metadata of the file behind `url`.
    pub fn new(url: impl Into<String>) -> Self {
        Self { url: url.into() }
    }
}

impl Endpoint for GetMetadataFromUrl {
    type Output = Metadata;

    fn operation(&self) -> &'static str {
        "get-metadata-from-url"
    }

    fn repeat(&self) -> Repeat {
        Repeat::Safe
    }

    fn build(&self, with: &Prepare<'_>) -> Result<Request<Body>, BuildError> {
        if self.url.is_empty() {
            return Err(BuildError::Empty { field: "url" });
        }
        with.api(Method::GET).path("/v1/metadata").query("url", &self.url).empty()
    }

    fn parse(&self, response: &Response<Bytes>) -> Result<Metadata, ParseError> {
        parse::json(self.operation(), response)
    }
}

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
