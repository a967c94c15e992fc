//! Uploads through both adapters against the emulator: many at once, and once in spite of faults.

use std::path::{Path, PathBuf};
use std::time::Duration;

use imagekit_emulator::{DropAt, Emulator, Fault, Server};
use imagekit_proto::Config;
use imagekit_proto::api::files::FileDetails;
use imagekit_proto::api::upload::{UploadFile, UploadLookup, UploadOutcome};
use imagekit_proto::flow::{CreateOnce, CreateOnceError, Created, WaitPolicy};

#[path = "../../../imagekit-reqwest/examples/reqwest_upload_folder.rs"]
#[expect(dead_code, reason = "its `main` is not called")]
mod reqwest_example;
#[path = "../../../imagekit-ureq/examples/ureq_upload_folder.rs"]
#[expect(dead_code, reason = "its `main` is not called")]
mod ureq_example;

/// The two adapters.
#[derive(Clone, Copy, Debug)]
enum Via {
    Ureq,
    Reqwest,
}

const BOTH: [Via; 2] = [Via::Ureq, Via::Reqwest];

fn server() -> Server {
    Server::start(Emulator::new()).unwrap()
}

fn config(server: &Server) -> Config {
    let config = Config::new(Emulator::PRIVATE_KEY).unwrap();
    config.with_api_url(&server.url()).unwrap().with_upload_url(&server.url()).unwrap()
}

fn block_on<F: Future>(future: F) -> F::Output {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    runtime.unwrap().block_on(future)
}

/// How many requests of this method the emulator had.
fn requests(server: &Server, method: &str) -> usize {
    let requests = server.emulator().requests();
    requests.iter().filter(|request| request.method.as_str() == method).count()
}

/// A folder of small files.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str, files: usize) -> Self {
        let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
        let _ = std::fs::remove_dir_all(&path);
        std::fs::create_dir_all(&path).unwrap();
        for n in 0..files {
            std::fs::write(path.join(format!("{n}.txt")), content(n)).unwrap();
        }
        Self(path)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

fn content(n: usize) -> String {
    format!("file {n} ").repeat(1 + n % 50)
}

#[test]
fn a_folder_of_1000_files_is_uploaded_16_at_once() {
    let folder = Folder::new("many", 1000);
    for via in BOTH {
        let server = server();
        let config = config(&server);
        let done = match via {
            Via::Ureq => {
                let client = imagekit_ureq::Client::new(config).unwrap();
                ureq_example::upload_folder(&client, &folder.0)
            }
            Via::Reqwest => {
                let client = imagekit_reqwest::Client::new(config).unwrap();
                block_on(reqwest_example::upload_folder(&client, &folder.0))
            }
        };
        assert_eq!(done.unwrap(), (1000, 0), "{via:?}");
        assert_eq!(requests(&server, "POST"), 1000, "{via:?}");
        for n in 0..1000 {
            let stored = server.emulator().stored_bytes(&format!("/sale/{n}.txt")).unwrap();
            assert_eq!(stored, content(n).as_bytes(), "{via:?}");
        }
    }
}

type Outcome = Result<Created<UploadOutcome, FileDetails>, String>;

fn upload() -> UploadFile {
    UploadFile::new("my cat.txt").folder("/pets")
}

const CONTENT: &str = "meow";
const PATH: &str = "/pets/my_cat.txt";

/// Uploads once, with short waits.
fn upload_once(via: Via, server: &Server, request: UploadFile) -> Outcome {
    let request = request.exact_name();
    let lookup = request.lookup_with_payload(CONTENT.len() as u64);
    once(via, server, request, lookup)
}

fn once(via: Via, server: &Server, request: UploadFile, lookup: UploadLookup) -> Outcome {
    let replace = request.overwrite_file == Some(true);
    let ms = Duration::from_millis;
    let wait = WaitPolicy::default().first_delay(ms(1)).deadline(ms(20));
    match via {
        Via::Ureq => {
            let client = imagekit_ureq::Client::new(config(server)).unwrap();
            let upload = imagekit_ureq::Upload::new(request, CONTENT.as_bytes().to_vec());
            let machine = CreateOnce::new(upload, lookup).replace(replace).wait(wait);
            client.run(machine).map_err(|error| describe(&error))
        }
        Via::Reqwest => {
            let client = imagekit_reqwest::Client::new(config(server)).unwrap();
            let upload = imagekit_reqwest::Upload::new(request, CONTENT.as_bytes().to_vec());
            let machine = CreateOnce::new(upload, lookup).replace(replace).wait(wait);
            block_on(client.run(machine)).map_err(|error| describe(&error))
        }
    }
}

fn describe<T>(error: &CreateOnceError<FileDetails, T>) -> String {
    match error {
        CreateOnceError::Lookup(_) => "lookup".to_owned(),
        CreateOnceError::Create(error) => format!("create {:?}", error.status()),
        CreateOnceError::Taken(file) => format!("taken {}", file.file_path),
        CreateOnceError::NotSeen(error) => format!("not seen {:?}", error.status()),
        _ => "other".to_owned(),
    }
}

fn versions(server: &Server) -> usize {
    server.emulator().file(PATH).map_or(0, |file| file.versions)
}

#[test]
fn a_file_is_uploaded_once_however_often_it_is_called() {
    for via in BOTH {
        let server = server();
        let first = upload_once(via, &server, upload()).unwrap();
        let uploaded = first.response().and_then(UploadOutcome::file).unwrap();
        assert_eq!(uploaded.file_path, PATH);
        let second = upload_once(via, &server, upload()).unwrap();
        assert_eq!(second.found().unwrap().file_id, uploaded.file_id);
        assert_eq!((requests(&server, "POST"), versions(&server)), (1, 1), "{via:?}");
    }
}

#[test]
fn the_adapters_have_it_in_one_line() {
    let server = server();
    let client = imagekit_ureq::Client::new(config(&server)).unwrap();
    let first = client.upload_once(upload(), CONTENT.as_bytes().to_vec()).unwrap();
    assert!(first.response().is_some());
    let client = imagekit_reqwest::Client::new(config(&server)).unwrap();
    let second = block_on(client.upload_once(upload(), CONTENT.as_bytes().to_vec())).unwrap();
    assert_eq!(second.found().unwrap().file_path, PATH);
    let other = block_on(client.upload_once(upload(), b"woof!".to_vec())).unwrap_err();
    assert!(matches!(other, CreateOnceError::Taken(_)), "{other:?}");
    let replaced = upload().overwrite_file(true);
    let replaced = block_on(client.upload_once(replaced, b"woof!".to_vec())).unwrap();
    assert!(replaced.response().is_some());
    assert_eq!(server.emulator().stored_bytes(PATH).unwrap(), "woof!");
    let missing = client.upload_once(upload(), Path::new("/nowhere/cat.txt"));
    assert!(matches!(block_on(missing), Err(CreateOnceError::Create(_))));
}

#[test]
fn an_upload_whose_response_is_lost_is_found_and_not_repeated() {
    for via in BOTH {
        let server = server();
        let lost = Fault::drop_connection(DropAt::AfterActing).on("upload-file").unwrap();
        server.emulator().inject(lost);
        let outcome = upload_once(via, &server, upload()).unwrap();
        assert_eq!(outcome.found().unwrap().file_path, PATH, "{via:?}");
        assert_eq!((requests(&server, "POST"), versions(&server)), (1, 1), "{via:?}");
    }
}

#[test]
fn an_upload_that_did_not_arrive_is_repeated() {
    let faults = || {
        [
            Fault::drop_connection(DropAt::BeforeActing),
            Fault::status(503),
            Fault::rate_limited(Duration::from_millis(1)),
        ]
    };
    for via in BOTH {
        for fault in faults() {
            let server = server();
            server.emulator().inject(fault.on("upload-file").unwrap());
            let outcome = upload_once(via, &server, upload()).unwrap();
            assert!(outcome.response().is_some(), "{via:?}");
            assert_eq!((requests(&server, "POST"), versions(&server)), (2, 1), "{via:?}");
        }
    }
}

#[test]
fn an_upload_that_no_search_finds_is_refused_a_second_time() {
    for via in BOTH {
        let server = server();
        let emulator = server.emulator();
        let lost = Fault::drop_connection(DropAt::AfterActing).on("upload-file").unwrap();
        emulator.inject(lost);
        // The searches see nothing: before the upload, and after it.
        let blind = |count| {
            let blind = Fault::status(200).header("content-type", "application/json").body("[]");
            emulator.inject(blind.on("list-and-search-assets").unwrap().times(count));
        };
        blind(1000);
        let outcome = upload_once(via, &server, upload()).unwrap_err();
        assert_eq!(outcome, "not seen None", "{via:?}");
        // The second upload was refused: there is one version.
        assert_eq!((requests(&server, "POST"), versions(&server)), (2, 1), "{via:?}");
        emulator.clear_faults();
        let outcome = upload_once(via, &server, upload()).unwrap();
        assert!(outcome.found().is_some(), "{via:?}");
    }
}

#[test]
fn another_file_is_left_as_it_is() {
    for via in BOTH {
        let server = server();
        server.emulator().put(PATH, "another file").unwrap();
        let outcome = upload_once(via, &server, upload()).unwrap_err();
        assert_eq!(outcome, format!("taken {PATH}"), "{via:?}");
        assert_eq!(server.emulator().stored_bytes(PATH).unwrap(), "another file");
        // A tag tells files of one size apart.
        let upload = upload().tags(["sha-1"]).overwrite_file(true).exact_name();
        let lookup = upload.lookup_with_payload(4).tag("sha-1");
        server.emulator().put(PATH, "bark").unwrap();
        let outcome = once(via, &server, upload.clone(), lookup.clone()).unwrap();
        assert!(outcome.response().is_some(), "{via:?}");
        assert_eq!(server.emulator().stored_bytes(PATH).unwrap(), CONTENT);
        assert!(once(via, &server, upload, lookup).unwrap().found().is_some(), "{via:?}");
        assert_eq!(versions(&server), 3);
    }
}

#[test]
fn a_file_with_a_unique_name_is_found_by_what_is_known_of_it() {
    let server = server();
    let client = imagekit_ureq::Client::new(config(&server)).unwrap();
    let request = upload().tags(["job-7"]);
    let lookup = request.lookup_with_payload(4).tag("job-7");
    assert_eq!(client.send(&lookup).unwrap().matching, []);
    let lost = Fault::drop_connection(DropAt::AfterActing).on("upload-file").unwrap();
    server.emulator().inject(lost);
    let error = client.upload(request.clone(), CONTENT.as_bytes().to_vec()).unwrap_err();
    assert!(error.may_have_been_applied(), "{error}");
    let other = client.upload(upload(), b"another".to_vec()).unwrap();
    let found = client.send(&lookup).unwrap();
    let [file] = &found.matching[..] else { panic!("{found:?}") };
    assert!(file.file_path.starts_with("/pets/my_cat_"), "{}", file.file_path);
    assert_eq!(found.others.len(), 1);
    assert_eq!(Some(&found.others[0].file_id), other.file().map(|file| &file.file_id));
}
