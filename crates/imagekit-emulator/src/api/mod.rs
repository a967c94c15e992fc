//! The operations, one file for each resource.

mod assets;
mod bulk;
mod cache;
pub(crate) mod custom_metadata_fields;
mod details;
mod extensions;
mod folder_jobs;
mod folders;
mod manage;
mod metadata;
pub(crate) mod upload;
mod upload_form;
mod versions;

pub(crate) use assets::Asset;
use bytes::Bytes;
use serde_json::{Map, Value};

use crate::answer::{Handled, Problem, not_emulated};
use crate::ids::is_object_id;
use crate::instant::Instant;
use crate::library::File;
use crate::route::Route;
use crate::state::State;

/// One request and all that it can change.
pub(crate) struct Exchange<'a> {
    pub(crate) state: &'a mut State,
    pub(crate) route: &'a Route,
    pub(crate) query: &'a str,
    pub(crate) body: &'a Bytes,
    pub(crate) now: Instant,
}

/// Everything but uploads.
pub(crate) fn dispatch(exchange: Exchange<'_>) -> Handled {
    match exchange.route.operation {
        "list-and-search-assets" => assets::list(exchange),
        "get-file-details" => details::get(&exchange),
        "update-file-details" => details::update(exchange),
        "list-file-versions" => versions::list(&exchange),
        "get-file-version-details" => versions::get(&exchange),
        "delete-file-version" => versions::delete(exchange),
        "restore-file-version" => versions::restore(exchange),
        "get-uploaded-file-metadata" => metadata::of_file(&exchange),
        "get-metadata-from-url" => metadata::of_url(&exchange),
        "delete-file" => manage::delete(exchange),
        "copy-file" => manage::copy(exchange),
        "move-file" => manage::move_file(exchange),
        "rename-file" => manage::rename(exchange),
        "delete-multiple-files" => bulk::delete(exchange),
        "add-tags-bulk" => bulk::add_tags(exchange),
        "remove-tags-bulk" => bulk::remove_tags(exchange),
        "remove-ai-tags-bulk" => bulk::remove_ai_tags(exchange),
        "create-folder" => folders::create(exchange),
        "delete-folder" => folders::delete(exchange),
        "copy-folder" => folder_jobs::copy(exchange),
        "move-folder" => folder_jobs::move_folder(exchange),
        "rename-folder" => folder_jobs::rename(exchange),
        "bulk-job-status" => folder_jobs::status(&exchange),
        "create-new-field" => custom_metadata_fields::create(exchange),
        "list-all-fields" => custom_metadata_fields::list(&exchange),
        "update-existing-field" => custom_metadata_fields::update(exchange),
        "delete-a-field" => custom_metadata_fields::delete(exchange),
        "purge-cache" => cache::purge(exchange),
        "purge-status" => cache::status(&exchange),
        operation => Ok(not_emulated(operation)),
    }
}

impl Exchange<'_> {
    /// The body as a JSON object.
    pub(crate) fn json(&self) -> Result<Map<String, Value>, Problem> {
        serde_json::from_slice(self.body)
            .map_err(|_| Problem::bad_request("Your request body is not a JSON object."))
    }

    /// The file that the path names.
    pub(crate) fn file(&self) -> Result<&File, Problem> {
        let id = self.file_id()?;
        self.state.library.file(id).ok_or_else(no_such_file)
    }

    pub(crate) fn file_mut(&mut self) -> Result<&mut File, Problem> {
        let id = self.file()?.id.clone();
        self.state.library.file_mut(&id).ok_or_else(no_such_file)
    }

    fn file_id(&self) -> Result<&str, Problem> {
        let id = self.route.first();
        let invalid = || Problem::bad_request("Your request contains invalid fileId parameter.");
        is_object_id(id).then_some(id).ok_or_else(invalid)
    }

    /// The version that the path names after the file.
    pub(crate) fn version_id(&self) -> Result<&str, Problem> {
        let id = self.route.second();
        let invalid = || Problem::bad_request("Your request contains invalid versionId parameter.");
        is_object_id(id).then_some(id).ok_or_else(invalid)
    }
}

pub(crate) fn no_such_file() -> Problem {
    Problem::not_found("The requested file does not exist.")
}

/// Checks tags: text without `%`, 500 characters together (the OpenAPI file).
pub(crate) fn check_tags(tags: &[String]) -> Result<(), Problem> {
    if tags.iter().map(|tag| tag.chars().count()).sum::<usize>() > 500 {
        return Err(Problem::bad_request(
            "Your request contains invalid value for tags parameter. Combined length of all tags \
             should be less than or equal to 500.",
        ));
    }
    if tags.iter().any(|tag| tag.contains('%')) {
        return Err(Problem::bad_request(
            "Your request contains invalid value for tags parameter. A tag cannot contain %.",
        ));
    }
    Ok(())
}

/// A list of texts; `None` when the value is something else.
pub(crate) fn texts(value: &Value) -> Option<Vec<String>> {
    value.as_array()?.iter().map(|item| item.as_str().map(str::to_owned)).collect()
}

/// Sets a value of custom metadata, or unsets it by `null`.
pub(crate) fn merge(into: &mut Map<String, Value>, values: &Map<String, Value>) {
    for (name, value) in values {
        if value.is_null() {
            into.remove(name);
        } else {
            into.insert(name.clone(), value.clone());
        }
    }
}

/// `x,y,width,height`, none of them negative.
pub(crate) fn check_coordinates(text: &str) -> Result<(), Problem> {
    let numbers: Vec<&str> = text.split(',').collect();
    let whole = |number: &&str| number.trim().parse::<u32>().is_ok();
    if numbers.len() == 4 && numbers.iter().all(whole) {
        return Ok(());
    }
    Err(Problem::bad_request(
        "Your request contains invalid value for customCoordinates parameter.",
    ))
}
