//! Models that keep what does not fit: how their fields are read and written.

use std::borrow::Cow;
use std::fmt;

use serde::de::{Deserialize, Deserializer, Error, MapAccess, Visitor};
use serde::ser::{Serialize, SerializeMap};

use super::Extra;
use super::fit::{Fit, FromObject, ObjectOr, Written};

/// How a field of type `T` is read and written.
pub(crate) trait Field<T> {
    /// Reads the value of `key`; what does not fit goes to `extra`.
    fn read<'de, A: MapAccess<'de>>(
        map: &mut A,
        key: &'static str,
        extra: &mut Extra,
    ) -> Result<T, A::Error>;

    /// The field of an object without `key`.
    fn absent<E: Error>(key: &'static str) -> Result<T, E>;

    /// Writes the field, unless it is absent.
    fn write<M: SerializeMap>(field: &T, key: &'static str, map: &mut M) -> Result<(), M::Error>;
}

/// What names a thing: an object without it is an error.
pub(crate) struct Required;

/// A value that may be absent or null. One of another type is an error.
pub(crate) struct Optional;

/// A list that may be absent or null, which is the same as an empty one.
pub(crate) struct List;

/// A list that is not written when it is empty.
pub(crate) struct OptionalList;

/// A number (or a text of EXIF) that may be absent, null, or misfit.
pub(crate) struct Lenient;

/// A nested model that may be absent, null, or no object at all.
pub(crate) struct Object;

impl<T: for<'de> Deserialize<'de> + Serialize> Field<T> for Required {
    fn read<'de, A: MapAccess<'de>>(
        map: &mut A,
        _: &'static str,
        _: &mut Extra,
    ) -> Result<T, A::Error> {
        map.next_value()
    }

    fn absent<E: Error>(key: &'static str) -> Result<T, E> {
        Err(E::missing_field(key))
    }

    fn write<M: SerializeMap>(field: &T, key: &'static str, map: &mut M) -> Result<(), M::Error> {
        map.serialize_entry(key, field)
    }
}

impl<T: for<'de> Deserialize<'de> + Serialize> Field<Option<T>> for Optional {
    fn read<'de, A: MapAccess<'de>>(
        map: &mut A,
        _: &'static str,
        _: &mut Extra,
    ) -> Result<Option<T>, A::Error> {
        map.next_value()
    }

    fn absent<E: Error>(_: &'static str) -> Result<Option<T>, E> {
        Ok(None)
    }

    fn write<M: SerializeMap>(
        field: &Option<T>,
        key: &'static str,
        map: &mut M,
    ) -> Result<(), M::Error> {
        field.as_ref().map_or(Ok(()), |value| map.serialize_entry(key, value))
    }
}

impl<T: for<'de> Deserialize<'de> + Serialize + Default> Field<T> for List {
    fn read<'de, A: MapAccess<'de>>(
        map: &mut A,
        _: &'static str,
        _: &mut Extra,
    ) -> Result<T, A::Error> {
        map.next_value::<Option<T>>().map(Option::unwrap_or_default)
    }

    fn absent<E: Error>(_: &'static str) -> Result<T, E> {
        Ok(T::default())
    }

    fn write<M: SerializeMap>(field: &T, key: &'static str, map: &mut M) -> Result<(), M::Error> {
        map.serialize_entry(key, field)
    }
}

impl<T: for<'de> Deserialize<'de> + Serialize> Field<Vec<T>> for OptionalList {
    fn read<'de, A: MapAccess<'de>>(
        map: &mut A,
        key: &'static str,
        extra: &mut Extra,
    ) -> Result<Vec<T>, A::Error> {
        List::read(map, key, extra)
    }

    fn absent<E: Error>(_: &'static str) -> Result<Vec<T>, E> {
        Ok(Vec::new())
    }

    fn write<M: SerializeMap>(
        field: &Vec<T>,
        key: &'static str,
        map: &mut M,
    ) -> Result<(), M::Error> {
        if field.is_empty() { Ok(()) } else { map.serialize_entry(key, field) }
    }
}

impl<T: Fit> Field<Option<T>> for Lenient {
    fn read<'de, A: MapAccess<'de>>(
        map: &mut A,
        key: &'static str,
        extra: &mut Extra,
    ) -> Result<Option<T>, A::Error> {
        Ok(keep(T::fit(map.next_value()?), key, extra))
    }

    fn absent<E: Error>(_: &'static str) -> Result<Option<T>, E> {
        Ok(None)
    }

    fn write<M: SerializeMap>(
        field: &Option<T>,
        key: &'static str,
        map: &mut M,
    ) -> Result<(), M::Error> {
        field.as_ref().map_or(Ok(()), |value| map.serialize_entry(key, &Written(value)))
    }
}

impl<T: FromObject + Serialize> Field<Option<T>> for Object {
    fn read<'de, A: MapAccess<'de>>(
        map: &mut A,
        key: &'static str,
        extra: &mut Extra,
    ) -> Result<Option<T>, A::Error> {
        let ObjectOr(object) = map.next_value()?;
        Ok(keep(object, key, extra))
    }

    fn absent<E: Error>(_: &'static str) -> Result<Option<T>, E> {
        Ok(None)
    }

    fn write<M: SerializeMap>(
        field: &Option<T>,
        key: &'static str,
        map: &mut M,
    ) -> Result<(), M::Error> {
        field.as_ref().map_or(Ok(()), |value| map.serialize_entry(key, value))
    }
}

/// What fits; the rest goes to `extra`, save null, which is the same as absent.
fn keep<T>(read: Result<T, serde_json::Value>, key: &'static str, extra: &mut Extra) -> Option<T> {
    read.map_err(|misfit| {
        if !misfit.is_null() {
            extra.insert(key.to_owned(), misfit);
        }
    })
    .ok()
}

/// A key, borrowed from the JSON text where it can be.
pub(crate) struct Key<'de>(pub(crate) Cow<'de, str>);

impl<'de> Deserialize<'de> for Key<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct KeyVisitor;

        impl<'de> Visitor<'de> for KeyVisitor {
            type Value = Key<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a key")
            }

            fn visit_borrowed_str<E: Error>(self, text: &'de str) -> Result<Key<'de>, E> {
                Ok(Key(Cow::Borrowed(text)))
            }

            fn visit_str<E: Error>(self, text: &str) -> Result<Key<'de>, E> {
                Ok(Key(Cow::Owned(text.to_owned())))
            }

            fn visit_string<E: Error>(self, text: String) -> Result<Key<'de>, E> {
                Ok(Key(Cow::Owned(text)))
            }
        }

        deserializer.deserialize_str(KeyVisitor)
    }
}

/// Defines a model: each field with its kind and the API's name for it, and `extra` for every
/// other key. A value that does not fit a [`Lenient`] or [`Object`] field goes to `extra` under its own
/// key, so that it neither fails the response nor is lost; serde's derive has no way to do that.
macro_rules! model {
    (
        $(#[$meta:meta])*
        $vis:vis struct $name:ident {
            $( $(#[$field_meta:meta])* $field:ident: $type:ty = $kind:ident $key:literal, )+
        }
    ) => {
        $(#[$meta])*
        #[derive(Clone, Debug, PartialEq)]
        #[non_exhaustive]
        $vis struct $name {
            $( $(#[$field_meta])* #[doc = ""] #[doc = concat!("JSON key: `", $key, "`.")] $vis $field: $type, )+
            /// Unknown keys, and values that do not fit their field.
            $vis extra: $crate::types::Extra,
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                use serde::ser::SerializeMap;
                use $crate::types::model::Field;

                let mut map = serializer.serialize_map(None)?;
                $( <$crate::types::model::$kind as Field<$type>>::write(&self.$field, $key, &mut map)?; )+
                for (key, value) in &self.extra {
                    map.serialize_entry(key, value)?;
                }
                map.end()
            }
        }

        impl $crate::types::fit::FromObject for $name {
            fn from_object<'de, A: serde::de::MapAccess<'de>>(mut map: A) -> Result<Self, A::Error> {
                use serde::de::Error;
                use $crate::types::model::{Field, Key};

                let mut extra = $crate::types::Extra::new();
                $( let mut $field: Option<$type> = None; )+
                while let Some(Key(key)) = map.next_key::<Key<'de>>()? {
                    match key.as_ref() {
                        $( $key => {
                            if $field.is_some() {
                                return Err(A::Error::duplicate_field($key));
                            }
                            $field = Some(<$crate::types::model::$kind as Field<$type>>::read(
                                &mut map, $key, &mut extra,
                            )?);
                        } )+
                        _ => {
                            extra.insert(key.into_owned(), map.next_value()?);
                        }
                    }
                }
                Ok(Self {
                    $( $field: match $field {
                        Some(value) => value,
                        None => <$crate::types::model::$kind as Field<$type>>::absent($key)?,
                    }, )+
                    extra,
                })
            }

            fn extra(&self) -> &$crate::types::Extra {
                &self.extra
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                deserializer.deserialize_map($crate::types::model::ModelVisitor::new(stringify!($name)))
            }
        }
    };
}

pub(crate) use model;

/// Reads a model from an object.
pub(crate) struct ModelVisitor<T> {
    name: &'static str,
    model: std::marker::PhantomData<T>,
}

impl<T> ModelVisitor<T> {
    pub(crate) fn new(name: &'static str) -> Self {
        Self { name, model: std::marker::PhantomData }
    }
}

impl<'de, T: FromObject> Visitor<'de> for ModelVisitor<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "an object of {}", self.name)
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<T, A::Error> {
        T::from_object(map)
    }
}
