//! Partial updates: keep a value, clear it, or set it.

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// Change of one value in an update.
///
/// ```
/// use imagekit_proto::types::Patch;
///
/// let tags: Patch<Vec<String>> = Patch::default();
/// assert!(tags.is_keep()); // not sent
///
/// assert_eq!(serde_json::to_value(Patch::<String>::Clear)?, serde_json::Value::Null);
///
/// let tags = Patch::from(vec!["red", "round"]);
/// assert_eq!(serde_json::to_value(&tags)?, serde_json::json!(["red", "round"]));
/// assert_eq!(tags.as_set(), Some(&vec!["red", "round"]));
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[expect(clippy::exhaustive_enums, reason = "there is no fourth thing to do to a value")]
pub enum Patch<T> {
    /// The value stays as it is: nothing is sent.
    #[default]
    Keep,
    /// The value is removed: `null` is sent.
    Clear,
    /// The value is replaced.
    Set(T),
}

impl<T> Patch<T> {
    /// Returns whether the value stays as it is.
    pub fn is_keep(&self) -> bool {
        matches!(self, Self::Keep)
    }

    /// Returns the new value, if one is set.
    pub fn as_set(&self) -> Option<&T> {
        match self {
            Self::Set(value) => Some(value),
            Self::Keep | Self::Clear => None,
        }
    }
}

impl<T> From<T> for Patch<T> {
    fn from(value: T) -> Self {
        Self::Set(value)
    }
}

impl<T: Serialize> Serialize for Patch<T> {
    /// `Keep` has no JSON of its own: a field of this type is skipped by
    /// `skip_serializing_if = "Patch::is_keep"`.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Keep | Self::Clear => serializer.serialize_none(),
            Self::Set(value) => serializer.serialize_some(value),
        }
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Patch<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Option::deserialize(deserializer).map(|value| value.map_or(Self::Clear, Self::Set))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, PartialEq, Serialize, Deserialize)]
    struct Update {
        #[serde(default, skip_serializing_if = "Patch::is_keep")]
        tags: Patch<Vec<String>>,
    }

    #[test]
    fn absent_null_and_value_are_three_things() {
        for (json, tags) in [
            ("{}", Patch::Keep),
            (r#"{"tags":null}"#, Patch::Clear),
            (r#"{"tags":[]}"#, Patch::Set(vec![])),
            (r#"{"tags":["a"]}"#, Patch::Set(vec!["a".to_owned()])),
        ] {
            let update: Update = serde_json::from_str(json).unwrap();
            assert_eq!(update, Update { tags });
            assert_eq!(serde_json::to_string(&update).unwrap(), json);
        }
    }
}
