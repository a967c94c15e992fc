//! What the program says, and how it ends.

use super::process::{Connection, Process, command};
use crate::data::Folder;

/// The status and what went to standard error.
fn failed(arguments: &[&str]) -> (i32, String) {
    let output = command(arguments).output().unwrap();
    assert!(output.stdout.is_empty(), "{arguments:?}");
    (output.status.code().unwrap(), String::from_utf8(output.stderr).unwrap())
}

#[test]
fn it_says_how_to_use_it() {
    let process = Process::start(&["--id", "mine"]);
    let url = format!("http://{}", process.address);
    for line in [
        "private key   private_emulator".to_owned(),
        format!("URL endpoint  {url}/mine"),
        format!("with_api_url(\"{url}\")"),
        format!("baseURL: \"{url}\""),
        format!("base_url=\"{url}\""),
        format!("{url}/_emulator"),
        format!("curl -u \"private_emulator:\" {url}/v1/files"),
    ] {
        assert!(process.introduction.contains(&line), "{line}: {}", process.introduction);
    }
}

#[test]
fn keys_of_the_user_are_not_printed() {
    let process = Process::start(&["--private-key", "hush", "--webhook-secret=hush"]);
    assert!(!process.introduction.contains("hush"), "{}", process.introduction);
    let mut connection = Connection::open(process.address).unwrap();
    assert_eq!(connection.send("GET /v1/files", "", b"").unwrap().0, 403);
}

#[test]
fn mistakes_end_it_with_a_reason() {
    let process = Process::start(&[]);
    let port = process.address.port().to_string();
    let folder = Folder::new();
    let data = folder.path().to_str().unwrap();
    let open = folder.open();
    for (arguments, code, named) in [
        (["--port", "x"], 2, "--port needs a number from 0 to 65535"),
        (["--port", &port], 1, "choose another port by --port"),
        (["--data", data], 1, "another emulator uses the data folder"),
        (["--load", "/nowhere"], 1, "--load: \"/nowhere\" cannot be read: "),
        (["--fetch-from", "/nowhere"], 1, "--fetch-from \"/nowhere\": "),
        (["--host", "0.0.0.0"], 2, "give a key by --private-key"),
        (["--host=0.0.0.0", "--private-key=private_emulator"], 2, "give another key than the one"),
    ] {
        let (status, said) = failed(&arguments);
        assert_eq!(status, code, "{said}");
        assert!(said.starts_with("imagekit-emulator: ") && said.contains(named), "{said}");
        assert_eq!(said.lines().count(), 1, "{said}");
    }
    drop(open);
}

#[test]
fn files_are_loaded_once_and_fetched_from_one_folder() {
    let folder = Folder::new();
    let at = |name: &str| folder.path().join(name);
    std::fs::create_dir_all(at("load/sub")).unwrap();
    std::fs::create_dir(at("fetch")).unwrap();
    std::fs::write(at("load/a.txt"), "loaded").unwrap();
    std::fs::write(at("load/sub/b c.txt"), "loaded").unwrap();
    std::fs::write(at("fetch/in side.txt"), "fetched").unwrap();
    std::fs::write(at("secret.txt"), "secret").unwrap();
    #[cfg(unix)]
    {
        std::os::unix::fs::symlink(at("secret.txt"), at("fetch/link.txt")).unwrap();
        std::os::unix::fs::symlink(folder.path(), at("fetch/up")).unwrap();
        std::os::unix::fs::symlink(at("secret.txt"), at("load/link.txt")).unwrap();
    }
    let path = |name: &str| at(name).to_str().unwrap().to_owned();
    let (data, load, fetch) = (path("data"), path("load"), path("fetch"));
    let arguments = ["--data", &data, "--load", &load, "--fetch-from", &fetch];
    drop(Process::start(&arguments));
    let process = Process::start(&arguments);
    let mut connection = Connection::open(process.address).unwrap();
    let (_, list) = connection.send("GET /v1/files", "", b"").unwrap();
    let list: Vec<serde_json::Value> = serde_json::from_slice(&list).unwrap();
    let names: Vec<_> = list.iter().map(|file| file["filePath"].as_str().unwrap()).collect();
    assert_eq!(names, ["/a.txt", "/sub/b_c.txt"]);
    let mut fetch = |url: &str| {
        let body = format!(
            "--b\r\ncontent-disposition: form-data; name=\"file\"\r\n\r\n{url}\r\n--b\r\n\
             content-disposition: form-data; name=\"fileName\"\r\n\r\nf.txt\r\n--b--\r\n"
        );
        let headers = "content-type: multipart/form-data; boundary=b\r\n";
        connection.send("POST /api/v1/files/upload", headers, body.as_bytes()).unwrap()
    };
    let base = path("fetch");
    for good in
        ["file://{}/in%20side.txt", "FILE://{}/in side.txt", "file://localhost{}/./in side.txt"]
    {
        let (status, body) = fetch(&good.replace("{}", &base));
        assert_eq!(status, 200, "{good}: {}", String::from_utf8_lossy(&body));
    }
    for bad in [
        "file://{}/../secret.txt",
        "file://{}/%2e%2e/secret.txt",
        "file://{}/link.txt",
        "file://{}/up/secret.txt",
        "file://{}",
        "file://{}/missing.txt",
        "file://{}/../fetch-not/in.txt",
        "file:///etc/passwd",
        "file://fetch/in side.txt",
    ] {
        let (status, body) = fetch(&bad.replace("{}", &base));
        let body = String::from_utf8_lossy(&body);
        assert!(status == 400 && body.contains("--fetch-from"), "{bad}: {status} {body}");
    }
}

#[test]
fn every_request_can_be_late_refused_or_limited() {
    let process = Process::start(&[
        "--latency",
        "1",
        "--fault",
        "503; on=list-and-search-assets; times=2",
        "--rate-limit",
        "1",
    ]);
    let mut connection = Connection::open(process.address).unwrap();
    let mut status = || connection.send("GET /v1/files", "", b"").unwrap().0;
    assert_eq!([(); 3].map(|()| status()), [503, 503, 200]);
    assert!((0..100).any(|_| status() == 429));
}

#[cfg(unix)]
#[test]
fn signals_end_it() {
    for signal in ["-TERM", "-INT"] {
        let mut process = Process::start(&[]);
        let id = process.child.id().to_string();
        assert!(std::process::Command::new("kill").args([signal, &id]).status().unwrap().success());
        assert_eq!(process.child.wait().unwrap().code(), Some(0), "{signal}");
    }
}
