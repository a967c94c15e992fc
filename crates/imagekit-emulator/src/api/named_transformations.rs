//! Named transformations.

use http::StatusCode;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

use super::Exchange;
use crate::instant::Instant;
use crate::response::{Handled, Problem, empty, json_response, ok};

/// An account has at most this many (the supplement of the OpenAPI file).
const MOST: usize = 250;

/// A named transformation.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct NamedTransformation {
    id: String,
    name: String,
    transformation: String,
    enabled: bool,
    created_at: Instant,
}

impl NamedTransformation {
    /// Whether URLs can apply it by this name.
    pub(crate) fn is(&self, name: &str) -> bool {
        self.enabled && self.name == name
    }

    /// The transformation string.
    pub(crate) fn transformation(&self) -> &str {
        &self.transformation
    }

    fn body(&self) -> Value {
        json!({
            "id": self.id,
            "name": self.name,
            "transformation": self.transformation,
            "enabled": self.enabled,
            "createdAt": self.created_at.to_string(),
        })
    }
}

pub(crate) fn list(exchange: &Exchange<'_>) -> Handled {
    let all = exchange.state.named_transformations.iter();
    Ok(ok(&all.map(NamedTransformation::body).collect::<Value>()))
}

pub(crate) fn create(exchange: Exchange<'_>) -> Handled {
    let changes = Changes::read(&exchange.json()?)?;
    let missing = |key: &str| Problem::bad_request(format!("{key} is required."));
    let name = changes.name.ok_or_else(|| missing("name"))?;
    let transformation = changes.transformation.ok_or_else(|| missing("transformation"))?;
    let Exchange { state, now, .. } = exchange;
    check_free(&state.named_transformations, &name, None)?;
    if state.named_transformations.len() >= MOST {
        return Err(Problem::bad_request(format!(
            "You can create a maximum of {MOST} named transformations."
        )));
    }
    let named = NamedTransformation {
        id: state.ids.text(9),
        name,
        transformation,
        enabled: changes.enabled.unwrap_or(true),
        created_at: now,
    };
    let response = json_response(StatusCode::CREATED, &named.body());
    state.named_transformations.push(named);
    Ok(response)
}

pub(crate) fn get(exchange: &Exchange<'_>) -> Handled {
    let at = position(exchange)?;
    let named = exchange.state.named_transformations.get(at).ok_or_else(no_such_named)?;
    Ok(ok(&named.body()))
}

pub(crate) fn update(exchange: Exchange<'_>) -> Handled {
    let at = position(&exchange)?;
    let changes = Changes::read(&exchange.json()?)?;
    let all = &mut exchange.state.named_transformations;
    if let Some(name) = &changes.name {
        check_free(all, name, Some(at))?;
    }
    let named = all.get_mut(at).ok_or_else(no_such_named)?;
    let Changes { name, transformation, enabled } = changes;
    named.name = name.unwrap_or_else(|| named.name.clone());
    named.transformation = transformation.unwrap_or_else(|| named.transformation.clone());
    named.enabled = enabled.unwrap_or(named.enabled);
    Ok(ok(&named.body()))
}

pub(crate) fn delete(exchange: Exchange<'_>) -> Handled {
    let at = position(&exchange)?;
    exchange.state.named_transformations.remove(at);
    Ok(empty(StatusCode::NO_CONTENT))
}

/// The fields that a body holds.
struct Changes {
    name: Option<String>,
    transformation: Option<String>,
    enabled: Option<bool>,
}

impl Changes {
    fn read(body: &Map<String, Value>) -> Result<Self, Problem> {
        let text = |key: &str| {
            let invalid = || Problem::bad_request(format!("{key} must be a non-empty string."));
            let text = |value: &Value| {
                let text = value.as_str().filter(|text| !text.is_empty()).map(str::to_owned);
                text.ok_or_else(invalid)
            };
            body.get(key).map(text).transpose()
        };
        let (name, transformation) = (text("name")?, text("transformation")?);
        let fits = |name: &String| name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_');
        if !name.as_ref().is_none_or(fits) {
            return Err(Problem::bad_request("name can hold letters, digits and _ only."));
        }
        let invalid = || Problem::bad_request("enabled must be a boolean.");
        let enabled = body.get("enabled").map(|value| value.as_bool().ok_or_else(invalid));
        Ok(Self { name, transformation, enabled: enabled.transpose()? })
    }
}

/// Names are case-sensitive and unique in the account.
fn check_free(
    all: &[NamedTransformation],
    name: &str,
    except: Option<usize>,
) -> Result<(), Problem> {
    let taken =
        |(at, named): (usize, &NamedTransformation)| Some(at) != except && named.name == name;
    if all.iter().enumerate().any(taken) {
        return Err(Problem::bad_request("A named transformation with this name already exists."));
    }
    Ok(())
}

fn position(exchange: &Exchange<'_>) -> Result<usize, Problem> {
    let id = exchange.route.first();
    let all = &exchange.state.named_transformations;
    all.iter().position(|named| named.id == id).ok_or_else(no_such_named)
}

fn no_such_named() -> Problem {
    Problem::not_found("The requested named transformation does not exist.")
}
