//! The `transformation` of an upload.

use serde_json::{Map, Value};

use crate::library::Content;
use crate::response::Problem;

/// What an upload asks to be transformed.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Asked<'a> {
    /// The transformation to apply before the file is stored.
    pub(super) pre: Option<&'a str>,
}

/// Reads and checks the field (schema `TransformationObject` of the OpenAPI file).
pub(super) fn read<'a>(
    transformation: &'a Map<String, Value>,
    content: &Content,
) -> Result<Asked<'a>, Problem> {
    let bad =
        |why: &str| Problem::bad_request(format!("The file could not be uploaded because {why}"));
    let invalid = || bad("the transformation field is invalid.");
    if transformation.keys().any(|key| !matches!(key.as_str(), "pre" | "post")) {
        return Err(invalid());
    }
    let pre = match transformation.get("pre") {
        None => None,
        Some(pre) => Some(pre.as_str().filter(|pre| !pre.is_empty()).ok_or_else(invalid)?),
    };
    let post = match transformation.get("post") {
        None => &Vec::new(),
        Some(post) => post.as_array().ok_or_else(invalid)?,
    };
    let image = content.is_image();
    if !image && !content.is_video() {
        return Err(bad("transformations are supported only for image and video files."));
    }
    for step in post {
        let step = step.as_object().ok_or_else(invalid)?;
        let kind = step.get("type").and_then(Value::as_str);
        let (value_required, protocol) = match kind {
            Some("transformation") => (true, false),
            Some("gif-to-video" | "thumbnail") => (false, false),
            Some("abs") => (true, true),
            _ => return Err(invalid()),
        };
        let fits = step.iter().all(|(key, value)| match key.as_str() {
            "type" => true,
            "value" => value.is_string(),
            "protocol" => protocol && matches!(value.as_str(), Some("hls" | "dash")),
            _ => false,
        });
        let complete = (!value_required || step.contains_key("value"))
            && (!protocol || step.contains_key("protocol"));
        if !fits || !complete {
            return Err(invalid());
        }
        let compatible = match kind {
            Some("gif-to-video") => content.mime() == "image/gif",
            Some("thumbnail" | "abs") => !image,
            _ => true,
        };
        if !compatible {
            return Err(bad("the detected file type & post-transformation are incompatible."));
        }
    }
    Ok(Asked { pre })
}
