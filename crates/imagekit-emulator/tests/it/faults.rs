//! Faults and rate limits.

use std::time::Duration;

use imagekit_emulator::{DropAt, Emulator, Fault, RateLimit, Reaction, body_bytes};
use imagekit_proto::api::assets::ListAndSearchAssets;
use imagekit_proto::api::files::GetFileDetails;
use imagekit_proto::{Endpoint, EndpointExt as _, RequestContext};

use crate::support::{config, raw, refused, send, text, upload};

fn handle<E: Endpoint>(emulator: &Emulator, endpoint: &E) -> Reaction {
    let request = endpoint.build(&RequestContext::new(&config(), 7)).unwrap();
    emulator.handle(request.map(body_bytes))
}

fn list() -> ListAndSearchAssets {
    ListAndSearchAssets::new()
}

#[test]
fn a_429_says_how_long_to_wait() {
    let emulator = Emulator::new();
    emulator.inject(Fault::rate_limited(Duration::from_millis(1500)));
    let error = refused(&emulator, &list());
    assert!(error.is_rate_limited());
    assert_eq!(error.rate_limit.unwrap().reset, Some(Duration::from_millis(1500)));
    assert!(error.request_id.is_some());
    send(&emulator, &list());
}

#[test]
fn faults_find_their_request() {
    let emulator = Emulator::new();
    emulator.inject(Fault::status(500).on("upload-file").unwrap());
    emulator.inject(Fault::status(501).on_path("/v1/files/"));
    emulator.inject(Fault::status(502).skip(1).times(2));
    let statuses = [(); 4].map(|()| raw(&emulator, &list()).status().as_u16());
    assert_eq!(statuses, [200, 502, 502, 200]);
    assert_eq!(raw(&emulator, &GetFileDetails::new("x")).status(), 501);
    assert_eq!(raw(&emulator, &text("a", "a")).status(), 500);
    assert!(emulator.stored_bytes("/a").is_none());
    assert_eq!(emulator.faults_left(), 0);
    emulator.inject(Fault::status(500));
    emulator.clear_faults();
    assert_eq!(raw(&emulator, &list()).status(), 200);
}

#[test]
fn a_response_can_be_anything() {
    let emulator = Emulator::new();
    emulator.inject(Fault::html(503));
    emulator.inject(Fault::status(200).header("content-type", "text/plain").body("not json"));
    let page = raw(&emulator, &list());
    assert_eq!(page.headers()["content-type"], "text/html");
    assert!(page.body().starts_with(b"<html>"));
    let garbage = raw(&emulator, &list());
    assert_eq!(garbage.body(), "not json");
    assert!(list().parse(&garbage).is_err());
}

#[test]
fn delays_and_drops_are_told() {
    let emulator = Emulator::new();
    emulator.inject(Fault::delay(Duration::from_secs(9)));
    let Reaction::After(wait, response) = handle(&emulator, &list()) else { panic!("no delay") };
    assert_eq!((wait, response.status().as_u16()), (Duration::from_secs(9), 200));

    emulator.inject(Fault::drop_connection(DropAt::BeforeActing));
    assert!(matches!(handle(&emulator, &text("before", "a")), Reaction::Drop));
    assert!(emulator.stored_bytes("/before").is_none());

    emulator.inject(Fault::drop_connection(DropAt::AfterActing));
    assert!(matches!(handle(&emulator, &text("after", "a")), Reaction::Drop));
    assert!(emulator.stored_bytes("/after").is_some());

    emulator.inject(Fault::drop_connection(DropAt::InResponse(10)));
    let Reaction::CutShort { response, sent } = handle(&emulator, &list()) else { panic!("whole") };
    assert!(sent == 10 && response.body().len() > 10);
}

#[test]
fn a_request_can_ask_for_its_fault() {
    let emulator = Emulator::new();
    let ask = |fault: &str| {
        let mut request = list().build(&RequestContext::new(&config(), 7)).unwrap().map(body_bytes);
        request.headers_mut().insert("x-emulator-fault", fault.parse().unwrap());
        emulator.handle(request)
    };
    let Reaction::Response(response) = ask("429; reset=1500; retry-after=2; body=no") else {
        panic!("no response")
    };
    assert_eq!(response.status(), 429);
    assert_eq!(response.headers()["x-ratelimit-reset"], "1500");
    assert_eq!(response.headers()["retry-after"], "2");
    assert_eq!(response.body(), "no");
    assert!(matches!(ask("delay=20"), Reaction::After(wait, _) if wait.as_millis() == 20));
    assert!(matches!(ask("drop"), Reaction::Drop));
    let Reaction::Response(response) = ask("429") else { panic!("no response") };
    assert!(String::from_utf8_lossy(response.body()).contains("Rate limit exceeded."));
    for header in ["x-ratelimit-limit", "x-ratelimit-reset", "x-ratelimit-interval"] {
        assert_eq!(response.headers().get_all(header).iter().count(), 1, "{header}");
    }
    let Reaction::Response(response) = ask("nonsense") else { panic!("no response") };
    assert_eq!(response.status(), 400);
    assert!(String::from_utf8_lossy(response.body()).contains("nonsense"));
}

#[test]
fn limits_are_announced_but_for_uploads() {
    let emulator = Emulator::new();
    let response = raw(&emulator, &list());
    assert_eq!(response.headers()["x-ratelimit-limit"], "100");
    assert_eq!(response.headers()["x-ratelimit-reset"], "0");
    assert_eq!(response.headers()["x-ratelimit-interval"], "1000");
    assert!(!raw(&emulator, &text("a", "a")).headers().contains_key("x-ratelimit-limit"));
    let emulator = Emulator::new().with_rate_limit(RateLimit::off());
    assert!(!raw(&emulator, &list()).headers().contains_key("x-ratelimit-limit"));
}

#[test]
fn an_enforced_limit_is_over_after_the_announced_wait() {
    let limit = RateLimit::enforced(2, Duration::from_secs(10));
    let emulator = Emulator::new().with_rate_limit(limit);
    let file = upload(&emulator, &text("a", "a"));
    send(&emulator, &list());
    send(&emulator, &list());
    let error = refused(&emulator, &list());
    assert!(error.is_rate_limited());
    let wait = error.rate_limit.unwrap().reset.unwrap();
    assert!(wait > Duration::from_secs(4) && wait <= Duration::from_secs(5), "{wait:?}");
    // Each operation has its own, and uploads have none.
    send(&emulator, &GetFileDetails::new(&file.file_id));
    upload(&emulator, &text("b", "b"));
    emulator.advance(wait);
    send(&emulator, &list());
    assert!(refused(&emulator, &list()).is_rate_limited());
}

#[test]
fn an_unknown_operation_is_refused() {
    let error = Fault::status(500).on("get_file_details").unwrap_err();
    assert!(error.to_string().contains("\"get-file-details\" is meant"), "{error}");
    assert!(Fault::status(500).on("nothing-like-it").unwrap_err().to_string().contains("OpenAPI"));
}

#[test]
fn faults_are_text() {
    for good in ["503", "delay=5", "drop", "drop-after", "429; reset=1; retry-after=2; body=x"] {
        good.parse::<Fault>().unwrap();
    }
    for (bad, named) in [
        ("", "\"\""),
        ("delay=", "delay="),
        ("503; x", "\"x\""),
        ("503; times=0", "from 1, or always"),
    ] {
        let error = bad.parse::<Fault>().unwrap_err().to_string();
        assert!(error.contains(named), "{bad}: {error}");
    }
    for status in ["99", "100", "101", "199", "600", "999", "1000"] {
        let error = status.parse::<Fault>().unwrap_err().to_string();
        assert!(error.contains(status) && error.contains("from 200 to 599"), "{error}");
    }
    for status in ["200", "599"] {
        status.parse::<Fault>().unwrap();
    }
}
