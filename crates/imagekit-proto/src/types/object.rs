//! Nested models where something else than an object may come.

use std::fmt;
use std::marker::PhantomData;

use serde::de::value::{MapAccessDeserializer, SeqAccessDeserializer};
use serde::de::{Deserialize, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde_json::Value;

use super::Extra;

/// A model that may be nested where something else than an object is no error.
pub(crate) trait FromObject: Sized {
    /// Reads the model from the pairs of an object.
    fn from_object<'de, A: MapAccess<'de>>(map: A) -> Result<Self, A::Error>;

    /// The keys that the model does not know.
    fn extra(&self) -> &Extra;
}

impl FromObject for Extra {
    fn from_object<'de, A: MapAccess<'de>>(map: A) -> Result<Self, A::Error> {
        Self::deserialize(MapAccessDeserializer::new(map))
    }

    fn extra(&self) -> &Extra {
        self
    }
}

impl<T: FromObject> FromObject for Box<T> {
    fn from_object<'de, A: MapAccess<'de>>(map: A) -> Result<Self, A::Error> {
        T::from_object(map).map(Self::new)
    }

    fn extra(&self) -> &Extra {
        T::extra(self)
    }
}

/// An object read as `T`, or whatever else came.
pub(crate) struct ObjectOr<T>(pub(crate) Result<T, Value>);

impl<'de, T: FromObject> Deserialize<'de> for ObjectOr<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(ObjectVisitor(PhantomData)).map(Self)
    }
}

struct ObjectVisitor<T>(PhantomData<T>);

impl<'de, T: FromObject> Visitor<'de> for ObjectVisitor<T> {
    type Value = Result<T, Value>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON value")
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Self::Value, A::Error> {
        let object = T::from_object(map)?;
        Ok(number_in_disguise(object.extra()).map_or(Ok(object), Err))
    }

    fn visit_unit<E: Error>(self) -> Result<Self::Value, E> {
        Ok(Err(Value::Null))
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<Self::Value, E> {
        Ok(Err(value.into()))
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<Self::Value, E> {
        Ok(Err(value.into()))
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<Self::Value, E> {
        Ok(Err(value.into()))
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<Self::Value, E> {
        Ok(Err(value.into()))
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<Self::Value, E> {
        Ok(Err(value.into()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, list: A) -> Result<Self::Value, A::Error> {
        Vec::deserialize(SeqAccessDeserializer::new(list)).map(|list| Err(Value::Array(list)))
    }
}

/// The number that `extra` is. With its feature `arbitrary_precision`, `serde_json` hands a number
/// to a visitor as an object of one private key, which only its own [`Value`] understands.
fn number_in_disguise(extra: &Extra) -> Option<Value> {
    if extra.len() != 1 || !extra.keys().all(|key| key.starts_with('$')) {
        return None;
    }
    let value = Value::deserialize(Value::Object(extra.clone())).ok()?;
    value.is_number().then_some(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_no_object() {
        for json in ["1", "-1", "1.5", "\"x\"", "null", "true", "[1.5]"] {
            let object: ObjectOr<Extra> = serde_json::from_str(json).unwrap();
            assert_eq!(object.0, Err(serde_json::from_str(json).unwrap()), "{json}");
        }
        for json in ["{}", r#"{"a":1.5}"#, r#"{"$a":1.5}"#, r#"{"$a":"1.5"}"#] {
            let object: ObjectOr<Extra> = serde_json::from_str(json).unwrap();
            assert_eq!(object.0.map(Value::Object), Ok(serde_json::from_str(json).unwrap()));
        }
    }
}
