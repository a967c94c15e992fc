//! Responses as text.

/// The id of [`FILE`].
pub const FILE_ID: &str = "598821f949c0a938d57563bd";

/// A file, as the details and upload operations return it.
pub const FILE: &str = r#"{"fileId": "598821f949c0a938d57563bd", "name": "cat.jpg",
    "filePath": "/cat.jpg", "url": "https://ik.imagekit.io/demo/cat.jpg"}"#;

/// Formats a response with the body `body`. `status` is `200 OK`; `headers` are whole lines.
pub fn response(status: &str, headers: &str, body: &str) -> String {
    let length = body.len();
    format!("HTTP/1.1 {status}\r\n{headers}content-length: {length}\r\n\r\n{body}")
}

/// Formats a response without a body, after which the server closes the connection.
pub fn empty(status: &str) -> String {
    response(status, "connection: close\r\n", "")
}

/// Formats a 200 with the JSON `body`, after which the server closes the connection.
pub fn json(body: &str) -> String {
    response("200 OK", "connection: close\r\n", body)
}

/// Formats a 200 with [`FILE`], after which the server closes the connection.
pub fn ok() -> String {
    json(FILE)
}
