//! Sends messages to webhooks.

use std::sync::Arc;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use bytes::Bytes;
use http::header::{CONTENT_LENGTH, CONTENT_TYPE, HOST, USER_AGENT};
use http::{HeaderMap, HeaderValue, Request, StatusCode, Uri};
use http_body_util::Full;
use hyper_util::rt::TokioIo;
use imagekit_proto::types::UnixTime;
use tokio::net::TcpStream;
use tokio::sync::Notify;
use tokio::time::{sleep, timeout};

use crate::emulator::Emulator;
use crate::events::{Message, WebhookAttempt};
use crate::loopback;

/// A receiver has to respond within this time (the public docs, "extensions").
const TIMEOUT: Duration = Duration::from_secs(30);

/// Sends the messages of an emulator. As long as it lives messages are kept.
pub(super) struct Sender {
    emulator: Emulator,
    wake: Arc<Notify>,
}

impl Sender {
    pub(super) fn new(emulator: Emulator) -> Self {
        let wake = emulator.state().outbox.add_sender();
        Self { emulator, wake }
    }

    /// Sends messages as they come, until the task is dropped.
    pub(super) async fn send_all(self) {
        loop {
            let next = self.emulator.state().outbox.next();
            match next {
                Some(message) => drop(tokio::spawn(send(self.emulator.clone(), message))),
                None => self.wake.notified().await,
            }
        }
    }
}

impl Drop for Sender {
    fn drop(&mut self) {
        self.emulator.state().outbox.remove_sender();
    }
}

/// Sends a message until it is taken, or given up.
async fn send(emulator: Emulator, message: Message) {
    let mut attempt = 1;
    loop {
        let outcome = timeout(TIMEOUT, post(&message)).await;
        let outcome = outcome.unwrap_or_else(|_| Err("no response within 30 seconds".to_owned()));
        let (status, error) = match outcome {
            Ok(status) => (Some(status), None),
            Err(error) => (None, Some(error)),
        };
        let attempted = WebhookAttempt {
            url: message.url.clone(),
            message_id: message.id.clone(),
            event_type: message.event_type.clone(),
            attempt,
            status,
            error,
        };
        let taken = attempted.is_success();
        let wait = message.retries.wait_after(attempt).filter(|_| !taken);
        {
            let mut state = emulator.state();
            state.outbox.attempted(attempted);
            if wait.is_none() {
                state.outbox.done();
            }
        }
        let Some(wait) = wait else { return };
        sleep(wait).await;
        attempt += 1;
    }
}

/// Posts a message once.
async fn post(message: &Message) -> Result<StatusCode, String> {
    let uri: Uri = message.url.parse().map_err(|_| "the URL is invalid".to_owned())?;
    let stream = connect(message, &uri).await?;
    let request = request(message, &uri)?;
    let broken = |error: hyper::Error| format!("the connection failed: {error}");
    let (mut sender, connection) =
        hyper::client::conn::http1::handshake(TokioIo::new(stream)).await.map_err(broken)?;
    let connection = tokio::spawn(connection);
    let response = sender.send_request(request).await.map_err(broken);
    connection.abort();
    Ok(response?.status())
}

async fn connect(message: &Message, uri: &Uri) -> Result<TcpStream, String> {
    let failed = |error: std::io::Error| format!("the connection failed: {error}");
    if message.only_loopback {
        let address = loopback::address(uri).ok_or_else(|| {
            "not sent: a URL of a request has to be an http URL of this machine".to_owned()
        })?;
        return TcpStream::connect(address).await.map_err(failed);
    }
    let host = uri.host().unwrap_or_default().trim_start_matches('[').trim_end_matches(']');
    TcpStream::connect((host, uri.port_u16().unwrap_or(80))).await.map_err(failed)
}

fn request(message: &Message, uri: &Uri) -> Result<Request<Full<Bytes>>, String> {
    let body = Bytes::from(message.body.clone());
    // The receiver's clock is the system's, whatever the emulator's says.
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    let signed = message
        .signer
        .as_ref()
        .map(|signer| signer.sign(&message.id, UnixTime::from_secs(now.as_secs()), &body));
    let signed = signed.transpose().map_err(|error| error.to_string())?;
    let mut headers: HeaderMap = signed.unwrap_or_default();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
    headers.insert(CONTENT_LENGTH, HeaderValue::from(body.len()));
    headers.insert(USER_AGENT, HeaderValue::from_static("imagekit-emulator"));
    let authority = uri.authority().map_or("", |authority| authority.as_str());
    let host = authority.rsplit('@').next().unwrap_or_default();
    let host = HeaderValue::from_str(host).map_err(|_| "the URL has no host".to_owned())?;
    headers.insert(HOST, host);
    let target = uri.path_and_query().map_or("/", |target| target.as_str());
    let mut request = Request::new(Full::new(body));
    *request.method_mut() = http::Method::POST;
    *request.uri_mut() = target.parse().map_err(|_| "the URL is invalid".to_owned())?;
    *request.headers_mut() = headers;
    Ok(request)
}
