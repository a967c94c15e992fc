//! A server with a list of files.

use crate::{Server, json};

impl Server {
    /// Starts a server with a list of `total` files. `instead` may send another response than the page
    /// behind that many files.
    pub fn listing(
        total: u64,
        instead: impl Fn(u64) -> Option<String> + Send + Sync + 'static,
    ) -> Self {
        Self::new(move |_, connection| {
            let request = connection.request();
            let skip =
                if request.head.contains("skip=") { number(&request.head, "skip=") } else { 0 };
            let end = total.min(skip + number(&request.head, "limit="));
            let files: Vec<_> = (skip..end)
                .map(|n| {
                    format!(
                        r#"{{"type": "file", "fileId": "{n}", "name": "{n}", "filePath": "/{n}",
                    "url": "https://ik.imagekit.io/demo/{n}"}}"#
                    )
                })
                .collect();
            let page = json(&format!("[{}]", files.join(",")));
            connection.write(instead(skip).unwrap_or(page));
            vec![request]
        })
    }
}

/// Returns the number in the request line behind `name`.
fn number(head: &str, name: &str) -> u64 {
    let value = head.split_once(name).unwrap().1;
    let end = value.find(|byte: char| !byte.is_ascii_digit()).unwrap();
    value[..end].parse().unwrap()
}
