//! Uploads that are not signed.

use std::fmt;
use std::time::Duration;

use crate::error::BuildError;

/// Why an upload was not signed. No variant holds a key.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum UploadAuthError {
    /// The private key is empty.
    EmptyPrivateKey,
    /// The public key is empty.
    EmptyPublicKey,
    /// The public key is the private key, or starts with `private_`. Every visitor would see it.
    PublicKeyIsPrivate,
    /// The token is empty.
    EmptyToken,
    /// The token has a control character, which no form or header carries unchanged.
    ControlCharacterInToken {
        /// Its position, in bytes from the start.
        position: usize,
    },
    /// The lifetime is less than one second: ImageKit would refuse the upload as expired.
    LifetimeTooShort,
    /// The lifetime is longer than ImageKit accepts.
    LifetimeTooLong {
        /// The requested lifetime.
        lifetime: Duration,
        /// The longest lifetime accepted, in seconds.
        max_seconds: u64,
    },
    /// The wall clock, in seconds, has not ten digits: it is not set (before September 2001), or
    /// counts milliseconds (after 2286).
    ClockOutOfRange,
    /// A form field of this name cannot be in a token's payload: `file` and `token` are not
    /// part of it, `iat` and `exp` come from the clock, and a field needs a name.
    ReservedField {
        /// The field's name.
        name: String,
    },
    /// A value of the form cannot be sent.
    Form(BuildError),
    /// The form field was given twice; the token can hold one value only.
    RepeatedField {
        /// The field's name.
        name: String,
    },
}

impl fmt::Display for UploadAuthError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::EmptyPrivateKey => {
                f.write_str("the private key is empty: take it from the dashboard's API keys")
            }
            Self::EmptyPublicKey => {
                f.write_str("the public key is empty: take it from the dashboard's API keys")
            }
            Self::PublicKeyIsPrivate => f.write_str(
                "a private key was given as the public key, which every visitor would see: \
                 pass the key that begins with public_",
            ),
            Self::EmptyToken => f.write_str(
                "the upload token is empty: pass a text never used before, or create one with \
                 SignatureToken::from_entropy",
            ),
            Self::ControlCharacterInToken { position } => write!(
                f,
                "the upload token has a control character at byte {position}: use printable \
                 characters only, such as a UUID"
            ),
            Self::LifetimeTooShort => {
                f.write_str("the lifetime is less than a second: pass at least one second")
            }
            Self::LifetimeTooLong { lifetime, max_seconds } => write!(
                f,
                "ImageKit refuses a lifetime of {} s: pass {max_seconds} s at most",
                lifetime.as_secs()
            ),
            Self::ClockOutOfRange => f.write_str(
                "the wall clock is before 2001 or after 2286: pass the seconds since 1970 (not \
                 milliseconds), and set this machine's clock",
            ),
            Self::ReservedField { name } => write!(
                f,
                "the form field {name:?} cannot be part of an upload token: leave out file, \
                 token, iat, exp and empty names"
            ),
            Self::Form(error) => write!(f, "the form cannot be sent, {error}"),
            Self::RepeatedField { name } => {
                write!(f, "the form field {name:?} was given twice: give it once")
            }
        }
    }
}

impl std::error::Error for UploadAuthError {}
