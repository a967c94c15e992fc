//! URL endpoints.

use http::StatusCode;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

use super::Exchange;
use crate::response::{Handled, Problem, empty, json_response, ok};

/// A URL endpoint names at most this many origins (the OpenAPI file).
const MOST_ORIGINS: usize = 10;
/// The id of the one that ImageKit makes with the account.
const DEFAULT: &str = "default";

/// A URL endpoint.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct UrlEndpoint {
    id: String,
    description: String,
    url_prefix: String,
    origins: Vec<String>,
    url_rewriter: Option<Map<String, Value>>,
}

impl UrlEndpoint {
    /// The one that every account has.
    pub(crate) fn default_endpoint() -> Self {
        Self {
            id: DEFAULT.to_owned(),
            description: "Default endpoint".to_owned(),
            url_prefix: String::new(),
            origins: Vec::new(),
            url_rewriter: None,
        }
    }

    /// The first part of the paths below it; empty for the default one.
    pub(crate) fn prefix(&self) -> &str {
        &self.url_prefix
    }

    pub(crate) fn uses(&self, origin: &str) -> bool {
        self.origins.iter().any(|id| id == origin)
    }

    fn body(&self) -> Value {
        let mut body = json!({
            "id": self.id,
            "description": self.description,
            "urlPrefix": self.url_prefix,
            "origins": self.origins,
        });
        if let (Some(body), Some(rewriter)) = (body.as_object_mut(), &self.url_rewriter) {
            body.insert("urlRewriter".to_owned(), Value::Object(rewriter.clone()));
        }
        body
    }
}

pub(crate) fn list(exchange: &Exchange<'_>) -> Handled {
    Ok(ok(&exchange.state.url_endpoints.iter().map(UrlEndpoint::body).collect::<Value>()))
}

pub(crate) fn create(exchange: Exchange<'_>) -> Handled {
    let endpoint = read(&exchange, String::new())?;
    let Exchange { state, now, .. } = exchange;
    let endpoint = UrlEndpoint { id: state.ids.object(now).to_string(), ..endpoint };
    let response = json_response(StatusCode::CREATED, &endpoint.body());
    state.url_endpoints.push(endpoint);
    Ok(response)
}

pub(crate) fn get(exchange: &Exchange<'_>) -> Handled {
    let at = position(exchange)?;
    let endpoint = exchange.state.url_endpoints.get(at).ok_or_else(no_such_endpoint)?;
    Ok(ok(&endpoint.body()))
}

/// Replaces a URL endpoint.
pub(crate) fn update(exchange: Exchange<'_>) -> Handled {
    let at = position(&exchange)?;
    let new = read(&exchange, exchange.route.first().to_owned())?;
    let endpoint = exchange.state.url_endpoints.get_mut(at).ok_or_else(no_such_endpoint)?;
    *endpoint = new;
    Ok(ok(&endpoint.body()))
}

pub(crate) fn delete(exchange: Exchange<'_>) -> Handled {
    let at = position(&exchange)?;
    if exchange.route.first() == DEFAULT {
        return Err(Problem::bad_request("Default URL-endpoint cannot be deleted."));
    }
    exchange.state.url_endpoints.remove(at);
    Ok(empty(StatusCode::NO_CONTENT))
}

fn position(exchange: &Exchange<'_>) -> Result<usize, Problem> {
    let id = exchange.route.first();
    let all = &exchange.state.url_endpoints;
    all.iter().position(|endpoint| endpoint.id == id).ok_or_else(no_such_endpoint)
}

/// Reads the body of a request for the endpoint `id`, an empty one for a new endpoint.
fn read(exchange: &Exchange<'_>, id: String) -> Result<UrlEndpoint, Problem> {
    let body = exchange.json()?;
    let bad = |message: &str| Problem::bad_request(message);
    const KEYS: [&str; 4] = ["description", "urlPrefix", "origins", "urlRewriter"];
    if let Some(key) = body.keys().find(|key| !KEYS.contains(&key.as_str())) {
        return Err(bad(&format!("{key} is not allowed")));
    }
    let description = match body.get("description") {
        None => return Err(bad("description is required")),
        Some(value) => value.as_str().ok_or_else(|| bad("description must be a string"))?,
    };
    if !(1..=1000).contains(&description.chars().count()) {
        return Err(bad("description must be 1 to 1000 characters long"));
    }
    let url_prefix = match body.get("urlPrefix") {
        None => "",
        Some(value) => value.as_str().ok_or_else(|| bad("urlPrefix must be a string"))?,
    };
    check_prefix(exchange, url_prefix, &id)?;
    let origins = match body.get("origins") {
        None => Vec::new(),
        Some(value) => {
            super::texts(value).ok_or_else(|| bad("origins must be an array of strings"))?
        }
    };
    if origins.len() > MOST_ORIGINS {
        return Err(bad("origins must have at most 10 items"));
    }
    let known = |id: &String| exchange.state.origins.iter().any(|origin| origin.id == *id);
    if !origins.iter().all(known) {
        return Err(bad(
            "Origin does not exists. Please create origin before using it in URL-endpoint.",
        ));
    }
    let url_rewriter = body.get("urlRewriter").map(rewriter).transpose()?;
    let (description, url_prefix) = (description.to_owned(), url_prefix.to_owned());
    Ok(UrlEndpoint { id, description, url_prefix, origins, url_rewriter })
}

fn check_prefix(exchange: &Exchange<'_>, prefix: &str, id: &str) -> Result<(), Problem> {
    let bad = |message: &str| Err(Problem::bad_request(message));
    match (prefix.is_empty(), id == DEFAULT) {
        (true, true) => return Ok(()),
        (false, true) => return bad("urlPrefix of the default URL-endpoint cannot be changed"),
        (true, false) => {
            return bad(
                "urlPrefix cannot be empty string. This is reserved for the default URL-endpoint \
                 created by ImageKit.",
            );
        }
        (false, false) => {}
    }
    if !prefix.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-') || prefix.len() > 100 {
        return bad("urlPrefix must be up to 100 letters, digits and hyphens");
    }
    let mut others = exchange.state.url_endpoints.iter().filter(|endpoint| endpoint.id != id);
    if others.any(|endpoint| endpoint.url_prefix == prefix) {
        return bad("urlPrefix is used by another URL-endpoint");
    }
    Ok(())
}

fn rewriter(value: &Value) -> Result<Map<String, Value>, Problem> {
    let invalid =
        || Problem::bad_request("urlRewriter.type must be one of CLOUDINARY, IMGIX, AKAMAI");
    let mut rewriter = value.as_object().ok_or_else(invalid)?.clone();
    let kind = rewriter.get("type").and_then(Value::as_str).ok_or_else(invalid)?;
    let allowed: &[&str] = match kind {
        "CLOUDINARY" => &["type", "preserveAssetDeliveryTypes"],
        "IMGIX" | "AKAMAI" => &["type"],
        _ => return Err(invalid()),
    };
    let cloudinary = kind == "CLOUDINARY";
    if let Some(key) = rewriter.keys().find(|key| !allowed.contains(&key.as_str())) {
        return Err(Problem::bad_request(format!("urlRewriter.{key} is not allowed")));
    }
    if cloudinary {
        let keep = rewriter.entry("preserveAssetDeliveryTypes").or_insert(false.into());
        if !keep.is_boolean() {
            let message = "urlRewriter.preserveAssetDeliveryTypes must be a boolean";
            return Err(Problem::bad_request(message));
        }
    }
    Ok(rewriter)
}

fn no_such_endpoint() -> Problem {
    Problem::not_found("URL-endpoint not found.")
}
