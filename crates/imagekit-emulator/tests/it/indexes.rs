//! What an index finds beside what a look at every file finds.

use imagekit_emulator::Emulator;
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;
use serde_json::{Value, json};

use crate::support::{form, json as call};

/// One change of the library.
#[derive(Clone, Debug)]
enum Change {
    Upload { path: &'static str, tags: &'static str },
    Delete { path: &'static str },
    Retag { path: &'static str, tags: Vec<&'static str> },
    Move { path: &'static str, folder: &'static str },
    RenameFolder { folder: &'static str, name: &'static str },
    DeleteVersion { path: &'static str },
    Restore { path: &'static str },
}

fn changes() -> impl Strategy<Value = Change> {
    let path = || select(vec!["/a.txt", "/x/a.txt", "/x/b.txt", "/x/y/ab.txt", "/z/a.txt"]);
    let folder = || select(vec!["/x", "/x/y", "/z"]);
    let tag = || select(vec!["red", "blue", "green"]);
    prop_oneof![
        3 => (path(), select(vec!["", "red", "red,blue", "green"]))
            .prop_map(|(path, tags)| Change::Upload { path, tags }),
        1 => path().prop_map(|path| Change::Delete { path }),
        2 => (path(), vec(tag(), 0..3)).prop_map(|(path, tags)| Change::Retag { path, tags }),
        1 => (path(), folder()).prop_map(|(path, folder)| Change::Move { path, folder }),
        1 => (folder(), select(vec!["n", "m"]))
            .prop_map(|(folder, name)| Change::RenameFolder { folder, name }),
        1 => path().prop_map(|path| Change::DeleteVersion { path }),
        1 => path().prop_map(|path| Change::Restore { path }),
    ]
}

fn apply(emulator: &Emulator, change: &Change) {
    let id = |path: &str| emulator.file(path).map(|file| file.id);
    let oldest = |path: &str| {
        let file = id(path)?;
        let versions = call(emulator, "GET", &format!("/v1/files/{file}/versions"), Value::Null).1;
        let oldest = versions.as_array()?.last()?["versionInfo"]["id"].as_str()?.to_owned();
        Some(format!("/v1/files/{file}/versions/{oldest}"))
    };
    match change {
        Change::Upload { path, tags } => {
            let (folder, name) = path.rsplit_once('/').unwrap();
            let fields = [("fileName", name), ("folder", folder), ("tags", *tags)];
            assert_eq!(form(emulator, &fields, path.as_bytes()).0, 200);
        }
        Change::Delete { path } => {
            if let Some(id) = id(path) {
                call(emulator, "DELETE", &format!("/v1/files/{id}"), Value::Null);
            }
        }
        Change::Retag { path, tags } => {
            if let Some(id) = id(path) {
                let path = format!("/v1/files/{id}/details");
                call(emulator, "PATCH", &path, json!({ "tags": tags }));
            }
        }
        Change::Move { path, folder } => {
            let body = json!({ "sourceFilePath": path, "destinationPath": folder });
            call(emulator, "POST", "/v1/files/move", body);
        }
        Change::RenameFolder { folder, name } => {
            let body = json!({ "folderPath": folder, "newFolderName": name });
            call(emulator, "POST", "/v1/bulkJobs/renameFolder", body);
        }
        Change::DeleteVersion { path } => {
            if let Some(path) = oldest(path) {
                call(emulator, "DELETE", &path, Value::Null);
            }
        }
        Change::Restore { path } => {
            if let Some(path) = oldest(path) {
                call(emulator, "PUT", &format!("{path}/restore"), Value::Null);
            }
        }
    }
}

fn search(emulator: &Emulator, query: &str, more: &str) -> Value {
    let encode = |c: char| match c {
        ' ' => "+".to_owned(),
        '"' | '[' | ']' | '<' | '>' => format!("%{:02X}", c as u32),
        c => c.to_string(),
    };
    let query: String = query.chars().map(encode).collect();
    let (status, found) =
        call(emulator, "GET", &format!("/v1/files?searchQuery={query}{more}"), Value::Null);
    assert_eq!(status, 200, "{query}: {found}");
    found
}

const QUERIES: [&str; 11] = [
    r#"tags = "red""#,
    r#"tags = "red" AND type = "file""#,
    r#"tags IN ["red", "blue"]"#,
    r#"tags = "red" AND tags = "blue""#,
    r#"path = "/x""#,
    r#"path : "/x""#,
    r#"path : "/""#,
    r#"name = "a.txt""#,
    r#"name : "a" AND size > 1"#,
    r#"type = "file""#,
    r#"tags = "red" AND type IN ["file", "file-version"]"#,
];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn they_agree(changes in vec(changes(), 1..25), skip in 0_usize..3) {
        let emulator = Emulator::new();
        changes.iter().for_each(|change| apply(&emulator, change));
        for sort in ["ASC_CREATED", "DESC_CREATED", "ASC_NAME", "DESC_SIZE"] {
            for query in QUERIES {
                // An alternative is not looked up in an index.
                let scan = format!("({query}) OR ({query})");
                let more = format!("&sort={sort}&skip={skip}&limit=3");
                prop_assert_eq!(
                    search(&emulator, query, &more),
                    search(&emulator, &scan, &more),
                    "{} {} {:?}", query, more, changes
                );
            }
        }
        // Pages together are the whole list.
        let list = |more: &str| call(&emulator, "GET", &format!("/v1/files?{more}"), Value::Null).1;
        for more in ["type=file", "type=all", "path=/x", "type=all&sort=DESC_NAME", "tags=red"] {
            let whole = list(more);
            let whole = whole.as_array().unwrap();
            let mut pages = Vec::new();
            for skip in 0..whole.len() {
                let page = list(&format!("{more}&limit=1&skip={skip}"));
                pages.extend(page.as_array().unwrap().clone());
            }
            prop_assert_eq!(whole, &pages, "{}", more);
        }
    }
}
