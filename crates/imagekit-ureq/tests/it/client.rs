//! The client itself: how it is made, and what it gives away.

use std::process::Command;
use std::time::Duration;

use imagekit_loopback::{FILE_ID, Server, empty, ok};
use imagekit_ureq::proto::api::files::GetFileDetails;
use imagekit_ureq::proto::{CallOptions, ErrorKind, RetryPolicy};
use imagekit_ureq::{Client, ClientBuilder, Error, Payload, TransportError, ureq};

use crate::once;

#[test]
fn threads_can_share_it() {
    fn shared<T: Send + Sync + 'static>() {}
    fn sent<T: Send>() {}
    shared::<Client>();
    shared::<Error>();
    shared::<TransportError>();
    sent::<ClientBuilder>();
    sent::<Payload<'_>>();
}

#[test]
fn debug_prints_no_secret() {
    let server = Server::responding([ok()]);
    let proxy = ureq::Proxy::new("http://user:private_test_pass@127.0.0.1:1").unwrap();
    let builder = Client::builder(server.config()).transport(|ureq| ureq.proxy(Some(proxy)));
    let mut text = format!("{builder:?}");
    let client = builder.options(once()).build().unwrap();
    text += &format!("{client:?}");
    let error = client.send(GetFileDetails::new(FILE_ID)).unwrap_err();
    text += &format!("{error:?} {error}");
    // In the clear, and as Basic credentials.
    for secret in ["private_test", "cHJpdmF0ZV90ZXN0X2tleTo", "cHJpdmF0ZV90ZXN0X3Bhc3M"] {
        assert!(!text.contains(secret), "{text}");
    }
}

#[test]
fn what_the_core_relies_on_cannot_be_configured_away() {
    let redirect = "HTTP/1.1 302 Found\r\nlocation: /\r\nconnection: close\r\n\
                    content-length: 0\r\n\r\n";
    let server = Server::responding([redirect]);
    let client = Client::builder(server.config())
        .transport(|ureq| {
            ureq.http_status_as_error(true).max_redirects(5).user_agent("mine").no_delay(false)
        })
        .build()
        .unwrap();
    let error = client.send(GetFileDetails::new(FILE_ID)).unwrap_err();
    assert!(matches!(error.kind(), ErrorKind::Api(_)), "{error:?}");
    let head = server.request().head;
    assert!(head.contains("user-agent: imagekit-rust/"), "{head}");
    assert!(!head.contains("accept-encoding"), "{head}");
    assert_eq!(server.unseen(), 0);
}

#[test]
fn options_hold_for_the_client_or_for_a_call() {
    let server = Server::responding([empty("503 Service Unavailable")]);
    let twice = RetryPolicy::default().max_attempts(2).base_delay(Duration::ZERO);
    let options = CallOptions::default().retry(twice);
    let client = Client::builder(server.config()).options(options.clone()).build().unwrap();
    assert_eq!(*client.options(), options);
    assert_eq!(client.send(GetFileDetails::new(FILE_ID)).unwrap_err().attempts(), 2);
    let error = client.send_with(GetFileDetails::new(FILE_ID), once()).unwrap_err();
    assert_eq!(error.attempts(), 1);
}

/// Variables are set for a process, not for a thread, so this test runs again inside another one.
#[test]
fn from_env() {
    const INSIDE: &str = "IMAGEKIT_TEST_INSIDE";
    match std::env::var(INSIDE).as_deref() {
        Ok("key") => {
            let client = Client::from_env().unwrap();
            client.send(GetFileDetails::new(FILE_ID)).unwrap();
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
