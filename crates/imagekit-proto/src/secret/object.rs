//! Objects with credentials among their values.

use std::fmt;
use std::ops::{Deref, DerefMut};

use serde::{Deserialize, Serialize};
use serde_json::Value;
use zeroize::Zeroize as _;

use super::HiddenValues;
use crate::types::Extra;

/// A JSON object whose values are never printed: some of them may be credentials.
///
/// `Debug` prints the keys, and the strings among the values are overwritten with zeros when the
/// object is dropped. `Deref` gives everything else that the object can do.
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

impl Drop for SecretObject {
    fn drop(&mut self) {
        self.0.values_mut().for_each(wipe);
    }
}

/// Overwrites every string in `value`.
fn wipe(value: &mut Value) {
    match value {
        Value::String(text) => text.zeroize(),
        Value::Array(items) => items.iter_mut().for_each(wipe),
        Value::Object(fields) => fields.values_mut().for_each(wipe),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn fields() -> Extra {
        Extra::from_iter([("key".to_owned(), "abc".into()), ("port".to_owned(), 1.into())])
    }

    #[test]
    fn every_conversion_keeps_the_fields() {
        let mut object = SecretObject::from(fields());
        assert_eq!(*object, fields());
        object.insert("more".to_owned(), true.into());
        assert_eq!(object["more"], true);
        assert_ne!(object, SecretObject::from(fields()));
        assert_eq!(object.clone(), object);

        let json = serde_json::to_value(&object).unwrap();
        assert_eq!(json, json!({"key": "abc", "port": 1, "more": true}));
        assert_eq!(serde_json::from_value::<SecretObject>(json).unwrap(), object);
    }

    #[test]
    fn debug_prints_keys_only() {
        let printed = format!("{:?}", SecretObject::from(fields()));
        assert_eq!(printed, r#"{"key": [secret], "port": [secret]}"#);
    }

    #[test]
    fn every_string_is_wiped() {
        let mut value = json!({"a": "abc", "b": ["abc", {"c": "abc"}], "d": 1, "e": null});
        wipe(&mut value);
        assert_eq!(value, json!({"a": "", "b": ["", {"c": ""}], "d": 1, "e": null}));
    }
}
