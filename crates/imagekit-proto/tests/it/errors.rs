//! What errors say, print, and lead back to.

use std::error::Error as StdError;
use std::fmt;
use std::time::Duration;

use bytes::Bytes;
use http::{Response, StatusCode};
use imagekit_proto::api::files::{DeleteFile, GetFileDetails};
use imagekit_proto::error::{
    ApiError, ApiErrorKind, BoxError, Cause, DecodeError, ErrorKind, Failure, FailureKind,
    ParseError,
};
use imagekit_proto::{
    BuildError, Call, CallOptions, Config, Endpoint, EndpointExt as _, Error, RetryPolicy, Step,
};

fn response(status: u16, body: &'static str) -> Response<Bytes> {
    let response = Response::builder().status(status).header("x-ik-requestid", "req-1");
    response.body(Bytes::from(body)).unwrap()
}

fn api(status: u16) -> ApiError {
    ApiError::of("delete-file", &response(status, r#"{"message": "m"}"#))
}

type Received = Result<Response<Bytes>, Failure<BoxError>>;

/// Ends a call of `endpoint` with what it receives; there are no more attempts than that.
fn end<E: Endpoint>(endpoint: E, options: CallOptions, received: Vec<Received>) -> Error<BoxError> {
    let policy = RetryPolicy::default().max_attempts(received.len() as u32);
    let config = Config::new("private_errors").unwrap();
    let mut call = Call::new(&config, endpoint, options.retry(policy), 1);
    let (mut now, mut received) = (Duration::ZERO, received.into_iter());
    loop {
        match call.poll(now) {
            Step::Send(_) => match received.next().unwrap() {
                Ok(response) => call.on_response(now, response),
                Err(failure) => call.on_failure(now, failure),
            },
            Step::Sleep(wait) => now += wait,
            Step::Done(Err(error)) => return error,
            Step::Done(Ok(_)) => panic!("the call succeeded"),
        }
    }
}

fn failed(received: Received) -> Error<BoxError> {
    end(GetFileDetails::new("a"), CallOptions::default(), vec![received])
}

fn lost(is_timeout: bool) -> Failure<BoxError> {
    Failure::new(FailureKind::Ambiguous, BoxError::new(Outer)).timeout(is_timeout)
}

/// An error with a source.
#[derive(Debug)]
struct Outer;

impl fmt::Display for Outer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the cable is cut")
    }
}

impl StdError for Outer {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        Some(&fmt::Error)
    }
}

#[test]
fn a_status_has_one_meaning() {
    use ApiErrorKind::*;
    let kinds = [
        (300, Redirect),
        (399, Redirect),
        (400, BadRequest),
        (401, Unauthenticated),
        (402, Other),
        (403, Forbidden),
        (404, NotFound),
        (409, Conflict),
        (423, Locked),
        (429, RateLimited),
        (499, Other),
        (500, Server),
        (599, Server),
        (600, Other),
    ];
    for (status, kind) in kinds {
        let error = api(status);
        assert_eq!(error.kind, kind, "{status}");
        assert_eq!(error.is_not_found(), kind == NotFound, "{status}");
        assert_eq!(error.is_auth_failure(), matches!(status, 401 | 403), "{status}");
        assert_eq!(error.is_conflict(), kind == Conflict, "{status}");
        assert_eq!(error.is_rate_limited(), kind == RateLimited, "{status}");
        assert_eq!(error.is_server_error(), kind == Server, "{status}");

        let error = failed(Ok(response(status, "{}")));
        assert_eq!(error.status().map(|status| status.as_u16()), Some(status));
        assert_eq!(error.is_not_found(), kind == NotFound, "{status}");
        assert_eq!(error.is_auth_failure(), matches!(status, 401 | 403), "{status}");
        assert_eq!(error.is_rate_limited(), kind == RateLimited, "{status}");
    }
}

#[test]
fn an_error_answers_for_its_response() {
    for error in [failed(Ok(response(404, "{}"))), failed(Ok(response(200, "<html>")))] {
        assert_eq!(error.operation(), "get-file-details");
        assert_eq!(error.request_id(), Some("req-1"));
        assert!(error.status().is_some() && error.failure().is_none());
        assert!(!error.is_timeout());
    }
    let error = failed(Ok(response(200, "<html>")));
    assert_eq!(error.status(), Some(StatusCode::OK));
    assert!(!error.is_not_found() && !error.is_auth_failure() && !error.is_rate_limited());
    let error = failed(Err(lost(false)));
    assert_eq!((error.status(), error.request_id(), error.retry_after()), (None, None, None));
    assert!(!error.is_timeout() && !error.is_not_found());
}

#[test]
fn time_may_run_out_in_two_ways() {
    assert!(failed(Err(lost(true))).is_timeout());
    let options = CallOptions::default().deadline(Duration::ZERO);
    let late = end(GetFileDetails::new("a"), options, Vec::new());
    assert!(late.is_timeout() && late.failure().is_none());
    assert_eq!(late.to_string(), "get-file-details was not sent: its deadline had passed");
}

#[test]
fn the_status_of_an_unknown_outcome_is_that_of_its_cause() {
    use imagekit_proto::api::folders::CreateFolder;
    let create =
        |received| end(CreateFolder::new("a", "/"), CallOptions::default(), vec![received]);
    let error = create(Ok(response(503, "{}")));
    let ErrorKind::MaybeApplied { status, cause: Cause::Api(cause), .. } = error.kind() else {
        panic!("{error:?}")
    };
    assert_eq!((*status, cause.status.as_u16()), (Some(StatusCode::SERVICE_UNAVAILABLE), 503));
    let error = create(Err(lost(false)));
    assert!(matches!(error.kind(), ErrorKind::MaybeApplied { status: None, .. }), "{error:?}");
}

#[test]
fn errors_are_printed_on_one_line() {
    let deadline = |received: Received| {
        let config = Config::new("private_errors").unwrap();
        let options = CallOptions::default().deadline(Duration::from_secs(1));
        let mut call = Call::new(&config, DeleteFile::new("a"), options, 1);
        assert!(matches!(call.poll(Duration::ZERO), Step::Send(_)));
        let late = Duration::from_secs(1);
        match received {
            Ok(response) => call.on_response(late, response),
            Err(failure) => call.on_failure(late, failure),
        }
        match call.poll(late) {
            Step::Done(Err(error)) => error.to_string(),
            step => panic!("{step:?}"),
        }
    };
    let applied = "; it may have been applied, so look before you send it again";
    assert_eq!(
        deadline(Ok(response(503, r#"{"message": "busy\nnow"}"#))),
        format!(
            "delete-file did not succeed before its deadline: delete-file failed with 503 Service \
             Unavailable: busy now (request id req-1){applied}"
        )
    );
    assert_eq!(
        deadline(Err(lost(false))),
        format!(
            "delete-file did not succeed before its deadline: the cable is cut (the server may have \
             seen the request){applied}"
        )
    );
    assert_eq!(
        failed(Err(lost(false))).to_string(),
        "get-file-details got no response: the cable is cut (the server may have seen the request)"
    );
}

#[test]
fn a_cause_is_printed_or_returned_and_not_both() {
    let error = failed(Err(lost(false)));
    assert_eq!(error.source().map(ToString::to_string), Some(fmt::Error.to_string()));
    assert_eq!(
        BoxError::new(Outer).source().map(ToString::to_string),
        Some(fmt::Error.to_string())
    );
    assert!(failed(Ok(response(404, "{}"))).source().is_none());
}

fn misuse(call: &mut Call<GetFileDetails, BoxError>) -> String {
    match call.poll(Duration::ZERO) {
        Step::Done(Err(error)) => error.to_string(),
        step => panic!("{step:?}"),
    }
}

#[test]
fn wrong_loops_are_told_what_is_wrong() {
    let config = Config::new("private_errors").unwrap();
    let endpoint = GetFileDetails::new("a");
    let mut call = Call::<_, BoxError>::new(&config, endpoint, CallOptions::default(), 1);
    drop(call.poll(Duration::ZERO));
    let text = misuse(&mut call);
    assert!(text.contains("polled while a request was in flight"), "{text}");
    let text = misuse(&mut call);
    assert!(text.contains("polled after it was done"), "{text}");
    let endpoint = GetFileDetails::new("a");
    let mut call = Call::<_, BoxError>::new(&config, endpoint, CallOptions::default(), 1);
    call.on_response(Duration::ZERO, response(200, "{}"));
    let text = misuse(&mut call);
    assert!(text.contains("none was expected"), "{text}");
}

#[test]
fn requests_that_cannot_be_built_say_what_to_do() {
    for (error, problem) in [
        (BuildError::NoKey, "Config::new"),
        (BuildError::invalid("tags", "no commas"), "tags cannot be sent: no commas"),
        (BuildError::PayloadMissing, "give a payload to `upload`"),
        (BuildError::PayloadUnused, "use `send` instead"),
    ] {
        let text = error.to_string();
        assert!(text.contains(problem), "{text}");
    }
    let text = |request: GetFileDetails| {
        let config = Config::new("private_errors").unwrap();
        let cx = imagekit_proto::RequestContext::new(&config, 1);
        request.build(&cx).unwrap_err().to_string()
    };
    assert_eq!(text(GetFileDetails::new("")), "fileId must not be empty");
    assert!(text(GetFileDetails::new("..")).starts_with("fileId cannot be sent: "));
    assert!(text(GetFileDetails::new("a".repeat(70_000))).contains("bytes long"));
}

fn undecodable(body: &'static str) -> DecodeError {
    let response = Response::builder().header("content-type", "text/html");
    let response = response.body(Bytes::from(body)).unwrap();
    match GetFileDetails::new("a").parse(&response) {
        Err(ParseError::Decode(error)) => *error,
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_body_that_is_no_result_is_described_and_not_quoted() {
    let start = "get-file-details got a response with status 200 OK that is not its result: ";
    for (body, message, place) in [
        ("<html>hidden", "it is not JSON", " at line 1 column 1"),
        ("{\"fileId\":\n", "the JSON ends too early", " at line 2 column 0"),
        ("{}", "missing field `fileId`", " at line 1 column 2"),
        ("[\"hidden\"]", "expected ", " at line 1 column "),
    ] {
        let error = undecodable(body);
        let text = error.to_string();
        assert!(text.starts_with(&format!("{start}{message}")), "{text}");
        assert!(text.contains(place) && text.ends_with(" (content-type text/html)"), "{text}");
        assert_eq!(ParseError::from(error.clone()).to_string(), text);
        let debug = format!("{error:?}");
        assert!(debug.contains("get-file-details") && debug.contains("content_type"), "{debug}");
        assert!(!debug.contains("hidden") && !text.contains("hidden"), "{debug} {text}");
    }
    let error = DecodeError::new(&Response::new(Bytes::new()), "wrong");
    assert!(error.to_string().ends_with("that is not its result: wrong"), "{error}");
    assert_eq!(ParseError::from(api(404)).to_string(), api(404).to_string());
}
