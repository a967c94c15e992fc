//! Kinds of fields in models: how each is read and written.

use serde::de::{Deserialize, Error, MapAccess};
use serde::ser::{Serialize, SerializeMap};

use super::Extra;
use super::fit::{Fit, Written};
use super::object::{FromObject, ObjectOr};
use super::unknown_values;

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
            unknown_values::record_misfit(key);
            extra.insert(key.to_owned(), misfit);
        }
    })
    .ok()
}
