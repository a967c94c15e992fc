//! Text that must never be printed.

use std::fmt;
use std::ops::{Deref, DerefMut};

use serde::{Deserialize, Serialize};

use crate::types::Extra;

/// A secret: a private key, a webhook secret, a credential inside an origin.
///
/// `Debug` prints `[secret]`, there is no `Display`, and comparing two secrets takes the same
/// time wherever they differ. [`Secret::expose`] is the only way to the text.
///
/// ```
/// use imagekit_proto::Secret;
///
/// let secret = Secret::new("private_abc");
/// assert_eq!(format!("{secret:?}"), "[secret]");
/// assert_eq!(secret.expose(), "private_abc");
/// ```
#[derive(Clone, Default)]
pub struct Secret(String);

impl Secret {
    /// Wraps `text`.
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// The text itself: for signing and for the wire, never for people.
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("[secret]")
    }
}

impl PartialEq for Secret {
    fn eq(&self, other: &Self) -> bool {
        constant_time_eq(self.0.as_bytes(), other.0.as_bytes())
    }
}

impl Eq for Secret {}

impl From<String> for Secret {
    fn from(text: String) -> Self {
        Self(text)
    }
}

impl From<&str> for Secret {
    fn from(text: &str) -> Self {
        Self(text.to_owned())
    }
}

/// A JSON object whose values are never printed: some of them may be credentials.
///
/// `Debug` prints the keys. Everything else is as with the object itself, through `Deref`.
///
/// ```
/// use imagekit_proto::SecretObject;
///
/// let mut object = SecretObject::default();
/// object.insert("sasToken".to_owned(), "abc123".into());
/// assert_eq!(format!("{object:?}"), r#"{"sasToken": [secret]}"#);
/// assert_eq!(object["sasToken"], "abc123");
/// ```
#[derive(Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct SecretObject(Extra);

impl fmt::Debug for SecretObject {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        HiddenValues(&self.0).fmt(f)
    }
}

/// An object of which `Debug` tells the keys only.
pub(crate) struct HiddenValues<'a>(pub(crate) &'a Extra);

impl fmt::Debug for HiddenValues<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_map().entries(self.0.keys().map(|key| (key, Secret::default()))).finish()
    }
}

/// Bytes of which `Debug` tells the number only: a body may hold credentials or a token.
pub(crate) struct HiddenBytes<'a>(pub(crate) &'a [u8]);

impl fmt::Debug for HiddenBytes<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} bytes", self.0.len())
    }
}

impl Deref for SecretObject {
    type Target = Extra;

    fn deref(&self) -> &Extra {
        &self.0
    }
}

impl DerefMut for SecretObject {
    fn deref_mut(&mut self) -> &mut Extra {
        &mut self.0
    }
}

impl From<Extra> for SecretObject {
    fn from(object: Extra) -> Self {
        Self(object)
    }
}

/// A secret that belongs into the JSON form of a request: `#[serde(with = "exposed")]`.
///
/// [`Secret`] itself has no JSON, so that none is written by accident.
pub(crate) mod exposed {
    use serde::de::Error;
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    use super::Secret;

    pub(crate) fn serialize<S: Serializer>(
        secret: &Secret,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        secret.expose().serialize(serializer)
    }

    pub(crate) fn deserialize<'de, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Secret, D::Error> {
        // The reader's own error would quote what stands there instead.
        String::deserialize(deserializer)
            .map(Secret::from)
            .map_err(|_| D::Error::custom("a secret is text"))
    }

    /// The same for a secret that may be missing.
    pub(crate) mod option {
        use super::{Deserialize, Deserializer, Error, Secret, Serialize, Serializer};

        pub(crate) fn serialize<S: Serializer>(
            secret: &Option<Secret>,
            serializer: S,
        ) -> Result<S::Ok, S::Error> {
            secret.as_ref().map(Secret::expose).serialize(serializer)
        }

        pub(crate) fn deserialize<'de, D: Deserializer<'de>>(
            deserializer: D,
        ) -> Result<Option<Secret>, D::Error> {
            Option::<String>::deserialize(deserializer)
                .map(|text| text.map(Secret::from))
                .map_err(|_| D::Error::custom("a secret is text"))
        }
    }
}

/// Compares without stopping at the first difference; only the lengths leak.
pub(crate) fn constant_time_eq(a: &[u8], b: &[u8]) -> bool {
    a.len() == b.len() && a.iter().zip(b).fold(0, |diff, (x, y)| diff | (x ^ y)) == 0
}
