//! What to look at in a transport that fails a case.

use imagekit_proto::error::FailureKind;

use crate::outcome::{End, Why};
use crate::script::SURPRISE;

/// Returns what to look at when a call ended in another way than expected.
pub(crate) fn of_end(case: &str, expected: &End, seen: &End) -> Option<&'static str> {
    let (wanted, got) = (kind(expected), kind(seen));
    if case.starts_with("framing/gzip") {
        return Some(
            "switch off the decoding of content-encoding: no request asks for an encoding",
        );
    }
    if let End::Api(300..=399) = expected {
        return Some("switch redirects off: a 3xx is a response like others");
    }
    if let End::Api(SURPRISE) | End::MaybeApplied(Why::Status(SURPRISE)) = seen {
        return Some(match expected {
            End::Api(_) => {
                "the driver has sent the request again: an error status is a response, return it with \
                 its headers and its whole body"
            }
            End::Value(_) => "the request was sent again although there was a complete response",
            _ => COUNT,
        });
    }
    match (wanted, got) {
        (Some(FailureKind::Payload), _) => {
            return Some(
                "when the body's reader or chunks return an error, stop, close the connection and \
                 return a failure: never send the rest, never replace the body by another",
            );
        }
        (Some(FailureKind::TooLarge), _) => {
            return Some(
                "compare content-length and the bytes that arrive with max_response and fail with \
                 TooLarge; ResponseBody does both",
            );
        }
        (Some(FailureKind::NotSent), _) => {
            return Some("fail with NotSent when there was no connection, a timeout included");
        }
        (_, Some(FailureKind::NotSent)) => {
            return Some(
                "NotSent is for attempts without a connection: a request that may have arrived is \
                 repeated after it, and is done twice",
            );
        }
        _ => {}
    }
    if case.starts_with("payload/success-before") {
        return Some("a success counts only once the whole body was taken");
    }
    if case == "time/idle-timeout-counts-progress" {
        return Some("whenever bytes of the response body arrive, the idle timeout begins anew");
    }
    if case.starts_with("time/") {
        return Some(
            "end the attempt when its timeout runs out, connecting and both bodies included",
        );
    }
    match (expected, seen) {
        (_, End::Api(100..=199)) => Some("a 1xx is not the response: read on after any 1xx"),
        (End::Api(_), End::Api(_)) => None,
        (End::Api(_) | End::MaybeApplied(Why::Status(_)), _) if got.is_some() => {
            Some("an error status is a response: return it with its headers and its whole body")
        }
        (End::Value(_), _) if got.is_some() => Some(
            "this response is complete: read it by its content-length or chunks, or to the end of the \
             connection, after any 1xx",
        ),
        (_, End::Value(_) | End::Decode(_)) if wanted == Some(FailureKind::Ambiguous) => {
            Some("the response is not complete: fail with Ambiguous instead of returning a part")
        }
        _ => None,
    }
}

/// The kind of failure that ended a call.
fn kind(end: &End) -> Option<FailureKind> {
    match end {
        End::Transport(kind)
        | End::MaybeApplied(Why::Failure(kind))
        | End::Deadline(Some(Why::Failure(kind))) => Some(*kind),
        _ => None,
    }
}

pub(crate) const MESSAGE: &str = "return the whole body of an error response";
pub(crate) const REQUEST_ID: &str = "return the headers of a response";
pub(crate) const ATTEMPTS: &str = "retries are the driver's: send each attempt once, and report NotSent only without a connection";
pub(crate) const COUNT: &str = "send each attempt as exactly one request: switch off the library's own \
     retries and redirects, and a failed attempt is not sent again";
pub(crate) const OUTWAITED: &str = "when timeout or idle_timeout runs out, close the connection and \
     fail; a future that is dropped closes its connection";
pub(crate) const TARGET: &str =
    "send method and target as they are: no normalising, no re-encoding";
pub(crate) const HEADERS: &str = "send the request's headers as they are, and add no others but host \
     and connection; Table::sets_header declares what a browser or library insists on";
pub(crate) const CHUNKED: &str =
    "send the body with the request's content-length, not in chunked encoding";
pub(crate) const ENCODING: &str = "switch off the decoding of content-encoding, which asks for it";
pub(crate) const BODY: &str =
    "send the whole body once, in order, for every attempt from the start";
pub(crate) const CUT_OFF: &str = "when the payload fails, close the connection before the request is \
     complete; otherwise send all of it before a success is returned";
pub(crate) const KEY: &str = "print no request headers in errors: they hold the private key";
