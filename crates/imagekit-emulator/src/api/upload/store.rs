//! Storing a file: a new one, or a version of the one that is there.

use serde_json::{Map, Value};

use crate::api::extensions::{self, Outcome};
use crate::api::upload_form::UploadForm;
use crate::api::{merge, no_such_file};
use crate::ids::Id;
use crate::instant::Instant;
use crate::library::{Content, Fields, File, MAX_VERSIONS, ObjectVersion, Version, names, render};
use crate::response::Problem;
use crate::schema;
use crate::state::State;

/// Stores an upload and returns the body of its response.
pub(super) fn store(
    state: &mut State,
    form: UploadForm,
    content: Content,
    now: Instant,
) -> Result<Value, Problem> {
    let mut name = form.file_name.clone();
    if form.unique {
        name = names::with_suffix(&form.file_name, &state.ids.text(9));
        while state.library.at_path(&names::join(&form.folder, &name)).is_some() {
            name = names::with_suffix(&form.file_name, &state.ids.text(9));
        }
    }
    let existing = state.library.at_path(&names::join(&form.folder, &name));
    if existing.is_some() && !form.overwrite_file {
        return Err(Problem::bad_request(
            "A file with the same name already exists at the exact location. We could not \
             overwrite it because both overwriteFile and useUniqueFileName are set to false.",
        ));
    }
    if let Some(values) = &form.custom_metadata {
        schema::check_values(&state.fields, values)?;
    }
    let previous = existing.and_then(File::current).map(|version| &version.fields);
    let mut fields = fields(&form, previous);
    let outcome = match &form.extensions {
        None => None,
        Some(extensions) => {
            let configs = extensions::read(extensions, state)?;
            let is_image = content.is_image();
            Some(extensions::run(&configs, &mut fields, &state.fields, &name, is_image))
        }
    };
    let new = New { folder: &form.folder, name: &name, content, fields };
    let id = place(state, new, now)?;
    let current = state.library.file(id).map(|file| file.current);
    if let (Some(transformation), Some(version)) = (form.transformation, current) {
        state.transformations.insert(version, transformation);
    }
    let file = state.library.file(id).ok_or_else(no_such_file)?;
    let version = file.current().ok_or_else(no_such_file)?;
    let mut body = render::uploaded(&state.url_endpoint, file, version, &form.response_fields);
    if let Some(outcome) = outcome {
        respond(state, id, outcome, form.webhook_url.as_deref(), now, &mut body);
    }
    Ok(Value::Object(body))
}

fn respond(
    state: &mut State,
    id: Id,
    outcome: Outcome,
    webhook_url: Option<&str>,
    now: Instant,
    body: &mut Map<String, Value>,
) {
    extensions::record(state, id, &outcome, webhook_url, now);
    body.insert("extensionStatus".to_owned(), Value::Object(outcome.status));
}

/// A version to be.
pub(crate) struct New<'a> {
    /// Cleaned, as `/a/b`.
    pub(crate) folder: &'a str,
    /// Cleaned.
    pub(crate) name: &'a str,
    pub(crate) content: Content,
    pub(crate) fields: Fields,
}

/// Places a version in the library, and returns the id of its file.
pub(crate) fn place(state: &mut State, new: New<'_>, now: Instant) -> Result<Id, Problem> {
    let New { folder, name, content, fields } = new;
    let id = state.ids.object(now);
    let object = ObjectVersion(state.ids.bits());
    let existing = state.library.at_path(&names::join(folder, name));
    if existing.is_some_and(|file| file.versions.len() >= MAX_VERSIONS) {
        return Err(Problem::bad_request(format!(
            "A file cannot have more than {MAX_VERSIONS} versions."
        ))
        .reason("VERSION_LIMIT_EXCEEDED"));
    }
    let number = existing.map_or(1, File::next_number);
    let existing = existing.map(|file| file.id);
    let version = Version { id, number, object, content, fields, created_at: now, updated_at: now };
    let file = match existing {
        Some(existing) => {
            state.library.edit(existing, |file| {
                file.current = id;
                file.versions.push(version);
            });
            existing
        }
        None => {
            // The first version has the id of its file.
            let (folder, name) = (folder.into(), name.into());
            let file = File { id, number: 0, folder, name, versions: vec![version], current: id };
            state.library.add(file, now, &mut state.ids);
            id
        }
    };
    state.ledger.stored(now, state.library.size());
    Ok(file)
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
    let tags = form.tags.as_ref();
    let tags = tags.map(|tags| tags.iter().map(|tag| tag.as_str().into()).collect());
    let old_tags = || kept(form.overwrite_tags).map(|fields| fields.tags.clone());
    let description = match form.description.as_deref() {
        Some(text) => (!text.is_empty()).then(|| text.into()),
        None => previous.and_then(|fields| fields.description.clone()),
    };
    Fields {
        tags: tags.or_else(old_tags).unwrap_or_default(),
        ai_tags: kept(form.overwrite_ai_tags)
            .map(|fields| fields.ai_tags.clone())
            .unwrap_or_default(),
        custom_coordinates: form.custom_coordinates.as_deref().map(Into::into),
        custom_metadata,
        description,
        is_private: form.is_private,
        is_published: form.is_published,
    }
}
