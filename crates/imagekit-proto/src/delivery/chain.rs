//! Chains of transformation steps.

use super::{
    error::TransformationError,
    transformation::Transformation,
    value::{Place, Writer},
};
use std::fmt;

/// A chain of steps, each applied to what the one before made.
///
/// `Display` writes the transformation string, `FromStr` reads one (what it read it writes
/// again, character for character), `Deserialize` reads an array of the OpenAPI schema
/// `Transformation`.
///
/// ```
/// use imagekit_proto::delivery::{Transformation, Transformations};
///
/// let chain = Transformations::from([
///     Transformation::new().width(300).height(200),
///     Transformation::new().rotation(90),
/// ]);
/// assert_eq!(chain.to_string(), "w-300,h-200:rt-90");
/// assert_eq!("w-300,h-200:rt-90".parse::<Transformations>()?.to_string(), chain.to_string());
/// # Ok::<(), imagekit_proto::delivery::TransformationError>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Transformations {
    pub(super) steps: Vec<Transformation>,
}

impl Transformations {
    /// A chain without steps.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a step.
    pub fn step(mut self, step: Transformation) -> Self {
        self.steps.push(step);
        self
    }

    /// The steps in their order.
    pub fn steps(&self) -> &[Transformation] {
        &self.steps
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
        f.write_str(&text(&self.steps))
    }
}

/// The steps as text, nothing escaped.
pub(super) fn text(steps: &[Transformation]) -> String {
    let mut out = String::with_capacity(estimate(steps));
    write_steps(steps, &mut Writer::new(&mut out, Place::Text));
    out
}

/// Whether no step would leave a trace.
pub(super) fn is_silent(steps: &[Transformation]) -> bool {
    steps.iter().all(Transformation::is_empty)
}

/// An upper bound of the length of `steps` where nothing is escaped.
pub(super) fn estimate(steps: &[Transformation]) -> usize {
    steps.iter().map(Transformation::estimate).sum()
}

/// Writes `steps` for a place in a URL.
pub(super) fn write_for(
    steps: &[Transformation],
    out: &mut String,
    place: Place,
) -> Result<(), TransformationError> {
    let mut writer = Writer::new(out, place);
    write_steps(steps, &mut writer);
    writer.finish()
}

/// Writes `steps`, chained by colons.
pub(super) fn write_steps(steps: &[Transformation], writer: &mut Writer<'_>) {
    let mut steps = steps.iter().filter(|step| !step.is_empty());
    if let Some(first) = steps.next() {
        first.write(writer);
    }
    for step in steps {
        writer.out.push(':');
        step.write(writer);
    }
}
