//! Opening a folder.

use imagekit_emulator::{DataError, Emulator, Server};
use serde_json::{Value, json};

use super::folder::Folder;
use crate::support::{form, json as call, photo, raw, upload};

#[test]
fn a_folder_is_used_by_one_emulator() {
    let folder = Folder::new();
    let emulator = folder.open();
    let error = Emulator::open(folder.path()).unwrap_err();
    assert!(matches!(error, DataError::InUse { .. }), "{error}");
    assert!(error.to_string().contains("another emulator uses the data folder"), "{error}");
    drop(emulator);
    folder.open();
}

#[test]
fn a_later_format_is_refused_and_left_alone() {
    let folder = Folder::new();
    drop(folder.open());
    std::fs::write(folder.log(), "imagekit-emulator data 2\nwhatever\n").unwrap();
    let error = Emulator::open(folder.path()).unwrap_err();
    assert!(matches!(error, DataError::Newer { format: 2, .. }), "{error}");
    assert!(error.to_string().contains("update the emulator"), "{error}");
    let log = std::fs::read_to_string(folder.log()).unwrap();
    assert_eq!(log, "imagekit-emulator data 2\nwhatever\n");
}

#[test]
fn a_folder_of_something_else_is_refused() {
    let folder = Folder::new();
    std::fs::create_dir(folder.path()).unwrap();
    std::fs::write(folder.path().join("holiday.jpg"), "a").unwrap();
    let error = Emulator::open(folder.path()).unwrap_err();
    assert!(matches!(error, DataError::Foreign { .. }), "{error}");
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
    std::fs::write(folder.log(), "GET /a 200\nGET /b 404\n").unwrap();
    let error = Emulator::open(folder.path()).unwrap_err();
    assert!(matches!(error, DataError::Damaged { offset: 0, .. }), "{error}");
    assert_eq!(std::fs::read_to_string(folder.log()).unwrap(), "GET /a 200\nGET /b 404\n");
}

#[test]
fn only_files_in_use_stay() {
    let folder = Folder::new();
    let emulator = folder.open();
    let file = upload(&emulator, &photo("a.jpg"));
    upload(&emulator, &photo("b.jpg"));
    let body = json!({ "sourceFilePath": "/a.jpg", "destinationPath": "/copies/" });
    assert_eq!(call(&emulator, "POST", "/v1/files/copy", body).0, 204);
    assert_eq!(folder.stored().len(), 2, "a copy shares its bytes");
    let one = format!("/v1/files/{}", file.file_id);
    assert_eq!(call(&emulator, "DELETE", &one, Value::Null).0, 204);
    assert_eq!(folder.stored().len(), 2);
    emulator.put("/b.jpg", "no longer a photo").unwrap();
    let copy = emulator.file("/copies/a.jpg").unwrap();
    assert_eq!(copy.bytes, emulator.stored_bytes("/copies/a.jpg").unwrap());
    assert_eq!(call(&emulator, "DELETE", &format!("/v1/files/{}", copy.id), Value::Null).0, 204);
    drop(emulator);
    assert_eq!(folder.stored().len(), 2, "two versions of one file");
    // What a crash can leave behind:
    let files = folder.path().join("files");
    for name in ["00000000000000aa", "00000000000000ab.part", "mine.txt"] {
        std::fs::write(files.join(name), "left").unwrap();
    }
    std::fs::write(folder.path().join("log.new"), "left").unwrap();
    let emulator = folder.open();
    assert_eq!(folder.stored().len(), 3, "{:?}", folder.stored());
    assert!(folder.stored().contains(&"mine.txt".to_owned()));
    assert!(!folder.path().join("log.new").exists());
    assert_eq!(emulator.stored_bytes("/b.jpg").unwrap(), "no longer a photo");
}

#[test]
fn missing_bytes_are_named() {
    let folder = Folder::new();
    folder.open().put("/a.txt", "hello").unwrap();
    let name = folder.stored().pop().unwrap();
    std::fs::write(folder.path().join("files").join(&name), "hell").unwrap();
    let error = Emulator::open(folder.path()).unwrap_err();
    assert!(matches!(error, DataError::MissingBytes { .. }) && error.to_string().contains(&name));
}

#[test]
fn a_used_token_stays_used() {
    let folder = Folder::new();
    let upload = |emulator: &Emulator| {
        let now = i64::try_from(emulator.now_unix()).unwrap();
        let expire = (now + 600).to_string();
        let signer = imagekit_proto::upload_auth::UploadSigner::new(Emulator::PRIVATE_KEY).unwrap();
        let signature = signer.signature_unchecked("t", now + 600);
        let fields = [
            ("fileName", "a.txt"),
            ("publicKey", Emulator::PUBLIC_KEY),
            ("token", "t"),
            ("expire", &expire),
            ("signature", &signature),
        ];
        crate::support::form_without_key(emulator, &fields, b"a")
    };
    assert_eq!(upload(&folder.open()).0, 200);
    let (status, body) = upload(&folder.open());
    assert_eq!((status, &body["message"]), (400, &json!("The token has been used before.")));
}

#[test]
fn a_log_that_grows_is_replaced() {
    let folder = Folder::new();
    let emulator = folder.open();
    let file = upload(&emulator, &photo("a.jpg"));
    let path = format!("/v1/files/{}/details", file.file_id);
    let description = "x".repeat(400_000);
    let mut largest = 0;
    for number in 0..60 {
        let body = json!({ "description": format!("{number} {description}") });
        assert_eq!(call(&emulator, "PATCH", &path, body).0, 200);
        largest = largest.max(std::fs::metadata(folder.log()).unwrap().len());
    }
    assert!(largest < 12_000_000, "{largest} bytes");
    assert!(std::fs::metadata(folder.log()).unwrap().len() < largest);
    let before = raw(&emulator, &imagekit_proto::api::assets::ListAndSearchAssets::new());
    drop(emulator);
    let after = raw(&folder.open(), &imagekit_proto::api::assets::ListAndSearchAssets::new());
    assert_eq!(before.body(), after.body());
}

#[test]
fn a_server_keeps_what_it_acknowledges() {
    let folder = Folder::new();
    let server = Server::start(folder.open()).unwrap();
    let (status, _) = form(server.emulator(), &[("fileName", "a.txt")], b"hello");
    assert_eq!(status, 200);
    drop(server);
    assert_eq!(folder.open().stored_bytes("/a.txt").unwrap(), "hello");
}

#[test]
fn webhooks_of_the_account_get_events_after_a_restart() {
    let folder = Folder::new();
    let receiver = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let body = json!({
        "endpoint": format!("http://{}/hook", receiver.local_addr().unwrap()),
        "events": ["file.created"],
    });
    assert_eq!(call(&folder.open(), "POST", "/v1/accounts/webhooks", body).0, 201);
    let server = Server::start(folder.open()).unwrap();
    assert_eq!(form(server.emulator(), &[("fileName", "a.txt")], b"hello").0, 200);
    let (mut stream, _) = receiver.accept().unwrap();
    let mut start = [0; 10];
    std::io::Read::read_exact(&mut stream, &mut start).unwrap();
    assert_eq!(&start, b"POST /hook");
}
