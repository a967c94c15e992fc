//! What a server sends to webhooks.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpListener;
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, SystemTime};

use http::{HeaderMap, HeaderName, HeaderValue};
use imagekit_emulator::{Emulator, Server, Webhook};
use imagekit_proto::types::UnixTime;
use imagekit_proto::webhook::{CallbackStatus, Event, WebhookVerifier};
use serde_json::{Value, json};

use crate::support::{form, text, upload};

/// Longer than anything here takes.
const PATIENCE: Duration = Duration::from_secs(60);

struct Received {
    target: String,
    headers: HeaderMap,
    body: Vec<u8>,
}

/// A receiver that responds with these statuses, one connection each.
fn receiver(statuses: &'static [u16]) -> (String, Receiver<Received>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}/hook?key=1", listener.local_addr().unwrap());
    let (sender, received) = channel();
    std::thread::spawn(move || {
        for status in statuses {
            let (mut stream, _) = listener.accept().unwrap();
            stream.set_read_timeout(Some(PATIENCE)).unwrap();
            let mut reader = BufReader::new(stream.try_clone().unwrap());
            let mut line = String::new();
            reader.read_line(&mut line).unwrap();
            let target = line.trim_end().to_owned();
            let mut headers = HeaderMap::new();
            loop {
                let mut line = String::new();
                reader.read_line(&mut line).unwrap();
                let Some((name, value)) = line.trim_end().split_once(": ") else { break };
                let name: HeaderName = name.parse().unwrap();
                headers.insert(name, HeaderValue::from_str(value).unwrap());
            }
            let length: usize = headers["content-length"].to_str().unwrap().parse().unwrap();
            let mut body = vec![0; length];
            reader.read_exact(&mut body).unwrap();
            let response = format!("HTTP/1.1 {status} X\r\ncontent-length: 0\r\n\r\n");
            stream.write_all(response.as_bytes()).unwrap();
            let _ = sender.send(Received { target, headers, body });
        }
    });
    (url, received)
}

/// Waits until nothing is left to send.
fn settle(emulator: &Emulator) {
    let begun = std::time::Instant::now();
    while emulator.webhooks_unsent() > 0 {
        assert!(begun.elapsed() < PATIENCE, "messages are still unsent");
        std::thread::sleep(Duration::from_millis(2));
    }
}

fn now() -> UnixTime {
    let since = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap();
    UnixTime::from_secs(since.as_secs())
}

fn serve(webhook: Option<Webhook>) -> Server {
    let server = Server::start(Emulator::new()).unwrap();
    if let Some(webhook) = webhook {
        server.emulator().add_webhook(webhook);
    }
    server
}

#[test]
fn events_are_signed_and_repeated_until_they_are_taken() {
    let (url, received) = receiver(&[500, 429, 204]);
    let webhook = Webhook::new(&url).unwrap().with_secret("whsec_own").unwrap();
    let server = serve(Some(webhook.with_retries(5, Duration::from_millis(1))));
    let emulator = server.emulator();
    let id = upload(emulator, &text("a.txt", "a")).file_id;
    let verifier = WebhookVerifier::new("whsec_own").unwrap();
    for _ in 0..3 {
        let message = received.recv_timeout(PATIENCE).unwrap();
        assert_eq!(message.target, "POST /hook?key=1 HTTP/1.1");
        assert_eq!(message.headers["content-type"], "application/json");
        let verified = verifier.verify(&message.headers, &message.body, now()).unwrap();
        let Event::FileCreated(event) = verified.event().unwrap() else { panic!("another event") };
        assert_eq!(event.data.file_id, id);
        assert_eq!(event.id, emulator.events()[0].id);
        assert_eq!(message.headers["webhook-id"], event.id.as_str());
    }
    settle(emulator);
    let attempts = emulator.webhook_attempts();
    let shown: Vec<(u32, u16)> =
        attempts.iter().map(|one| (one.attempt, one.status.unwrap().as_u16())).collect();
    assert_eq!(shown, [(1, 500), (2, 429), (3, 204)]);
    assert!(attempts[2].is_success() && !attempts[1].is_success());
    assert_eq!(attempts[0].event_type.as_deref(), Some("file.created"));
}

#[test]
fn messages_are_given_up_after_the_last_attempt() {
    // Nobody listens there.
    let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let webhook = Webhook::new(&format!("http://{port}/")).unwrap();
    let server = serve(Some(webhook.with_retries(2, Duration::from_millis(1))));
    upload(server.emulator(), &text("a.txt", "a"));
    settle(server.emulator());
    let attempts = server.emulator().webhook_attempts();
    assert_eq!(attempts.len(), 2);
    assert!(attempts.iter().all(|attempt| attempt.status.is_none()));
    assert!(attempts[1].error.as_deref().unwrap().contains("connection failed"));
}

#[test]
fn results_of_extensions_go_to_their_url() {
    let (url, received) = receiver(&[200]);
    let server = serve(None);
    let emulator = server.emulator();
    let extensions = r#"[{"name":"google-auto-tagging","minConfidence":1,"maxTags":1}]"#;
    let callback = |url: &str| {
        let fields = [("fileName", "a.txt"), ("extensions", extensions), ("webhookUrl", url)];
        assert_eq!(form(emulator, &fields, b"no image").0, 200);
        settle(emulator);
    };
    callback(&url);
    let message = received.recv_timeout(PATIENCE).unwrap();
    let verifier = WebhookVerifier::new(Emulator::WEBHOOK_SECRET).unwrap();
    let verified = verifier.verify(&message.headers, &message.body, now()).unwrap();
    let callback_sent = verified.callback().unwrap();
    assert_eq!(callback_sent.status, CallbackStatus::Failure);
    assert_eq!(emulator.webhook_attempts()[0].event_type, None);
}

#[test]
fn webhooks_of_the_account_receive_their_events() {
    let (url, received) = receiver(&[200]);
    let server = serve(None);
    let emulator = server.emulator();
    let create = |endpoint: &str, events: Value| {
        let body = json!({ "endpoint": endpoint, "events": events });
        let (status, body) = crate::support::json(emulator, "POST", "/v1/accounts/webhooks", body);
        assert_eq!(status, 201, "{body}");
        body
    };
    let secret = create(&url, json!(["file.deleted"]))["secret"].as_str().unwrap().to_owned();
    create("http://192.0.2.1/hook", json!(["file.created"]));
    let id = upload(emulator, &text("a.txt", "a")).file_id;
    let path = format!("/v1/files/{id}");
    assert_eq!(crate::support::json(emulator, "DELETE", &path, Value::Null).0, 204);
    // The first message is that of the deletion: the other event was not asked for.
    let message = received.recv_timeout(PATIENCE).unwrap();
    let verifier = WebhookVerifier::new(secret).unwrap();
    let verified = verifier.verify(&message.headers, &message.body, now()).unwrap();
    let Event::FileDeleted(event) = verified.event().unwrap() else { panic!("another event") };
    assert_eq!(event.data.file_id, id);
    // A request names no other machine.
    let elsewhere = || {
        let attempts = emulator.webhook_attempts();
        attempts.into_iter().find(|attempt| attempt.url.contains("192.0.2.1"))
    };
    let begun = std::time::Instant::now();
    while elsewhere().is_none() && begun.elapsed() < PATIENCE {
        std::thread::sleep(Duration::from_millis(2));
    }
    assert!(elsewhere().unwrap().error.unwrap().contains("not sent"));
}

#[test]
fn requests_name_no_other_machine() {
    let server = serve(Some(
        // Its retries hold for results of extensions too.
        Webhook::new("http://127.0.0.1:1/").unwrap().with_retries(1, Duration::ZERO),
    ));
    let emulator = server.emulator();
    let extensions = r#"[{"name":"google-auto-tagging","minConfidence":1,"maxTags":1}]"#;
    for url in ["http://192.0.2.1/hook", "https://127.0.0.1/hook"] {
        let fields = [("fileName", "a.txt"), ("extensions", extensions), ("webhookUrl", url)];
        assert_eq!(form(emulator, &fields, b"no image").0, 200);
        settle(emulator);
        let attempts = emulator.webhook_attempts();
        let attempt = attempts.iter().find(|attempt| attempt.url == url).unwrap();
        assert!(attempt.error.as_deref().unwrap().contains("not sent"), "{attempt:?}");
    }
}
