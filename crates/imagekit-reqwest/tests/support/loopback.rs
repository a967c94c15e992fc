// Included by the documentation's examples: a server that gives every request the same answer.

#[allow(dead_code)]
const DETAILS: &str = r#"{"fileId": "598821f949c0a938d57563bd", "name": "cat.jpg",
    "filePath": "/cat.jpg", "url": "https://ik.imagekit.io/demo/cat.jpg"}"#;

#[allow(dead_code)]
const UPLOADED: &str = r#"{"fileId": "598821f949c0a938d57563bd", "name": "cat.jpg",
    "filePath": "/pets/cat.jpg", "url": "https://ik.imagekit.io/demo/pets/cat.jpg"}"#;

fn loopback(answer: &'static str) -> String {
    use std::io::{BufRead as _, BufReader, Read as _, Write as _};

    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let mut reader = BufReader::new(stream.unwrap());
            let mut length = 0;
            loop {
                let mut line = String::new();
                reader.read_line(&mut line).unwrap();
                match line.to_ascii_lowercase().trim().split_once(": ") {
                    Some(("content-length", value)) => length = value.parse().unwrap(),
                    Some(_) => {}
                    None if line.trim().is_empty() => break,
                    None => {}
                }
            }
            reader.read_exact(&mut vec![0; length]).unwrap();
            let head = "HTTP/1.1 200 OK\r\nconnection: close\r\ncontent-length";
            write!(reader.get_mut(), "{head}: {}\r\n\r\n{answer}", answer.len()).unwrap();
        }
    });
    url
}
