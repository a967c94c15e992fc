//! The client itself: how it is made, and what it gives away.

use std::path::Path;
use std::pin::pin;
use std::process::Command;
use std::task::{Context, Poll, Waker};
use std::time::Duration;

use imagekit_loopback::{FILE_ID, Server, empty, ok};
use imagekit_reqwest::proto::api::files::GetFileDetails;
use imagekit_reqwest::proto::api::upload::UploadFile;
use imagekit_reqwest::proto::{CallOptions, ErrorKind, RetryPolicy};
use imagekit_reqwest::{Client, ClientBuilder, Error, Payload, TransportError, reqwest};

use crate::{failure, once};

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
        let _ = client.send(GetFileDetails::new(FILE_ID)).await;
        let _ = client.upload(UploadFile::new("b"), Path::new("b")).await;
    });
}

#[tokio::test]
async fn debug_prints_no_secret() {
    let server = Server::responding([ok()]);
    let proxy = reqwest::Proxy::all("http://user:private_test_pass@127.0.0.1:1").unwrap();
    let builder = Client::builder(server.config()).transport(|reqwest| reqwest.proxy(proxy));
    let mut text = format!("{builder:?}");
    let client = builder.options(once()).build().unwrap();
    text += &format!("{client:?}");
    let error = client.send(GetFileDetails::new(FILE_ID)).await.unwrap_err();
    text += &format!("{error:?} {error}");
    // In the clear, and as Basic credentials.
    for secret in ["private_test", "cHJpdmF0ZV90ZXN0X2tleTo", "cHJpdmF0ZV90ZXN0X3Bhc3M"] {
        assert!(!text.contains(secret), "{text}");
    }
}

#[tokio::test]
async fn what_the_core_relies_on_cannot_be_configured_away() {
    let redirect = "HTTP/1.1 302 Found\r\nlocation: /\r\nconnection: close\r\n\
                    content-length: 0\r\n\r\n";
    let server = Server::responding([redirect]);
    let client = Client::builder(server.config())
        .transport(|reqwest| {
            reqwest.redirect(reqwest::redirect::Policy::limited(5)).user_agent("mine")
        })
        .build()
        .unwrap();
    let error = client.send(GetFileDetails::new(FILE_ID)).await.unwrap_err();
    assert!(matches!(error.kind(), ErrorKind::Api(_)), "{error:?}");
    let head = server.request().head;
    assert!(head.contains("user-agent: imagekit-rust/"), "{head}");
    assert!(!head.contains("accept-encoding"), "{head}");
    assert_eq!(server.unseen(), 0);
}

#[tokio::test]
async fn options_hold_for_the_client_or_for_a_call() {
    let server = Server::responding([empty("503 Service Unavailable")]);
    let twice = RetryPolicy::default().max_attempts(2).base_delay(Duration::ZERO);
    let options = CallOptions::default().retry(twice);
    let client = Client::builder(server.config()).options(options.clone()).build().unwrap();
    assert_eq!(*client.options(), options);
    assert_eq!(client.send(GetFileDetails::new(FILE_ID)).await.unwrap_err().attempts(), 2);
    let error = client.send_with(GetFileDetails::new(FILE_ID), once()).await.unwrap_err();
    assert_eq!(error.attempts(), 1);
}

/// A crate in whose build another one turns on features of reqwest has them too.
#[test]
fn plain_reqwest_works_beside_it() {
    reqwest::Client::new();
}

#[test]
fn without_a_runtime_there_is_an_error() {
    let server = Server::responding([ok()]);
    let client = Client::new(server.config()).unwrap();
    let errors = [
        block_on(client.send(GetFileDetails::new(FILE_ID))).unwrap_err(),
        block_on(client.upload(UploadFile::new("b"), Path::new("/"))).unwrap_err(),
    ];
    for error in errors {
        assert!(matches!(failure(&error).source, TransportError::NoRuntime), "{error:?}");
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
    let server = Server::responding([ok()]);
    let client = Client::new(server.config()).unwrap();
    let calls: Vec<_> = (0..8)
        .map(|_| {
            let client = client.clone();
            tokio::spawn(async move { client.send(GetFileDetails::new(FILE_ID)).await })
        })
        .collect();
    for call in calls {
        call.await.unwrap().unwrap();
    }
}

#[tokio::test]
async fn a_dropped_call_closes_its_connection() {
    let (tell, told) = std::sync::mpsc::channel();
    let server = Server::new(move |_, connection| {
        let request = connection.head();
        tell.send("begun").unwrap();
        connection.drain();
        tell.send("closed").unwrap();
        vec![request]
    });
    let client = Client::new(server.config()).unwrap();
    let payload = Payload::reader(tokio::io::repeat(1), u64::MAX / 2);
    let call = tokio::spawn(async move { client.upload(UploadFile::new("b"), payload).await });
    let told = tokio::task::spawn_blocking(move || {
        assert_eq!(told.recv_timeout(Duration::from_secs(10)), Ok("begun"));
        told
    });
    let told = told.await.unwrap();
    call.abort();
    assert!(call.await.unwrap_err().is_cancelled());
    let closed = move || told.recv_timeout(Duration::from_secs(10));
    assert_eq!(tokio::task::spawn_blocking(closed).await.unwrap(), Ok("closed"));
}

/// Variables are set for a process, not for a thread, so this test runs again inside another one.
#[tokio::test]
async fn from_env() {
    const INSIDE: &str = "IMAGEKIT_TEST_INSIDE";
    match std::env::var(INSIDE).as_deref() {
        Ok("key") => {
            let client = Client::from_env().unwrap();
            client.send(GetFileDetails::new(FILE_ID)).await.unwrap();
            assert!(format!("{client:?}").contains("https://upload.imagekit.io"));
        }
        Ok(_) => {
            let error = Client::from_env().unwrap_err();
            assert!(error.to_string().contains("IMAGEKIT_PRIVATE_KEY"), "{error}");
        }
        Err(_) => {
            let server = Server::responding([ok()]);
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
