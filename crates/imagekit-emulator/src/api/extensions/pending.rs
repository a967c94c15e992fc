//! Extensions that end later, and the requests to `webhookUrl`.

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::Outcome;
use crate::callback::Callback;
use crate::ids::Id;
use crate::instant::Instant;
use crate::library::render::Details;
use crate::library::{MAX_VERSIONS, ObjectVersion, Version};
use crate::state::State;

/// An extension that is still running.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Pending {
    file: Id,
    service: String,
    webhook_url: Option<String>,
}

/// Notes what the extensions of a request did: the callbacks of those that have ended, and
/// those that have not.
pub(crate) fn record(
    state: &mut State,
    file: Id,
    outcome: &Outcome,
    webhook_url: Option<&str>,
    now: Instant,
) {
    for service in outcome.status.keys() {
        state.ledger.extension(now, service);
    }
    for (status, error) in
        [("success", None), ("failed", Some("The extension supports images only."))]
    {
        for service in outcome.with(status) {
            call_back(state, file, &service, webhook_url, error);
        }
    }
    let pending = outcome.with("pending").into_iter().map(|service| Pending {
        file,
        service,
        webhook_url: webhook_url.map(str::to_owned),
    });
    state.pending.extend(pending);
}

/// Ends all extensions that are still running.
pub(crate) fn settle(state: &mut State, now: Instant) {
    if state.pending.is_empty() {
        return;
    }
    for Pending { file, service, webhook_url } in std::mem::take(&mut *state.pending) {
        let error = remove_background(state, file, now).err();
        call_back(state, file, &service, webhook_url.as_deref(), error);
    }
}

/// Makes a new version; its bytes are the same.
fn remove_background(state: &mut State, file: Id, now: Instant) -> Result<(), &'static str> {
    let (id, object) = (state.ids.object(now), ObjectVersion(state.ids.bits()));
    let edit = state.library.edit(file, |file| {
        let current = file.current().ok_or("The file does not exist.")?;
        if !current.content.is_image() {
            return Err("The extension supports images only.");
        }
        if file.versions.len() >= MAX_VERSIONS {
            return Err("The file has too many versions.");
        }
        let (content, fields) = (current.content.clone(), current.fields.clone());
        let number = file.next_number();
        file.current = id;
        file.versions.push(Version {
            id,
            number,
            object,
            content,
            fields,
            created_at: now,
            updated_at: now,
        });
        Ok(())
    });
    edit.unwrap_or(Err("The file does not exist."))?;
    state.ledger.stored(now, state.library.size());
    Ok(())
}

fn call_back(
    state: &mut State,
    id: Id,
    service: &str,
    webhook_url: Option<&str>,
    error: Option<&str>,
) {
    let Some(url) = webhook_url else { return };
    let file = state.library.file(id);
    let details =
        file.and_then(|file| Some(json!(Details::new(&state.url_endpoint, file, file.current()?))));
    let body: Value = match (error, details) {
        (None, Some(details)) => {
            json!({ "service": service, "status": "SUCCESS", "fileObject": details })
        }
        (error, _) => json!({
            "service": service,
            "status": "FAILURE",
            "fileId": id,
            "error": error.unwrap_or("The file does not exist."),
        }),
    };
    let callback = Callback::new(url.to_owned(), body);
    state.outbox.call_back(&callback);
    state.callbacks.push(callback);
}
