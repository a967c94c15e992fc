//! A parameter's value in JSON.

use super::{
    value::{Amount, Effect, Setting},
    writer::push_float,
};
use serde::de::value::MapAccessDeserializer;
use serde::de::{Deserialize, Deserializer, Error, MapAccess, SeqAccess, Unexpected, Visitor};
use serde_json::Value;
use std::fmt;

/// A JSON value that a parameter may have.
pub(super) enum Scalar {
    Null,
    Bool(bool),
    Amount(Setting),
}

impl Scalar {
    pub(super) fn into_setting(self) -> Option<Setting> {
        match self {
            Self::Null => None,
            Self::Bool(on) => Some(on.into()),
            Self::Amount(setting) => Some(setting).filter(|setting| !setting.is_blank()),
        }
    }

    /// Returns whether the published packages take the value for "on": `true`, the text `true`, or
    /// a dash.
    pub(super) fn is_on(&self) -> bool {
        match self {
            Self::Bool(on) => *on,
            Self::Amount(Setting::Text(text)) => text == "true" || text == "-",
            _ => false,
        }
    }

    pub(super) fn into_effect(self) -> Option<Setting> {
        match self {
            Self::Null | Self::Bool(false) => None,
            Self::Bool(true) => Some(Setting::Bare),
            Self::Amount(setting) => Some(Effect::With(Amount(setting)).into()),
        }
    }
}

impl<'de> Deserialize<'de> for Scalar {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Any;
        impl<'de> Visitor<'de> for Any {
            type Value = Scalar;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a number, text, a boolean or a list of them")
            }

            fn visit_unit<E: Error>(self) -> Result<Scalar, E> {
                Ok(Scalar::Null)
            }

            fn visit_bool<E: Error>(self, on: bool) -> Result<Scalar, E> {
                Ok(Scalar::Bool(on))
            }

            fn visit_i64<E: Error>(self, number: i64) -> Result<Scalar, E> {
                Ok(Scalar::Amount(Setting::Integer(number)))
            }

            fn visit_u64<E: Error>(self, number: u64) -> Result<Scalar, E> {
                let beyond = |_| Setting::Text(number.to_string().into());
                Ok(Scalar::Amount(i64::try_from(number).map_or_else(beyond, Setting::Integer)))
            }

            fn visit_f64<E: Error>(self, number: f64) -> Result<Scalar, E> {
                Ok(Scalar::Amount(Setting::Float(number)))
            }

            fn visit_str<E: Error>(self, text: &str) -> Result<Scalar, E> {
                Ok(Scalar::Amount(text.to_owned().into()))
            }

            /// A number too, where `serde_json` is built with `arbitrary_precision`.
            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Scalar, A::Error> {
                match Value::deserialize(MapAccessDeserializer::new(map))? {
                    Value::Number(number) => {
                        match (number.as_i64(), number.as_u64(), number.as_f64()) {
                            (Some(number), ..) => self.visit_i64(number),
                            (None, Some(number), _) => self.visit_u64(number),
                            (None, None, Some(number)) => self.visit_f64(number),
                            (None, None, None) => self.visit_str(&number.to_string()),
                        }
                    }
                    _ => Err(A::Error::invalid_type(Unexpected::Map, &self)),
                }
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Scalar, A::Error> {
                let mut joined = String::new();
                while let Some(item) = list.next_element::<Scalar>()? {
                    let Some(setting) = item.into_setting() else { continue };
                    if !joined.is_empty() {
                        joined.push('_');
                    }
                    match setting {
                        Setting::Bare => {}
                        Setting::Integer(number) => joined.push_str(&number.to_string()),
                        Setting::Float(number) => push_float(&mut joined, number),
                        Setting::Text(text) => joined.push_str(&text),
                    }
                }
                Ok(Scalar::Amount(joined.into()))
            }
        }
        deserializer.deserialize_any(Any)
    }
}

/// Reads a value of a position or a timing: a number or text, or null for nothing.
pub(super) fn optional<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Option<Setting>, D::Error> {
    Ok(Scalar::deserialize(deserializer)?.into_setting())
}
