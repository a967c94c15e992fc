//! The events so far, the messages to be sent, and what was sent.

use std::collections::VecDeque;
#[cfg(feature = "server")]
use std::sync::Arc;

use imagekit_proto::webhook::WebhookSigner;
use serde_json::{Map, Value};

use super::webhook::{DEFAULT_SECRET, Retries};
use super::{RecordedEvent, Webhook, WebhookAttempt};
use crate::callback::Callback;
use crate::ids::Ids;
use crate::instant::Instant;

/// The lists keep the last entries only, so that a server can run for long.
const KEPT: usize = 10_000;
/// Makes the ids of events, which take none from the library's.
const SEED: u64 = 0x6576_656e_7473;

/// A message to one receiver.
#[derive(Clone)]
#[cfg_attr(not(feature = "server"), allow(dead_code, reason = "a server sends it"))]
pub(crate) struct Message {
    pub(crate) id: String,
    pub(crate) event_type: Option<String>,
    pub(crate) url: String,
    pub(crate) body: String,
    pub(crate) signer: Option<WebhookSigner>,
    pub(crate) retries: Retries,
    /// As in [`Webhook`].
    pub(crate) only_loopback: bool,
}

/// Events, webhooks and messages.
pub(crate) struct Outbox {
    events: VecDeque<RecordedEvent>,
    attempts: VecDeque<WebhookAttempt>,
    webhooks: Vec<Webhook>,
    /// Those that requests have created.
    of_account: Vec<Webhook>,
    ids: Ids,
    /// How many servers send messages; without one none are kept.
    #[cfg(feature = "server")]
    senders: usize,
    #[cfg(feature = "server")]
    queue: VecDeque<Message>,
    #[cfg(feature = "server")]
    in_flight: usize,
    #[cfg(feature = "server")]
    wake: Arc<tokio::sync::Notify>,
}

impl Default for Outbox {
    fn default() -> Self {
        Self {
            events: VecDeque::new(),
            attempts: VecDeque::new(),
            webhooks: Vec::new(),
            of_account: Vec::new(),
            ids: Ids::seeded(SEED),
            #[cfg(feature = "server")]
            senders: 0,
            #[cfg(feature = "server")]
            queue: VecDeque::new(),
            #[cfg(feature = "server")]
            in_flight: 0,
            #[cfg(feature = "server")]
            wake: Arc::default(),
        }
    }
}

impl Outbox {
    /// Records an event, and sends it to all webhooks. `fields` are `data` and `request`.
    pub(super) fn record(&mut self, event_type: &str, now: Instant, fields: Map<String, Value>) {
        let id = self.ids.uuid();
        let mut body = Map::new();
        body.insert("type".to_owned(), event_type.into());
        body.insert("id".to_owned(), id.as_str().into());
        body.insert("created_at".to_owned(), now.to_string().into());
        body.extend(fields);
        let event =
            RecordedEvent { id, event_type: event_type.to_owned(), body: Value::Object(body) };
        let webhooks = self.webhooks.iter().chain(&self.of_account);
        let wanting: Vec<_> =
            webhooks.filter(|webhook| webhook.wants(event_type)).cloned().collect();
        for webhook in wanting {
            self.send(Message {
                id: event.id.clone(),
                event_type: Some(event.event_type.clone()),
                url: webhook.url,
                body: event.body.to_string(),
                signer: Some(webhook.signer),
                retries: webhook.retries,
                only_loopback: webhook.only_loopback,
            });
        }
        push(&mut self.events, event);
    }

    /// Sends the result of an extension to its `webhookUrl`.
    pub(crate) fn call_back(&mut self, callback: &Callback) {
        let first = self.webhooks.first();
        let signer = first.map(|webhook| webhook.signer.clone());
        let id = self.ids.uuid();
        self.send(Message {
            id,
            event_type: None,
            url: callback.url.clone(),
            body: callback.body.to_string(),
            signer: signer.or_else(|| WebhookSigner::new(DEFAULT_SECRET).ok()),
            retries: first.map(|webhook| webhook.retries).unwrap_or_default(),
            only_loopback: true,
        });
    }

    pub(crate) fn add(&mut self, webhook: Webhook) {
        self.webhooks.push(webhook);
    }

    /// Replaces the webhooks that requests have created.
    pub(crate) fn set_of_account(&mut self, webhooks: Vec<Webhook>) {
        self.of_account = webhooks;
    }

    pub(crate) fn events(&self) -> Vec<RecordedEvent> {
        self.events.iter().cloned().collect()
    }

    pub(crate) fn attempts(&self) -> Vec<WebhookAttempt> {
        self.attempts.iter().cloned().collect()
    }

    #[cfg(not(feature = "server"))]
    fn send(&mut self, _message: Message) {}

    #[cfg(not(feature = "server"))]
    pub(crate) fn unsent(&self) -> usize {
        0
    }
}

#[cfg(feature = "server")]
impl Outbox {
    fn send(&mut self, message: Message) {
        if self.senders > 0 {
            self.queue.push_back(message);
            self.wake.notify_one();
        }
    }

    /// How many messages are still to be taken by their receivers or given up.
    pub(crate) fn unsent(&self) -> usize {
        self.queue.len() + self.in_flight
    }

    /// Starts to keep messages, and returns a notification of new ones.
    pub(crate) fn add_sender(&mut self) -> Arc<tokio::sync::Notify> {
        self.senders += 1;
        Arc::clone(&self.wake)
    }

    /// Stops to keep messages when the last server is gone.
    pub(crate) fn remove_sender(&mut self) {
        self.senders = self.senders.saturating_sub(1);
        if self.senders == 0 {
            self.queue.clear();
            self.in_flight = 0;
        }
    }

    /// Takes the next message.
    pub(crate) fn next(&mut self) -> Option<Message> {
        let message = self.queue.pop_front()?;
        self.in_flight += 1;
        Some(message)
    }

    pub(crate) fn attempted(&mut self, attempt: WebhookAttempt) {
        push(&mut self.attempts, attempt);
    }

    /// Notes that a message was taken or given up.
    pub(crate) fn done(&mut self) {
        self.in_flight = self.in_flight.saturating_sub(1);
    }
}

fn push<T>(list: &mut VecDeque<T>, entry: T) {
    if list.len() >= KEPT {
        list.pop_front();
    }
    list.push_back(entry);
}
