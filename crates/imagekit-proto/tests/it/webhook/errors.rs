//! What `Debug` and `Display` print.

use std::time::Duration;

use imagekit_proto::webhook::{Event, EventError, WebhookError, WebhookSigner};

use super::{BODY, NOW, SECRET, signed, verifier};

#[test]
fn debug_prints_settings_and_no_secret() {
    let headers = signed();
    let verifier = verifier();
    let verified = verifier.verify(&headers, BODY, NOW).unwrap();
    assert_eq!(
        format!("{verified:?}"),
        r#"VerifiedWebhook { message_id: Some("msg_1"), signed_at: UnixTime(1700000000), body: 32 bytes }"#
    );
    let two = verifier.clone().or_secret("b").unwrap().max_body(9);
    assert_eq!(format!("{two:?}"), "WebhookVerifier { secrets: 2, tolerance: 300s, max_body: 9 }");
    let signer = WebhookSigner::new(SECRET).unwrap();
    assert_eq!(format!("{signer:?}"), "WebhookSigner { key: [secret] }");
}

#[test]
fn every_error_says_what_to_do() {
    let second = Duration::from_secs(1);
    let tolerance = Duration::from_secs(300);
    for (error, problem, advice) in [
        (WebhookError::EmptySecret, "secret is empty", "copy it whole"),
        (WebhookError::DotInMessageId, "has a dot", "refuse the request"),
        (WebhookError::InvalidMessageId, "message id", "printable characters"),
        (WebhookError::InvalidTimestamp, "too large", "pass seconds"),
        (WebhookError::MissingHeader { name: "x" }, "header x is missing", "as received"),
        (WebhookError::RepeatedHeader { name: "x" }, "x came more than once", "refuse"),
        (WebhookError::HeaderNotUtf8 { name: "x" }, "x is not UTF-8", "refuse"),
        (WebhookError::MalformedTimestamp { name: "x" }, "in x is not a plain", "refuse"),
        (WebhookError::MissingPart { part: "t" }, "no t= part", "refuse"),
        (WebhookError::BodyTooLarge { len: 7, max: 6 }, "7 bytes, more than the 6", "max_body"),
        (WebhookError::NoMatch, "no signature matches", "whole secret text"),
        (WebhookError::TooOld { age: second, tolerance }, "1 s old, more than the 300 s", "replay"),
        (WebhookError::TooNew { ahead: second, tolerance }, "1 s in the future", "clock"),
    ] {
        let text = error.to_string();
        let (left, right) = text.split_once(": ").unwrap();
        assert!(left.contains(problem) && right.contains(advice), "{text}");
        assert_eq!(text.matches(": ").count(), 1, "{text}");
    }
}

#[test]
fn every_error_of_an_event_says_what_to_do() {
    let malformed = r#"{"type": "file.created", "id": "evt_1"}"#;
    for (body, problem, advice) in [
        (&b"\xff"[..], "the body is not UTF-8", "as received"),
        (b"{\n<", "the body is not JSON (line 2, column 1)", "as received"),
        (b"{}", "the body has no `type`", "ExtensionCallback"),
        (malformed.as_bytes(), "is not as documented (line 1, column ", "plain JSON"),
    ] {
        let error: EventError = Event::parse_unverified(body).unwrap_err();
        let text = error.to_string();
        assert!(text.contains(problem) && text.contains(advice), "{text}");
    }
}

#[test]
fn unknown_events_are_printed_without_their_values() {
    let event = Event::parse_unverified(br#"{"type": "file.archived", "id": "hidden"}"#).unwrap();
    let printed = format!("{event:?}");
    assert!(printed.contains("file.archived") && printed.contains("\"id\": [secret]"), "{printed}");
    assert!(!printed.contains("hidden"), "{printed}");
}
