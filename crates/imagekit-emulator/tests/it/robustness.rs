//! Any request has a response of a known status, and nothing panics.

use imagekit_emulator::Emulator;
use imagekit_proto::api::assets::ListAndSearchAssets;
use imagekit_proto::api::upload::{FileSource, UploadFile};
use imagekit_proto::{Endpoint, EndpointExt as _, RequestContext};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;
use serde_json::{Value, json};

use crate::support::{config, define, form, json as call, raw, text, upload};

const TOKENS: [&str; 32] = [
    "name",
    "tags",
    "size",
    "createdAt",
    "type",
    "path",
    "\"customMetadata.x\"",
    "width",
    "private",
    "=",
    ":",
    "<",
    "<=",
    ">",
    ">=",
    "IN",
    "NOT",
    "HAS",
    "EXISTS",
    "AND",
    "OR",
    "(",
    ")",
    "[",
    "]",
    ",",
    "\"a\"",
    "\"7d\"",
    "12",
    "true",
    "\"file\"",
    "\"",
];

const CHECKS: [&str; 22] = [
    "\"request.folder\"",
    "'request.tags'",
    "\"request.isPublished\"",
    "\"request.customMetadata.x\"",
    "\"file.size\"",
    "file.mime",
    "\"mediaMetadata.width\"",
    "\"mediaMetadata.duration\"",
    "=",
    ":",
    "<=",
    ">",
    "IN",
    "NOT",
    "HAS",
    "AND",
    "OR",
    "(",
    ")",
    "[",
    "]",
    "1mb",
];

const KEYS: [&str; 31] = [
    "tags",
    "customCoordinates",
    "customMetadata",
    "description",
    "removeAITags",
    "extensions",
    "publish",
    "isPublished",
    "name",
    "fileIds",
    "AITags",
    "sourceFilePath",
    "destinationPath",
    "filePath",
    "newFileName",
    "folderName",
    "parentFolderPath",
    "folderPath",
    "url",
    "label",
    "schema",
    "type",
    "config",
    "tasks",
    "transformation",
    "enabled",
    "description",
    "origins",
    "urlPrefix",
    "urlRewriter",
    "bucket",
];

fn value() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i32>().prop_map(Value::from),
        select(vec!["", "/", "/a.txt", "..", "x", "é\0", "all", "remove-bg", "Text"])
            .prop_map(Value::from),
    ];
    leaf.prop_recursive(3, 16, 4, |inner| {
        let pair = (select(KEYS.to_vec()).prop_map(str::to_owned), inner.clone());
        prop_oneof![
            vec(inner, 0..4).prop_map(Value::Array),
            vec(pair, 0..6).prop_map(|pairs| Value::Object(pairs.into_iter().collect())),
        ]
    })
}

proptest! {
    #[test]
    fn searches(tokens in vec(select(TOKENS.to_vec()), 0..14)) {
        let emulator = Emulator::new();
        define(&emulator, "x", json!({ "type": "Number" }));
        upload(&emulator, &text("a.txt", "a").tags(["a"]).custom_metadata("x", 1));
        let list = ListAndSearchAssets::new().search_query(tokens.join(" "));
        let status = raw(&emulator, &list).status().as_u16();
        prop_assert!(matches!(status, 200 | 400), "{}", status);
    }

    #[test]
    fn bodies(operation in 0_usize..28, body in value()) {
        let emulator = Emulator::new();
        let id = upload(&emulator, &text("a.txt", "a")).file_id;
        let saved = json!({ "name": "a", "description": "b", "config": { "name": "remove-bg" } });
        let saved = call(&emulator, "POST", "/v1/saved-extensions", saved).1;
        let named = json!({ "name": "a", "transformation": "w-1" });
        let named = call(&emulator, "POST", "/v1/named-transformations", named).1;
        let origin = json!({ "name": "a", "type": "WEB_PROXY" });
        let origin = call(&emulator, "POST", "/v1/accounts/origins", origin).1;
        let operations = [
            ("PATCH", format!("/v1/files/{id}/details")),
            ("POST", "/v1/files/copy".to_owned()),
            ("POST", "/v1/files/move".to_owned()),
            ("PUT", "/v1/files/rename".to_owned()),
            ("POST", "/v1/files/addTags".to_owned()),
            ("POST", "/v1/files/removeTags".to_owned()),
            ("POST", "/v1/files/removeAITags".to_owned()),
            ("POST", "/v1/files/batch/deleteByFileIds".to_owned()),
            ("POST", "/v1/folder".to_owned()),
            ("DELETE", "/v1/folder".to_owned()),
            ("POST", "/v1/files/purge".to_owned()),
            ("POST", "/v1/customMetadataFields".to_owned()),
            ("POST", "/api/v1/files/upload".to_owned()),
            ("POST", "/v1/bulkJobs/copyFolder".to_owned()),
            ("POST", "/v1/bulkJobs/moveFolder".to_owned()),
            ("POST", "/v1/bulkJobs/renameFolder".to_owned()),
            ("POST", "/v1/saved-extensions".to_owned()),
            ("PATCH", format!("/v1/saved-extensions/{}", saved["id"].as_str().unwrap())),
            ("POST", "/v1/named-transformations".to_owned()),
            ("PATCH", format!("/v1/named-transformations/{}", named["id"].as_str().unwrap())),
            ("POST", "/v1/accounts/origins".to_owned()),
            ("PUT", format!("/v1/accounts/origins/{}", origin["id"].as_str().unwrap())),
            ("POST", "/v1/accounts/url-endpoints".to_owned()),
            ("PUT", "/v1/accounts/url-endpoints/default".to_owned()),
            ("PATCH", format!("/v1/customMetadataFields/{id}")),
            ("GET", "/v1/accounts/usage?startDate=2026-01-01&endDate=9999-12-31".to_owned()),
            ("GET", "/v1/accounts/usage-analytics?startDate=0000-01-01&endDate=0000-01-01".to_owned()),
            ("DELETE", "/v1/accounts/origins/x".to_owned()),
        ];
        let (method, path) = &operations[operation];
        let (status, _) = call(&emulator, method, path, body);
        prop_assert!(matches!(status, 200 | 201 | 202 | 204 | 400 | 404 | 409), "{}", status);
    }

    #[test]
    fn checks(tokens in vec(select(CHECKS.to_vec()), 0..12)) {
        let emulator = Emulator::new();
        let fields = [("fileName", "a.txt"), ("tags", "a"), ("checks", &tokens.join(" "))];
        let status = form(&emulator, &fields, b"a").0;
        prop_assert!(matches!(status, 200 | 400), "{}", status);
    }

    #[test]
    fn forms(fields in vec((select(vec![
        "tags", "folder", "customCoordinates", "customMetadata", "extensions", "transformation",
        "responseFields", "isPublished", "token", "signature", "publicKey", "useUniqueFileName",
    ]), select(vec![
        "", "a,b", "/x//y/", "..", "1,2,3,4", "{}", "[]", "null", r#"{"pre": "w-1"}"#, "true",
        r#"[{"name": "remove-bg"}]"#, "metadata", "é",
    ])), 0..5), name in ".{1,12}") {
        let emulator = Emulator::new();
        let upload = UploadFile::new(name).file(FileSource::bytes("x"));
        let upload = fields.iter().fold(upload, |upload, (key, value)| upload.extra(*key, *value));
        // What the core refuses never reaches a server.
        if let Ok(request) = upload.build(&RequestContext::new(&config(), 7)) {
            let response = emulator.respond(request.map(imagekit_emulator::body_bytes));
            let status = response.status().as_u16();
            prop_assert!(matches!(status, 200 | 400), "{}", status);
            if status == 200 {
                let name = json!(upload.parse(&response).unwrap())["name"].clone();
                let clean = |c: char| c.is_ascii_alphanumeric() || "._-".contains(c);
                prop_assert!(name.as_str().unwrap().chars().all(clean), "{}", name);
            }
        }
    }
}
