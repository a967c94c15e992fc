//! Secrets in the JSON form of a request: `#[serde(with = "exposed")]`.
//!
//! [`Secret`] itself has no JSON form, so that none is written by accident.

use serde::de::Error;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::Secret;

pub(crate) fn serialize<S: Serializer>(secret: &Secret, serializer: S) -> Result<S::Ok, S::Error> {
    secret.expose().serialize(serializer)
}

pub(crate) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Secret, D::Error> {
    // The parser's own error would quote the value.
    String::deserialize(deserializer)
        .map(Secret::from)
        .map_err(|_| D::Error::custom("expected a string for a secret"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, PartialEq, Serialize, Deserialize)]
    struct Origin {
        #[serde(with = "super")]
        key: Secret,
    }

    #[test]
    fn secrets_round_trip_through_json() {
        let json = r#"{"key":"a"}"#;
        let origin: Origin = serde_json::from_str(json).unwrap();
        assert_eq!(origin.key.expose(), "a");
        assert_eq!(serde_json::to_string(&origin).unwrap(), json);
    }

    #[test]
    fn errors_do_not_quote_the_value() {
        let error = serde_json::from_str::<Origin>(r#"{"key":31337}"#).unwrap_err().to_string();
        assert!(error.contains("expected a string"), "{error}");
        assert!(!error.contains("31337"), "{error}");
    }
}
