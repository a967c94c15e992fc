//! Values of transformation parameters.

use std::borrow::Cow;

/// A number, or text where the API takes an expression or a word.
///
/// Made from integers, floats and text. Numbers are written without an exponent and without a
/// fraction of zero (`5.0` is `5`). Text is one value: if it holds `,` or `:`, which would start
/// another parameter or step, building the URL fails.
///
/// ```
/// use imagekit_proto::delivery::{Amount, Transformation};
///
/// let step = Transformation::new().width(300).height(0.5).x("iw_div_2");
/// assert_eq!(step.to_string(), "w-300,h-0.5,x-iw_div_2");
///
/// let half = Amount::from("iw_div_2");
/// assert_eq!(Transformation::new().width(half).to_string(), "w-iw_div_2");
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Amount(pub(super) Setting);

/// A parameter's value.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Setting {
    /// No value: the code alone.
    Bare,
    Integer(i64),
    Float(f64),
    Text(Cow<'static, str>),
}

impl Setting {
    /// Returns whether the value is blank text, which sets nothing.
    pub(super) fn is_blank(&self) -> bool {
        matches!(self, Self::Text(text) if text.trim().is_empty())
    }

    /// Returns whether JavaScript treats the value as false. The published packages leave such
    /// values out of a layer's position and timing.
    pub(super) fn is_falsy(&self) -> bool {
        match self {
            Self::Bare => true,
            Self::Integer(number) => *number == 0,
            Self::Float(number) => *number == 0.0,
            Self::Text(text) => text.is_empty(),
        }
    }

    /// Returns an upper bound of the length before encoding.
    pub(super) fn estimate(&self) -> usize {
        match self {
            Self::Bare => 0,
            Self::Integer(_) => 20,
            Self::Float(_) => 24,
            Self::Text(text) => text.len(),
        }
    }
}

impl From<bool> for Setting {
    fn from(on: bool) -> Self {
        Self::Text(Cow::Borrowed(if on { "true" } else { "false" }))
    }
}

impl From<String> for Setting {
    fn from(text: String) -> Self {
        Self::Text(text.into())
    }
}

impl From<Cow<'static, str>> for Setting {
    fn from(text: Cow<'static, str>) -> Self {
        Self::Text(text)
    }
}

impl From<Amount> for Setting {
    fn from(amount: Amount) -> Self {
        amount.0
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
        Self(text.to_owned().into())
    }
}

impl From<String> for Amount {
    fn from(text: String) -> Self {
        Self(text.into())
    }
}

/// An effect, with the API's default settings or with others.
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
    /// The API's default settings.
    Default,
    /// A strength, or settings in the API's notation (`bl-15_st-40`).
    With(Amount),
}

impl<T: Into<Amount>> From<T> for Effect {
    fn from(amount: T) -> Self {
        Self::With(amount.into())
    }
}

/// Blank text and `true` mean the default, as in the published packages.
impl From<Effect> for Setting {
    fn from(effect: Effect) -> Self {
        match effect {
            Effect::With(Amount(Self::Text(text))) if text == "true" => Self::Bare,
            Effect::With(Amount(setting)) if !setting.is_blank() => setting,
            _ => Self::Bare,
        }
    }
}
