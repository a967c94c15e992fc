//! Uploads straight from a browser or an app, without handing out the private key.
//!
//! A server that holds the private key signs, the client uploads with what it was given
//! instead of with Basic authentication:
//!
//! - **v1**: [`UploadSigner`] makes `token`, `expire` and `signature`; they allow one upload of
//!   anything for less than an hour.
//! - **v2** (beta): [`UploadSigner::sign_upload`] makes one token that binds every field of the
//!   upload form; [`jwt`] is the function under it.
//!
//! ```
//! use std::time::Duration;
//! use imagekit_proto::upload_auth::{UploadSigner, UploadToken};
//!
//! let signer = UploadSigner::new("private_key_test")?.with_public_key("public_key_test")?;
//!
//! let entropy = [7; 16]; // 16 bytes from the system's random source
//! let now_unix = 1_700_000_000; // SystemTime::now(), in seconds since 1970
//! let auth =
//!     signer.sign(UploadToken::from_entropy(entropy), Duration::from_secs(600), now_unix)?;
//!
//! assert_eq!(auth.expire, 1_700_000_600);
//! // What the web page gets:
//! let json = serde_json::to_value(&auth)?;
//! assert_eq!(json["token"], "07070707-0707-4707-8707-070707070707");
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
pub use token::UploadToken;
