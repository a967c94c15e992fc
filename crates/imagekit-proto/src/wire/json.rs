//! The JSON body of a request: the request's own fields, less those that went elsewhere.

use serde::ser::{Error, Impossible, SerializeMap, SerializeStruct};
use serde::{Serialize, Serializer};

use crate::endpoint::BuildError;
use crate::types::Extra;

/// The key under which a request type serialises the keys that the crate does not know.
const EXTRA: &str = "$extra";

/// Serialises the fields of the struct `value` except `without`, then the keys of `extra` beside
/// them, where the API looks for them.
///
/// So a request type has one list of fields, its own, for its JSON form and for the wire.
pub(crate) fn to_vec<T: Serialize>(
    value: &T,
    without: &[&str],
    extra: &Extra,
) -> Result<Vec<u8>, BuildError> {
    let mut out = Vec::with_capacity(256);
    let inner = &mut serde_json::Serializer::new(&mut out);
    value
        .serialize(Fields { inner, without, extra })
        .map_err(|error| BuildError::Json { message: error.to_string() })?;
    Ok(out)
}

/// Writes a struct as a map, leaving fields out and adding keys.
struct Fields<'a, S> {
    inner: S,
    without: &'a [&'a str],
    extra: &'a Extra,
}

struct FieldsMap<'a, M> {
    map: M,
    without: &'a [&'a str],
    extra: &'a Extra,
    /// Whether the value of the key that came last is left out with it.
    skipping: bool,
}

impl<M: SerializeMap> FieldsMap<'_, M> {
    fn leaves_out(&self, key: &str) -> bool {
        key == EXTRA || self.without.contains(&key)
    }

    fn finish(mut self) -> Result<M::Ok, M::Error> {
        for (key, value) in self.extra {
            self.map.serialize_entry(key, value)?;
        }
        self.map.end()
    }
}

impl<M: SerializeMap> SerializeStruct for FieldsMap<'_, M> {
    type Ok = M::Ok;
    type Error = M::Error;

    fn serialize_field<T: Serialize + ?Sized>(
        &mut self,
        key: &'static str,
        value: &T,
    ) -> Result<(), M::Error> {
        if self.leaves_out(key) { Ok(()) } else { self.map.serialize_entry(key, value) }
    }

    fn end(self) -> Result<M::Ok, M::Error> {
        self.finish()
    }
}

/// A struct with `#[serde(flatten)]` serialises as a map.
impl<M: SerializeMap> SerializeMap for FieldsMap<'_, M> {
    type Ok = M::Ok;
    type Error = M::Error;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<(), M::Error> {
        let key = serde_json::to_value(key).map_err(Error::custom)?;
        self.skipping = key.as_str().is_some_and(|key| self.leaves_out(key));
        if self.skipping { Ok(()) } else { self.map.serialize_key(&key) }
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), M::Error> {
        if self.skipping { Ok(()) } else { self.map.serialize_value(value) }
    }

    fn end(self) -> Result<M::Ok, M::Error> {
        self.finish()
    }
}

fn not_a_struct<T, E: Error>() -> Result<T, E> {
    Err(E::custom("a request is a struct"))
}

impl<'a, S: Serializer> Serializer for Fields<'a, S> {
    type Ok = S::Ok;
    type Error = S::Error;
    type SerializeSeq = Impossible<S::Ok, S::Error>;
    type SerializeTuple = Impossible<S::Ok, S::Error>;
    type SerializeTupleStruct = Impossible<S::Ok, S::Error>;
    type SerializeTupleVariant = Impossible<S::Ok, S::Error>;
    type SerializeMap = FieldsMap<'a, S::SerializeMap>;
    type SerializeStruct = FieldsMap<'a, S::SerializeMap>;
    type SerializeStructVariant = Impossible<S::Ok, S::Error>;

    fn serialize_struct(
        self,
        _: &'static str,
        _: usize,
    ) -> Result<Self::SerializeStruct, S::Error> {
        self.serialize_map(None)
    }

    fn serialize_bool(self, _: bool) -> Result<S::Ok, S::Error> {
        not_a_struct()
    }

    fn serialize_i8(self, _: i8) -> Result<S::Ok, S::Error> {
        not_a_struct()
    }

    fn serialize_i16(self, _: i16) -> Result<S::Ok, S::Error> {
        not_a_struct()
    }

    fn serialize_i32(self, _: i32) -> Result<S::Ok, S::Error> {
        not_a_struct()
    }

    fn serialize_i64(self, _: i64) -> Result<S::Ok, S::Error> {
        not_a_struct()
    }

    fn serialize_u8(self, _: u8) -> Result<S::Ok, S::Error> {
        not_a_struct()
    }

    fn serialize_u16(self, _: u16) -> Result<S::Ok, S::Error> {
        not_a_struct()
    }

    fn serialize_u32(self, _: u32) -> Result<S::Ok, S::Error> {
        not_a_struct()
    }

    fn serialize_u64(self, _: u64) -> Result<S::Ok, S::Error> {
        not_a_struct()
    }

    fn serialize_f32(self, _: f32) -> Result<S::Ok, S::Error> {
        not_a_struct()
    }

    fn serialize_f64(self, _: f64) -> Result<S::Ok, S::Error> {
        not_a_struct()
    }

    fn serialize_char(self, _: char) -> Result<S::Ok, S::Error> {
        not_a_struct()
    }

    fn serialize_str(self, _: &str) -> Result<S::Ok, S::Error> {
        not_a_struct()
    }

    fn serialize_bytes(self, _: &[u8]) -> Result<S::Ok, S::Error> {
        not_a_struct()
    }

    fn serialize_none(self) -> Result<S::Ok, S::Error> {
        not_a_struct()
    }

    fn serialize_some<T: Serialize + ?Sized>(self, _: &T) -> Result<S::Ok, S::Error> {
        not_a_struct()
    }

    fn serialize_unit(self) -> Result<S::Ok, S::Error> {
        not_a_struct()
    }

    fn serialize_unit_struct(self, _: &'static str) -> Result<S::Ok, S::Error> {
        not_a_struct()
    }

    fn serialize_unit_variant(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
    ) -> Result<S::Ok, S::Error> {
        not_a_struct()
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        value: &T,
    ) -> Result<S::Ok, S::Error> {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: &T,
    ) -> Result<S::Ok, S::Error> {
        not_a_struct()
    }

    fn serialize_seq(self, _: Option<usize>) -> Result<Self::SerializeSeq, S::Error> {
        not_a_struct()
    }

    fn serialize_tuple(self, _: usize) -> Result<Self::SerializeTuple, S::Error> {
        not_a_struct()
    }

    fn serialize_tuple_struct(
        self,
        _: &'static str,
        _: usize,
    ) -> Result<Self::SerializeTupleStruct, S::Error> {
        not_a_struct()
    }

    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Self::SerializeTupleVariant, S::Error> {
        not_a_struct()
    }

    fn serialize_map(self, _: Option<usize>) -> Result<Self::SerializeMap, S::Error> {
        let map = self.inner.serialize_map(None)?;
        Ok(FieldsMap { map, without: self.without, extra: self.extra, skipping: false })
    }

    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Self::SerializeStructVariant, S::Error> {
        not_a_struct()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Serialize)]
    struct Rename {
        #[serde(rename = "fileId")]
        file_id: String,
        name: Option<String>,
        #[serde(rename = "$extra")]
        extra: Extra,
    }

    #[test]
    fn path_parameters_stay_out_and_extra_keys_come_in() {
        let mut extra = Extra::new();
        extra.insert("newKey".to_owned(), 1.into());
        let request = Rename { file_id: "abc".to_owned(), name: None, extra: extra.clone() };
        let body = to_vec(&request, &["fileId"], &extra).unwrap();
        assert_eq!(String::from_utf8(body).unwrap(), r#"{"name":null,"newKey":1}"#);
        assert_eq!(request.file_id, "abc");
    }

    #[test]
    fn flattened_fields_are_fields() {
        #[derive(Serialize)]
        struct Update {
            id: &'static str,
            #[serde(flatten)]
            rest: Rename,
        }

        let mut extra = Extra::new();
        extra.insert("newKey".to_owned(), 1.into());
        let rest = Rename { file_id: "abc".to_owned(), name: None, extra: extra.clone() };
        let body = to_vec(&Update { id: "1", rest }, &["id", "fileId"], &extra).unwrap();
        assert_eq!(String::from_utf8(body).unwrap(), r#"{"name":null,"newKey":1}"#);
    }

    #[test]
    fn only_structs_are_requests() {
        assert!(to_vec(&"text", &[], &Extra::new()).is_err());
    }
}
