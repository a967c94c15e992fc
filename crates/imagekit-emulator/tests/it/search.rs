//! Lists and searches.

use std::time::Duration;

use imagekit_emulator::Emulator;
use imagekit_proto::api::assets::{Asset, AssetKind, FileTypeFilter, ListAndSearchAssets, Sort};
use imagekit_proto::api::files::UpdateFileDetails;

use crate::support::{define, photo, refused, send, text, upload};

/// Files in two folders, one of them with an earlier version, days apart.
fn library() -> Emulator {
    let emulator = Emulator::new();
    define(&emulator, "price", serde_json::json!({ "type": "Number" }));
    let day = Duration::from_secs(86_400);
    let cat = photo("cat.jpg").folder("/animals").tags(["red", "big"]);
    let cat = upload(&emulator, &cat.custom_metadata("price", 10));
    emulator.advance(day);
    upload(&emulator, &text("notes.txt", "short").folder("/animals/wild").tags(["red"]));
    emulator.advance(day);
    upload(&emulator, &text("Readme.md", "a little longer").is_private_file(true));
    emulator.advance(day);
    upload(&emulator, &text("notes.txt", "the second one").folder("/animals/wild"));
    let publish = UpdateFileDetails::new(cat.file_id).publish(false);
    send(&emulator, &publish);
    emulator
}

fn names(emulator: &Emulator, list: &ListAndSearchAssets) -> Vec<String> {
    let name = |asset: &Asset| match asset {
        Asset::File(file) => file.name.clone(),
        Asset::FileVersion(file) => format!("{} (old)", file.name),
        Asset::Folder(folder) => format!("{}/", folder.folder_path),
        other => panic!("{other:?}"),
    };
    send(emulator, list).iter().map(name).collect()
}

fn list() -> ListAndSearchAssets {
    ListAndSearchAssets::new()
}

#[test]
fn kinds() {
    let emulator = library();
    assert_eq!(names(&emulator, &list()), ["cat.jpg", "Readme.md", "notes.txt"]);
    let kind = |kind| names(&emulator, &list().kind(kind));
    assert_eq!(kind(AssetKind::FileVersion), ["notes.txt (old)"]);
    assert_eq!(kind(AssetKind::Folder), ["/animals/", "/animals/wild/"]);
    assert_eq!(kind(AssetKind::All).len(), 5);
    assert_eq!(names(&emulator, &list().file_type(FileTypeFilter::Image)), ["cat.jpg"]);
    assert_eq!(names(&emulator, &list().file_type(FileTypeFilter::NonImage)).len(), 2);
}

#[test]
fn a_path_is_one_folder() {
    let emulator = library();
    for path in ["/animals", "animals/", "/animals/"] {
        assert_eq!(names(&emulator, &list().path(path)), ["cat.jpg"]);
    }
    assert_eq!(names(&emulator, &list().path("/")), ["Readme.md"]);
    let folders = list().path("/animals").kind(AssetKind::Folder);
    assert_eq!(names(&emulator, &folders), ["/animals/wild/"]);
    assert!(names(&emulator, &list().path("/nowhere")).is_empty());
}

#[test]
fn pages_and_orders() {
    let emulator = library();
    let by = |sort| names(&emulator, &list().sort(sort));
    assert_eq!(by(Sort::AscName), ["Readme.md", "cat.jpg", "notes.txt"]);
    assert_eq!(by(Sort::DescCreated), ["notes.txt", "Readme.md", "cat.jpg"]);
    assert_eq!(by(Sort::DescUpdated), ["cat.jpg", "notes.txt", "Readme.md"]);
    assert_eq!(by(Sort::DescSize)[0], "cat.jpg");
    assert_eq!(names(&emulator, &list().limit(1).skip(1)), ["Readme.md"]);
    assert!(names(&emulator, &list().skip(10)).is_empty());
}

#[test]
fn parameters_that_are_refused() {
    let emulator = library();
    let message = |list: ListAndSearchAssets| refused(&emulator, &list).message.unwrap();
    assert_eq!(message(list().limit(0)), "Minimum value of limit parameter is 1. Value sent is 0.");
    assert_eq!(
        message(list().limit(2000)),
        "Maximum value of limit parameter is 1000. Value sent is 2000."
    );
    assert!(message(list().kind("nothing".into())).contains("type parameter"));
    assert!(message(list().sort("ASC_NOTHING".into())).contains("sort parameters"));
    assert!(message(list().file_type("nothing".into())).contains("fileType"));
}

#[test]
fn queries() {
    let emulator = library();
    let cases: &[(&str, &[&str])] = &[
        (r#"name = "cat.jpg""#, &["cat.jpg"]),
        (r#"name = "CAT.jpg""#, &[]),
        (r#"name HAS "readme""#, &["Readme.md"]),
        (r#"name : "no""#, &["notes.txt"]),
        (r#"name IN ["cat.jpg", "Readme.md"]"#, &["cat.jpg", "Readme.md"]),
        (r#"name NOT IN ["cat.jpg"] AND type = "file""#, &["Readme.md", "notes.txt"]),
        (r#"name NOT = "cat.jpg" AND type="file""#, &["Readme.md", "notes.txt"]),
        (r#"tags = "red""#, &["cat.jpg"]),
        (r#"tags = "red" AND type = "file-version""#, &["notes.txt (old)"]),
        (r#"tags EXISTS"#, &["cat.jpg"]),
        (r#"size < 10 AND type IN ["file", "file-version"]"#, &["notes.txt (old)"]),
        (r#"size > "1kb""#, &["cat.jpg"]),
        (r#"width >= 640 AND height <= 480"#, &["cat.jpg"]),
        (r#"format = "jpg""#, &["cat.jpg"]),
        (r#"private = true"#, &["Readme.md"]),
        (r#"published = false"#, &["cat.jpg"]),
        (r#""customMetadata.price" > 5"#, &["cat.jpg"]),
        (r#""customMetadata.price" > 50"#, &[]),
        (r#""embeddedMetadata.Orientation" : "Horizontal""#, &["cat.jpg"]),
        (r#"path : "/animals" AND type = "file""#, &["cat.jpg", "notes.txt"]),
        (r#"path = "/animals""#, &["cat.jpg", "/animals/wild/"]),
        (r#"createdBy = "user@example.com" AND private = true"#, &["Readme.md"]),
        (r#"createdBy NOT = "user@example.com""#, &[]),
        (r#""embeddedMetadata.LocationTaken" EXISTS"#, &["cat.jpg"]),
        (r#""LocationTaken" = "0,0|90,90""#, &["cat.jpg"]),
        (r#"LocationTaken = "-80,10 5km""#, &[]),
        (r#"tags IN ["red", "big"] AND type = "file""#, &["cat.jpg"]),
        (r#"tags NOT IN ["red"] AND type = "file""#, &["Readme.md", "notes.txt"]),
        (r#"name = "notes.txt" AND path : "/animals""#, &["notes.txt"]),
        (r#"path : "/animals/wild""#, &["notes.txt"]),
        (r#"type = "folder""#, &["/animals/", "/animals/wild/"]),
        (r#"createdAt > "2d" AND type = "file""#, &["Readme.md", "notes.txt"]),
        (r#"createdAt < "2026-01-02T00:00:00.000Z" AND type = "file""#, &["cat.jpg"]),
        // AND binds stronger than OR.
        (r#"name = "cat.jpg" OR size < 20 AND private = true"#, &["cat.jpg", "Readme.md"]),
        (r#"(name = "cat.jpg" OR size < 20) AND private = true"#, &["Readme.md"]),
        (r#"NOT (size < 100000 OR type = "folder")"#, &[]),
    ];
    for (query, expected) in cases {
        assert_eq!(names(&emulator, &list().search_query(*query)), *expected, "{query}");
    }
}

#[test]
fn the_type_parameter_is_ignored_beside_a_query() {
    let emulator = library();
    let query = list().search_query(r#"name : "wild""#).kind(AssetKind::File);
    assert_eq!(names(&emulator, &query), ["/animals/wild/"]);
}

#[test]
fn queries_that_are_refused_name_what_is_wrong() {
    let emulator = library();
    for (query, named) in [
        (r#"colour = "red""#, "colour"),
        (r#"LocationTaken = "nowhere""#, "nowhere"),
        (r#"name = "#, "too early"),
        (r#"name = "x"#, "quote"),
        (r#"name = cat"#, "cat"),
        (r#"size > "big""#, "big"),
        (r#"createdAt > "soon""#, "soon"),
        (r#"name = "a" name = "b""#, "name"),
        (r#"(name = "a""#, "too early"),
        (r#"name ~ "a""#, "~"),
    ] {
        let error = refused(&emulator, &list().search_query(query));
        assert_eq!(error.status, 400);
        let message = error.message.unwrap();
        assert!(message.contains(named), "{query}: {message}");
    }
    let deep = "(".repeat(10_000);
    assert_eq!(refused(&emulator, &list().search_query(deep)).status, 400);
}
