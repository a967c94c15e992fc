//! Credentials of an upload that does without the private key.

use std::fmt;

use http::Method;
use serde::de::{DeserializeOwned, Error};
use serde::{Deserialize, Deserializer, Serialize};

use crate::config::Server;
use crate::endpoint::{Idempotency, Operation};
use crate::error::BuildError;
use crate::secret::{Secret, exposed};
use crate::types::UnixTime;

/// A version of the upload API: [`V1`] or [`V2`].
pub trait Version: sealed::Sealed + Clone + Send + Sync + 'static {
    /// Credentials that replace the private key.
    type Credentials: Clone + fmt::Debug + PartialEq + Serialize + DeserializeOwned + Send + Sync;

    #[doc(hidden)]
    const OPERATION: &'static Operation;

    #[doc(hidden)]
    fn check(credentials: &Self::Credentials) -> Result<(), BuildError>;
}

mod sealed {
    pub trait Sealed {}
}

/// Version 1 of the upload API.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct V1;

/// Version 2 of the upload API (beta).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct V2;

impl sealed::Sealed for V1 {}
impl sealed::Sealed for V2 {}

impl Version for V1 {
    type Credentials = UploadAuth;

    const OPERATION: &'static Operation = &Operation::new(
        "upload-file",
        Method::POST,
        "/api/v1/files/upload",
        Idempotency::NonIdempotent,
        "https://imagekit.io/docs/api-reference/upload-file/upload-file",
    )
    .server(Server::Upload);

    fn check(credentials: &UploadAuth) -> Result<(), BuildError> {
        if credentials.public_key.is_some() {
            return Ok(());
        }
        Err(BuildError::invalid(
            "publicKey",
            "a signed upload needs it, so give the signer the public key",
        ))
    }
}

impl Version for V2 {
    type Credentials = UploadJwt;

    const OPERATION: &'static Operation = &Operation::new(
        "upload-file-v2",
        Method::POST,
        "/api/v2/files/upload",
        Idempotency::NonIdempotent,
        "https://imagekit.io/docs/api-reference/upload-file/upload-file-v2",
    )
    .server(Server::Upload);

    fn check(_: &UploadJwt) -> Result<(), BuildError> {
        Ok(())
    }
}

/// What authorises one upload by version 1 of the API: a single-use token, its expiry, and their
/// signature.
///
/// Made by `upload_auth::UploadSigner`. Serialised, it is the JSON that the official browser clients
/// expect from a server. Anybody who has it can upload one file until `expire`, so `Debug` prints
/// neither token nor signature.
///
/// ```
/// use imagekit_proto::api::upload::UploadAuth;
///
/// let from_a_server = r#"{"token": "tok", "expire": 1700000600,
///     "signature": "c04cf2f9f5ef4f05336f13dde2360795b94652d3"}"#;
/// let auth: UploadAuth = serde_json::from_str(from_a_server)?;
/// assert_eq!(auth.expire.as_secs(), 1_700_000_600);
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[non_exhaustive]
pub struct UploadAuth {
    /// The single-use token.
    pub token: String,
    /// When the authorisation ends; less than an hour ahead.
    pub expire: UnixTime,
    /// HMAC-SHA1 of token and expiry under the private key: 40 lower-case hexadecimal digits.
    pub signature: String,
    /// The public key, which an upload needs; absent when the signer has none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub public_key: Option<String>,
}

impl UploadAuth {
    /// Creates the credentials from what a server has signed.
    pub fn new(
        public_key: impl Into<String>,
        token: impl Into<String>,
        expire: UnixTime,
        signature: impl Into<String>,
    ) -> Self {
        Self {
            token: token.into(),
            expire,
            signature: signature.into(),
            public_key: Some(public_key.into()),
        }
    }
}

impl fmt::Debug for UploadAuth {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("UploadAuth")
            .field("token", &Secret::default())
            .field("expire", &self.expire)
            .field("signature", &Secret::default())
            .field("public_key", &self.public_key)
            .finish()
    }
}

/// What authorises one upload by version 2 of the API: a JSON Web Token that covers every field of
/// the form except the file.
///
/// ```
/// use imagekit_proto::api::upload::{UploadFileV2, UploadJwt};
///
/// let upload = UploadFileV2::new("cat.jpg").credentials(UploadJwt::new("eyJhbGciOiJIUzI1NiJ9.e30.x"));
/// assert!(!format!("{upload:?}").contains("eyJ"));
/// ```
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct UploadJwt {
    /// The token.
    #[serde(with = "exposed")]
    pub token: Secret,
}

impl UploadJwt {
    /// Creates the credentials from a token that a server has signed.
    pub fn new(token: impl Into<Secret>) -> Self {
        Self { token: token.into() }
    }
}

/// The form fields that carry credentials.
pub(super) const CREDENTIAL_FIELDS: [&str; 4] = ["publicKey", "token", "expire", "signature"];

/// Reads the credentials among the fields of a request: all of a version's, or none.
pub(super) fn from_fields<'de, D, C>(deserializer: D) -> Result<Option<C>, D::Error>
where
    D: Deserializer<'de>,
    C: DeserializeOwned,
{
    /// Each field by itself, so that a part of them is noticed.
    #[derive(Serialize, Deserialize)]
    #[serde(rename_all = "camelCase")]
    struct Fields {
        #[serde(default, skip_serializing_if = "Option::is_none")]
        public_key: Option<serde_json::Value>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        token: Option<serde_json::Value>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        expire: Option<serde_json::Value>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        signature: Option<serde_json::Value>,
    }

    let fields =
        serde_json::to_value(Fields::deserialize(deserializer)?).map_err(D::Error::custom)?;
    if fields.as_object().is_some_and(serde_json::Map::is_empty) {
        return Ok(None);
    }
    // The reader's own error could quote a credential.
    C::deserialize(fields).map(Some).map_err(|_| {
        D::Error::custom(
            "incomplete credentials: version 1 takes publicKey, token, expire and signature, \
             version 2 a token alone",
        )
    })
}
