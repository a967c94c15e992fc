//! `get-file-details` and `update-file-details`.

use serde_json::{Map, Value};

use super::custom_metadata_fields::Field;
use super::extensions::{self, Outcome};
use super::{Exchange, check_coordinates, check_tags, check_webhook, merge, texts};
use crate::library::render::Details;
use crate::library::{Fields, File, ObjectVersion};
use crate::response::{Handled, Problem, ok};
use crate::schema;

pub(crate) fn get(exchange: &Exchange<'_>) -> Handled {
    let file = exchange.file()?;
    let version = file.current().ok_or_else(super::no_such_file)?;
    Ok(ok(&Details::new(&exchange.state.url_endpoint, file, version)))
}

/// The keys that an update of the details may have.
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
    let body = exchange.json()?;
    let now = exchange.now;
    let id = exchange.file()?.id;
    let outcome = match body.get("publish") {
        Some(publish) => {
            if DETAILS.iter().any(|field| body.contains_key(*field)) {
                return Err(Problem::bad_request(
                    "publish cannot be updated together with other details.",
                ));
            }
            let object = exchange.state.ids.bits();
            exchange.edit(|file| set_published(file, publish, object))??;
            None
        }
        None => change_details(&mut exchange, &body)?,
    };
    exchange.edit(|file| {
        if let Some(version) = file.current_mut() {
            version.updated_at = now;
        }
    })?;
    let status = outcome.map(|outcome| {
        let webhook_url = body.get("webhookUrl").and_then(Value::as_str);
        extensions::record(exchange.state, id, &outcome, webhook_url, now);
        outcome.status
    });
    let file = exchange.file()?;
    let version = file.current().ok_or_else(super::no_such_file)?;
    let mut details = Details::new(&exchange.state.url_endpoint, file, version);
    details.extension_status = status;
    Ok(ok(&details))
}

/// Changes all details that the body names, or none.
fn change_details(
    exchange: &mut Exchange<'_>,
    body: &Map<String, Value>,
) -> Result<Option<Outcome>, Problem> {
    let file = exchange.file()?;
    let version = file.current().ok_or_else(super::no_such_file)?;
    let mut fields = version.fields.clone();
    change(&mut fields, body, &exchange.state.fields)?;
    // Last, so that removeAITags does not remove what an extension adds now.
    let outcome = body.get("extensions").map(|extensions| {
        let state = &*exchange.state;
        let configs = extensions::read(extensions, state)?;
        let is_image = version.content.is_image();
        Ok(extensions::run(&configs, &mut fields, &state.fields, &file.name, is_image))
    });
    let outcome = outcome.transpose()?;
    exchange.edit(|file| {
        if let Some(version) = file.current_mut() {
            version.fields = fields;
        }
    })?;
    Ok(outcome)
}

fn change(
    fields: &mut Fields,
    body: &Map<String, Value>,
    definitions: &[Field],
) -> Result<(), Problem> {
    if let Some(tags) = body.get("tags") {
        let tags = match tags {
            Value::Null => Vec::new(),
            tags => texts(tags).ok_or_else(|| invalid("tags"))?,
        };
        check_tags(&tags)?;
        fields.tags = tags.into_iter().map(Into::into).collect();
    }
    match body.get("customCoordinates") {
        None => {}
        Some(Value::Null) => fields.custom_coordinates = None,
        Some(Value::String(text)) => {
            check_coordinates(text)?;
            fields.custom_coordinates = Some(text.as_str().into());
        }
        Some(_) => return Err(invalid("customCoordinates")),
    }
    match body.get("customMetadata") {
        None => {}
        Some(Value::Object(values)) => {
            schema::check_values(definitions, values)?;
            merge(&mut fields.custom_metadata, values);
        }
        Some(_) => return Err(Problem::bad_request("Invalid custom metadata.")),
    }
    match body.get("description") {
        None => {}
        Some(Value::Null) => fields.description = None,
        // An empty description is none.
        Some(Value::String(text)) => {
            fields.description = (!text.is_empty()).then(|| text.as_str().into());
        }
        Some(_) => return Err(invalid("description")),
    }
    match body.get("webhookUrl") {
        None => {}
        Some(url) => check_webhook(url.as_str().ok_or_else(|| invalid("webhookUrl"))?)?,
    }
    match body.get("removeAITags") {
        None => {}
        Some(Value::String(all)) if all == "all" => fields.ai_tags.clear(),
        Some(tags) => {
            let tags = texts(tags).ok_or_else(|| invalid("removeAITags"))?;
            fields.ai_tags.retain(|tag| !tags.iter().any(|name| **name == *tag.name));
        }
    }
    Ok(())
}

fn set_published(file: &mut File, publish: &Value, object: u64) -> Result<(), Problem> {
    let is_published = publish.get("isPublished").and_then(Value::as_bool);
    let is_published = is_published.ok_or_else(|| invalid("publish"))?;
    let all = match publish.get("includeFileVersions") {
        None | Some(Value::Null) => false,
        Some(all) => all.as_bool().ok_or_else(|| invalid("publish"))?,
    };
    let current = file.current;
    for version in &mut file.versions {
        let concerned = all || version.id == current;
        if concerned && version.fields.is_published != is_published {
            version.fields.is_published = is_published;
            version.object = ObjectVersion(object.wrapping_add(version.number.into()));
        }
    }
    Ok(())
}

fn invalid(field: &str) -> Problem {
    Problem::bad_request(format!("Your request contains invalid value for {field} parameter."))
}
