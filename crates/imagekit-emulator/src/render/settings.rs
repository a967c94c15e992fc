//! The parameters of one step.

use super::amount::{Frame, evaluate, number};
use super::refusal::Refusal;
use super::syntax::{Item, Layer, Step};

/// Parameters that are applied.
const APPLIED: &[&str] = &[
    "w",
    "h",
    "ar",
    "c",
    "cm",
    "fo",
    "x",
    "y",
    "xc",
    "yc",
    "dpr",
    "bg",
    "b",
    "r",
    "rt",
    "fl",
    "bl",
    "o",
    "t",
    "q",
    "f",
    "lo",
    "e-grayscale",
    "e-contrast",
    "e-sharpen",
    "e-usm",
    "e-gradient",
];
/// Parameters that change nothing here: how a JPEG is written, and metadata, which a transformed
/// image never keeps. A default image is looked up before.
const ACCEPTED: &[&str] = &["pr", "cp", "md", "di", "orig"];
/// Parameters of layers: input, position and, of text, typography.
const OF_LAYERS: &[&str] =
    &["i", "ie", "lx", "ly", "lxc", "lyc", "lfo", "fs", "ff", "co", "ia", "pa", "al", "tg"];

/// The parameters of one step; of those with the same code the last one counts.
#[derive(Debug)]
pub(super) struct Settings<'a> {
    values: Vec<(&'a str, &'a str)>,
    pub(super) layers: Vec<&'a Layer>,
}

impl<'a> Settings<'a> {
    /// Reads the step of an image, or of a layer.
    pub(super) fn read(step: &'a Step, in_layer: bool) -> Result<Self, Refusal> {
        let mut settings = Self { values: Vec::new(), layers: Vec::new() };
        for item in &step.items {
            match item {
                Item::Layer(layer) => settings.layers.push(layer),
                Item::Parameter { code, value } => {
                    let known = APPLIED.contains(&code.as_str())
                        || ACCEPTED.contains(&code.as_str())
                        || (in_layer && OF_LAYERS.contains(&code.as_str()));
                    if !known {
                        return Err(Refusal::unsupported(code, value));
                    }
                    settings.values.push((code, value));
                }
            }
        }
        Ok(settings)
    }

    /// The value of a parameter, if it is set.
    pub(super) fn get(&self, code: &str) -> Option<&'a str> {
        self.values.iter().rev().find(|(set, _)| *set == code).map(|(_, value)| *value)
    }

    /// Whether a parameter is set, with or without a value.
    pub(super) fn has(&self, code: &str) -> bool {
        self.get(code).is_some()
    }

    /// The value of an expression.
    pub(super) fn amount(&self, code: &str, frame: &Frame) -> Result<Option<f64>, Refusal> {
        let value = |text| evaluate(text, frame).ok_or_else(|| Refusal::invalid(code, text));
        self.get(code).map(value).transpose()
    }

    /// A number within limits.
    pub(super) fn number(
        &self,
        code: &str,
        range: std::ops::RangeInclusive<f64>,
    ) -> Result<Option<f64>, Refusal> {
        let value = |text| {
            let value = number(text).filter(|value| range.contains(value));
            value.ok_or_else(|| Refusal::invalid(code, text))
        };
        self.get(code).map(value).transpose()
    }
}
