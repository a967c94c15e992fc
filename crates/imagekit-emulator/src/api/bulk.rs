//! Many files at once: delete, tags.

use serde_json::{Map, Value, json};

use super::{Exchange, check_tags, texts};
use crate::answer::{Handled, Problem, ok};
use crate::library::Fields;

pub(crate) fn delete(exchange: Exchange<'_>) -> Handled {
    const LIMIT: (usize, &str) = (100, "fileIds cannot have more than 100 items.");
    let body = exchange.json()?;
    let ids = file_ids(&exchange, &body, LIMIT)?;
    for id in &ids {
        exchange.state.library.remove(id);
    }
    Ok(ok(&json!({ "successfullyDeletedFileIds": ids })))
}

pub(crate) fn add_tags(exchange: Exchange<'_>) -> Handled {
    edit(exchange, "tags", |fields, tags| {
        for tag in tags {
            if !fields.tags.contains(tag) {
                fields.tags.push(tag.clone());
            }
        }
    })
}

pub(crate) fn remove_tags(exchange: Exchange<'_>) -> Handled {
    edit(exchange, "tags", |fields, tags| fields.tags.retain(|tag| !tags.contains(tag)))
}

pub(crate) fn remove_ai_tags(exchange: Exchange<'_>) -> Handled {
    edit(exchange, "AITags", |fields, tags| {
        fields.ai_tags.retain(|tag| !tags.contains(&tag.name));
    })
}

fn edit(exchange: Exchange<'_>, key: &str, change: impl Fn(&mut Fields, &[String])) -> Handled {
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
    for id in &ids {
        let file = exchange.state.library.file_mut(id);
        if let Some(version) = file.and_then(|file| file.current_mut()) {
            change(&mut version.fields, &tags);
            version.updated_at = exchange.now;
        }
    }
    Ok(ok(&json!({ "successfullyUpdatedFileIds": ids })))
}

/// The ids of files that are all there; 404 names those that are not.
fn file_ids(
    exchange: &Exchange<'_>,
    body: &Map<String, Value>,
    (limit, too_many): (usize, &str),
) -> Result<Vec<String>, Problem> {
    let missing = || Problem::bad_request("fileIds parameter is missing.");
    let ids = body.get("fileIds").ok_or_else(missing)?;
    let ids = texts(ids).ok_or_else(|| Problem::bad_request("fileIds should be an Array."))?;
    if ids.is_empty() {
        return Err(Problem::bad_request("fileIds is empty."));
    }
    if ids.len() > limit {
        return Err(Problem::bad_request(too_many));
    }
    let absent: Vec<&String> =
        ids.iter().filter(|id| exchange.state.library.file(id).is_none()).collect();
    if absent.is_empty() {
        return Ok(ids);
    }
    Err(Problem::not_found("The requested file(s) does not exist.")
        .with("missingFileIds", json!(absent)))
}
