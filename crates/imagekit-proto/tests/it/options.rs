//! The options of a call reach its attempts.

use std::time::Duration;

use imagekit_proto::api::assets::ListAndSearchAssets;
use imagekit_proto::api::files::GetFileDetails;
use imagekit_proto::api::upload::UploadFile;
use imagekit_proto::{Attempt, Call, CallOptions, Config, Endpoint, ErrorKind, Step};

fn first<E: Endpoint>(endpoint: E, options: CallOptions) -> Result<Attempt, String> {
    let config = Config::new("private_options").unwrap();
    match Call::<_, &str>::new(&config, endpoint, options, 1).poll(Duration::ZERO) {
        Step::Send(attempt) => Ok(attempt),
        Step::Done(Err(error)) => match error.kind() {
            ErrorKind::Build(error) => Err(error.to_string()),
            kind => panic!("{kind:?}"),
        },
        _ => panic!("the call neither sends nor fails"),
    }
}

#[test]
fn the_defaults_are_as_documented() {
    let options = CallOptions::default();
    let attempt = first(GetFileDetails::new("a"), options.clone()).unwrap();
    let minute = Some(Duration::from_secs(60));
    assert_eq!((attempt.timeout, attempt.idle_timeout), (minute, None));
    assert_eq!(attempt.max_response, 32 * 1024 * 1024);
    let attempt = first(UploadFile::new("a.txt").file(b"a".to_vec()), options).unwrap();
    assert_eq!((attempt.timeout, attempt.idle_timeout), (None, minute));
}

#[test]
fn each_setter_changes_one_option() {
    let (second, minute) = (Duration::from_secs(1), Duration::from_secs(60));
    let options = CallOptions::default().attempt_timeout(minute).idle_timeout(second);
    let options = options.max_response(77).skip_limit_checks(true).assume_idempotent(true);
    let attempt = first(GetFileDetails::new("a"), options.clone()).unwrap();
    assert_eq!((attempt.timeout, attempt.idle_timeout), (Some(minute), Some(second)));
    assert_eq!(attempt.max_response, 77);
    let attempt = first(GetFileDetails::new("a"), options.deadline(second)).unwrap();
    assert_eq!((attempt.timeout, attempt.max_response), (Some(second), 77));
}

#[test]
fn limits_are_checked_unless_the_options_skip_it() {
    let list = || ListAndSearchAssets::new().limit(1001);
    let refused = first(list(), CallOptions::default()).unwrap_err();
    assert!(refused.contains("skip_limit_checks"), "{refused}");
    let options = CallOptions::default().max_response(77).skip_limit_checks(true);
    let attempt = first(list(), options.clone()).unwrap();
    assert!(attempt.request.uri().query().is_some_and(|query| query.contains("limit=1001")));
    assert_eq!(attempt.max_response, 77);
    assert!(first(list(), options.skip_limit_checks(false)).is_err());
}
