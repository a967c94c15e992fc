//! A webhook receiver with axum.
//!
//! It listens on loopback, signs a sample event as ImageKit does, sends it to itself, prints the
//! event, and ends:
//!
//! ```text
//! cargo run -p example-webhook-axum
//! ```

use std::error::Error;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::{SystemTime, UNIX_EPOCH};

use axum::Router;
use axum::body::Bytes;
use axum::extract::{DefaultBodyLimit, State};
use axum::http::{HeaderMap, StatusCode};
use axum::routing::post;
use imagekit_proto::types::UnixTime;
use imagekit_proto::webhook::{Event, WebhookSigner, WebhookVerifier};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

/// From the dashboard, through the environment or a secret store.
const SECRET: &str = "whsec_a_sample_secret";

const SAMPLE: &str = r#"{
    "type": "file.deleted",
    "id": "evt_1",
    "created_at": "2026-02-11T09:00:01.123Z",
    "data": {"fileId": "598821f949c0a938d57563bd"}
}"#;

const MAX_BODY: usize = 1 << 20;

type Result<T> = std::result::Result<T, Box<dyn Error + Send + Sync>>;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<()> {
    let verifier = Arc::new(WebhookVerifier::new(SECRET)?.max_body(MAX_BODY));
    let app = Router::new()
        .route("/webhook", post(receive))
        // The same limit as the verifier's, so that a larger body is not even read.
        .layer(DefaultBodyLimit::max(MAX_BODY))
        .with_state(verifier);

    let listener = TcpListener::bind(("127.0.0.1", 0)).await?;
    let address = listener.local_addr()?;
    let server = tokio::spawn(async move { axum::serve(listener, app).await });

    for (body, expected) in [
        (SAMPLE.to_owned(), StatusCode::OK),
        (SAMPLE.replace("598821", "000000"), StatusCode::UNAUTHORIZED),
    ] {
        let status = send(address, &body).await?;
        println!("status: {status}");
        if status != expected {
            return Err(format!("expected {expected}").into());
        }
    }
    server.abort();
    Ok(())
}

/// The whole handler: take the headers and the raw bytes (not `Json`, which would lose them),
/// verify, process, respond.
async fn receive(
    State(verifier): State<Arc<WebhookVerifier>>,
    headers: HeaderMap,
    body: Bytes,
) -> std::result::Result<(), (StatusCode, String)> {
    let message = verifier
        .verify(&headers, &body, now())
        .map_err(|error| (StatusCode::UNAUTHORIZED, error.to_string()))?;
    let event = message.event().map_err(|error| (StatusCode::BAD_REQUEST, error.to_string()))?;
    match event {
        Event::FileDeleted(event) => println!("deleted: {}", event.data.file_id),
        // ImageKit adds types: respond with 200 to those that you do not use.
        other => println!("ignored: {}", other.event_type()),
    }
    Ok(())
}

/// Sends `body` with the sample's signature, as ImageKit would.
async fn send(address: SocketAddr, body: &str) -> Result<StatusCode> {
    let headers = WebhookSigner::new(SECRET)?.sign("msg_1", now(), SAMPLE.as_bytes())?;
    let mut request = format!("POST /webhook HTTP/1.1\r\nhost: {address}\r\nconnection: close\r\n");
    for (name, value) in &headers {
        request += &format!("{name}: {}\r\n", value.to_str()?);
    }
    request += &format!("content-length: {}\r\n\r\n", body.len());

    let mut stream = TcpStream::connect(address).await?;
    stream.write_all(request.as_bytes()).await?;
    stream.write_all(body.as_bytes()).await?;
    let mut status = [0; 12];
    stream.read_exact(&mut status).await?;
    let code = status.last_chunk::<3>().ok_or("no status")?;
    Ok(StatusCode::from_bytes(code)?)
}

/// Returns the wall-clock time. A clock before 1970 counts as 1970, so that every message is refused
/// as one from the future.
fn now() -> UnixTime {
    let since_1970 = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    UnixTime::from_secs(since_1970.as_secs())
}
