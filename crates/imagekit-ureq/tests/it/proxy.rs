//! Proxies: whose they are, and what never goes through one.

use std::process::Command;

use imagekit_loopback::{FILE_ID, Server, empty, ok};
use imagekit_ureq::proto::api::files::GetFileDetails;
use imagekit_ureq::{Client, ureq};

use crate::once;

/// Variables are set for a process, not for a thread, so this test runs again inside another one.
#[test]
fn requests_to_loopback_pass_by_the_proxy_of_the_environment() {
    const INSIDE: &str = "IMAGEKIT_TEST_INSIDE";
    if std::env::var_os(INSIDE).is_some() {
        Client::from_env().unwrap().send(GetFileDetails::new(FILE_ID)).unwrap();
        return;
    }
    let server = Server::responding([ok()]);
    let proxy = Server::responding([empty("502 Bad Gateway")]);
    let name = "proxy::requests_to_loopback_pass_by_the_proxy_of_the_environment";
    let mut command = Command::new(std::env::current_exe().unwrap());
    command.args(["--exact", name]).env(INSIDE, "1").env_remove("NO_PROXY").env_remove("no_proxy");
    for variable in ["ALL_PROXY", "HTTP_PROXY", "HTTPS_PROXY", "http_proxy", "all_proxy"] {
        command.env(variable, proxy.url());
    }
    command.env("IMAGEKIT_PRIVATE_KEY", "private_env_key").env("IMAGEKIT_API_URL", server.url());
    let output = command.output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stdout));
    assert!(output.stdout.windows(8).any(|text| text == b"1 passed"), "the test was not run");
    assert!(server.request().head.starts_with("get /v1/files/"));
    assert_eq!(proxy.unseen(), 0);
}

#[test]
fn a_proxy_that_the_user_sets_is_used() {
    let server = Server::responding([ok()]);
    let proxy = Server::responding([empty("502 Bad Gateway")]);
    let address = ureq::Proxy::new(proxy.url()).unwrap();
    let client = Client::builder(server.config())
        .transport(|ureq| ureq.proxy(Some(address)))
        .options(once())
        .build()
        .unwrap();
    client.send(GetFileDetails::new(FILE_ID)).unwrap_err();
    proxy.request();
    assert_eq!(server.unseen(), 0);
}
