//! The operations, one file for each resource.

mod assets;
mod bulk;
pub(crate) mod cache;
pub(crate) mod custom_metadata_fields;
mod details;
mod dummy;
pub(crate) mod extensions;
pub(crate) mod folder_jobs;
mod folders;
mod manage;
pub(crate) mod metadata;
pub(crate) mod named_transformations;
pub(crate) mod origins;
pub(crate) mod saved_extensions;
pub(crate) mod upload;
pub(crate) mod upload_form;
pub(crate) mod url_endpoints;
mod usage;
mod versions;
pub(crate) mod webhooks;

pub(crate) use assets::Asset;
use bytes::Bytes;
use imagekit_proto::Operation;
use serde_json::{Map, Value};

use crate::ids::Id;
use crate::instant::Instant;
use crate::library::File;
use crate::response::{Handled, Problem};
use crate::route::Route;
use crate::state::State;

/// The operations that the client has no request types for.
pub(crate) fn further_operations() -> impl Iterator<Item = &'static Operation> {
    webhooks::OPERATIONS.into_iter().chain([dummy::OPERATION])
}

/// One request and all that it can change.
pub(crate) struct Exchange<'a> {
    pub(crate) state: &'a mut State,
    pub(crate) route: &'a Route,
    pub(crate) query: &'a str,
    pub(crate) body: &'a Bytes,
    pub(crate) now: Instant,
}

/// Handles everything but uploads.
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
        "bulk-job-status" => folder_jobs::status(exchange),
        "create-new-field" => custom_metadata_fields::create(exchange),
        "list-all-fields" => custom_metadata_fields::list(&exchange),
        "update-existing-field" => custom_metadata_fields::update(exchange),
        "delete-a-field" => custom_metadata_fields::delete(exchange),
        "purge-cache" => cache::purge(exchange),
        "purge-status" => cache::status(exchange),
        "list-extensions" => saved_extensions::list(&exchange),
        "create-extension" => saved_extensions::create(exchange),
        "get-extension" => saved_extensions::get(&exchange),
        "update-extension" => saved_extensions::update(exchange),
        "delete-extension" => saved_extensions::delete(exchange),
        "list-named-transformations" => named_transformations::list(&exchange),
        "create-named-transformation" => named_transformations::create(exchange),
        "get-named-transformation" => named_transformations::get(&exchange),
        "update-named-transformation" => named_transformations::update(exchange),
        "delete-named-transformation" => named_transformations::delete(exchange),
        "list-origins" => origins::list(&exchange),
        "create-origin" => origins::create(exchange),
        "get-origin" => origins::get(&exchange),
        "update-origin" => origins::update(exchange),
        "delete-origin" => origins::delete(exchange),
        "list-url-endpoints" => url_endpoints::list(&exchange),
        "create-url-endpoint" => url_endpoints::create(exchange),
        "get-url-endpoint" => url_endpoints::get(&exchange),
        "update-url-endpoint" => url_endpoints::update(exchange),
        "delete-url-endpoint" => url_endpoints::delete(exchange),
        "list-webhooks" => webhooks::list(&exchange),
        "create-webhook" => webhooks::create(exchange),
        "get-webhook" => webhooks::get(&exchange),
        "update-webhook" => webhooks::update(exchange),
        "delete-webhook" => webhooks::delete(exchange),
        "create-dummy-test" => dummy::create(),
        "get-usage" => usage::usage(&exchange),
        "get-usage-analytics" => usage::analytics(&exchange),
        operation => Err(Problem::not_emulated(operation)),
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

    /// Changes the file that the path names.
    pub(crate) fn edit<T>(&mut self, change: impl FnOnce(&mut File) -> T) -> Result<T, Problem> {
        let id = self.file_id()?;
        self.state.library.edit(id, change).ok_or_else(no_such_file)
    }

    /// Notes how many bytes the library holds now.
    pub(crate) fn note_storage(&mut self) {
        self.state.ledger.stored(self.now, self.state.library.size());
    }

    fn file_id(&self) -> Result<Id, Problem> {
        let invalid = || Problem::bad_request("Your request contains invalid fileId parameter.");
        Id::parse(self.route.first()).ok_or_else(invalid)
    }
}

pub(crate) fn no_such_file() -> Problem {
    Problem::not_found("The requested file does not exist.")
}

/// All tags of a file together have at most this many characters (the OpenAPI file).
pub(crate) const MAX_TAGS: usize = 500;

/// The characters of all tags together.
pub(crate) fn total_length(tags: &[impl AsRef<str>]) -> usize {
    tags.iter().map(|tag| tag.as_ref().chars().count()).sum()
}

/// Checks a `webhookUrl`.
pub(crate) fn check_webhook(url: &str) -> Result<(), Problem> {
    let uri = url.parse::<http::Uri>().ok();
    if uri.is_some_and(|uri| matches!(uri.scheme_str(), Some("http" | "https"))) {
        return Ok(());
    }
    Err(Problem::bad_request("Your request contains invalid value for webhookUrl parameter."))
}

/// Checks tags: text without `%`, 500 characters together (the OpenAPI file).
pub(crate) fn check_tags(tags: &[impl AsRef<str>]) -> Result<(), Problem> {
    if total_length(tags) > MAX_TAGS {
        return Err(Problem::bad_request(
            "Your request contains invalid value for tags parameter. Combined length of all tags \
             should be less than or equal to 500.",
        ));
    }
    if tags.iter().any(|tag| tag.as_ref().contains('%')) {
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
