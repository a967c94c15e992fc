//! One EXIF tag: of the type its field has, or not.

use std::borrow::Cow;
use std::fmt;
use std::marker::PhantomData;

use serde::de::value::{MapAccessDeserializer, SeqAccessDeserializer};
use serde::de::{Deserialize, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde_json::Value;

use crate::types::{Extra, Number};

/// A key, borrowed from the text where it can be.
pub(super) struct Key<'de>(pub(super) Cow<'de, str>);

impl<'de> Deserialize<'de> for Key<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct KeyVisitor;

        impl<'de> Visitor<'de> for KeyVisitor {
            type Value = Key<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("the name of a tag")
            }

            fn visit_borrowed_str<E: Error>(self, text: &'de str) -> Result<Key<'de>, E> {
                Ok(Key(Cow::Borrowed(text)))
            }

            fn visit_str<E: Error>(self, text: &str) -> Result<Key<'de>, E> {
                Ok(Key(Cow::Owned(text.to_owned())))
            }
        }

        deserializer.deserialize_str(KeyVisitor)
    }
}

/// A value of the type `T`, or whatever else came.
pub(super) enum Tag<T> {
    Expected(T),
    Other(Value),
}

/// A type that fields of EXIF groups have.
pub(super) trait TagType: Sized {
    fn number(value: Number) -> Tag<Self> {
        Tag::Other(serde_json::to_value(value).unwrap_or_default())
    }

    fn text(value: &str) -> Tag<Self> {
        Tag::Other(value.into())
    }

    fn list(values: Vec<Value>) -> Tag<Self> {
        Tag::Other(Value::Array(values))
    }
}

impl TagType for Number {
    fn number(value: Number) -> Tag<Self> {
        Tag::Expected(value)
    }
}

impl TagType for String {
    fn text(value: &str) -> Tag<Self> {
        Tag::Expected(value.to_owned())
    }
}

impl TagType for Vec<Number> {
    fn list(values: Vec<Value>) -> Tag<Self> {
        match values.iter().map(Number::deserialize).collect() {
            Ok(numbers) => Tag::Expected(numbers),
            Err(_) => Tag::Other(Value::Array(values)),
        }
    }
}

impl<'de, T: TagType> Deserialize<'de> for Tag<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(TagVisitor(PhantomData))
    }
}

struct TagVisitor<T>(PhantomData<T>);

impl<'de, T: TagType> Visitor<'de> for TagVisitor<T> {
    type Value = Tag<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the value of a tag")
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<Tag<T>, E> {
        Ok(T::number(value.into()))
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<Tag<T>, E> {
        Ok(T::number(value.into()))
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<Tag<T>, E> {
        Ok(T::number(value.into()))
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<Tag<T>, E> {
        Ok(T::text(value))
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<Tag<T>, E> {
        Ok(Tag::Other(value.into()))
    }

    fn visit_unit<E: Error>(self) -> Result<Tag<T>, E> {
        Ok(Tag::Other(Value::Null))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, list: A) -> Result<Tag<T>, A::Error> {
        Vec::deserialize(SeqAccessDeserializer::new(list)).map(T::list)
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Tag<T>, A::Error> {
        Extra::deserialize(MapAccessDeserializer::new(map)).map(|map| Tag::Other(map.into()))
    }
}
