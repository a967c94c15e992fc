//! Why a transformation is not applied.

use imagekit_proto::delivery::InvalidTransformation;

use crate::response::Problem;

/// Why a transformation is not applied.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Refusal {
    /// ImageKit has it, the emulator has not: 501.
    Unsupported(String),
    /// ImageKit would refuse it too: 400.
    Invalid(String),
    /// A layer or a default image that is not in the library: 404.
    Missing(String),
}

impl Refusal {
    /// Refuses the parameter `code` with this value.
    pub(super) fn unsupported(code: &str, value: &str) -> Self {
        let dash = if value.is_empty() { "" } else { "-" };
        Self::Unsupported(format!("the transformation parameter `{}`", shown(code, dash, value)))
    }

    /// Refuses the value of the parameter `code`.
    pub(super) fn invalid(code: &str, value: &str) -> Self {
        Self::Invalid(format!(
            "The transformation parameter `{}` has an invalid value.",
            shown(code, "-", value)
        ))
    }

    pub(crate) fn problem(&self) -> Problem {
        match self {
            Self::Unsupported(what) => Problem::not_emulated(what),
            Self::Invalid(why) => Problem::bad_request(why.as_str()),
            Self::Missing(path) => {
                Problem::not_found(format!("The file `{}` does not exist.", cut(path)))
            }
        }
    }
}

impl From<InvalidTransformation> for Refusal {
    fn from(error: InvalidTransformation) -> Self {
        Self::Invalid(format!("The transformation string is invalid: {error}."))
    }
}

fn shown(code: &str, dash: &str, value: &str) -> String {
    cut(&format!("{code}{dash}{value}"))
}

/// At most 80 characters, none of them a control character.
fn cut(text: &str) -> String {
    text.chars().filter(|c| !c.is_control()).take(80).collect()
}
