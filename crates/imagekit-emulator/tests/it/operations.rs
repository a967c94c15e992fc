//! Every operation that the core knows, by its plainest input.

use imagekit_emulator::{Emulator, body_bytes};
use imagekit_proto::operation;
use imagekit_proto::{Endpoint, EndpointExt as _, ParseError, RequestContext};

use serde_json::{Value, json};

use crate::support::{config, text, upload};

#[test]
fn every_operation_has_a_response() {
    let mut succeeded = 0;
    for operation in operation::all() {
        let emulator = Emulator::new();
        let endpoint = operation.endpoint(operation.sample_request()).unwrap();
        let request = endpoint.build(&RequestContext::new(&config(), 7)).unwrap();
        let response = emulator.respond(request.map(body_bytes));
        let status = response.status().as_u16();
        // The library is empty and the ids of the examples are no ids: an error is a response,
        // anything that does not parse is none.
        match endpoint.parse(&response) {
            Ok(_) => succeeded += 1,
            Err(ParseError::Api(error)) => {
                assert!(matches!(status, 400 | 404), "{operation:?}: {status}");
                assert!(error.message.is_some(), "{operation:?}");
            }
            Err(error) => panic!("{operation:?}: {error}"),
        }
    }
    assert!(succeeded > 0);
}

/// Runs an operation by its id; it has to succeed, and to parse.
fn run(emulator: &Emulator, id: &str, input: Value) -> Value {
    let endpoint = operation::find(id).unwrap().endpoint(input).unwrap();
    let request = endpoint.build(&RequestContext::new(&config(), 7)).unwrap();
    let response = emulator.respond(request.map(body_bytes));
    endpoint.parse(&response).unwrap_or_else(|error| panic!("{id}: {error}"))
}

#[test]
fn responses_of_managing_parse() {
    let emulator = Emulator::new();
    let run = |id: &str, input: Value| run(&emulator, id, input);
    let id = upload(&emulator, &text("a.txt", "a").folder("/x")).file_id;
    run("create-folder", json!({ "folderName": "y", "parentFolderPath": "/" }));
    run("copy-file", json!({ "sourceFilePath": "/x/a.txt", "destinationPath": "/y" }));
    run("move-file", json!({ "sourceFilePath": "/x/a.txt", "destinationPath": "/z" }));
    let renamed = run(
        "rename-file",
        json!({ "filePath": "/z/a.txt", "newFileName": "b.txt", "purgeCache": true }),
    );
    let purge = json!({ "requestId": renamed["purgeRequestId"] });
    assert_eq!(run("purge-status", purge)["status"], "Pending");
    let purged = run("purge-cache", json!({ "url": "https://ik.imagekit.io/demo/y/a.txt" }));
    run("purge-status", json!({ "requestId": purged["requestId"] }));

    let tags = json!({ "fileIds": [id], "tags": ["red"] });
    assert_eq!(run("add-tags-bulk", tags.clone())["successfullyUpdatedFileIds"], json!([id]));
    run("remove-tags-bulk", tags);
    run("remove-ai-tags-bulk", json!({ "fileIds": [id], "AITags": ["red"] }));

    let ends = json!({ "sourceFolderPath": "/z", "destinationPath": "/w" });
    for job in [
        run("copy-folder", ends.clone()),
        run("rename-folder", json!({ "folderPath": "/w", "newFolderName": "v" })),
        run("move-folder", ends),
    ] {
        for expected in ["Pending", "Completed"] {
            let status = run("bulk-job-status", json!({ "jobId": job["jobId"] }));
            assert_eq!(status["status"], expected);
        }
    }

    let schema = json!({ "type": "Number", "minValue": 1 });
    let field = json!({ "name": "price", "label": "Price", "schema": schema });
    let field = run("create-new-field", field);
    run("update-existing-field", json!({ "id": field["id"], "label": "Cost" }));
    assert_eq!(run("list-all-fields", json!({}))[0]["label"], "Cost");
    run("delete-a-field", json!({ "id": field["id"] }));

    let deleted = run("delete-multiple-files", json!({ "fileIds": [id] }));
    assert_eq!(deleted["successfullyDeletedFileIds"], json!([id]));
    run("delete-folder", json!({ "folderPath": "/v" }));
}
