//! Values of transformation parameters, and how they are written.

use super::{
    error::TransformationError,
    escape::{self, Escapes, Segment},
};
use std::{borrow::Cow, fmt};

/// A number, or text where the API takes an arithmetic expression or a word instead.
///
/// Made from integers, floats and text. Numbers are written without an exponent and without a
/// fraction that is zero (`5.0` is `5`).
///
/// ```
/// use imagekit_proto::delivery::Transformation;
///
/// let step = Transformation::new().width(300).height(0.5).x("iw_div_2");
/// assert_eq!(step.to_string(), "w-300,h-0.5,x-iw_div_2");
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Amount(pub(super) Setting);

/// What stands after a parameter's name.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Setting {
    /// Nothing: the name alone.
    Bare,
    Integer(i64),
    Float(f64),
    Text(Cow<'static, str>),
}

impl Setting {
    /// Whether there is something to write after the name.
    pub(super) fn is_blank(&self) -> bool {
        matches!(self, Self::Text(text) if text.trim().is_empty())
    }

    /// JavaScript's idea of a value that says nothing, which the published packages leave out of
    /// a layer's position and timing.
    pub(super) fn is_falsy(&self) -> bool {
        match self {
            Self::Bare => true,
            Self::Integer(number) => *number == 0,
            Self::Float(number) => *number == 0.0,
            Self::Text(text) => text.is_empty(),
        }
    }

    /// An upper bound of the length where nothing is escaped.
    pub(super) fn estimate(&self) -> usize {
        match self {
            Self::Bare => 0,
            Self::Integer(_) => 20,
            Self::Float(_) => 24,
            Self::Text(text) => text.len(),
        }
    }
}

macro_rules! amount_from_integers {
    ($($integer:ty),*) => {
        $(impl From<$integer> for Amount {
            fn from(number: $integer) -> Self {
                Self(Setting::Integer(i64::from(number)))
            }
        })*
    };
}

amount_from_integers!(u8, u16, u32, i32, i64);

impl From<f64> for Amount {
    fn from(number: f64) -> Self {
        Self(Setting::Float(number))
    }
}

impl From<&str> for Amount {
    fn from(text: &str) -> Self {
        Self(Setting::Text(Cow::Owned(text.to_owned())))
    }
}

impl From<String> for Amount {
    fn from(text: String) -> Self {
        Self(Setting::Text(Cow::Owned(text)))
    }
}

/// An effect with its default settings, or with settings of its own.
///
/// ```
/// use imagekit_proto::delivery::{Effect, Transformation};
///
/// let step = Transformation::new().shadow(Effect::Default).sharpen(10);
/// assert_eq!(step.to_string(), "e-shadow,e-sharpen-10");
/// ```
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Effect {
    /// As the API does it when nothing more is said.
    Default,
    /// With settings, in the API's own notation (`bl-15_st-40`), or a strength.
    With(Amount),
}

impl<T: Into<Amount>> From<T> for Effect {
    fn from(amount: T) -> Self {
        Self::With(amount.into())
    }
}

impl Effect {
    /// Blank text and `true` mean the default, as in the published packages.
    pub(super) fn into_setting(self) -> Setting {
        match self {
            Self::With(Amount(setting)) => match &setting {
                Setting::Text(text) if text == "true" => Setting::Bare,
                setting if setting.is_blank() => Setting::Bare,
                _ => setting,
            },
            Self::Default => Setting::Bare,
        }
    }
}

/// Where a transformation is written, which decides what is escaped.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// On its own: the string as the API describes it, nothing escaped.
    Text,
    /// As a segment of a URL's path.
    Path,
    /// As the value of a URL's query parameter.
    Query,
}

/// Writes a transformation into a text.
pub(super) struct Writer<'a> {
    pub(super) out: &'a mut String,
    place: Place,
    value: Escapes,
    raw: Escapes,
    problem: Option<TransformationError>,
}

impl<'a> Writer<'a> {
    pub(super) fn new(out: &'a mut String, place: Place) -> Self {
        let (value, raw) = match place {
            Place::Text => (escape::NOTHING, escape::NOTHING),
            Place::Path => (escape::PATH | escape::SLASH, escape::PATH),
            Place::Query => (escape::QUERY | escape::AMPERSAND, escape::QUERY),
        };
        Self { out, place, value, raw, problem: None }
    }

    /// What could not be written, if anything.
    pub(super) fn finish(self) -> Result<(), TransformationError> {
        self.problem.map_or(Ok(()), Err)
    }

    /// Text of this crate's own, which needs no escaping anywhere.
    pub(super) fn literal(&mut self, text: &str) {
        self.out.push_str(text);
    }

    /// Data: arrives whole at the server, whatever is in it.
    pub(super) fn text(&mut self, text: &str) {
        escape::push(self.out, text, self.value);
    }

    /// Data that is percent-encoded even where nothing else is.
    pub(super) fn component(&mut self, text: &str) {
        escape::push(self.out, text, self.value | escape::COMPONENT);
    }

    /// URL text of the caller's: only what cannot stand in a URL is escaped.
    pub(super) fn raw(&mut self, text: &str) {
        // The first segment continues what stands before the text, so it is none of its own.
        let mut segments = text.split('/').skip(1).map(escape::segment);
        if self.place == Place::Path && segments.any(|segment| segment != Segment::Name) {
            self.problem = Some(TransformationError::DotSegment);
        }
        escape::push(self.out, text, self.raw);
    }

    pub(super) fn setting(&mut self, setting: &Setting) {
        match setting {
            Setting::Bare => {}
            Setting::Integer(number) => escape::push_integer(self.out, *number),
            Setting::Float(number) => self.float(*number),
            Setting::Text(text) => self.text(text),
        }
    }

    fn float(&mut self, number: f64) {
        use fmt::Write as _;
        if !number.is_finite() {
            self.problem = Some(TransformationError::NotANumber);
        }
        // Writing to a `String` cannot fail; adding zero turns `-0` into `0`.
        let _ = write!(self.out, "{}", number + 0.0);
    }
}
