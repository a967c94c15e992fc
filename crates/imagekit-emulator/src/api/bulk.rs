//! Bulk operations on files: delete, tags.

use bytes::Bytes;
use http::{Response, StatusCode};
use serde_json::{Map, Value, json};

use super::{Exchange, MAX_TAGS, check_tags, texts, total_length};
use crate::ids::Id;
use crate::library::{Fields, File};
use crate::response::{Handled, Problem, json_response};

pub(crate) fn delete(mut exchange: Exchange<'_>) -> Handled {
    const LIMIT: (usize, &str) = (100, "fileIds cannot have more than 100 items.");
    let body = exchange.json()?;
    let mut results = Vec::new();
    for id in file_ids(&exchange, &body, LIMIT)? {
        let state = &mut *exchange.state;
        let folder = state.library.file(id).map(|file| &*file.folder);
        let locked = folder.is_some_and(|folder| state.jobs.lock(folder, exchange.now));
        results.push((id, if locked { Err(super::folder_jobs::LOCKED) } else { Ok(()) }));
        if !locked {
            super::manage::forget(state, id);
        }
    }
    exchange.note_storage();
    Ok(results_response("successfullyDeletedFileIds", &results))
}

pub(crate) fn add_tags(exchange: Exchange<'_>) -> Handled {
    edit(exchange, "tags", |fields, tags| {
        let mut all = fields.tags.clone();
        for tag in tags {
            if !all.iter().any(|held| **held == **tag) {
                all.push(tag.as_str().into());
            }
        }
        if total_length(&all) > MAX_TAGS {
            return Err("Combined length of all tags should be less than or equal to 500.");
        }
        fields.tags = all;
        Ok(())
    })
}

pub(crate) fn remove_tags(exchange: Exchange<'_>) -> Handled {
    edit(exchange, "tags", |fields, tags| {
        fields.tags.retain(|held| !tags.iter().any(|tag| **held == **tag));
        Ok(())
    })
}

pub(crate) fn remove_ai_tags(exchange: Exchange<'_>) -> Handled {
    edit(exchange, "AITags", |fields, tags| {
        fields.ai_tags.retain(|held| !tags.iter().any(|tag| *held.name == **tag));
        Ok(())
    })
}

/// The result for one file.
type Outcome = Result<(), &'static str>;

fn edit(
    exchange: Exchange<'_>,
    key: &str,
    change: impl Fn(&mut Fields, &[String]) -> Outcome,
) -> Handled {
    const LIMIT: (usize, &str) = (50, "A maximum of 50 files can be edited at a time.");
    let body = exchange.json()?;
    let ids = file_ids(&exchange, &body, LIMIT)?;
    let missing = || Problem::bad_request(format!("{key} parameter is missing."));
    let tags = texts(body.get(key).ok_or_else(missing)?).ok_or_else(|| {
        Problem::bad_request(format!(
            "Your request contains invalid value for {key}. Please provide an array of strings. \
             Example - ['t-shirt','summer-sale']."
        ))
    })?;
    if tags.is_empty() {
        return Err(Problem::bad_request(format!("{key} array cannot be empty.")));
    }
    check_tags(&tags)?;
    let Exchange { state, now, .. } = exchange;
    let change_one = |file: &mut File| {
        let Some(version) = file.current_mut() else { return Ok(()) };
        change(&mut version.fields, &tags)?;
        version.updated_at = now;
        Ok(())
    };
    let mut results = Vec::new();
    for id in ids {
        let result = state.library.edit(id, change_one).unwrap_or(Ok(()));
        results.push((id, result));
    }
    Ok(results_response("successfullyUpdatedFileIds", &results))
}

/// 200 when all files succeeded, else 207 with what went wrong.
fn results_response(key: &str, results: &[(Id, Outcome)]) -> Response<Bytes> {
    let done = results.iter().filter(|(_, result)| result.is_ok()).map(|(id, _)| id);
    let mut body = json!({ key: done.collect::<Vec<_>>() });
    let errors: Vec<Value> = results
        .iter()
        .filter_map(|(id, result)| Some(json!({ "fileId": id, "error": result.err()? })))
        .collect();
    if errors.is_empty() {
        return json_response(StatusCode::OK, &body);
    }
    if let Some(body) = body.as_object_mut() {
        body.insert("errors".to_owned(), errors.into());
    }
    json_response(StatusCode::MULTI_STATUS, &body)
}

/// The ids of files that are all there; 404 names those that are not.
fn file_ids(
    exchange: &Exchange<'_>,
    body: &Map<String, Value>,
    (limit, too_many): (usize, &str),
) -> Result<Vec<Id>, Problem> {
    let missing = || Problem::bad_request("fileIds parameter is missing.");
    let ids = body.get("fileIds").ok_or_else(missing)?;
    let ids = texts(ids).ok_or_else(|| Problem::bad_request("fileIds should be an Array."))?;
    if ids.is_empty() {
        return Err(Problem::bad_request("fileIds is empty."));
    }
    if ids.len() > limit {
        return Err(Problem::bad_request(too_many));
    }
    let find = |id: &str| Some(exchange.state.library.file(Id::parse(id)?)?.id);
    let absent: Vec<&String> = ids.iter().filter(|id| find(id).is_none()).collect();
    if absent.is_empty() {
        return Ok(ids.iter().filter_map(|id| find(id)).collect());
    }
    Err(Problem::not_found("The requested file(s) does not exist.")
        .with("missingFileIds", json!(absent)))
}
