//! The client itself: how it is made, and what it gives away.

use std::pin::pin;
use std::process::Command;
use std::task::{Context, Poll, Waker};
use std::time::Duration;

use imagekit_reqwest::proto::api::files::GetFileDetails;
use imagekit_reqwest::proto::api::upload::{FileSource, UploadFile};
use imagekit_reqwest::proto::{ErrorKind, RetryPolicy};
use imagekit_reqwest::{Client, ClientBuilder, Error, Payload, TransportError, reqwest};
#[cfg(feature = "rustls")]
use imagekit_reqwest::{ClientError, proto::Config};

use tokio::time::timeout;

use crate::server::{OK, Server};

#[test]
fn threads_can_share_it() {
    fn shared<T: Send + Sync + 'static>() {}
    fn sent<T: Send>() {}
    shared::<Client>();
    shared::<Error>();
    shared::<TransportError>();
    sent::<ClientBuilder>();
    sent::<Payload>();
}

#[test]
fn futures_can_be_spawned() {
    fn spawned<T: Future + Send + 'static>(_: impl FnOnce(Client) -> T) {}
    spawned(|client| async move {
        let _ = client.send(GetFileDetails::new("a")).await;
        let upload = UploadFile::new("b", FileSource::payload(0));
        let _ = client.upload(upload, Payload::path("b")).await;
    });
}

#[tokio::test]
async fn debug_prints_no_secret() {
    let server = Server::answering(&[OK]);
    let proxy = reqwest::Proxy::all("http://user:private_test_pass@127.0.0.1:1").unwrap();
    let builder = Client::builder(server.config()).transport(|reqwest| reqwest.proxy(proxy));
    let mut text = format!("{builder:?}");
    let client = builder.retry(RetryPolicy::never()).build().unwrap();
    text += &format!("{client:?}");
    let error = client.send(GetFileDetails::new("a")).await.unwrap_err();
    text += &format!("{error:?} {error}");
    // In the clear, and as Basic credentials.
    for secret in ["private_test", "cHJpdmF0ZV90ZXN0X2tleTo", "cHJpdmF0ZV90ZXN0X3Bhc3M"] {
        assert!(!text.contains(secret), "{text}");
    }
}

#[tokio::test]
async fn the_transport_is_adjusted_before_it_is_settled() {
    let server = Server::answering(&[
        "HTTP/1.1 302 Found\r\nlocation: /\r\nconnection: close\r\ncontent-length: 0\r\n\r\n",
    ]);
    let client = Client::builder(server.config())
        .transport(|reqwest| {
            reqwest.redirect(reqwest::redirect::Policy::limited(5)).user_agent("mine")
        })
        .build()
        .unwrap();
    let error = client.send(GetFileDetails::new("a")).await.unwrap_err();
    assert!(matches!(error.kind(), ErrorKind::Api(_)), "{error:?}");
    let head = server.request().head;
    assert!(head.contains("user-agent: imagekit-rust/"), "{head}");
    assert!(!head.contains("accept-encoding"), "{head}");
    assert_eq!(server.unseen(), 0);
}

/// No test of this process installs a provider.
#[cfg(feature = "rustls")]
#[test]
fn a_missing_provider_is_an_error() {
    let config = || Config::new("private_test_key").unwrap();
    let builder = Client::builder(config()).transport(reqwest::ClientBuilder::tls_backend_rustls);
    let error = builder.build().unwrap_err();
    assert!(matches!(error, ClientError::NoProvider), "{error:?}");
    Client::builder(config()).transport(|reqwest| reqwest.tls_sni(false)).build().unwrap();
}

#[test]
fn without_a_runtime_there_is_an_error() {
    let server = Server::answering(&[OK]);
    let client = Client::new(server.config()).unwrap();
    let upload = UploadFile::new("b", FileSource::payload(0));
    let errors = [
        block_on(client.send(GetFileDetails::new("a"))).unwrap_err(),
        block_on(client.upload(upload, Payload::path("/"))).unwrap_err(),
    ];
    for error in errors {
        let failure = error.failure().unwrap();
        assert!(matches!(failure.source, TransportError::NoRuntime), "{error:?}");
        assert_eq!(error.attempts(), 0);
    }
}

/// Polls a future that never waits.
fn block_on<T>(future: impl Future<Output = T>) -> T {
    let mut context = Context::from_waker(Waker::noop());
    match pin!(future).as_mut().poll(&mut context) {
        Poll::Ready(output) => output,
        Poll::Pending => panic!("it waits"),
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn many_threads_share_it() {
    let server = Server::answering(&[OK]);
    let client = Client::new(server.config()).unwrap();
    let calls: Vec<_> = (0..8)
        .map(|_| {
            let client = client.clone();
            tokio::spawn(async move { client.send(GetFileDetails::new("a")).await })
        })
        .collect();
    for call in calls {
        call.await.unwrap().unwrap();
    }
}

#[tokio::test]
async fn a_dropped_call_hangs_up() {
    let (hung_up, heard) = std::sync::mpsc::channel();
    let server = Server::new(move |_, connection| {
        let request = connection.head();
        connection.drain();
        hung_up.send(()).unwrap();
        vec![request]
    });
    let client = Client::new(server.config()).unwrap();
    let upload = UploadFile::new("b", FileSource::payload(0));
    let payload = Payload::reader(tokio::io::repeat(1), u64::MAX / 2);
    let limit = Duration::from_millis(50);
    timeout(limit, client.upload(upload, payload)).await.unwrap_err();
    drop(client);
    tokio::task::spawn_blocking(move || heard.recv_timeout(Duration::from_secs(10)))
        .await
        .unwrap()
        .unwrap();
}

#[tokio::test]
async fn a_policy_holds_for_the_client_or_for_a_call() {
    const UNAVAILABLE: &[&str] = &[crate::server::empty!("503 Service Unavailable")];
    let server = Server::answering(UNAVAILABLE);
    let twice = RetryPolicy::default().max_attempts(2).base_delay(Duration::ZERO);
    let client = Client::builder(server.config()).retry(twice).build().unwrap();
    assert_eq!(client.send(GetFileDetails::new("a")).await.unwrap_err().attempts(), 2);
    let error = client.send_with(GetFileDetails::new("a"), RetryPolicy::never()).await.unwrap_err();
    assert_eq!(error.attempts(), 1);
}

/// Variables are set for a process, not for a thread, so this test is run again inside one.
#[tokio::test]
async fn from_env() {
    const INSIDE: &str = "IMAGEKIT_TEST_INSIDE";
    match std::env::var(INSIDE).as_deref() {
        Ok("key") => {
            let client = Client::from_env().unwrap();
            client.send(GetFileDetails::new("a")).await.unwrap();
            assert!(format!("{client:?}").contains("https://upload.imagekit.io"));
        }
        Ok(_) => {
            let error = Client::from_env().unwrap_err();
            assert!(error.to_string().contains("IMAGEKIT_PRIVATE_KEY"), "{error}");
        }
        Err(_) => {
            let server = Server::answering(&[OK]);
            for (inside, key) in [("key", Some("private_env_key")), ("none", None)] {
                let mut command = Command::new(std::env::current_exe().unwrap());
                command.args(["--exact", "client::from_env"]).env(INSIDE, inside);
                command.env_remove("IMAGEKIT_PRIVATE_KEY").env_remove("IMAGEKIT_UPLOAD_URL");
                command.envs(key.map(|key| ("IMAGEKIT_PRIVATE_KEY", key)));
                let output = command.env("IMAGEKIT_API_URL", server.url()).output().unwrap();
                assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stdout));
            }
            // The user name `private_env_key`, without a password.
            let head = server.request().head;
            assert!(head.contains(&"cHJpdmF0ZV9lbnZfa2V5Og==".to_lowercase()), "{head}");
        }
    }
}
