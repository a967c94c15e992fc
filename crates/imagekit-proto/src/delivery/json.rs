//! Reading transformations from JSON in the API's spelling, in the order of the keys.
//!
//! A map type would lose the order, so a visitor takes each pair as it comes. Null is absent. An
//! unknown key of a step is a parameter of that code, as in the published packages; an unknown key
//! of a layer is refused, since it would be lost.

use super::{
    chain::Transformations,
    content::{Content, Encoding},
    key::{Kind, at_signs},
    parameters,
    placement::{OverlayPosition, OverlayTiming},
    scalar::Scalar,
    step::{Overlay, Parameter, Transformation},
    value::Setting,
};
use serde::de::{Deserialize, Deserializer, Error, MapAccess, Visitor};
use std::fmt;

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
                        return Err(A::Error::custom(format_args!(
                            "the key `{name}` is given twice"
                        )));
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
    let Some(key) = parameters::find(name) else {
        let setting = scalar.into_setting().filter(|_| !name.is_empty());
        return Ok(setting.map(|setting| Parameter::Other { code: name.to_owned(), setting }));
    };
    let setting = match key.kind {
        Kind::Value | Kind::Ratio => scalar.into_setting(),
        Kind::Path => scalar.into_setting().map(|setting| match setting {
            Setting::Text(path) => at_signs(&path).into(),
            other => other,
        }),
        Kind::Flag => scalar.is_on().then_some(Setting::Bare),
        Kind::Effect | Kind::Trim => {
            scalar.into_effect().map(|setting| parameters::with_default(key, setting))
        }
    };
    let setting = setting.filter(|setting| !setting.is_blank());
    Ok(setting.map(|setting| Parameter::Known { key, setting }))
}

/// The keys of all overlays; `type` decides which are valid together, and may come last.
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
