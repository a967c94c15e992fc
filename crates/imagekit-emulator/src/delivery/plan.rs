//! What is to be delivered, found while the library is locked and rendered afterwards.

use std::collections::HashMap;

use bytes::Bytes;

use super::access::{self, check_private, check_signature, check_version, missing};
use super::address::Address;
use crate::instant::Instant;
use crate::library::{Content, File};
use crate::render::{self, Refusal, Rendered, Step};
use crate::response::Problem;
use crate::state::State;

/// Paths below a video that ImageKit makes from it.
const OF_VIDEOS: [&str; 5] = [
    "/ik-video.mp4",
    "/ik-gif-video.mp4",
    "/ik-thumbnail.jpg",
    "/ik-master.m3u8",
    "/ik-master.mpd",
];

/// A file to be delivered, and how it is transformed.
#[derive(Debug)]
pub(crate) struct Plan {
    pub(super) name: String,
    pub(super) content: Content,
    /// Names the bytes before transformation.
    pub(super) version: String,
    pub(super) is_private: bool,
    custom_coordinates: Option<String>,
    /// Without names; empty if the bytes are delivered as they are.
    steps: Vec<Step>,
    assets: HashMap<String, Bytes>,
}

impl Plan {
    /// Finds what anybody may request.
    pub(super) fn public(state: &State, address: &Address, now: Instant) -> Result<Self, Problem> {
        check_signature(state, address, now)?;
        Self::find(state, address, true)
    }

    /// Finds what the owner of the account may see.
    pub(crate) fn owned(state: &State, address: &Address) -> Result<Self, Problem> {
        Self::find(state, address, false)
    }

    fn find(state: &State, address: &Address, for_anybody: bool) -> Result<Self, Problem> {
        let refused = |refusal: Refusal| refusal.problem();
        let written = address.steps().map_err(refused)?;
        let steps = render::expand(&written, &|name| state.named_transformation(name));
        let steps = steps.map_err(refused)?;
        let at = |path: &str| state.library.at_path(path);
        let file = match at(&address.path) {
            Some(file) => file,
            None => {
                of_video(state, &address.path)?;
                let default = render::last(&steps, "di").map(render::path);
                default.and_then(|path| at(&path)).ok_or_else(missing)?
            }
        };
        let version = access::version(file, address).ok_or_else(missing)?;
        if for_anybody {
            check_version(version, address, &written)?;
        }
        let original = render::last(&steps, "orig") == Some("true");
        let untouched = original || !(version.content.is_image() || version.content.is_video());
        let steps = if untouched { Vec::new() } else { steps };
        let mut is_private = version.fields.is_private;
        for layer in render::paths(&steps) {
            let Some(layer) = at(&layer).and_then(File::current) else { continue };
            if for_anybody {
                check_private(layer, address, &written)?;
            }
            is_private |= layer.fields.is_private;
        }
        Ok(Self {
            name: file.name.to_string(),
            content: version.content.clone(),
            version: version.object.text(),
            is_private,
            custom_coordinates: version.fields.custom_coordinates.as_deref().map(str::to_owned),
            assets: state.assets(&steps),
            steps,
        })
    }

    /// Whether a video is to be transformed.
    pub(super) fn is_video_transformation(&self) -> bool {
        self.content.is_video() && !self.steps.is_empty()
    }

    /// Transforms the file, which takes its time; `None` if it is delivered as it is.
    pub(crate) fn render(&self, accept: &str) -> Result<Option<Rendered>, Problem> {
        if self.content.blob.len() < self.content.size {
            return Err(Problem::not_emulated("the delivery of files whose bytes were discarded"));
        }
        if self.is_video_transformation() {
            return Err(Problem::not_emulated("transformations of videos"));
        }
        if self.steps.is_empty() {
            return Ok(None);
        }
        let request = render::Request {
            bytes: &self.bytes()?,
            steps: &self.steps,
            accept,
            custom_coordinates: self.custom_coordinates.as_deref(),
            assets: &self.assets,
        };
        render::render(&request).map(Some).map_err(|refusal| refusal.problem())
    }

    /// The bytes before transformation.
    pub(super) fn bytes(&self) -> Result<Bytes, Problem> {
        self.content.blob.read().map_err(|error| Problem::unreadable(&error))
    }

    /// The bytes as the URL asks for them, and how many they are.
    pub(crate) fn into_bytes(self) -> Result<(Bytes, u64), Problem> {
        if self.steps.is_empty() {
            return Ok((self.bytes()?, self.content.size));
        }
        let bytes = match self.render("")? {
            Some(rendered) => rendered.bytes,
            None => self.bytes()?,
        };
        let size = bytes.len() as u64;
        Ok((bytes, size))
    }
}

/// Refuses what ImageKit makes from a video.
fn of_video(state: &State, path: &str) -> Result<(), Problem> {
    let source = OF_VIDEOS.iter().find_map(|made| path.strip_suffix(made));
    match source.and_then(|source| state.library.at_path(source)) {
        Some(_) => Err(Problem::not_emulated("transformations of videos")),
        None => Ok(()),
    }
}
