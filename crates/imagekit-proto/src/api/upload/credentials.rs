//! How an upload is authorised without the private key.

use std::fmt;

use crate::endpoint::BuildError;
use crate::secret::Secret;

/// A version of the upload API: where it is, and what it accepts.
pub trait Version: sealed::Sealed + Send + Sync + 'static {
    #[doc(hidden)]
    const OPERATION: &'static str;
    #[doc(hidden)]
    const PATH: &'static str;
    #[doc(hidden)]
    fn check(credentials: &Credentials) -> Result<(), BuildError>;
}

mod sealed {
    pub trait Sealed {}
}

/// Version 1 of the upload API.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct V1;

/// Version 2 of the upload API.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct V2;

impl sealed::Sealed for V1 {}
impl sealed::Sealed for V2 {}

impl Version for V1 {
    const OPERATION: &'static str = "upload-file";
    const PATH: &'static str = "/api/v1/files/upload";

    fn check(credentials: &Credentials) -> Result<(), BuildError> {
        let Credentials { public_key, token, expire, signature } = credentials;
        match (public_key, token, expire, signature) {
            (Some(_), Some(_), Some(_), Some(_)) | (None, None, None, None) => Ok(()),
            _ => Err(BuildError::invalid(
                "signature",
                "publicKey, token, expire and signature go together: set all or none",
            )),
        }
    }
}

impl Version for V2 {
    const OPERATION: &'static str = "upload-file-v2";
    const PATH: &'static str = "/api/v2/files/upload";

    fn check(credentials: &Credentials) -> Result<(), BuildError> {
        let Credentials { public_key, token: _, expire, signature } = credentials;
        if public_key.is_some() || expire.is_some() || signature.is_some() {
            return Err(BuildError::invalid(
                "signature",
                "version 2 of the upload takes a token alone",
            ));
        }
        Ok(())
    }
}

/// What authorises an upload instead of the private key.
///
/// Version 1 takes a token, its expiry and their signature beside the public key, version 2 a
/// token alone. Each is good for one request, even in vain.
#[derive(Clone, Default, PartialEq)]
#[non_exhaustive]
pub struct Credentials {
    /// The account's public key.
    pub public_key: Option<String>,
    /// The token.
    pub token: Option<Secret>,
    /// When the signature ends, in Unix seconds; less than an hour ahead.
    pub expire: Option<i64>,
    /// Hex HMAC-SHA1 of token and expiry under the private key.
    pub signature: Option<Secret>,
}

impl Credentials {
    /// Nothing: the private key authorises.
    pub fn none() -> Self {
        Self::default()
    }

    /// What version 1 takes.
    pub fn signature(
        public_key: impl Into<String>,
        token: impl Into<Secret>,
        expire: i64,
        signature: impl Into<Secret>,
    ) -> Self {
        Self {
            public_key: Some(public_key.into()),
            token: Some(token.into()),
            expire: Some(expire),
            signature: Some(signature.into()),
        }
    }

    /// What version 2 takes.
    pub fn token(token: impl Into<Secret>) -> Self {
        Self { token: Some(token.into()), ..Self::default() }
    }

    /// Whether the private key is needed.
    pub fn is_none(&self) -> bool {
        *self == Self::default()
    }
}

impl fmt::Debug for Credentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Credentials")
            .field("public_key", &self.public_key)
            .field("token", &self.token)
            .field("expire", &self.expire)
            .field("signature", &self.signature)
            .finish()
    }
}
