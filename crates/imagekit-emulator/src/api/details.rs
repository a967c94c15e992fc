//! `get-file-details` and `update-file-details`.

use serde_json::{Map, Value};

use super::{Exchange, check_coordinates, check_tags, extensions, merge, texts};
use crate::answer::{Handled, Problem, ok};
use crate::library::{Fields, File, render};

pub(crate) fn get(exchange: &Exchange<'_>) -> Handled {
    let file = exchange.file()?;
    let version = file.current().ok_or_else(super::no_such_file)?;
    Ok(ok(&render::details(&exchange.state.url_endpoint, file, version)))
}

/// What an update of the details may hold.
const DETAILS: [&str; 7] = [
    "removeAITags",
    "webhookUrl",
    "extensions",
    "tags",
    "customCoordinates",
    "customMetadata",
    "description",
];

pub(crate) fn update(mut exchange: Exchange<'_>) -> Handled {
    exchange.file()?;
    let body = exchange.json()?;
    let now = exchange.now;
    let status = match body.get("publish") {
        Some(publish) => {
            if DETAILS.iter().any(|field| body.contains_key(*field)) {
                return Err(Problem::bad_request(
                    "publish cannot be updated together with other details.",
                ));
            }
            let object = exchange.state.ids.text(32);
            set_published(exchange.file_mut()?, publish, &object)?;
            None
        }
        None => {
            let file = exchange.file_mut()?;
            let name = file.name.clone();
            let version = file.current_mut().ok_or_else(super::no_such_file)?;
            // All of it, or nothing.
            let mut fields = version.fields.clone();
            let status = change(&mut fields, &body, &name)?;
            version.fields = fields;
            status
        }
    };
    let file = exchange.file_mut()?;
    let version = file.current_mut().ok_or_else(super::no_such_file)?;
    version.updated_at = now;
    let file = exchange.file()?;
    let version = file.current().ok_or_else(super::no_such_file)?;
    let mut answer = render::details(&exchange.state.url_endpoint, file, version);
    if let (Some(answer), Some(status)) = (answer.as_object_mut(), status) {
        answer.insert("extensionStatus".to_owned(), Value::Object(status));
    }
    Ok(ok(&answer))
}

/// Changes details and returns how the extensions are doing.
fn change(
    fields: &mut Fields,
    body: &Map<String, Value>,
    file_name: &str,
) -> Result<Option<Map<String, Value>>, Problem> {
    if let Some(tags) = body.get("tags") {
        fields.tags = match tags {
            Value::Null => Vec::new(),
            tags => texts(tags).ok_or_else(|| invalid("tags"))?,
        };
        check_tags(&fields.tags)?;
    }
    match body.get("customCoordinates") {
        None => {}
        Some(Value::Null) => fields.custom_coordinates = None,
        Some(Value::String(text)) => {
            check_coordinates(text)?;
            fields.custom_coordinates = Some(text.clone());
        }
        Some(_) => return Err(invalid("customCoordinates")),
    }
    match body.get("customMetadata") {
        None => {}
        Some(Value::Object(values)) => merge(&mut fields.custom_metadata, values),
        Some(_) => return Err(Problem::bad_request("Invalid custom metadata.")),
    }
    match body.get("description") {
        None => {}
        Some(Value::Null) => fields.description = None,
        Some(Value::String(text)) => fields.description = Some(text.clone()),
        Some(_) => return Err(invalid("description")),
    }
    match body.get("removeAITags") {
        None => {}
        Some(Value::String(all)) if all == "all" => fields.ai_tags.clear(),
        Some(tags) => {
            let tags = texts(tags).ok_or_else(|| invalid("removeAITags"))?;
            fields.ai_tags.retain(|tag| !tags.contains(&tag.name));
        }
    }
    // Last, so that removeAITags does not remove what an extension adds now.
    body.get("extensions")
        .map(|extensions| extensions::run(extensions, fields, file_name))
        .transpose()
}

fn set_published(file: &mut File, publish: &Value, object: &str) -> Result<(), Problem> {
    let is_published = publish.get("isPublished").and_then(Value::as_bool);
    let is_published = is_published.ok_or_else(|| invalid("publish"))?;
    let all = match publish.get("includeFileVersions") {
        None | Some(Value::Null) => false,
        Some(all) => all.as_bool().ok_or_else(|| invalid("publish"))?,
    };
    let current = file.current.clone();
    for version in &mut file.versions {
        let concerned = all || version.id == current;
        if concerned && version.fields.is_published != is_published {
            version.fields.is_published = is_published;
            version.object = format!("{object}{}", version.number);
        }
    }
    Ok(())
}

fn invalid(field: &str) -> Problem {
    Problem::bad_request(format!("Your request contains invalid value for {field} parameter."))
}
