//! Chains of transformation steps.

use super::{
    error::InvalidTransformation,
    step::{self, Transformation},
};
use std::fmt;

/// A chain of steps; each is applied to the result of the step before.
///
/// [`build`](Self::build) returns the transformation string, for example for an upload's
/// pre-transformation; a URL takes the chain itself. `FromStr` reads a string and keeps every
/// character of it, as [`Transformation::raw`] does. `Deserialize` reads an array of the OpenAPI
/// schema `Transformation`.
///
/// ```
/// use imagekit_proto::delivery::{Transformation, Transformations};
///
/// let chain = Transformations::from([
///     Transformation::new().width(300).height(200),
///     Transformation::new().rotation(90),
/// ]);
/// assert_eq!(chain.build()?, "w-300,h-200:rt-90");
/// assert_eq!("w-300,h-200:rt-90".parse::<Transformations>()?.to_string(), chain.to_string());
///
/// let injected = Transformations::new().step(Transformation::new().width("300,rt-90:bl-9"));
/// assert!(injected.build().is_err());
/// # Ok::<(), imagekit_proto::delivery::InvalidTransformation>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Transformations {
    pub(super) steps: Vec<Transformation>,
}

impl Transformations {
    /// Creates a chain without steps.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a step.
    pub fn step(mut self, step: Transformation) -> Self {
        self.steps.push(step);
        self
    }

    /// Returns the steps in their order.
    pub fn steps(&self) -> &[Transformation] {
        &self.steps
    }

    /// Returns the transformation string.
    ///
    /// # Errors
    ///
    /// [`InvalidTransformation`] if a value holds a separator or is not a finite number, or if the
    /// code of a [`parameter`](Transformation::parameter) is none.
    #[doc(alias = "buildTransformationString")]
    #[doc(alias = "build_transformation_string")]
    pub fn build(&self) -> Result<String, InvalidTransformation> {
        let (text, checked) = step::text(&self.steps);
        checked.map(|()| text)
    }
}

impl AsRef<[Transformation]> for Transformations {
    fn as_ref(&self) -> &[Transformation] {
        &self.steps
    }
}

impl From<Transformation> for Transformations {
    fn from(step: Transformation) -> Self {
        Self { steps: vec![step] }
    }
}

impl<const N: usize> From<[Transformation; N]> for Transformations {
    fn from(steps: [Transformation; N]) -> Self {
        Self { steps: steps.into() }
    }
}

impl From<Vec<Transformation>> for Transformations {
    fn from(steps: Vec<Transformation>) -> Self {
        Self { steps }
    }
}

impl FromIterator<Transformation> for Transformations {
    fn from_iter<I: IntoIterator<Item = Transformation>>(steps: I) -> Self {
        Self { steps: steps.into_iter().collect() }
    }
}

impl fmt::Display for Transformations {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&step::text(&self.steps).0)
    }
}
