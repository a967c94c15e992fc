//! The transformation of an image before it is stored.

use std::collections::HashMap;

use bytes::Bytes;

use crate::render::{self, Refusal, Request};
use crate::state::State;

/// A transformation that is read, and the files that it needs.
pub(crate) struct Pre {
    steps: Vec<render::Step>,
    assets: HashMap<String, Bytes>,
}

impl Pre {
    /// Reads a transformation such as `w-300,h-300:rt-90`.
    pub(crate) fn read(state: &State, transformation: &str) -> Result<Self, Refusal> {
        let steps = render::parse(transformation)?;
        let steps = render::expand(&steps, &|name| state.named_transformation(name))?;
        let assets = state.assets(&steps);
        Ok(Self { steps, assets })
    }

    /// Applies it to an image, which takes its time.
    pub(crate) fn apply(&self, image: &Bytes) -> Result<Bytes, Refusal> {
        let Self { steps, assets } = self;
        let accept = "";
        let request = Request { bytes: image, steps, accept, custom_coordinates: None, assets };
        render::render(&request).map(|rendered| rendered.bytes)
    }
}
