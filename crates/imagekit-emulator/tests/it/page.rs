//! The requests of the web page, by plain sockets.

use std::io::{Read, Write};
use std::net::TcpStream;

use imagekit_emulator::{Emulator, Fault, Server, media};
use serde_json::{Value, json};

/// The head and the body of a response.
fn ask(server: &Server, method: &str, path: &str, headers: &str, body: &[u8]) -> (String, Vec<u8>) {
    let mut stream = TcpStream::connect(server.address()).unwrap();
    let host = if headers.contains("host:") { "" } else { "host: localhost\r\n" };
    let length = body.len();
    let head = format!(
        "{method} {path} HTTP/1.1\r\n{host}connection: close\r\ncontent-length: {length}\r\n{headers}\r\n"
    );
    stream.write_all(head.as_bytes()).unwrap();
    stream.write_all(body).unwrap();
    let mut response = Vec::new();
    stream.read_to_end(&mut response).unwrap();
    let end = response.windows(4).position(|window| window == b"\r\n\r\n").unwrap();
    let head = String::from_utf8(response[..end].to_vec()).unwrap();
    (head, response[end + 4..].to_vec())
}

/// The status and the JSON of a response.
fn json(server: &Server, method: &str, path: &str, body: Value) -> (u16, Value) {
    let body = if body.is_null() { String::new() } else { body.to_string() };
    let (head, body) = ask(server, method, path, "", body.as_bytes());
    (status(&head), serde_json::from_slice(&body).unwrap_or(Value::Null))
}

fn status(head: &str) -> u16 {
    head.split(' ').nth(1).unwrap().parse().unwrap()
}

fn with_photo() -> Server {
    let emulator = Emulator::new();
    emulator.put("/a.jpg", media::sample_photo()).unwrap();
    Server::start(emulator).unwrap()
}

#[test]
fn the_page_loads_nothing_from_elsewhere() {
    let server = Server::start(Emulator::new()).unwrap();
    let (head, page) = ask(&server, "GET", "/_emulator", "", b"");
    assert!(head.contains("content-security-policy: default-src 'none'; script-src 'self'"));
    assert!(head.contains("frame-ancestors 'none'") && head.contains("nosniff"), "{head}");
    let page = String::from_utf8(page).unwrap();
    let named = page.split(['"']).filter(|text| text.starts_with("/_emulator/"));
    let mut files: Vec<String> = named.map(str::to_owned).collect();
    assert!(files.len() >= 6, "{files:?}");
    let mut at = 0;
    while let Some(path) = files.get(at).cloned() {
        let (head, body) = ask(&server, "GET", &path, "", b"");
        assert_eq!(status(&head), 200, "{path}");
        let text = String::from_utf8(body).unwrap();
        assert!(!text.contains("https://"), "{path}");
        assert!(!text.contains("innerHTML"), "{path}");
        for module in text.split("from \"./").skip(1) {
            let module = format!("/_emulator/{}", module.split('"').next().unwrap());
            if !files.contains(&module) {
                files.push(module);
            }
        }
        at += 1;
    }
    assert!(files.len() > 15, "{files:?}");
    assert_eq!(json(&server, "GET", "/_emulator/nothing", Value::Null).0, 404);
    assert!(!head.contains("access-control"));
}

#[test]
fn operations_need_no_key_and_are_not_logged() {
    let server = with_photo();
    server.emulator().inject(Fault::status(503).times(9));
    let (code, list) = json(&server, "GET", "/_emulator/api/v1/files?limit=5", Value::Null);
    assert_eq!((code, &list[0]["name"]), (200, &json!("a.jpg")));
    let id = list[0]["fileId"].as_str().unwrap();
    let path = format!("/_emulator/api/v1/files/{id}/details");
    let (code, changed) = json(&server, "PATCH", &path, json!({ "tags": ["red"] }));
    assert_eq!((code, &changed["tags"]), (200, &json!(["red"])));
    let (code, error) = json(&server, "PATCH", &path, json!({ "tags": ["%"] }));
    assert!(code == 400 && error["message"].as_str().unwrap().contains("tags"), "{error}");
    assert_eq!(json(&server, "POST", "/_emulator/api/api/v1/files/upload", json!({})).0, 404);
    assert_eq!(json(&server, "GET", "/v1/files", Value::Null).0, 503);
    let log = server.emulator().requests();
    assert_eq!(log.len(), 1);
    assert_eq!(server.emulator().faults_left(), 8);
}

#[test]
fn an_upload_is_signed_for_the_browser() {
    let server = Server::start(Emulator::new()).unwrap();
    let (code, signed) = json(&server, "POST", "/_emulator/signature", Value::Null);
    assert_eq!(code, 200);
    let mut form = String::new();
    let fields = signed.as_object().unwrap().iter().map(|(name, value)| {
        (name.as_str(), value.as_str().map_or_else(|| value.to_string(), str::to_owned))
    });
    for (name, value) in
        fields.chain([("fileName", "a.txt".to_owned()), ("file", "aGk=".to_owned())])
    {
        form +=
            &format!("--b\r\ncontent-disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n");
    }
    form += "--b--\r\n";
    let header = "content-type: multipart/form-data; boundary=b\r\n";
    let upload = || ask(&server, "POST", "/api/v1/files/upload", header, form.as_bytes());
    let (head, body) = upload();
    assert_eq!(status(&head), 200, "{}", String::from_utf8_lossy(&body));
    assert_eq!(status(&upload().0), 400, "a token is for one upload");
}

#[test]
fn other_websites_do_not_drive_it() {
    let server = with_photo();
    for headers in [
        "origin: http://evil.example\r\n",
        "origin: null\r\n",
        "origin: http://localhost:1\r\n",
        "sec-fetch-site: cross-site\r\n",
        "host: evil.example\r\n",
        "host: evil.example\r\norigin: http://evil.example\r\n",
    ] {
        for (method, path) in [
            ("POST", "/_emulator/signature"),
            ("GET", "/_emulator/state"),
            ("DELETE", "/_emulator/faults"),
            ("GET", "/_emulator/api/v1/files"),
            ("GET", "/_emulator/preview"),
        ] {
            let (head, _) = ask(&server, method, path, headers, b"");
            assert_eq!(status(&head), 403, "{headers} {path}");
            assert!(!head.contains("access-control"), "{head}");
        }
    }
    let own = format!("host: {0}\r\norigin: http://{0}\r\n", server.address());
    assert_eq!(status(&ask(&server, "POST", "/_emulator/signature", &own, b"").0), 200);
}

#[test]
fn a_key_of_the_users_opens_a_session() {
    let server = Server::start(Emulator::with_keys("private_own", "public_own")).unwrap();
    let open = |headers: &str| ask(&server, "POST", "/_emulator/session", headers, b"").0;
    let state = |headers: &str| status(&ask(&server, "GET", "/_emulator/state", headers, b"").0);
    assert_eq!(status(&ask(&server, "GET", "/_emulator", "", b"").0), 200);
    assert_eq!(state(""), 401);
    assert_eq!(state("authorization: Basic cHJpdmF0ZV9vd246\r\n"), 401);
    assert_eq!(status(&open("")), 401);
    assert_eq!(status(&open("authorization: Basic cHJpdmF0ZV9lbXVsYXRvcjo=\r\n")), 403);
    let foreign = "authorization: Basic cHJpdmF0ZV9vd246\r\norigin: http://evil.example\r\n";
    assert_eq!(status(&open(foreign)), 403);
    let head = open("authorization: Basic cHJpdmF0ZV9vd246\r\n");
    assert_eq!(status(&head), 204);
    let cookie = head.lines().find_map(|line| line.strip_prefix("set-cookie: ")).unwrap();
    for flag in ["HttpOnly", "SameSite=Strict", "Path=/_emulator"] {
        assert!(cookie.contains(flag), "{cookie}");
    }
    assert!(!head.contains("private_own"));
    let cookie = cookie.split(';').next().unwrap();
    assert_eq!(state(&format!("cookie: a=b; {cookie}\r\n")), 200);
    let (name, value) = cookie.split_once('=').unwrap();
    let (expires, signature) = value.split_once('.').unwrap();
    let later = expires.parse::<u64>().unwrap() + 1;
    for forged in [
        format!("{later}.{signature}"),
        format!("{expires}.{}", signature.replace(['1', '2', '3'], "4")),
        format!("{expires}."),
        String::new(),
    ] {
        assert_eq!(state(&format!("cookie: {name}={forged}\r\n")), 401, "{forged}");
    }
    server.emulator().advance(std::time::Duration::from_secs(13 * 3600));
    assert_eq!(state(&format!("cookie: {cookie}\r\n")), 401, "it has expired");
}

#[test]
fn the_text_of_a_fault_may_say_how_often() {
    let server = Server::start(Emulator::new()).unwrap();
    for (asked, times) in [
        (json!({ "fault": "503; times=2" }), json!(2)),
        (json!({ "fault": "503; times=2", "times": null }), json!(2)),
        (json!({ "fault": "503; times=2", "times": 3 }), json!(3)),
        (json!({ "fault": "503; times=always" }), Value::Null),
        (json!({ "fault": "503; body=times" }), Value::Null),
    ] {
        json(&server, "DELETE", "/_emulator/faults", Value::Null);
        let (code, faults) = json(&server, "POST", "/_emulator/faults", asked.clone());
        assert_eq!((code, &faults[0]["times"]), (200, &times), "{asked}");
    }
}

#[test]
fn the_log_tells_faults_and_waits() {
    let server = with_photo();
    let (code, faults) = json(
        &server,
        "POST",
        "/_emulator/faults",
        json!({ "fault": "429; reset=70", "operation": "list-and-search-assets", "times": 2 }),
    );
    assert_eq!((code, &faults[0]["times"]), (200, &json!(2)));
    json(&server, "POST", "/_emulator/faults", json!({ "fault": "delay=30", "operation": "" }));
    json(&server, "GET", "/v1/files", Value::Null);
    json(&server, "GET", "/v1/files/x/details", Value::Null);
    let (_, state) = json(&server, "GET", "/_emulator/state", Value::Null);
    let requests = state["requests"].as_array().unwrap();
    let summary: Vec<_> = requests
        .iter()
        .map(|line| (&line["operation"], &line["status"], &line["retryAfter"], &line["held"]))
        .collect();
    assert_eq!(
        summary,
        [
            (&json!("list-and-search-assets"), &json!(429), &json!(70), &Value::Null),
            (&json!("get-file-details"), &json!(401), &Value::Null, &json!(30)),
        ]
    );
    assert!(requests[1]["took"].as_f64().unwrap() >= 30.0);
    assert_eq!(state["faults"][0]["times"], 1);
    assert_eq!(state["faults"][1]["times"], Value::Null);
    let after = format!("/_emulator/state?after={}", state["revision"]);
    assert_eq!(json(&server, "GET", &after, Value::Null).1["requests"], json!([]));
    let one = format!("/_emulator/faults?number={}", state["faults"][1]["number"]);
    assert_eq!(json(&server, "DELETE", &one, Value::Null).0, 204);
    assert_eq!(server.emulator().faults_left(), 1);
    assert_eq!(json(&server, "DELETE", "/_emulator/faults", Value::Null).0, 204);
    assert_eq!(server.emulator().faults_left(), 0);
    for wrong in [
        json!({ "fault": "slow" }),
        json!({ "fault": "503", "operation": "nothing" }),
        json!({ "fault": "503", "times": 0 }),
        json!({ "fault": "503; times=0" }),
        json!({ "fault": "100" }),
        json!([]),
    ] {
        let (code, error) = json(&server, "POST", "/_emulator/faults", wrong.clone());
        assert!(code == 400 && error["message"].is_string(), "{wrong}: {error}");
    }
}

#[test]
fn the_log_keeps_the_last_requests_only() {
    let server = Server::start(Emulator::new()).unwrap();
    let path = format!("/v1/files?searchQuery={}", "x".repeat(5000));
    for _ in 0..505 {
        ask(&server, "GET", &path, "", b"");
    }
    let (_, state) = json(&server, "GET", "/_emulator/state?after=0", Value::Null);
    let requests = state["requests"].as_array().unwrap();
    assert_eq!((requests.len(), &requests[499]["number"]), (500, &json!(505)));
    assert_eq!(requests[0]["query"].as_str().unwrap().len(), 1000);
}

#[test]
fn the_rate_limit_is_set() {
    let server = Server::start(Emulator::new()).unwrap();
    let limit = json!({ "mode": "enforced", "limit": 1, "interval": 60000 });
    assert_eq!(json(&server, "PUT", "/_emulator/rate-limit", limit.clone()).0, 204);
    assert_eq!(json(&server, "GET", "/_emulator/state", Value::Null).1["rateLimit"], limit);
    for wrong in [json!({ "mode": "x" }), json!({ "mode": "enforced", "limit": 0, "interval": 1 })]
    {
        assert_eq!(json(&server, "PUT", "/_emulator/rate-limit", wrong).0, 400);
    }
    let key = "authorization: Basic cHJpdmF0ZV9lbXVsYXRvcjo=\r\n";
    let codes = [(); 2].map(|()| status(&ask(&server, "GET", "/v1/files", key, b"").0));
    assert_eq!(codes, [200, 429]);
}

#[test]
fn previews_are_small_and_do_nothing() {
    let server = with_photo();
    let emulator = server.emulator();
    let svg =
        "<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'><script>1</script></svg>";
    emulator.put("/b.svg", svg).unwrap();
    emulator.put("/c.html", "<script>1</script>").unwrap();
    let preview = |path: &str, size: &str| {
        let file = emulator.file(path).unwrap();
        let query = format!("file={}&version={}&size={size}", file.id, file.version_id);
        ask(&server, "GET", &format!("/_emulator/preview?{query}"), "", b"")
    };
    let (head, photo) = preview("/a.jpg", "64");
    assert!(head.contains("content-type: image/jpeg"), "{head}");
    let metadata = media::inspect(&photo).metadata;
    assert_eq!((metadata.width, metadata.height), (Some(64), Some(48)));
    let (head, shown) = preview("/b.svg", "64");
    assert!(head.contains("default-src 'none'") && head.contains("sandbox"), "{head}");
    assert_eq!(shown, svg.as_bytes());
    assert_eq!(status(&preview("/c.html", "64").0), 404);
    assert_eq!(json(&server, "GET", "/_emulator/preview?file=x", Value::Null).0, 404);
    // Its own address shares the origin of the page.
    for path in ["/demo/b.svg", "/demo/c.html"] {
        let (head, _) = ask(&server, "GET", path, "", b"");
        assert!(head.contains("content-security-policy: sandbox"), "{head}");
        assert!(!head.contains("allow-same-origin"), "{head}");
    }
    assert!(!ask(&server, "GET", "/demo/a.jpg", "", b"").0.contains("sandbox"));
}
