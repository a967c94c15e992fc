//! The sources of origins, as requests send them.

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::TYPES;
use super::bucket::{AzureBlobSource, GcsSource, S3CompatibleSource, S3Source};
use super::web::{AkeneoPimSource, WebFolderSource, WebProxySource};
use crate::secret::SecretObject;
use crate::types::tagged;

/// Source of an origin, with its credentials.
///
/// Names, paths and keys have up to 100 characters; Google's private key and Azure's token may have
/// more. Only paths, and the keys of an S3 bucket that an IAM role opens, may be empty.
///
/// ```
/// use imagekit_proto::api::accounts::origins::{OriginSource, S3Source};
///
/// let source = OriginSource::from(S3Source::new("product-images", "AKIA0", "abc123"));
/// assert_eq!(
///     serde_json::to_value(&source)?,
///     serde_json::json!({
///         "type": "S3",
///         "bucket": "product-images",
///         "accessKey": "AKIA0",
///         "secretKey": "abc123",
///     })
/// );
/// assert!(!format!("{source:?}").contains("abc123"));
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum OriginSource {
    /// `S3`: a bucket of Amazon S3.
    S3(S3Source),
    /// `S3_COMPATIBLE`: a bucket of another service with the S3 API.
    S3Compatible(S3CompatibleSource),
    /// `CLOUDINARY_BACKUP`: the bucket that Cloudinary backs up to.
    CloudinaryBackup(S3Source),
    /// `WEB_FOLDER`: files below a URL.
    WebFolder(WebFolderSource),
    /// `WEB_PROXY`: any URL.
    WebProxy(WebProxySource),
    /// `GCS`: a bucket of Google Cloud Storage.
    Gcs(GcsSource),
    /// `AZURE_BLOB`: a container of Azure Blob Storage.
    AzureBlob(AzureBlobSource),
    /// `AKENEO_PIM`: the product information of an Akeneo instance.
    AkeneoPim(AkeneoPimSource),
    /// A source that this crate does not know yet: the object as sent, `type` included.
    Other(SecretObject),
}

/// [`OriginSource`] as serde derives it: a mirror, so that the public type gets no methods of serde's.
#[derive(Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "SCREAMING_SNAKE_CASE", remote = "OriginSource")]
enum Known {
    S3(S3Source),
    S3Compatible(S3CompatibleSource),
    CloudinaryBackup(S3Source),
    WebFolder(WebFolderSource),
    WebProxy(WebProxySource),
    Gcs(GcsSource),
    AzureBlob(AzureBlobSource),
    AkeneoPim(AkeneoPimSource),
    #[serde(skip)]
    Other(SecretObject),
}

impl Serialize for OriginSource {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Other(object) => object.serialize(serializer),
            known => Known::serialize(known, serializer),
        }
    }
}

impl<'de> Deserialize<'de> for OriginSource {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let other = |object| Self::Other(SecretObject::from(object));
        tagged(deserializer, "type", &TYPES, Known::deserialize, other)
    }
}

impl From<S3Source> for OriginSource {
    /// A bucket of Amazon S3; Cloudinary's backup is [`OriginSource::CloudinaryBackup`].
    fn from(source: S3Source) -> Self {
        Self::S3(source)
    }
}

impl From<S3CompatibleSource> for OriginSource {
    fn from(source: S3CompatibleSource) -> Self {
        Self::S3Compatible(source)
    }
}

impl From<WebFolderSource> for OriginSource {
    fn from(source: WebFolderSource) -> Self {
        Self::WebFolder(source)
    }
}

impl From<WebProxySource> for OriginSource {
    fn from(source: WebProxySource) -> Self {
        Self::WebProxy(source)
    }
}

impl From<GcsSource> for OriginSource {
    fn from(source: GcsSource) -> Self {
        Self::Gcs(source)
    }
}

impl From<AzureBlobSource> for OriginSource {
    fn from(source: AzureBlobSource) -> Self {
        Self::AzureBlob(source)
    }
}

impl From<AkeneoPimSource> for OriginSource {
    fn from(source: AkeneoPimSource) -> Self {
        Self::AkeneoPim(source)
    }
}
