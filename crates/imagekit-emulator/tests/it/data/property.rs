//! An emulator that is opened again and again is like one that runs on.

use imagekit_emulator::{Emulator, RateLimit};
use proptest::prelude::*;
use serde_json::{Value, json};

use super::folder::Folder;
use crate::support::{PHOTO, form, json as call};

/// What to do, and with which file, folder or other thing.
type Step = (u8, u8, u8);

const STEPS: u8 = 32;
const FOLDERS: [&str; 4] = ["/", "/a", "/a/b", "/c"];
const NAMES: [&str; 4] = ["one.txt", "two.txt", "three.txt", "photo.jpg"];

fn pick<'a>(list: &[&'a str], at: u8) -> &'a str {
    list[usize::from(at) % list.len()]
}

fn path(at: u8) -> String {
    let (folder, name) = (pick(&FOLDERS, at), pick(&NAMES, at / 4));
    format!("{}/{name}", folder.trim_end_matches('/'))
}

/// The id of a file, or one that no file has.
fn id(emulator: &Emulator, at: u8) -> String {
    let file = emulator.file(&path(at));
    file.map_or_else(|| "0".repeat(24), |file| file.id)
}

/// The text at a pointer of the item of a list, or one that is not there.
fn listed(emulator: &Emulator, path: &str, at: u8, key: &str) -> String {
    let (_, list) = call(emulator, "GET", path, Value::Null);
    let list = list.as_array().filter(|list| !list.is_empty()).cloned().unwrap_or_default();
    let item = list.get(usize::from(at) % list.len().max(1));
    item.and_then(|item| item[key].as_str()).unwrap_or("0").to_owned()
}

/// Does one step and returns the response.
fn act(emulator: &Emulator, jobs: &mut Vec<String>, (what, a, b): Step) -> (u16, Value) {
    let send = |method: &str, path: &str, body: Value| call(emulator, method, path, body);
    let source = json!({ "sourceFilePath": path(a), "destinationPath": pick(&FOLDERS, b) });
    let two = json!({
        "sourceFolderPath": pick(&FOLDERS, a),
        "destinationPath": pick(&FOLDERS, b),
        "includeVersions": true,
    });
    let fields = "/v1/customMetadataFields";
    let (named, origins) = ("/v1/named-transformations", "/v1/accounts/origins");
    let (endpoints, saved) = ("/v1/accounts/url-endpoints", "/v1/saved-extensions");
    match what % STEPS {
        0..=3 => {
            let bytes = format!("{a} {b}");
            let tags = format!("tag{},all", b % 3);
            let metadata = format!("{{\"number{}\":{b}}}", b % 2);
            let mut all = vec![("fileName", pick(&NAMES, a / 4)), ("folder", pick(&FOLDERS, a))];
            all.extend(
                [("tags", tags.as_str()), ("customMetadata", &metadata)]
                    .iter()
                    .take((b % 3).into()),
            );
            if what % STEPS == 3 {
                all.push(("useUniqueFileName", "true"));
                all.push(("extensions", "[{\"name\":\"remove-bg\"}]"));
            }
            let is_photo = pick(&NAMES, a / 4).ends_with(".jpg");
            form(emulator, &all, if is_photo { &PHOTO } else { bytes.as_bytes() })
        }
        4 => {
            let body = json!({ "tags": ["new", format!("tag{b}")], "description": format!("{b}"),
                "publish": { "isPublished": b % 2 == 0 } });
            let body = if b % 3 == 0 {
                body
            } else {
                json!({ "tags": null, "customCoordinates": "1,2,3,4" })
            };
            send("PATCH", &format!("/v1/files/{}/details", id(emulator, a)), body)
        }
        5 => send("DELETE", &format!("/v1/files/{}", id(emulator, a)), Value::Null),
        6 | 7 => {
            let id = id(emulator, a);
            let (_, list) = send("GET", &format!("/v1/files/{id}/versions"), Value::Null);
            let at = usize::from(b) % list.as_array().map_or(1, |list| list.len().max(1));
            let version = list[at]["versionInfo"]["id"].as_str().unwrap_or(&id);
            let one = format!("/v1/files/{id}/versions/{version}");
            if what % STEPS == 6 {
                send("DELETE", &one, Value::Null)
            } else {
                send("PUT", &format!("{one}/restore"), Value::Null)
            }
        }
        8 => send("POST", "/v1/files/copy", source),
        9 => send("POST", "/v1/files/move", source),
        10 => {
            let body = json!({ "filePath": path(a), "newFileName": pick(&NAMES, b), "purgeCache": b % 2 == 0 });
            send("PUT", "/v1/files/rename", body)
        }
        11 => {
            let body = json!({ "folderName": format!("f{}", b % 4), "parentFolderPath": pick(&FOLDERS, a) });
            send("POST", "/v1/folder", body)
        }
        12 => send("DELETE", "/v1/folder", json!({ "folderPath": pick(&FOLDERS, a) })),
        13 | 14 => {
            let path = if what % STEPS == 13 { "copyFolder" } else { "moveFolder" };
            let response = send("POST", &format!("/v1/bulkJobs/{path}"), two);
            jobs.extend(response.1["jobId"].as_str().map(|id| format!("/v1/bulkJobs/{id}")));
            response
        }
        15 => {
            let body = json!({ "folderPath": pick(&FOLDERS, a), "newFolderName": format!("r{}", b % 3), "purgeCache": true });
            send("POST", "/v1/bulkJobs/renameFolder", body)
        }
        16 => {
            let path = if a % 2 == 0 { "addTags" } else { "removeTags" };
            let body = json!({ "fileIds": [id(emulator, a)], "tags": [format!("tag{}", b % 3)] });
            send("POST", &format!("/v1/files/{path}"), body)
        }
        17 | 18 => {
            let body = json!({ "name": format!("number{}", a % 3), "label": format!("l{b}"), "schema": { "type": "Number" } });
            send("POST", fields, body)
        }
        19 => {
            let one = format!("{fields}/{}", listed(emulator, fields, a, "id"));
            let body = json!({ "label": format!("l{b}"), "schema": { "maxValue": 1000 } });
            if b % 2 == 0 { send("DELETE", &one, Value::Null) } else { send("PATCH", &one, body) }
        }
        20 => {
            let body = json!({ "name": format!("n{a}"), "transformation": "w-10" });
            send("POST", named, body)
        }
        21 => send("DELETE", &format!("{named}/{}", listed(emulator, named, a, "id")), Value::Null),
        22 => {
            let body = json!({ "type": "WEB_FOLDER", "name": format!("o{a}"), "baseUrl": "https://a.example" });
            send("POST", origins, body)
        }
        23 => send(
            "DELETE",
            &format!("{origins}/{}", listed(emulator, origins, a, "id")),
            Value::Null,
        ),
        24 => {
            let origin = listed(emulator, origins, a, "id");
            let body =
                json!({ "description": "d", "urlPrefix": format!("p{a}"), "origins": [origin] });
            send("POST", endpoints, body)
        }
        25 => {
            let body = json!({ "name": format!("e{a}"), "description": "d", "config": { "name": "remove-bg" } });
            send("POST", saved, body)
        }
        26 => {
            let body = json!({ "url": format!("https://ik.imagekit.io/demo{}", path(a)) });
            let response = send("POST", "/v1/files/purge", body);
            let id = response.1["requestId"].as_str();
            jobs.extend(id.map(|id| format!("/v1/files/purge/{id}")));
            response
        }
        27 => {
            let job = jobs.get(usize::from(a) % jobs.len().max(1));
            send("GET", job.map_or("/v1/bulkJobs/0", String::as_str), Value::Null)
        }
        28 => {
            send("GET", "/v1/accounts/usage?startDate=2026-01-01&endDate=2026-02-01", Value::Null)
        }
        _ => {
            emulator.advance(std::time::Duration::from_secs(u64::from(a) * 1000));
            (0, Value::Null)
        }
    }
}

/// Everything that the API shows, and the bytes.
fn shown(emulator: &Emulator) -> Vec<Value> {
    let get = |path: &str| call(emulator, "GET", path, Value::Null).1;
    let all = get("/v1/files?type=all&limit=1000");
    let mut shown = vec![all.clone()];
    for file in all.as_array().into_iter().flatten() {
        let Some(id) = file["fileId"].as_str() else { continue };
        shown.push(get(&format!("/v1/files/{id}/versions")));
        shown.push(get(&format!("/v1/files/{id}/metadata")));
        let path = file["filePath"].as_str().unwrap();
        let stored = emulator.file(path).unwrap();
        shown.push(json!([format!("{stored:?}"), stored.bytes.to_vec()]));
    }
    for path in [
        "/v1/files?type=all&sort=ASC_NAME",
        "/v1/files?tags=all",
        "/v1/customMetadataFields?includeDeleted=true",
        "/v1/named-transformations",
        "/v1/accounts/origins",
        "/v1/accounts/url-endpoints",
        "/v1/saved-extensions",
        "/v1/accounts/webhooks",
        "/v1/accounts/usage?startDate=2026-01-01&endDate=2026-02-01",
        "/v1/accounts/usage-analytics?startDate=2026-01-01&endDate=2026-02-01",
    ] {
        shown.push(get(path));
    }
    shown
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, max_shrink_iters: 200, ..ProptestConfig::default() })]

    #[test]
    fn a_restart_changes_nothing(
        steps in proptest::collection::vec((any::<u8>(), 0_u8..16, any::<u8>()), 1..60),
        every in 1_usize..12,
    ) {
        let folder = Folder::new();
        let memory = Emulator::new().with_rate_limit(RateLimit::off());
        let mut kept = folder.open();
        let (mut jobs, mut kept_jobs) = (Vec::new(), Vec::new());
        for (number, step) in steps.into_iter().enumerate() {
            let expected = act(&memory, &mut jobs, step);
            prop_assert_eq!(act(&kept, &mut kept_jobs, step), expected, "step {} {:?}", number, step);
            if number % every == 0 {
                drop(kept);
                kept = folder.open();
            }
        }
        prop_assert_eq!(shown(&kept), shown(&memory));
        drop(kept);
        let kept = folder.open();
        prop_assert_eq!(shown(&kept), shown(&memory));
    }
}
