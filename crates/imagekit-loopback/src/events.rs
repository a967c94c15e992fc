//! The events of a client, without their times.

use std::sync::{Arc, Mutex, PoisonError};

use imagekit_proto::event::{CallEvent, EventKind};

/// Collects the events of a client.
#[derive(Clone, Debug, Default)]
pub struct Events(Arc<Mutex<Vec<CallEvent>>>);

impl Events {
    /// Returns the function that collects them.
    pub fn collect(&self) -> impl Fn(&CallEvent) + Send + Sync + 'static {
        let events = Arc::clone(&self.0);
        move |event| events.lock().unwrap_or_else(PoisonError::into_inner).push(event.clone())
    }

    /// Takes out the events so far.
    pub fn take(&self) -> Vec<CallEvent> {
        std::mem::take(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Takes out the events so far, each with its operation, attempt and kind, without times.
    pub fn facts(&self) -> Vec<String> {
        self.take().iter().map(fact).collect()
    }
}

fn fact(event: &CallEvent) -> String {
    let kind = match &event.kind {
        EventKind::Began { method, .. } => format!("began {method}"),
        EventKind::Waiting { reason, .. } => format!("waits {reason}"),
        EventKind::Sending => "sends".to_owned(),
        EventKind::Response { status, request_id, .. } => {
            format!("response {} {}", status.as_u16(), request_id.as_deref().unwrap_or("-"))
        }
        EventKind::Failure { failure, is_timeout, .. } => {
            format!("failure {failure:?}{}", if *is_timeout { " timeout" } else { "" })
        }
        EventKind::Ended { end, attempts, status, may_have_been_applied, .. } => {
            let status = status.map_or(0, |status| status.as_u16());
            let applied = if *may_have_been_applied { " perhaps applied" } else { "" };
            format!("ended {end} {attempts} {status}{applied}")
        }
        other => format!("{other:?}"),
    };
    format!("{} {} {kind}", event.operation, event.attempt)
}
