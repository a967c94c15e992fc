//! Reading transformations from JSON in the API's spelling, in the order of the keys.
//!
//! The order is why nothing here goes through a map type: a visitor hands each pair on as it
//! comes. Null is absent. An unknown key of a step is passed through under its own name, as the
//! published packages do; an unknown key of a layer is refused, since it would be lost.

use super::{
    chain::Transformations,
    keys::{self, Kind},
    overlay::{Content, Encoding, Overlay},
    placement::{OverlayPosition, OverlayTiming},
    transformation::{Parameter, Transformation},
    value::{Amount, Effect, Place, Setting, Writer},
};
use serde::de::value::MapAccessDeserializer;
use serde::de::{Deserialize, Deserializer, Error, MapAccess, SeqAccess, Unexpected, Visitor};
use serde_json::Value;
use std::{borrow::Cow, fmt};

impl<'de> Deserialize<'de> for Transformations {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let steps = Option::<Vec<Option<Transformation>>>::deserialize(deserializer)?;
        Ok(steps.unwrap_or_default().into_iter().flatten().collect())
    }
}

impl<'de> Deserialize<'de> for Transformation {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Step;
        impl<'de> Visitor<'de> for Step {
            type Value = Transformation;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object of transformation parameters")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let mut seen: Vec<String> = Vec::new();
                let mut parameters = Vec::new();
                while let Some(name) = map.next_key::<String>()? {
                    if seen.contains(&name) {
                        return Err(A::Error::custom(format_args!("`{name}` is there twice")));
                    }
                    parameters.extend(read_parameter(&name, &mut map)?);
                    seen.push(name);
                }
                Ok(Transformation { parameters })
            }
        }
        deserializer.deserialize_map(Step)
    }
}

fn read_parameter<'de, A: MapAccess<'de>>(
    name: &str,
    map: &mut A,
) -> Result<Option<Parameter>, A::Error> {
    if name == "overlay" {
        let overlay = map.next_value::<Option<Overlay>>()?;
        return Ok(overlay.map(|overlay| Parameter::Overlay(Box::new(overlay))));
    }
    if name == "raw" {
        let text = map.next_value::<Option<String>>()?;
        return Ok(text.filter(|text| !text.trim().is_empty()).map(Parameter::Raw));
    }
    let scalar = map.next_value::<Scalar>()?;
    let Some(key) = keys::find(name) else {
        let setting = scalar.into_setting().filter(|_| !name.is_empty());
        return Ok(setting.map(|setting| pair(Cow::Owned(name.to_owned()), setting)));
    };
    let setting = match key.kind {
        Kind::Value => scalar.into_setting(),
        Kind::Path => scalar.into_setting().map(keys::path_setting),
        Kind::Flag => scalar.is_on().then_some(Setting::Bare),
        Kind::Effect => scalar.into_effect(),
        Kind::Trim => scalar.into_effect().map(|setting| match setting {
            Setting::Bare => Setting::Text(Cow::Borrowed("true")),
            threshold => threshold,
        }),
    };
    let setting = setting.filter(|setting| !setting.is_blank());
    Ok(setting.map(|setting| pair(Cow::Borrowed(key.code), setting)))
}

fn pair(code: Cow<'static, str>, setting: Setting) -> Parameter {
    Parameter::Pair { code, setting }
}

/// A JSON value that a parameter may have.
enum Scalar {
    Null,
    Bool(bool),
    Amount(Setting),
}

impl Scalar {
    fn into_setting(self) -> Option<Setting> {
        match self {
            Self::Null => None,
            Self::Bool(on) => Some(Setting::Text(Cow::Borrowed(if on { "true" } else { "false" }))),
            Self::Amount(setting) => Some(setting).filter(|setting| !setting.is_blank()),
        }
    }

    /// What the published packages take for "on": `true`, the text `true`, and a dash.
    fn is_on(&self) -> bool {
        match self {
            Self::Bool(on) => *on,
            Self::Amount(Setting::Text(text)) => text == "true" || text == "-",
            _ => false,
        }
    }

    fn into_effect(self) -> Option<Setting> {
        match self {
            Self::Null | Self::Bool(false) => None,
            Self::Bool(true) => Some(Setting::Bare),
            Self::Amount(setting) => Some(Effect::With(Amount(setting)).into_setting()),
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
                Ok(Scalar::Amount(Setting::Text(Cow::Owned(text.to_owned()))))
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
                    Writer::new(&mut joined, Place::Text).setting(&setting);
                }
                Ok(Scalar::Amount(Setting::Text(joined.into())))
            }
        }
        deserializer.deserialize_any(Any)
    }
}

/// The values of a position and a timing: numbers or text, null for nothing.
pub(super) fn said<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Option<Setting>, D::Error> {
    Ok(Scalar::deserialize(deserializer)?.into_setting())
}

/// The keys of all overlays; `type` says which belong together, and may come last.
#[derive(serde::Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct OverlayFields {
    r#type: String,
    text: Option<String>,
    input: Option<String>,
    color: Option<String>,
    encoding: Option<Encoding>,
    layer_mode: Option<String>,
    position: Option<OverlayPosition>,
    timing: Option<OverlayTiming>,
    transformation: Option<Transformations>,
}

impl<'de> Deserialize<'de> for Overlay {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let fields = OverlayFields::deserialize(deserializer)?;
        let input = || fields.input.ok_or_else(|| D::Error::missing_field("input"));
        let content = match fields.r#type.as_str() {
            "text" => Content::Text(fields.text.ok_or_else(|| D::Error::missing_field("text"))?),
            "image" => Content::Image(input()?),
            "video" => Content::Video(input()?),
            "subtitle" => Content::Subtitle(input()?),
            "solidColor" => {
                Content::SolidColor(fields.color.ok_or_else(|| D::Error::missing_field("color"))?)
            }
            other => {
                let known = &["text", "image", "video", "subtitle", "solidColor"];
                return Err(D::Error::unknown_variant(other, known));
            }
        };
        Ok(Self {
            content,
            encoding: fields.encoding.unwrap_or_default(),
            layer_mode: fields.layer_mode.map(Into::into),
            position: fields.position.unwrap_or_default(),
            timing: fields.timing.unwrap_or_default(),
            steps: fields.transformation.unwrap_or_default().steps,
        })
    }
}
