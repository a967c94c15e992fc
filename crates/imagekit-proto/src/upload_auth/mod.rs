//! Signatures and tokens for uploads from a browser or an app, without the private key there.
//!
//! A server that has the private key signs; the browser or app sends the signature or token
//! instead of basic authentication:
//!
//! - **v1**: [`UploadSigner::sign`] returns `token`, `expire` and `signature`; they allow one upload of
//!   any file for less than an hour.
//! - **v2** (beta): [`UploadSigner::sign_upload`] returns one token that covers every field of the
//!   upload form; [`jwt`] creates such a token from a list of fields.
//!
//! ```
//! use std::time::Duration;
//! use imagekit_proto::types::UnixTime;
//! use imagekit_proto::upload_auth::{SignatureToken, UploadSigner};
//!
//! let signer = UploadSigner::new("private_key_test")?.with_public_key("public_key_test")?;
//!
//! let entropy = [7; 16]; // 16 bytes from the system's random source
//! let now = UnixTime::from_secs(1_700_000_000); // SystemTime::now(), in seconds since 1970
//! let auth = signer.sign(SignatureToken::from_entropy(entropy), Duration::from_secs(600), now)?;
//!
//! assert_eq!(auth.expire, UnixTime::from_secs(1_700_000_600));
//! // The JSON for the web page:
//! let json = serde_json::to_value(&auth)?;
//! assert_eq!(json["token"], "07070707-0707-4707-8707-07070707070b");
//! assert_eq!(json["publicKey"], "public_key_test");
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod error;
mod jwt;
mod signed_upload;
mod signer;
mod token;

pub use error::UploadAuthError;
pub use jwt::jwt;
pub use signed_upload::SignedUpload;
pub use signer::UploadSigner;
pub use token::SignatureToken;
