//! The one place where images are transformed: nothing does so yet.

use bytes::Bytes;

use crate::answer::Problem;

/// Applies a transformation such as `w-300,h-300:rt-90` to an image.
///
/// # Errors
///
/// The first parameter that is not available: today every one.
pub(crate) fn apply(_image: &Bytes, transformation: &str) -> Result<Bytes, Unavailable> {
    let first = transformation.split([',', ':']).next().unwrap_or_default();
    let parameter = first.split('-').next().unwrap_or_default();
    Err(Unavailable { parameter: parameter.to_owned() })
}

/// A transformation that cannot be applied.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Unavailable {
    pub(crate) parameter: String,
}

impl Unavailable {
    pub(crate) fn problem(&self) -> Problem {
        Problem::not_emulated(&format!(
            "the parameter `{}` of a pre-transformation of an image; leave `pre` out",
            self.parameter
        ))
    }
}
