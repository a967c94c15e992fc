//! Files as they are: headers, conditions, ranges, named URL endpoints.

use bytes::Bytes;
use imagekit_emulator::Emulator;
use serde_json::json;

use super::picture::{emulator, get, get_with, header, request};
use crate::support::{self, photo, text, upload};

#[test]
fn the_url_of_an_upload_delivers_it() {
    let emulator = Emulator::new();
    let file = upload(&emulator, &photo("cat.jpg"));
    let path = file.url.strip_prefix("https://ik.imagekit.io/demo").unwrap();
    let response = get(&emulator, path);
    assert_eq!(response.status(), 200);
    assert_eq!(header(&response, "content-type"), "image/jpeg");
    assert_eq!(*response.body(), emulator.stored_bytes("/cat.jpg").unwrap());
    assert!(header(&response, "cache-control").starts_with("public"));
    assert_eq!(header(&response, "content-length"), response.body().len().to_string());
    assert_eq!(get(&emulator, "/dog.jpg").status(), 404);
    assert_eq!(get(&emulator, "/").status(), 404);
    assert_eq!(request(&emulator, "POST", "/cat.jpg", &[]).status(), 404);
}

#[test]
fn text_is_known_by_its_extension() {
    let emulator = Emulator::new();
    upload(&emulator, &text("a.css", "a { color: red }"));
    upload(&emulator, &text("a.bin", "a"));
    assert_eq!(header(&get(&emulator, "/a.css"), "content-type"), "text/css; charset=utf-8");
    assert_eq!(header(&get(&emulator, "/a.bin"), "content-type"), "application/octet-stream");
    // What is no image is not transformed.
    assert_eq!(*get(&emulator, "/tr:w-3/a.bin").body(), "a");
}

#[test]
fn head_has_the_headers_of_get() {
    let emulator = emulator();
    for path in ["/photo.jpg", "/photo.jpg?tr=w-10", "/none.jpg"] {
        let whole = get(&emulator, path);
        let head = request(&emulator, "HEAD", path, &[]);
        assert_eq!(head.status(), whole.status());
        for name in ["content-length", "content-type", "etag"] {
            assert_eq!(header(&head, name), header(&whole, name), "{path} {name}");
        }
        assert!(head.body().is_empty());
    }
}

#[test]
fn ranges_are_parts_of_the_file() {
    let emulator = Emulator::new();
    upload(&emulator, &text("a.txt", "0123456789"));
    let range = |range: &str| get_with(&emulator, "/a.txt", &[("range", range)]);
    let part = range("bytes=2-4");
    assert_eq!((part.status().as_u16(), part.body().as_ref()), (206, &b"234"[..]));
    assert_eq!(header(&part, "content-range"), "bytes 2-4/10");
    assert_eq!(header(&part, "accept-ranges"), "bytes");
    assert_eq!(*range("bytes=-2").body(), "89");
    let beyond = range("bytes=10-");
    assert_eq!((beyond.status().as_u16(), beyond.body().len()), (416, 0));
    assert_eq!(header(&beyond, "content-range"), "bytes */10");
    let several = range("bytes=0-1,4-5");
    assert_eq!((several.status().as_u16(), several.body().len()), (200, 10));
    let old = [("range", "bytes=0-0"), ("if-range", "\"old\"")];
    assert_eq!(get_with(&emulator, "/a.txt", &old).status(), 200);
    let etag = header(&part, "etag");
    let same = [("range", "bytes=0-0"), ("if-range", etag)];
    assert_eq!(get_with(&emulator, "/a.txt", &same).status(), 206);
}

#[test]
fn a_known_file_is_not_sent_again() {
    let emulator = emulator();
    for path in ["/photo.jpg", "/photo.jpg?tr=w-20,f-auto"] {
        let first = get(&emulator, path);
        let etag = header(&first, "etag");
        assert!(etag.starts_with('"') && etag.len() > 20, "{etag}");
        for known in [etag, "*", &format!("\"x\", W/{etag}")] {
            let again = get_with(&emulator, path, &[("if-none-match", known)]);
            assert_eq!((again.status().as_u16(), again.body().len()), (304, 0));
            assert_eq!(header(&again, "etag"), etag);
        }
        assert_eq!(get_with(&emulator, path, &[("if-none-match", "\"x\"")]).status(), 200);
    }
    assert_ne!(
        header(&get(&emulator, "/photo.jpg?tr=w-20"), "etag"),
        header(&get(&emulator, "/photo.jpg?tr=w-21"), "etag")
    );
    // A new version is another entity.
    let before = get(&emulator, "/dot.png");
    emulator.put("/dot.png", Bytes::from_static(b"x")).unwrap();
    assert_ne!(header(&get(&emulator, "/dot.png"), "etag"), header(&before, "etag"));
}

#[test]
fn versions_have_urls() {
    let emulator = Emulator::new();
    upload(&emulator, &text("a.txt", "old"));
    let id = upload(&emulator, &text("a.txt", "new")).file_id;
    let (_, versions) =
        support::json(&emulator, "GET", &format!("/v1/files/{id}/versions"), json!(null));
    let bodies: Vec<Bytes> = versions
        .as_array()
        .unwrap()
        .iter()
        .map(|version| {
            let url = version["url"].as_str().unwrap();
            get(&emulator, url.strip_prefix("https://ik.imagekit.io/demo").unwrap()).into_body()
        })
        .collect();
    assert_eq!(bodies, ["new", "old"]);
    assert_eq!(get(&emulator, "/a.txt?ik-obj-version=none").status(), 404);
}

#[test]
fn attachments_have_a_name() {
    let response = get(&emulator(), "/photo.jpg?ik-attachment=true");
    assert_eq!(header(&response, "content-disposition"), "attachment; filename=\"photo.jpg\"");
}

#[test]
fn a_named_url_endpoint_delivers_the_same_library() {
    let emulator = emulator();
    let body = json!({ "description": "shop", "urlPrefix": "shop" });
    let (status, body) = support::json(&emulator, "POST", "/v1/accounts/url-endpoints", body);
    assert_eq!(status, 201, "{body}");
    assert_eq!(get(&emulator, "/shop/photo.jpg").status(), 200);
    assert_eq!(get(&emulator, "/shop/tr:w-10/photo.jpg").status(), 200);
    assert_eq!(get(&emulator, "/shops/photo.jpg").status(), 404);
}

#[test]
fn the_url_endpoint_may_have_no_path() {
    let emulator = emulator().with_url_endpoint("https://images.example.com");
    let request = http::Request::get("/dot.png").body(Bytes::new()).unwrap();
    assert_eq!(emulator.respond(request).status(), 200);
    assert_eq!(get(&emulator, "/dot.png").status(), 404);
}

#[test]
fn a_default_image_stands_in() {
    let emulator = emulator();
    let response = get(&emulator, "/tr:w-8,di-@@dot.png/none.jpg");
    assert_eq!((response.status().as_u16(), header(&response, "content-type")), (200, "image/png"));
    assert_eq!(get(&emulator, "/tr:di-none.png/none.jpg").status(), 404);
}

#[test]
fn discarded_bytes_are_not_delivered() {
    let emulator = Emulator::new().discard_bytes(true);
    emulator.put("/a.bin", vec![0; 17 << 20]).unwrap();
    assert_eq!(get(&emulator, "/a.bin").status(), 501);
}
