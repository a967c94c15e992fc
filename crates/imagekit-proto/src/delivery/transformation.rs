//! One step of transformations, and how it is written.

use super::{
    chain,
    overlay::Overlay,
    value::{Amount, Setting, Writer},
};
use std::{borrow::Cow, fmt};

/// One step: parameters that are applied together, written in the order in which they were set.
///
/// Setting a parameter again changes its value and keeps its place; [`overlay`](Self::overlay)
/// and [`raw`](Self::raw) add another one each time. Blank text sets nothing. Values are data:
/// whatever is in them, they arrive whole at the server. Only [`raw`](Self::raw) is URL text.
///
/// `Display` writes the transformation string as the API documents it. `Deserialize` reads the
/// OpenAPI schema `Transformation` (and those of the overlays' transformations) in its own
/// spelling and keeps the order of the keys.
///
/// ```
/// use imagekit_proto::delivery::{Crop, Overlay, Transformation};
///
/// let step = Transformation::new()
///     .width(300)
///     .crop(Crop::AtMax)
///     .overlay(Overlay::text("Hello World").transformation(Transformation::new().font_size(20)));
/// assert_eq!(step.to_string(), "w-300,c-at_max,l-text,i-Hello%20World,fs-20,l-end");
///
/// let step: Transformation = serde_json::from_str(r#"{"height": 200, "width": 300}"#)?;
/// assert_eq!(step.to_string(), "h-200,w-300");
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Transformation {
    pub(super) parameters: Vec<Parameter>,
}

#[derive(Clone, Debug, PartialEq)]
pub(super) enum Parameter {
    Pair { code: Cow<'static, str>, setting: Setting },
    Raw(String),
    Overlay(Box<Overlay>),
}

impl Parameter {
    fn is_silent(&self) -> bool {
        matches!(self, Self::Overlay(overlay) if overlay.is_empty())
    }

    fn write(&self, writer: &mut Writer<'_>) {
        match self {
            Self::Pair { code: Cow::Borrowed(code), setting } => {
                writer.literal(code);
                Self::write_setting(setting, writer);
            }
            Self::Pair { code: Cow::Owned(code), setting } => {
                writer.text(code);
                Self::write_setting(setting, writer);
            }
            Self::Raw(text) => writer.raw(text),
            Self::Overlay(overlay) => overlay.write(writer),
        }
    }

    fn write_setting(setting: &Setting, writer: &mut Writer<'_>) {
        if !matches!(setting, Setting::Bare) {
            writer.out.push('-');
            writer.setting(setting);
        }
    }

    fn estimate(&self) -> usize {
        match self {
            Self::Pair { code, setting } => code.len() + setting.estimate() + 2,
            Self::Raw(text) => text.len() + 1,
            Self::Overlay(overlay) => overlay.estimate(),
        }
    }
}

impl Transformation {
    /// A step without parameters; it leaves no trace in a chain.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a layer.
    pub fn overlay(mut self, overlay: Overlay) -> Self {
        self.parameters.push(Parameter::Overlay(Box::new(overlay)));
        self
    }

    /// Adds URL text as it stands, for what the API learns before this crate does. In a URL only
    /// what cannot stand in one is percent-encoded. Never put other people's text into it.
    pub fn raw(mut self, text: impl Into<String>) -> Self {
        let text = text.into();
        if !text.trim().is_empty() {
            self.parameters.push(Parameter::Raw(text));
        }
        self
    }

    /// Sets a parameter that this crate does not know, by its code in the URL.
    pub fn parameter(self, code: impl Into<String>, amount: impl Into<Amount>) -> Self {
        let code = code.into();
        if code.trim().is_empty() {
            return self;
        }
        self.set(code, amount.into().0)
    }

    /// Whether the step would leave no trace in a URL.
    pub fn is_empty(&self) -> bool {
        self.parameters.iter().all(Parameter::is_silent)
    }

    pub(super) fn set(mut self, code: impl Into<Cow<'static, str>>, setting: Setting) -> Self {
        let code = code.into();
        if setting.is_blank() {
            return self;
        }
        let place = self.parameters.iter_mut().find_map(|parameter| match parameter {
            Parameter::Pair { code: known, setting } if *known == code => Some(setting),
            _ => None,
        });
        match place {
            Some(place) => *place = setting,
            None => self.parameters.push(Parameter::Pair { code, setting }),
        }
        self
    }

    /// An upper bound of the length where nothing is escaped.
    pub(super) fn estimate(&self) -> usize {
        self.parameters.iter().map(Parameter::estimate).sum()
    }

    pub(super) fn write(&self, writer: &mut Writer<'_>) {
        let mut parameters = self.parameters.iter().filter(|parameter| !parameter.is_silent());
        if let Some(first) = parameters.next() {
            first.write(writer);
        }
        for parameter in parameters {
            writer.out.push(',');
            parameter.write(writer);
        }
    }
}

impl fmt::Display for Transformation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&chain::text(std::slice::from_ref(self)))
    }
}

impl AsRef<[Transformation]> for Transformation {
    fn as_ref(&self) -> &[Transformation] {
        std::slice::from_ref(self)
    }
}
