//! Steps that are built: layers, raw text, and how a parameter is set.

use super::{
    key::Key,
    step::{self, Overlay, Parameter, Transformation},
    value::Setting,
};
use std::fmt;

impl Transformation {
    /// Creates a step without parameters; it is left out of a URL.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a layer.
    pub fn overlay(mut self, overlay: Overlay) -> Self {
        self.parameters.push(Parameter::Overlay(Box::new(overlay)));
        self
    }

    /// Adds URL text as it is, for parameters that this crate does not support yet.
    ///
    /// Only what no URL can hold is percent-encoded, so the text can add parameters and steps and
    /// end layers: never pass text from users.
    ///
    /// ```
    /// use imagekit_proto::delivery::Transformation;
    ///
    /// let step = Transformation::new().width(300).raw("if-ar_gt_1,h-200,if-end");
    /// assert_eq!(step.to_string(), "w-300,if-ar_gt_1,h-200,if-end");
    /// ```
    pub fn raw(mut self, text: impl Into<String>) -> Self {
        let text = text.into();
        if !text.trim().is_empty() {
            self.parameters.push(Parameter::Raw(text));
        }
        self
    }

    /// Sets a parameter in place of the one with the same code, or adds it at the end.
    pub(super) fn set(self, key: &'static Key, setting: impl Into<Setting>) -> Self {
        self.put(Parameter::Known { key, setting: setting.into() })
    }

    pub(super) fn put(mut self, new: Parameter) -> Self {
        let code = code(&new);
        let old = self.parameters.iter_mut().find(|old| code.is_some() && self::code(old) == code);
        match (&new, old) {
            (Parameter::Known { setting, .. } | Parameter::Other { setting, .. }, _)
                if setting.is_blank() => {}
            (_, Some(old)) => *old = new,
            (_, None) => self.parameters.push(new),
        }
        self
    }
}

fn code(parameter: &Parameter) -> Option<&str> {
    match parameter {
        Parameter::Known { key, .. } => Some(key.code),
        Parameter::Other { code, .. } => Some(code),
        _ => None,
    }
}

impl fmt::Display for Transformation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&step::text(std::slice::from_ref(self)).0)
    }
}

impl AsRef<[Transformation]> for Transformation {
    fn as_ref(&self) -> &[Transformation] {
        std::slice::from_ref(self)
    }
}
