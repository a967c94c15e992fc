//! The origin as the API describes it.

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::TYPES;
use super::details::{
    AkeneoPimDetails, AzureBlobDetails, GcsDetails, S3CompatibleDetails, S3Details,
    WebFolderDetails, WebProxyDetails,
};
use crate::secret::SecretObject;
use crate::types::tagged;

/// An origin, without its credentials.
///
/// Keys that this crate does not know yet are in the `extra` of its
/// [`details`](Self::details). `Debug` does not print their values: if a response ever contains a
/// credential, it stays out of the log.
///
/// ```
/// use imagekit_proto::api::accounts::origins::{Origin, OriginDetails};
///
/// let origin: Origin = serde_json::from_str(
///     r#"{"id": "origin_1", "name": "US S3 Storage", "type": "S3", "bucket": "product-images",
///         "prefix": "raw-assets", "includeCanonicalHeader": false, "useIAMRole": true}"#,
/// )?;
/// assert_eq!(origin.name, "US S3 Storage");
/// let OriginDetails::S3(s3) = origin.details else { panic!() };
/// assert_eq!(s3.bucket.as_deref(), Some("product-images"));
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Origin {
    /// Id.
    pub id: String,
    /// Name.
    pub name: String,
    /// Whether ImageKit sends a canonical header.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub include_canonical_header: Option<bool>,
    /// The URL in the canonical header.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub base_url_for_canonical_header: Option<String>,
    /// Source of the origin.
    #[serde(flatten)]
    pub details: OriginDetails,
}

/// Source of an origin, without its credentials.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum OriginDetails {
    /// `S3`: a bucket of Amazon S3.
    S3(S3Details),
    /// `S3_COMPATIBLE`: a bucket of another service with the S3 API.
    S3Compatible(S3CompatibleDetails),
    /// `CLOUDINARY_BACKUP`: the bucket that Cloudinary backs up to.
    CloudinaryBackup(S3Details),
    /// `WEB_FOLDER`: files below a URL.
    WebFolder(WebFolderDetails),
    /// `WEB_PROXY`: any URL.
    WebProxy(WebProxyDetails),
    /// `GCS`: a bucket of Google Cloud Storage.
    Gcs(GcsDetails),
    /// `AZURE_BLOB`: a container of Azure Blob Storage.
    AzureBlob(AzureBlobDetails),
    /// `AKENEO_PIM`: the product information of an Akeneo instance.
    AkeneoPim(AkeneoPimDetails),
    /// A source that this crate does not know yet: its keys as sent, `type` included.
    Other(SecretObject),
}

/// [`OriginDetails`] as serde derives it: a mirror, so that the public type gets no methods of serde's.
#[derive(Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "SCREAMING_SNAKE_CASE", remote = "OriginDetails")]
enum Known {
    S3(S3Details),
    S3Compatible(S3CompatibleDetails),
    CloudinaryBackup(S3Details),
    WebFolder(WebFolderDetails),
    WebProxy(WebProxyDetails),
    Gcs(GcsDetails),
    AzureBlob(AzureBlobDetails),
    AkeneoPim(AkeneoPimDetails),
    #[serde(skip)]
    Other(SecretObject),
}

impl Serialize for OriginDetails {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Other(object) => object.serialize(serializer),
            known => Known::serialize(known, serializer),
        }
    }
}

impl<'de> Deserialize<'de> for OriginDetails {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let other = |object| Self::Other(SecretObject::from(object));
        tagged(deserializer, "type", &TYPES, Known::deserialize, other)
    }
}
