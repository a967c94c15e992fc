//! Sources in a cloud's storage.

use serde::{Deserialize, Serialize};

use crate::secret::{Secret, exposed};

/// A bucket of Amazon S3, or the one that Cloudinary backs up to.
///
/// ```
/// use imagekit_proto::api::accounts::origins::S3Source;
///
/// let value = serde_json::to_value(S3Source::new("product-images", "AKIA0", "abc123").prefix("raw"))?;
/// assert_eq!(value["bucket"], "product-images");
/// assert_eq!(value["prefix"], "raw");
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[non_exhaustive]
pub struct S3Source {
    /// The bucket's name.
    pub bucket: String,
    /// The path inside the bucket; empty by default.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub prefix: Option<String>,
    /// Whether an IAM role opens the bucket instead of the keys, which are empty then; false by
    /// default.
    #[serde(rename = "useIAMRole", default, skip_serializing_if = "Option::is_none")]
    pub use_iam_role: Option<bool>,
    /// The access key of the bucket.
    #[serde(with = "exposed")]
    pub access_key: Secret,
    /// The secret key of the bucket.
    #[serde(with = "exposed")]
    pub secret_key: Secret,
}

impl S3Source {
    /// Creates the source: the bucket `bucket`, opened by keys.
    pub fn new(
        bucket: impl Into<String>,
        access_key: impl Into<Secret>,
        secret_key: impl Into<Secret>,
    ) -> Self {
        Self {
            bucket: bucket.into(),
            prefix: None,
            use_iam_role: None,
            access_key: access_key.into(),
            secret_key: secret_key.into(),
        }
    }

    /// Creates the source: the bucket `bucket`, opened by an IAM role.
    ///
    /// ```
    /// use imagekit_proto::api::accounts::origins::S3Source;
    ///
    /// assert_eq!(
    ///     serde_json::to_value(S3Source::with_iam_role("product-images"))?,
    ///     serde_json::json!({
    ///         "bucket": "product-images",
    ///         "useIAMRole": true,
    ///         "accessKey": "",
    ///         "secretKey": "",
    ///     })
    /// );
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub fn with_iam_role(bucket: impl Into<String>) -> Self {
        Self::new(bucket, "", "").use_iam_role(true)
    }

    /// Sets the path inside the bucket.
    pub fn prefix(mut self, prefix: impl Into<String>) -> Self {
        self.prefix = Some(prefix.into());
        self
    }

    /// Sets whether an IAM role opens the bucket instead of the keys.
    pub fn use_iam_role(mut self, yes: bool) -> Self {
        self.use_iam_role = Some(yes);
        self
    }
}

/// A bucket of another service with the S3 API.
///
/// ```
/// use imagekit_proto::api::accounts::origins::S3CompatibleSource;
///
/// let value = serde_json::to_value(S3CompatibleSource::new("b", "https://s3.example.com", "key", "secret"))?;
/// assert_eq!(value["endpoint"], "https://s3.example.com");
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[non_exhaustive]
pub struct S3CompatibleSource {
    /// The bucket's name.
    pub bucket: String,
    /// The service's URL.
    pub endpoint: String,
    /// The path inside the bucket; empty by default.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub prefix: Option<String>,
    /// Whether the bucket name is in the path instead of the host; false by default.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub s3_force_path_style: Option<bool>,
    /// The access key of the bucket.
    #[serde(with = "exposed")]
    pub access_key: Secret,
    /// The secret key of the bucket.
    #[serde(with = "exposed")]
    pub secret_key: Secret,
}

impl S3CompatibleSource {
    /// Creates the source: the bucket `bucket` of the service at `endpoint`.
    pub fn new(
        bucket: impl Into<String>,
        endpoint: impl Into<String>,
        access_key: impl Into<Secret>,
        secret_key: impl Into<Secret>,
    ) -> Self {
        Self {
            bucket: bucket.into(),
            endpoint: endpoint.into(),
            prefix: None,
            s3_force_path_style: None,
            access_key: access_key.into(),
            secret_key: secret_key.into(),
        }
    }

    /// Sets the path inside the bucket.
    pub fn prefix(mut self, prefix: impl Into<String>) -> Self {
        self.prefix = Some(prefix.into());
        self
    }

    /// Sets whether the bucket name is in the path instead of the host.
    pub fn s3_force_path_style(mut self, yes: bool) -> Self {
        self.s3_force_path_style = Some(yes);
        self
    }
}

/// A bucket of Google Cloud Storage.
///
/// ```
/// use imagekit_proto::api::accounts::origins::GcsSource;
///
/// let value = serde_json::to_value(GcsSource::new("b", "robot@example.iam.gserviceaccount.com", "PEM"))?;
/// assert_eq!(value["clientEmail"], "robot@example.iam.gserviceaccount.com");
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[non_exhaustive]
pub struct GcsSource {
    /// The bucket's name.
    pub bucket: String,
    /// The path inside the bucket; empty by default.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub prefix: Option<String>,
    /// The service account's e-mail address.
    pub client_email: String,
    /// The service account's private key, in PEM.
    #[serde(with = "exposed")]
    pub private_key: Secret,
}

impl GcsSource {
    /// Creates the source: the bucket `bucket`, opened by a service account.
    pub fn new(
        bucket: impl Into<String>,
        client_email: impl Into<String>,
        private_key: impl Into<Secret>,
    ) -> Self {
        Self {
            bucket: bucket.into(),
            prefix: None,
            client_email: client_email.into(),
            private_key: private_key.into(),
        }
    }

    /// Sets the path inside the bucket.
    pub fn prefix(mut self, prefix: impl Into<String>) -> Self {
        self.prefix = Some(prefix.into());
        self
    }
}

/// A container of Azure Blob Storage.
///
/// ```
/// use imagekit_proto::api::accounts::origins::AzureBlobSource;
///
/// let value = serde_json::to_value(AzureBlobSource::new("account", "images", "?sv=2022-11-02&sig=abc"))?;
/// assert_eq!(value["container"], "images");
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[non_exhaustive]
pub struct AzureBlobSource {
    /// The storage account's name.
    pub account_name: String,
    /// The container's name.
    pub container: String,
    /// The path inside the container; empty by default.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub prefix: Option<String>,
    /// The shared access signature: a query string.
    #[serde(with = "exposed")]
    pub sas_token: Secret,
}

impl AzureBlobSource {
    /// Creates the source: the container `container` of a storage account.
    pub fn new(
        account_name: impl Into<String>,
        container: impl Into<String>,
        sas_token: impl Into<Secret>,
    ) -> Self {
        Self {
            account_name: account_name.into(),
            container: container.into(),
            prefix: None,
            sas_token: sas_token.into(),
        }
    }

    /// Sets the path inside the container.
    pub fn prefix(mut self, prefix: impl Into<String>) -> Self {
        self.prefix = Some(prefix.into());
        self
    }
}
