//! Models that keep what does not fit.

use std::borrow::Cow;
use std::fmt;
use std::marker::PhantomData;

use serde::de::{Deserialize, Deserializer, Error, MapAccess, Visitor};

use super::object::FromObject;

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
/// other key. A value that does not fit a `Lenient` or `Object` field goes to `extra` under its own
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
                use $crate::types::field::Field;

                let mut map = serializer.serialize_map(None)?;
                $( <$crate::types::field::$kind as Field<$type>>::write(&self.$field, $key, &mut map)?; )+
                for (key, value) in &self.extra {
                    map.serialize_entry(key, value)?;
                }
                map.end()
            }
        }

        impl $crate::types::object::FromObject for $name {
            fn from_object<'de, A: serde::de::MapAccess<'de>>(mut map: A) -> Result<Self, A::Error> {
                use serde::de::Error;
                use $crate::types::{field::Field, model::Key};

                let mut extra = $crate::types::Extra::new();
                $( let mut $field: Option<$type> = None; )+
                while let Some(Key(key)) = map.next_key::<Key<'de>>()? {
                    match key.as_ref() {
                        $( $key => {
                            if $field.is_some() {
                                return Err(A::Error::duplicate_field($key));
                            }
                            $field = Some(<$crate::types::field::$kind as Field<$type>>::read(
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
                        None => <$crate::types::field::$kind as Field<$type>>::absent($key)?,
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
    model: PhantomData<T>,
}

impl<T> ModelVisitor<T> {
    pub(crate) fn new(name: &'static str) -> Self {
        Self { name, model: PhantomData }
    }
}

impl<'de, T: FromObject> Visitor<'de> for ModelVisitor<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "an object ({})", self.name)
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<T, A::Error> {
        T::from_object(map)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    model! {
        /// One field of each kind.
        struct Sample {
            name: String = Required "name",
            note: Option<bool> = Optional "note",
            tags: Vec<String> = List "tags",
            more: Vec<String> = OptionalList "more",
            size: Option<u64> = Lenient "size",
            part: Option<Box<Part>> = Object "part",
        }
    }

    model! {
        #[derive(Default)]
        struct Part {
            ratio: Option<f64> = Lenient "ratio",
        }
    }

    fn sample(json: &str) -> serde_json::Result<Sample> {
        serde_json::from_str(json)
    }

    #[test]
    fn what_does_not_fit_is_kept() {
        for size in ["0.5", "-1", "1e300", "\"9\"", "true", "[1]", "{}"] {
            let json =
                format!(r#"{{"name":"n","tags":[],"size":{size},"part":{{"ratio":{size}}}}}"#);
            let read = sample(&json).unwrap();
            assert_eq!(read.size, None);
            let value: Value = serde_json::from_str(&json).unwrap();
            assert_eq!(read.extra["size"], value["size"]);
            assert_eq!(serde_json::to_value(&read).unwrap(), value, "{json}");
            assert_eq!(serde_json::from_value::<Sample>(value).unwrap(), read);
        }
    }

    #[test]
    fn null_is_absent() {
        let json = r#"{"name":"n","note":null,"tags":null,"more":null,"size":null,"part":null}"#;
        let read = sample(json).unwrap();
        assert_eq!(read, sample(r#"{"name":"n"}"#).unwrap());
        assert!(read.extra.is_empty());
        assert_eq!(serde_json::to_value(&read).unwrap(), json!({"name": "n", "tags": []}));
        assert!(sample(r#"{"name":"n","new":null}"#).unwrap().extra.contains_key("new"));
    }

    #[test]
    fn what_names_a_thing_is_required_once() {
        for json in [
            "{}",
            r#"{"name":null}"#,
            r#"{"name":1}"#,
            r#"{"name":"n","note":"yes"}"#,
            r#"{"name":"n","name":"n"}"#,
            r#"{"name":"n","size":-1,"size":1}"#,
            "[]",
            "1.5",
        ] {
            assert!(sample(json).is_err(), "{json}");
        }
    }

    /// Serde hands a buffered number on in a form of its own.
    #[test]
    fn models_can_be_part_of_other_types() {
        #[derive(serde::Deserialize)]
        struct Flat {
            #[serde(flatten)]
            sample: Sample,
        }

        #[derive(serde::Deserialize)]
        #[serde(untagged)]
        enum Either {
            Other { other: u64 },
            Sample(Sample),
        }

        let json = r#"{"name":"n","size":1024.0,"part":{"ratio":0.75,"x":1.5},"y":2.5}"#;
        let expected = sample(json).unwrap();
        assert_eq!(expected.size, Some(1024));
        assert_eq!(expected.part.as_ref().unwrap().ratio, Some(0.75));
        assert_eq!(serde_json::from_str::<Flat>(json).unwrap().sample, expected);
        match serde_json::from_str(json).unwrap() {
            Either::Sample(read) => assert_eq!(read, expected),
            Either::Other { other } => panic!("{other}"),
        }
        assert_eq!(serde_json::from_reader::<_, Sample>(json.as_bytes()).unwrap(), expected);
    }
}
