//! `upload-file`, versions 1 and 2.

use bytes::Bytes;
use http::{HeaderMap, Response, StatusCode};
use serde_json::{Map, Value, json};

use super::metadata::Address;
use super::upload_form::{RawForm, Source, UploadForm, invalid};
use super::{extensions, merge};
use crate::answer::{Handled, Problem, json_response, ok};
use crate::emulator::Emulator;
use crate::instant::Instant;
use crate::library::{Content, Fields, File, MAX_VERSIONS, Version, names, render};
use crate::media;
use crate::multipart::{FormError, Part};
use crate::route::Route;
use crate::state::State;

pub(crate) fn upload(
    emulator: &Emulator,
    route: &Route,
    now: Instant,
    headers: &HeaderMap,
    form: Result<Vec<Part>, FormError>,
) -> Handled {
    let raw = RawForm::read(form)?;
    let (form, bytes, size) = {
        let mut state = emulator.state();
        if route.operation == "upload-file" {
            state.keys.check_upload(headers, &raw.texts, now)?;
        } else {
            state.keys.check_upload_v2(headers, &raw.texts, now)?;
        }
        let mut form = UploadForm::read(raw)?;
        let source = std::mem::replace(&mut form.source, Source::Bytes(Bytes::new(), 0));
        let (bytes, size) = fetch(source, &state)?;
        (form, bytes, size)
    };
    // Decoding an image takes its time: others are answered meanwhile.
    let inspection = media::inspect(&bytes);
    let content = Content { bytes, size, inspection };
    let queued = check_transformation(form.transformation.as_ref(), &content)?;
    let response = store(&mut emulator.state(), form, content, now)?;
    // The file of a queued upload is there as soon as a client can look for it.
    Ok(if queued { accepted() } else { response })
}

/// The bytes of a file. There is no network: a URL has to be one of the library's own.
fn fetch(source: Source, state: &State) -> Result<(Bytes, u64), Problem> {
    let url = match source {
        Source::Bytes(bytes, size) => return Ok((bytes, size)),
        Source::Url(url) => url,
    };
    let address = Address::read(&url, &state.url_endpoint).filter(|address| !address.transformed);
    let file = address.and_then(|address| state.library.at_path(&address.path));
    let content = file.and_then(File::current).map(|version| &version.content);
    content.map(|content| (content.bytes.clone(), content.size)).ok_or_else(|| invalid("file"))
}

fn accepted() -> Response<Bytes> {
    let message = "The pre-transformation has been queued successfully.";
    json_response(StatusCode::ACCEPTED, &json!({ "message": message }))
}

/// Whether the upload is queued: a pre-transformation of a video is. Nothing is transformed.
fn check_transformation(
    transformation: Option<&Map<String, Value>>,
    content: &Content,
) -> Result<bool, Problem> {
    let Some(transformation) = transformation else { return Ok(false) };
    let bad =
        |why: &str| Problem::bad_request(format!("The file could not be uploaded because {why}"));
    let field_invalid = || bad("the transformation field is invalid.");
    let pre = match transformation.get("pre") {
        None => None,
        Some(pre) => Some(pre.as_str().filter(|pre| !pre.is_empty()).ok_or_else(field_invalid)?),
    };
    let post = match transformation.get("post") {
        None => &Vec::new(),
        Some(post) => post.as_array().ok_or_else(field_invalid)?,
    };
    let image = content.inspection.is_image;
    if !image && !content.is_video() {
        return Err(bad("transformations are supported only for image and video files."));
    }
    for step in post {
        let compatible = match step.get("type").and_then(Value::as_str) {
            Some("transformation") => true,
            Some("gif-to-video") => content.inspection.mime == "image/gif",
            Some("thumbnail" | "abs") => !image,
            _ => return Err(field_invalid()),
        };
        if !compatible {
            return Err(bad("the detected file type & post-transformation are incompatible."));
        }
    }
    Ok(pre.is_some() && !image)
}

/// Stores a file: a new one, or a version of the one that is there.
fn store(state: &mut State, form: UploadForm, content: Content, now: Instant) -> Handled {
    let mut name = form.file_name.clone();
    let taken = |state: &State, name: &str| {
        state.library.at_path(&names::join(&form.folder, name)).map(|file| file.id.clone())
    };
    if form.unique {
        name = names::with_suffix(&form.file_name, &state.ids.text(9));
        while taken(state, &name).is_some() {
            name = names::with_suffix(&form.file_name, &state.ids.text(9));
        }
    }
    let existing = taken(state, &name);
    if existing.is_some() && !form.overwrite_file {
        return Err(Problem::bad_request(
            "A file with the same name already exists at the exact location. We could not \
             overwrite it because both overwriteFile and useUniqueFileName are set to false.",
        ));
    }
    let file = existing.as_deref().and_then(|id| state.library.file(id));
    if file.is_some_and(|file| file.versions.len() >= MAX_VERSIONS) {
        return Err(Problem::bad_request(format!(
            "A file cannot have more than {MAX_VERSIONS} versions."
        ))
        .reason("VERSION_LIMIT_EXCEEDED"));
    }
    let previous = file.and_then(File::current).map(|version| &version.fields);
    let mut fields = fields(&form, previous);
    let status = form
        .extensions
        .as_ref()
        .map(|extensions| extensions::run(extensions, &mut fields, &name))
        .transpose()?;

    let id = state.ids.object(now);
    let object = state.ids.text(32);
    let number = file.map_or(1, File::next_number);
    let version = Version {
        id: id.clone(),
        number,
        object,
        content,
        fields,
        created_at: now,
        updated_at: now,
    };
    let file_id = match existing.as_deref().and_then(|id| state.library.file_mut(id)) {
        Some(file) => {
            file.current = version.id.clone();
            file.versions.push(version);
            file.id.clone()
        }
        None => {
            state.library.make_folder(&form.folder, now, &mut state.ids);
            // The first version has the id of its file.
            let current = id.clone();
            let folder = form.folder.clone();
            let versions = vec![version];
            state.library.add(File { id: id.clone(), folder, name, versions, current });
            id
        }
    };
    let file = state.library.file(&file_id).ok_or_else(super::no_such_file)?;
    let version = file.current().ok_or_else(super::no_such_file)?;
    let mut answer = render::uploaded(&state.url_endpoint, file, version, &form.response_fields);
    if let Some(status) = status {
        answer.insert("extensionStatus".to_owned(), Value::Object(status));
    }
    Ok(ok(&Value::Object(answer)))
}

/// The fields of a new version. What the form leaves out is erased, unless its `overwrite...`
/// is off; the important area always is.
fn fields(form: &UploadForm, previous: Option<&Fields>) -> Fields {
    let kept = |overwrite: bool| previous.filter(|_| !overwrite);
    let mut custom_metadata = kept(form.overwrite_custom_metadata)
        .map(|fields| fields.custom_metadata.clone())
        .unwrap_or_default();
    if let Some(values) = &form.custom_metadata {
        merge(&mut custom_metadata, values);
    }
    let old_tags = || kept(form.overwrite_tags).map(|fields| fields.tags.clone());
    Fields {
        tags: form.tags.clone().or_else(old_tags).unwrap_or_default(),
        ai_tags: kept(form.overwrite_ai_tags)
            .map(|fields| fields.ai_tags.clone())
            .unwrap_or_default(),
        custom_coordinates: form.custom_coordinates.clone(),
        custom_metadata,
        description: form
            .description
            .clone()
            .or_else(|| previous.and_then(|fields| fields.description.clone())),
        is_private: form.is_private,
        is_published: form.is_published,
    }
}
