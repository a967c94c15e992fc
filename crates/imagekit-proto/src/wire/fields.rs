//! The fields of a request struct, laid out as JSON body, query or form.
//!
//! A request type has one list of fields: its own. It serialises under the API's names; what goes
//! into the path is left out here, and the keys under `$extra` join the others.

use std::collections::BTreeSet;

use serde::ser::{Error as _, Impossible, SerializeMap, SerializeStruct};
use serde::{Serialize, Serializer};
use serde_json::Value;

use crate::error::BuildError;

/// The key under which a request type serialises the keys that the crate does not know.
const EXTRA: &str = "$extra";

/// What the fields of a request are written to.
pub(crate) trait Sink {
    /// Takes one field.
    fn field<T: Serialize + ?Sized>(&mut self, key: &str, value: &T) -> Result<(), BuildError>;
}

/// Gives every field of the struct `request` to `sink`, the extra ones last.
pub(crate) fn each<T: Serialize>(request: &T, sink: &mut impl Sink) -> Result<(), BuildError> {
    if visit(request, sink)? { visit(request, &mut Keys::default()).map(|_| ()) } else { Ok(()) }
}

/// Returns whether there are extra fields.
fn visit<T: Serialize>(request: &T, sink: &mut impl Sink) -> Result<bool, BuildError> {
    let mut has_extra = false;
    match request.serialize(Fields { sink, has_extra: &mut has_extra }) {
        Ok(()) => Ok(has_extra),
        Err(Refused(error)) => Err(error),
    }
}

/// Refuses a field that comes twice: one of the two would be lost.
#[derive(Default)]
struct Keys(BTreeSet<String>);

impl Sink for Keys {
    fn field<T: Serialize + ?Sized>(&mut self, key: &str, _: &T) -> Result<(), BuildError> {
        if self.0.insert(key.to_owned()) {
            Ok(())
        } else {
            Err(BuildError::invalid(
                "extra",
                "it repeats a field that is set already, so set the field only once",
            ))
        }
    }
}

/// A JSON object, without the fields that are parameters of `path`.
pub(super) fn to_json<T: Serialize>(request: &T, path: &str) -> Result<Vec<u8>, BuildError> {
    struct Json<'a, M> {
        map: M,
        path: &'a str,
    }

    impl<M: SerializeMap> Sink for Json<'_, M> {
        fn field<T: Serialize + ?Sized>(&mut self, key: &str, value: &T) -> Result<(), BuildError> {
            if is_path_parameter(self.path, key) {
                return Ok(());
            }
            self.map.serialize_entry(key, value).map_err(not_json)
        }
    }

    let mut out = Vec::with_capacity(256);
    let mut serializer = serde_json::Serializer::new(&mut out);
    let map = serializer.serialize_map(None).map_err(not_json)?;
    let mut json = Json { map, path };
    each(request, &mut json)?;
    SerializeMap::end(json.map).map_err(not_json)?;
    Ok(out)
}

/// Returns whether the template `path` has `{name}`.
pub(super) fn is_path_parameter(path: &str, name: &str) -> bool {
    path_parameters_of(path).any(|parameter| parameter == name)
}

/// Returns the names in braces of the template `path`, in order.
pub(crate) fn path_parameters(path: &'static str) -> impl Iterator<Item = &'static str> + use<> {
    path_parameters_of(path)
}

fn path_parameters_of(path: &str) -> impl Iterator<Item = &str> {
    path.split('{').skip(1).filter_map(|rest| Some(rest.split_once('}')?.0))
}

/// Returns a value as the text of a query or form: text as it is, anything else as JSON text;
/// `None` for null.
pub(crate) fn text<T: Serialize + ?Sized>(value: &T) -> Result<Option<String>, BuildError> {
    Ok(match serde_json::to_value(value).map_err(not_json)? {
        Value::Null => None,
        Value::String(text) => Some(text),
        other => Some(other.to_string()),
    })
}

fn not_json(error: impl std::fmt::Display) -> BuildError {
    BuildError::Json { message: error.to_string() }
}

/// A refusal as an error of serde's.
#[derive(Debug)]
struct Refused(BuildError);

impl std::fmt::Display for Refused {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(f)
    }
}

impl std::error::Error for Refused {}

impl serde::ser::Error for Refused {
    fn custom<T: std::fmt::Display>(message: T) -> Self {
        Self(not_json(message))
    }
}

/// A serializer for structs and maps that hands each of their fields to a sink.
struct Fields<'a, S> {
    sink: &'a mut S,
    has_extra: &'a mut bool,
}

/// The same, and the key of a map that waits for its value.
struct FieldsMap<'a, S> {
    fields: Fields<'a, S>,
    key: Option<String>,
}

impl<S: Sink> Fields<'_, S> {
    fn field<T: Serialize + ?Sized>(&mut self, key: &str, value: &T) -> Result<(), Refused> {
        if key == EXTRA {
            *self.has_extra = true;
            value.serialize(Fields { sink: self.sink, has_extra: self.has_extra })
        } else {
            self.sink.field(key, value).map_err(Refused)
        }
    }
}

impl<S: Sink> SerializeStruct for FieldsMap<'_, S> {
    type Ok = ();
    type Error = Refused;

    fn serialize_field<T: Serialize + ?Sized>(
        &mut self,
        key: &'static str,
        value: &T,
    ) -> Result<(), Refused> {
        self.fields.field(key, value)
    }

    fn end(self) -> Result<(), Refused> {
        Ok(())
    }
}

/// A struct with `#[serde(flatten)]` serialises as a map.
impl<S: Sink> SerializeMap for FieldsMap<'_, S> {
    type Ok = ();
    type Error = Refused;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<(), Refused> {
        self.key = text(key).map_err(Refused)?;
        Ok(())
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Refused> {
        match self.key.take() {
            Some(key) => self.fields.field(&key, value),
            None => Err(Refused::custom("a value without a key")),
        }
    }

    fn end(self) -> Result<(), Refused> {
        Ok(())
    }
}

fn not_a_struct<T>() -> Result<T, Refused> {
    Err(Refused::custom("a request is a struct"))
}

impl<'a, S: Sink> Serializer for Fields<'a, S> {
    type Ok = ();
    type Error = Refused;
    type SerializeSeq = Impossible<(), Refused>;
    type SerializeTuple = Impossible<(), Refused>;
    type SerializeTupleStruct = Impossible<(), Refused>;
    type SerializeTupleVariant = Impossible<(), Refused>;
    type SerializeMap = FieldsMap<'a, S>;
    type SerializeStruct = FieldsMap<'a, S>;
    type SerializeStructVariant = Impossible<(), Refused>;

    fn serialize_struct(self, _: &'static str, _: usize) -> Result<Self::SerializeStruct, Refused> {
        Ok(FieldsMap { fields: self, key: None })
    }

    fn serialize_map(self, _: Option<usize>) -> Result<Self::SerializeMap, Refused> {
        Ok(FieldsMap { fields: self, key: None })
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        value: &T,
    ) -> Result<(), Refused> {
        value.serialize(self)
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<(), Refused> {
        value.serialize(self)
    }

    fn serialize_bool(self, _: bool) -> Result<(), Refused> {
        not_a_struct()
    }

    fn serialize_i8(self, _: i8) -> Result<(), Refused> {
        not_a_struct()
    }

    fn serialize_i16(self, _: i16) -> Result<(), Refused> {
        not_a_struct()
    }

    fn serialize_i32(self, _: i32) -> Result<(), Refused> {
        not_a_struct()
    }

    fn serialize_i64(self, _: i64) -> Result<(), Refused> {
        not_a_struct()
    }

    fn serialize_u8(self, _: u8) -> Result<(), Refused> {
        not_a_struct()
    }

    fn serialize_u16(self, _: u16) -> Result<(), Refused> {
        not_a_struct()
    }

    fn serialize_u32(self, _: u32) -> Result<(), Refused> {
        not_a_struct()
    }

    fn serialize_u64(self, _: u64) -> Result<(), Refused> {
        not_a_struct()
    }

    fn serialize_f32(self, _: f32) -> Result<(), Refused> {
        not_a_struct()
    }

    fn serialize_f64(self, _: f64) -> Result<(), Refused> {
        not_a_struct()
    }

    fn serialize_char(self, _: char) -> Result<(), Refused> {
        not_a_struct()
    }

    fn serialize_str(self, _: &str) -> Result<(), Refused> {
        not_a_struct()
    }

    fn serialize_bytes(self, _: &[u8]) -> Result<(), Refused> {
        not_a_struct()
    }

    fn serialize_none(self) -> Result<(), Refused> {
        not_a_struct()
    }

    fn serialize_unit(self) -> Result<(), Refused> {
        not_a_struct()
    }

    fn serialize_unit_struct(self, _: &'static str) -> Result<(), Refused> {
        not_a_struct()
    }

    fn serialize_unit_variant(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
    ) -> Result<(), Refused> {
        not_a_struct()
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: &T,
    ) -> Result<(), Refused> {
        not_a_struct()
    }

    fn serialize_seq(self, _: Option<usize>) -> Result<Self::SerializeSeq, Refused> {
        not_a_struct()
    }

    fn serialize_tuple(self, _: usize) -> Result<Self::SerializeTuple, Refused> {
        not_a_struct()
    }

    fn serialize_tuple_struct(
        self,
        _: &'static str,
        _: usize,
    ) -> Result<Self::SerializeTupleStruct, Refused> {
        not_a_struct()
    }

    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Self::SerializeTupleVariant, Refused> {
        not_a_struct()
    }

    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Self::SerializeStructVariant, Refused> {
        not_a_struct()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::types::Extra;

    #[derive(Serialize)]
    struct Rename {
        #[serde(rename = "fileId")]
        file_id: String,
        name: Option<String>,
        #[serde(rename = "$extra", skip_serializing_if = "Extra::is_empty")]
        extra: Extra,
    }

    fn rename(extra: &str) -> Rename {
        let extra = Extra::from_iter([(extra.to_owned(), 1.into())]);
        Rename { file_id: "abc".to_owned(), name: None, extra }
    }

    fn json(request: &impl Serialize, path: &str) -> Result<String, BuildError> {
        to_json(request, path).map(|bytes| String::from_utf8(bytes).unwrap())
    }

    #[test]
    fn path_parameters_are_left_out_and_extra_keys_join() {
        let body = json(&rename("newKey"), "/v1/files/{fileId}/name").unwrap();
        assert_eq!(body, r#"{"name":null,"newKey":1}"#);
        let body = json(&rename("newKey"), "/v1/files/{id}").unwrap();
        assert_eq!(body, r#"{"fileId":"abc","name":null,"newKey":1}"#);
    }

    #[test]
    fn flattened_fields_are_fields() {
        #[derive(Serialize)]
        struct Update {
            id: &'static str,
            #[serde(flatten)]
            rest: Rename,
        }

        let update = Update { id: "1", rest: rename("newKey") };
        let body = json(&update, "/{id}/{fileId}").unwrap();
        assert_eq!(body, r#"{"name":null,"newKey":1}"#);
    }

    #[test]
    fn extra_keys_that_are_fields_already_are_refused() {
        for key in ["name", "fileId"] {
            let error = json(&rename(key), "/v1/files/{fileId}").unwrap_err();
            assert!(matches!(error, BuildError::Invalid { field: "extra", .. }), "{error}");
        }
    }

    #[test]
    fn only_structs_and_maps_are_requests() {
        #[derive(Serialize)]
        struct Unit;
        #[derive(Serialize)]
        struct Pair(u8, u8);
        #[derive(Serialize)]
        struct Wrapped<T>(T);
        #[derive(Serialize)]
        enum Variant {
            Unit,
            Newtype(u8),
            Tuple(u8, u8),
            Struct { a: u8 },
        }
        /// Text as bytes, which no type of the standard library is.
        struct Raw;
        impl Serialize for Raw {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_bytes(b"a")
            }
        }

        let refused = |request: &dyn Fn() -> Result<String, BuildError>| {
            let error = request().unwrap_err();
            assert!(matches!(error, BuildError::Json { .. }), "{error}");
        };
        refused(&|| json(&true, ""));
        refused(&|| json(&1_i8, ""));
        refused(&|| json(&1_i16, ""));
        refused(&|| json(&1_i32, ""));
        refused(&|| json(&1_i64, ""));
        refused(&|| json(&1_u8, ""));
        refused(&|| json(&1_u16, ""));
        refused(&|| json(&1_u32, ""));
        refused(&|| json(&1_u64, ""));
        refused(&|| json(&1_f32, ""));
        refused(&|| json(&1_f64, ""));
        refused(&|| json(&'a', ""));
        refused(&|| json(&"text", ""));
        refused(&|| json(&Raw, ""));
        refused(&|| json(&None::<u8>, ""));
        refused(&|| json(&Some(1), ""));
        refused(&|| json(&(), ""));
        refused(&|| json(&Unit, ""));
        refused(&|| json(&[1], ""));
        refused(&|| json(&vec![1], ""));
        refused(&|| json(&(1, 2), ""));
        refused(&|| json(&Pair(1, 2), ""));
        refused(&|| json(&Wrapped(1), ""));
        for variant in
            [Variant::Unit, Variant::Newtype(1), Variant::Tuple(1, 2), Variant::Struct { a: 1 }]
        {
            refused(&|| json(&variant, ""));
        }
        for request in [json(&Wrapped(rename("a")), ""), json(&Some(rename("a")), "")] {
            assert_eq!(request.unwrap(), r#"{"fileId":"abc","name":null,"a":1}"#);
        }
        let map = std::collections::BTreeMap::from([("a", 1)]);
        assert_eq!(json(&map, "").unwrap(), r#"{"a":1}"#);
    }

    #[test]
    fn a_refusal_keeps_its_words() {
        let error = BuildError::invalid("tags", "no commas");
        assert_eq!(Refused(error.clone()).to_string(), error.to_string());
    }
}
