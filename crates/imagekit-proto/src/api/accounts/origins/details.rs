//! The sources of origins, as responses describe them.

use serde::{Deserialize, Serialize};

use crate::secret::{AssetUrl, SecretObject};

/// A bucket of Amazon S3, or the one that Cloudinary backs up to.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct S3Details {
    /// The bucket's name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub bucket: Option<String>,
    /// The path inside the bucket.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub prefix: Option<String>,
    /// Whether an IAM role opens the bucket.
    #[serde(rename = "useIAMRole", skip_serializing_if = "Option::is_none")]
    pub use_iam_role: Option<bool>,
    /// Keys that this crate does not know yet; their values are not printed.
    #[serde(flatten)]
    pub extra: SecretObject,
}

/// A bucket of another service with the S3 API.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct S3CompatibleDetails {
    /// The bucket's name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub bucket: Option<String>,
    /// The path inside the bucket.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub prefix: Option<String>,
    /// The service's URL.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub endpoint: Option<String>,
    /// Whether the bucket name is in the path instead of the host.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub s3_force_path_style: Option<bool>,
    /// Keys that this crate does not know yet; their values are not printed.
    #[serde(flatten)]
    pub extra: SecretObject,
}

/// Files below a URL.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct WebFolderDetails {
    /// The URL.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub base_url: Option<AssetUrl>,
    /// Whether the request's `Host` header is forwarded.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub forward_host_header_to_origin: Option<bool>,
    /// Keys that this crate does not know yet; their values are not printed.
    #[serde(flatten)]
    pub extra: SecretObject,
}

/// Proxies an absolute URL appended to the endpoint.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct WebProxyDetails {
    /// Keys that this crate does not know yet; their values are not printed.
    #[serde(flatten)]
    pub extra: SecretObject,
}

/// A bucket of Google Cloud Storage.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct GcsDetails {
    /// The bucket's name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub bucket: Option<String>,
    /// The path inside the bucket.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub prefix: Option<String>,
    /// The service account's e-mail address.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub client_email: Option<String>,
    /// Keys that this crate does not know yet; their values are not printed.
    #[serde(flatten)]
    pub extra: SecretObject,
}

/// A container of Azure Blob Storage.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct AzureBlobDetails {
    /// The storage account's name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub account_name: Option<String>,
    /// The container's name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub container: Option<String>,
    /// The path inside the container.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub prefix: Option<String>,
    /// Keys that this crate does not know yet; their values are not printed.
    #[serde(flatten)]
    pub extra: SecretObject,
}

/// The product information of an Akeneo instance.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct AkeneoPimDetails {
    /// The instance's URL.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub base_url: Option<AssetUrl>,
    /// Keys that this crate does not know yet; their values are not printed.
    #[serde(flatten)]
    pub extra: SecretObject,
}
