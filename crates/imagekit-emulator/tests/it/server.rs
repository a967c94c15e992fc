//! The server, by plain sockets.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::{Duration, Instant};

use imagekit_emulator::{DropAt, Emulator, Fault, Server, body_bytes};
use imagekit_proto::api::assets::ListAndSearchAssets;
use imagekit_proto::api::upload::{FileSource, UploadFile};
use imagekit_proto::{Endpoint, RequestContext};

use crate::support::{config, text};

/// Sends a request and reads until the connection ends: all that came.
fn exchange<E: Endpoint>(server: &Server, endpoint: &E) -> String {
    let request = endpoint.build(&RequestContext::new(&config(), 7)).unwrap().map(body_bytes);
    let mut bytes = format!("{} {} HTTP/1.1\r\n", request.method(), request.uri()).into_bytes();
    let target = request.uri().path_and_query().unwrap().as_str();
    bytes = String::from_utf8(bytes).unwrap().replace(&request.uri().to_string(), target).into();
    bytes.extend_from_slice(b"host: localhost\r\nconnection: close\r\n");
    for (name, value) in request.headers() {
        bytes.extend_from_slice(name.as_str().as_bytes());
        bytes.extend_from_slice(b": ");
        bytes.extend_from_slice(value.as_bytes());
        bytes.extend_from_slice(b"\r\n");
    }
    bytes.extend_from_slice(b"\r\n");
    bytes.extend_from_slice(request.body());
    let mut stream = TcpStream::connect(server.address()).unwrap();
    // A server that drops the connection may do so while this writes.
    let _ = stream.write_all(&bytes);
    let mut response = Vec::new();
    let _ = stream.read_to_end(&mut response);
    String::from_utf8_lossy(&response).into_owned()
}

fn list() -> ListAndSearchAssets {
    ListAndSearchAssets::new()
}

#[test]
fn it_serves_and_stops() {
    let server = Server::start(Emulator::new()).unwrap();
    assert!(server.url().starts_with("http://127.0.0.1:"));
    let response = exchange(&server, &text("a.txt", "hello"));
    assert!(response.starts_with("HTTP/1.1 200 OK\r\n"), "{response}");
    assert_eq!(server.emulator().stored_bytes("/a.txt").unwrap(), "hello");
    assert!(exchange(&server, &list()).contains("\"name\":\"a.txt\""));
    let address = server.address();
    drop(server);
    assert!(TcpStream::connect(address).is_err());
}

#[test]
fn it_stays_on_this_machine_with_the_key_that_everybody_knows() {
    let error = Server::start_at(Emulator::new(), "0.0.0.0:0".parse().unwrap()).unwrap_err();
    assert!(error.to_string().contains("needs a private key of yours"), "{error}");
}

#[test]
fn connections_end_as_told() {
    let server = Server::start(Emulator::new()).unwrap();
    let emulator = server.emulator();
    for at in [DropAt::BeforeBody, DropAt::BeforeActing, DropAt::AfterActing] {
        emulator.inject(Fault::drop_connection(at));
        assert_eq!(exchange(&server, &text("a.txt", "a")), "", "{at:?}");
        let acted = at == DropAt::AfterActing;
        assert_eq!(emulator.stored_bytes("/a.txt").is_some(), acted, "{at:?}");
    }
    let whole = exchange(&server, &list());
    emulator.inject(Fault::drop_connection(DropAt::InResponse(10)));
    let cut = exchange(&server, &list());
    assert!(cut.starts_with("HTTP/1.1 200 OK"), "{cut}");
    let body = |response: &str| response.split("\r\n\r\n").nth(1).unwrap().to_owned();
    assert_eq!(body(&cut).len(), 10);
    assert!(body(&whole).starts_with(&body(&cut)));
    let length = |response: &str| {
        response.lines().find(|line| line.starts_with("content-length")).unwrap().to_owned()
    };
    assert_eq!(length(&cut), length(&whole));
}

#[test]
fn a_delay_is_waited_for() {
    let server = Server::start(Emulator::new()).unwrap();
    let delay = Duration::from_millis(150);
    server.emulator().inject(Fault::delay(delay));
    let begun = Instant::now();
    assert!(exchange(&server, &list()).starts_with("HTTP/1.1 200"));
    assert!(begun.elapsed() >= delay);
}

#[test]
fn large_requests_are_refused() {
    let address = "127.0.0.1:0".parse().unwrap();
    let server = Server::start_with(Emulator::new(), address, 2000).unwrap();
    let large = UploadFile::new("a").file(FileSource::bytes(vec![0; 4000]));
    let response = exchange(&server, &large);
    assert!(
        response.starts_with("HTTP/1.1 400") && response.contains("size exceeds"),
        "{response}"
    );
    assert!(exchange(&server, &text("a", "a")).starts_with("HTTP/1.1 200"));
}

#[test]
fn browsers_may_upload() {
    let server = Server::start(Emulator::new()).unwrap();
    let ask = |path: &str| {
        let mut stream = TcpStream::connect(server.address()).unwrap();
        write!(
            stream,
            "OPTIONS {path} HTTP/1.1\r\nhost: localhost\r\norigin: http://a\r\n\
             access-control-request-method: POST\r\nconnection: close\r\n\r\n"
        )
        .unwrap();
        let mut response = String::new();
        stream.read_to_string(&mut response).unwrap();
        response
    };
    let allowed = ask("/api/v1/files/upload");
    assert!(allowed.starts_with("HTTP/1.1 204"), "{allowed}");
    assert!(allowed.contains("access-control-allow-origin: *"), "{allowed}");
    assert!(!allowed.contains("authorization"), "{allowed}");
    assert!(!ask("/v1/files").contains("access-control"));
    assert!(!ask("/elsewhere").contains("access-control"));
    let of_file = ask("/demo/tr:w-10/none.jpg");
    assert!(of_file.starts_with("HTTP/1.1 204"), "{of_file}");
    assert!(of_file.contains("access-control-allow-origin: *"), "{of_file}");
    assert!(of_file.contains("access-control-allow-methods: GET, HEAD"), "{of_file}");
    assert!(exchange(&server, &text("a", "a")).contains("access-control-allow-origin: *"));
    assert!(!exchange(&server, &list()).contains("access-control"));

    // In tests of clients in a browser they may do everything.
    let _ = server.emulator().clone().allow_cross_origin(true);
    let allowed = ask("/v1/files");
    assert!(allowed.contains("access-control-allow-headers: *, authorization"), "{allowed}");
    assert!(allowed.contains("access-control-allow-methods: GET, POST, PUT"), "{allowed}");
    let list = exchange(&server, &list());
    let exposed =
        list.lines().find_map(|line| line.strip_prefix("access-control-expose-headers: "));
    let exposed: Vec<_> = exposed.unwrap().split(", ").collect();
    assert_eq!(exposed, imagekit_proto::RESPONSE_HEADERS);
}

#[test]
fn files_are_downloaded_from_this_machine_only() {
    let server = Server::start(Emulator::new()).unwrap();
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}/a.txt", listener.local_addr().unwrap());
    let origin = std::thread::spawn(move || {
        let (mut stream, _) = listener.accept().unwrap();
        let mut request = Vec::new();
        while !request.ends_with(b"\r\n\r\n") {
            let mut byte = [0];
            stream.read_exact(&mut byte).unwrap();
            request.extend(byte);
        }
        stream.write_all(b"HTTP/1.0 200 OK\r\ncontent-length: 5\r\n\r\nhello").unwrap();
        request
    });
    let upload =
        |url: &str| UploadFile::new("a.txt").file(FileSource::url(url)).use_unique_file_name(false);
    let response = exchange(&server, &upload(&url));
    assert!(response.starts_with("HTTP/1.1 200"), "{response}");
    assert!(origin.join().unwrap().starts_with(b"GET /a.txt HTTP/1.0"));
    assert_eq!(server.emulator().stored_bytes("/a.txt").unwrap(), "hello");
    for elsewhere in ["http://10.0.0.1/a.txt", "https://127.0.0.1/a.txt", "http://127.0.0.1:1/"] {
        let response = exchange(&server, &upload(elsewhere));
        assert!(response.contains("invalid file parameter"), "{elsewhere}: {response}");
    }
}

#[test]
fn bytes_are_discarded_while_they_come() {
    let server = Server::start(Emulator::new().discard_bytes(true)).unwrap();
    let size = 20 * 1024 * 1024;
    let upload =
        UploadFile::new("a").file(FileSource::bytes(vec![1; size])).use_unique_file_name(false);
    let response = exchange(&server, &upload);
    assert!(response.contains(&format!("\"size\":{size}")), "{response}");
    assert_eq!(server.emulator().stored_bytes("/a").unwrap().len(), 16 * 1024 * 1024);
}
