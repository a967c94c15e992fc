//! Input and output lines, over a server that plays a script.

use super::options::Options;
use super::*;
use serde_json::json;
use std::io::{BufReader, Read};
use std::net::{TcpListener, TcpStream};
use std::thread::JoinHandle;

/// Serves one connection per response, in order; returns the requests.
fn server(script: &'static [&'static str]) -> (String, JoinHandle<Vec<String>>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let serve = move || script.iter().map(|response| exchange(&listener, response)).collect();
    (url, std::thread::spawn(serve))
}

fn exchange(listener: &TcpListener, response: &str) -> String {
    let mut stream: TcpStream = listener.accept().unwrap().0;
    let mut reader = BufReader::new(stream.try_clone().unwrap());
    let (mut head, mut length) = (String::new(), 0);
    loop {
        let mut line = String::new();
        reader.read_line(&mut line).unwrap();
        let lower = line.to_ascii_lowercase();
        if let Some(value) = lower.strip_prefix("content-length:") {
            length = value.trim().parse().unwrap();
        }
        head.push_str(&line);
        if line == "\r\n" {
            break;
        }
    }
    let mut body = vec![0; length];
    reader.read_exact(&mut body).unwrap();
    stream.write_all(response.as_bytes()).unwrap();
    head + &String::from_utf8_lossy(&body)
}

fn senders(url: &str) -> [Box<dyn Sender>; 2] {
    let options = |via| {
        let arguments = ["--via", via, "--base-url", url, "--key", "k", "--max-attempts", "2"];
        Options::parse(&arguments).unwrap()
    };
    [
        Box::new(via_ureq::Ureq::new(&options("ureq")).unwrap()),
        Box::new(via_reqwest::Reqwest::new(&options("reqwest")).unwrap()),
    ]
}

fn outputs(sender: &dyn Sender, input: &[u8]) -> Vec<Value> {
    let mut out = Vec::new();
    serve(input, &mut out, sender).unwrap();
    let text = String::from_utf8(out).unwrap();
    assert!(text.ends_with('\n'));
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

const BUSY: &str = "HTTP/1.1 429 Busy\r\nX-RateLimit-Reset: 1\r\nConnection: close\r\n\
    Content-Length: 15\r\n\r\n{\"message\":\"m\"}";
const DELETED: &str = "HTTP/1.1 204 No Content\r\nx-ik-requestId: r1\r\nX-RateLimit-Limit: 5\r\n\
    X-RateLimit-Reset: 20\r\nX-RateLimit-Interval: 1000\r\nConnection: close\r\n\r\n";
const MISSING: &str = "HTTP/1.1 404 Not Found\r\nConnection: close\r\nContent-Length: 15\r\n\r\n\
    {\"message\":\"m\"}";
const HTML: &str =
    "HTTP/1.1 502 Bad Gateway\r\nConnection: close\r\nContent-Length: 6\r\n\r\n<html>";

const DELETE: &str = "{\"operation\": \"delete-file\", \"input\": {\"fileId\": \"a\"}}\n";

#[test]
fn outcomes_have_the_same_lines_over_every_transport() {
    let upload =
        "{\"operation\":\"upload-file\",\"input\":{\"fileName\":\"a\",\"file\":\"https://a/b\"}}";
    let lines = [DELETE, "\n", DELETE, upload, "\n"].concat();
    let ok = json!({"ok": true, "operation": "delete-file", "status": 204, "attempts": 2,
        "request_id": "r1", "value": null,
        "rate_limit": {"limit": 5, "reset_ms": 20, "interval_ms": 1000}});
    let missing = json!({"ok": false, "operation": "delete-file", "error": "api", "status": 404,
        "message": "m", "attempts": 1, "may_have_been_applied": false, "request_id": null});
    for which in 0..2 {
        let (url, server) = server(&[BUSY, DELETED, MISSING, HTML]);
        let outputs = outputs(senders(&url)[which].as_ref(), lines.as_bytes());
        assert_eq!(outputs[..2], [ok.clone(), missing.clone()]);
        assert_eq!(outputs[2]["error"], "maybe_applied");
        assert_eq!(outputs[2]["may_have_been_applied"], true);
        assert_eq!((&outputs[2]["status"], &outputs[2]["attempts"]), (&json!(502), &json!(1)));
        assert_eq!(outputs.len(), 3);
        server.join().unwrap();
    }
}

#[test]
fn a_file_is_streamed_from_its_path() {
    let path = std::env::temp_dir().join(format!("imagekit-call-{}.txt", std::process::id()));
    std::fs::write(&path, "from disk").unwrap();
    let file = json!({"$file": {"path": path, "type": "text/plain"}});
    let order = json!({"operation": "upload-file", "input": {"file": file, "fileName": "n"}});
    for which in 0..2 {
        let (url, server) = server(&[MISSING]);
        let outputs = outputs(senders(&url)[which].as_ref(), order.to_string().as_bytes());
        assert_eq!(outputs[0]["error"], "api", "{}", outputs[0]);
        let request = server.join().unwrap().remove(0);
        let name = path.file_name().unwrap().to_str().unwrap();
        assert!(request.contains(&format!("filename=\"{name}\"\r\nContent-Type: text/plain")));
        assert!(request.contains("\r\n\r\nfrom disk\r\n--"), "{request}");
    }
    std::fs::remove_file(path).unwrap();
}

#[test]
fn an_invalid_line_has_an_output_line() {
    let lines: [&[u8]; 8] = [
        b"not json",
        b"\xff\xfe",
        b"[]",
        b"{\"operation\": \"no-such\"}",
        b"{\"operation\": \"delete-file\"}",
        b"{\"operation\": \"delete-file\", \"input\": {\"fileId\": \"..\"}}",
        b"{\"operation\": \"delete-file\", \"input\": {\"fileId\": \"a\", \"colour\": 1}}",
        b"{\"operation\": \"upload-file\", \"input\": {\"fileName\": \"n\", \
          \"file\": {\"$file\": {\"path\": \"/no/such/file\"}}}}",
    ];
    // Nothing listens there: a request would be an error of another kind.
    for sender in senders("http://127.0.0.1:1") {
        for output in outputs(sender.as_ref(), &lines.join(&b'\n')) {
            assert_eq!(output["ok"], false);
            assert_eq!(output["error"], "build", "{output}");
            assert_eq!(output["attempts"], 0);
        }
        assert_eq!(outputs(sender.as_ref(), &lines.join(&b'\n')).len(), lines.len());
        let refused = outputs(sender.as_ref(), DELETE.as_bytes());
        assert_eq!(
            (&refused[0]["error"], &refused[0]["attempts"]),
            (&json!("transport"), &json!(0))
        );
    }
}

#[test]
fn the_emulator_remembers_from_line_to_line() {
    let options = Options::parse(&["--via", "memory", "--key", "private_memory"]).unwrap();
    let memory = via_memory::Memory::new(options).unwrap();
    let upload = json!({"operation": "upload-file", "input": {"fileName": "a.txt",
        "file": {"$file": {"name": "a.txt", "type": "text/plain", "base64": "YQ=="}}}});
    let uploaded = outputs(&memory, upload.to_string().as_bytes()).remove(0);
    assert_eq!(uploaded["ok"], true, "{uploaded}");
    let order = |operation: &str| {
        json!({"operation": operation, "input": {"fileId": uploaded["value"]["fileId"]}})
            .to_string()
    };
    let lines = [order("get-file-details"), order("delete-file"), order("get-file-details")];
    let outputs = outputs(&memory, lines.join("\n").as_bytes());
    assert_eq!(outputs[0]["value"]["size"], 1, "{}", outputs[0]);
    assert_eq!(outputs[1]["status"], 204);
    assert_eq!((&outputs[2]["error"], &outputs[2]["status"]), (&json!("api"), &json!(404)));
}
