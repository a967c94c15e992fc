//! Webhooks of the account, as the official Python package manages them since its version 5.11.
//! The client has no request types for these operations: no OpenAPI file describes them yet.

use http::{Method, StatusCode};
use imagekit_proto::{Idempotency, Operation, Secret};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

use super::{Exchange, texts};
use crate::events::Webhook;
use crate::instant::Instant;
use crate::response::{Handled, Problem, empty, json_response, ok};
use crate::state::State;

const DOCS: &str = "https://imagekit.io/docs/webhooks";
const ALL: &str = "/v1/accounts/webhooks";
const ONE: &str = "/v1/accounts/webhooks/{id}";

/// The operations of this file.
pub(super) const OPERATIONS: [&Operation; 5] = [
    &Operation::new("list-webhooks", Method::GET, ALL, Idempotency::Idempotent, DOCS),
    &Operation::new("create-webhook", Method::POST, ALL, Idempotency::NonIdempotent, DOCS),
    &Operation::new("get-webhook", Method::GET, ONE, Idempotency::Idempotent, DOCS),
    &Operation::new("update-webhook", Method::PATCH, ONE, Idempotency::Idempotent, DOCS),
    &Operation::new("delete-webhook", Method::DELETE, ONE, Idempotency::Idempotent, DOCS),
];

/// An account has at most this many (the package's documentation).
const MOST: usize = 3;

/// The events that a webhook can receive (the package's documentation).
const EVENTS: [&str; 15] = [
    "video.transformation.accepted",
    "video.transformation.ready",
    "video.transformation.error",
    "upload.pre-transform.success",
    "upload.pre-transform.error",
    "upload.post-transform.success",
    "upload.post-transform.error",
    "file.created",
    "file.updated",
    "file.deleted",
    "file-version.created",
    "file-version.deleted",
    "folder.created",
    "folder.updated",
    "folder.deleted",
];

/// A webhook that a request has created.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct AccountWebhook {
    id: String,
    endpoint: String,
    events: Vec<String>,
    enabled: bool,
    #[serde(with = "exposed")]
    secret: Secret,
    created_at: Instant,
    updated_at: Instant,
}

/// A secret as a data folder holds it.
mod exposed {
    use imagekit_proto::Secret;
    use serde::{Deserialize as _, Deserializer, Serializer};

    pub(super) fn serialize<S: Serializer>(secret: &Secret, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(secret.expose())
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Secret, D::Error> {
        String::deserialize(from).map(Secret::from)
    }
}

impl AccountWebhook {
    fn body(&self) -> Value {
        json!({
            "id": self.id,
            "endpoint": self.endpoint,
            "events": self.events,
            "enabled": self.enabled,
            "secret": self.secret.expose(),
            "createdAt": self.created_at.to_string(),
            "updatedAt": self.updated_at.to_string(),
        })
    }
}

pub(crate) fn list(exchange: &Exchange<'_>) -> Handled {
    Ok(ok(&exchange.state.webhooks.iter().map(AccountWebhook::body).collect::<Value>()))
}

pub(crate) fn create(exchange: Exchange<'_>) -> Handled {
    let Changes { endpoint, events, enabled } = Changes::read(&exchange.json()?)?;
    let missing = |key: &str| Problem::bad_request(format!("{key} is required."));
    let (endpoint, events) =
        (endpoint.ok_or_else(|| missing("endpoint"))?, events.ok_or_else(|| missing("events"))?);
    let Exchange { state, now, .. } = exchange;
    check_free(&state.webhooks, &endpoint, None)?;
    if state.webhooks.len() >= MOST {
        let message = format!("You can create a maximum of {MOST} webhooks.");
        return Err(Problem::bad_request(message));
    }
    let webhook = AccountWebhook {
        id: state.ids.object(now).to_string(),
        endpoint,
        events,
        enabled: enabled.unwrap_or(true),
        secret: Secret::from(format!("whsec_{}", state.ids.text(32))),
        created_at: now,
        updated_at: now,
    };
    let response = json_response(StatusCode::CREATED, &webhook.body());
    state.webhooks.push(webhook);
    register(state);
    Ok(response)
}

pub(crate) fn get(exchange: &Exchange<'_>) -> Handled {
    let at = position(exchange)?;
    Ok(ok(&exchange.state.webhooks.get(at).ok_or_else(no_such_webhook)?.body()))
}

pub(crate) fn update(exchange: Exchange<'_>) -> Handled {
    let at = position(&exchange)?;
    let Changes { endpoint, events, enabled } = Changes::read(&exchange.json()?)?;
    let Exchange { state, now, .. } = exchange;
    if let Some(endpoint) = &endpoint {
        check_free(&state.webhooks, endpoint, Some(at))?;
    }
    let webhook = state.webhooks.get_mut(at).ok_or_else(no_such_webhook)?;
    webhook.endpoint = endpoint.unwrap_or_else(|| webhook.endpoint.clone());
    webhook.events = events.unwrap_or_else(|| webhook.events.clone());
    webhook.enabled = enabled.unwrap_or(webhook.enabled);
    webhook.updated_at = now;
    let response = ok(&webhook.body());
    register(state);
    Ok(response)
}

pub(crate) fn delete(exchange: Exchange<'_>) -> Handled {
    let at = position(&exchange)?;
    exchange.state.webhooks.remove(at);
    register(exchange.state);
    Ok(empty(StatusCode::NO_CONTENT))
}

/// Lets the enabled webhooks receive the next events.
pub(crate) fn register(state: &mut State) {
    let enabled = state.webhooks.iter().filter(|webhook| webhook.enabled);
    let receivers = enabled.filter_map(|webhook| {
        Webhook::of_account(&webhook.endpoint, &webhook.secret, &webhook.events)
    });
    let receivers = receivers.collect();
    state.outbox.set_of_account(receivers);
}

/// The fields that a body holds.
struct Changes {
    endpoint: Option<String>,
    events: Option<Vec<String>>,
    enabled: Option<bool>,
}

impl Changes {
    fn read(body: &Map<String, Value>) -> Result<Self, Problem> {
        let bad = |why: &str| Problem::bad_request(why);
        let endpoint = body.get("endpoint").map(|value| {
            let text = value.as_str().filter(|text| {
                let uri = text.parse::<http::Uri>().ok();
                uri.is_some_and(|uri| matches!(uri.scheme_str(), Some("http" | "https")))
            });
            let text = text.map(str::to_owned);
            text.ok_or_else(|| bad("endpoint must be an http or https URL."))
        });
        let events = body.get("events").map(|value| {
            let known = |events: &Vec<String>| {
                !events.is_empty() && events.iter().all(|event| EVENTS.contains(&event.as_str()))
            };
            let events = texts(value).filter(known);
            events.ok_or_else(|| bad("events must be an array of event types."))
        });
        let enabled = body
            .get("enabled")
            .map(|value| value.as_bool().ok_or_else(|| bad("enabled must be a boolean.")));
        Ok(Self {
            endpoint: endpoint.transpose()?,
            events: events.transpose()?,
            enabled: enabled.transpose()?,
        })
    }
}

/// Endpoints are unique in the account.
fn check_free(
    all: &[AccountWebhook],
    endpoint: &str,
    except: Option<usize>,
) -> Result<(), Problem> {
    let taken = |(at, webhook): (usize, &AccountWebhook)| {
        Some(at) != except && webhook.endpoint == endpoint
    };
    if all.iter().enumerate().any(taken) {
        return Err(Problem::bad_request("A webhook with this endpoint already exists."));
    }
    Ok(())
}

fn position(exchange: &Exchange<'_>) -> Result<usize, Problem> {
    let id = exchange.route.first();
    let all = &exchange.state.webhooks;
    all.iter().position(|webhook| webhook.id == id).ok_or_else(no_such_webhook)
}

fn no_such_webhook() -> Problem {
    Problem::not_found("The requested webhook does not exist.")
}
