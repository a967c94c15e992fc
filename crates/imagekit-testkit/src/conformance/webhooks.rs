//! Suite `webhooks`: verification in both schemes.

use std::time::Duration;

use http::{HeaderMap, HeaderName, HeaderValue};
use imagekit_proto::types::UnixTime;
use imagekit_proto::webhook::{Event, EventError, WebhookError, WebhookSigner, WebhookVerifier};
use serde_json::Value;

use super::{plain, report::Report};

/// Compares [`WebhookVerifier`] and [`WebhookSigner`] with `text`, a vector file.
pub(crate) fn run(text: &str, report: &mut Report) -> Result<(), String> {
    for vector in plain::vectors(text)? {
        let id = plain::id(&vector);
        let outcome = match vector["scheme"].as_str() {
            Some("standard") => standard(&vector),
            Some("legacy") => legacy(&vector),
            other => return Err(format!("{id}: scheme {other:?}")),
        };
        match outcome {
            Ok(outcome) => judge(id, &vector, &outcome, report),
            Err(error) => report.fail(id, error),
        }
    }
    Ok(())
}

/// Returns the messages that the library refuses for another reason than the one in `text`, a vector file.
///
/// # Errors
///
/// The file does not have the format of the suite.
pub fn other_reasons(text: &str) -> Result<Vec<String>, String> {
    let mut others = Vec::new();
    for vector in plain::vectors(text)? {
        let outcome =
            if vector["scheme"] == "legacy" { legacy(&vector) } else { standard(&vector) };
        let reason = outcome?.invalid.map(|invalid| invalid.reason());
        let recorded = vector["reason"].as_str();
        // Clients read odd spellings of a time, each in its way, and find something else wrong.
        let is_odd = reason == Some("invalid_timestamp") && vector["scheme"] == "standard";
        // Where the library alone refuses a message there is no reason to compare.
        if recorded.is_some() && recorded != reason && !is_odd {
            others.push(format!("{}: {reason:?} instead of {recorded:?}", plain::id(&vector)));
        }
    }
    Ok(others)
}

/// The library's result for a message.
struct Outcome {
    /// Why it is not valid: the signature, the age (standard scheme), or no JSON.
    invalid: Option<Invalid>,
    /// Legacy: whether it is older than the tolerance. Known once the signature is right.
    expired: Option<bool>,
    /// Legacy: when it was signed, in milliseconds.
    signed_at: Option<Duration>,
    /// Standard: the signature that [`WebhookSigner`] makes.
    signature: Option<String>,
}

enum Invalid {
    /// A header that HTTP cannot carry never arrives.
    Header,
    Signature(WebhookError),
    Body(EventError),
}

/// A difference on purpose: what the case does, and why.
struct Deviation {
    rule: fn(&Invalid) -> bool,
    /// Whether the rule holds where all official clients agree.
    even_strict: bool,
    reason: &'static str,
}

/// Differences on purpose, in the order of trying.
const DEVIATIONS: &[Deviation] = &[
    Deviation {
        rule: |invalid| {
            matches!(invalid, Invalid::Signature(WebhookError::MalformedTimestamp { .. }))
        },
        even_strict: false,
        reason: "only a timestamp in plain decimal digits is accepted: each client reads other \
                 spellings differently, and none signs them",
    },
    Deviation {
        rule: |invalid| matches!(invalid, Invalid::Signature(WebhookError::DotInMessageId)),
        even_strict: true,
        reason: "a message id with a dot is refused: the dot separates id, timestamp and body \
                 in the signed text, so parts of one could pass as another",
    },
];

fn judge(id: &str, vector: &Value, outcome: &Outcome, report: &mut Report) {
    let valid = outcome.invalid.is_none();
    // Where the packages differ, agreeing with one of them is enough.
    let accepted = [&vector["valid"], &vector["node"]["valid"], &vector["python"]["valid"]];
    if !accepted.iter().any(|it| it.as_bool() == Some(valid)) {
        let strict = vector["strict"] == true;
        let reason = outcome.invalid.as_ref().and_then(|invalid| {
            let holds = |it: &&Deviation| (it.rule)(invalid) && (it.even_strict || !strict);
            DEVIATIONS.iter().find(holds).map(|it| it.reason)
        });
        return match (&outcome.invalid, reason) {
            (_, Some(reason)) => report.deviate(id, reason),
            (Some(invalid), _) => report.fail(id, format!("not valid: {}", invalid.text())),
            (None, _) => report.fail(id, "valid, and should not be"),
        };
    }
    let expired = vector["expired"].as_bool();
    if valid && expired.is_some() && expired != outcome.expired {
        return report.fail(id, format!("expired is {:?}", outcome.expired));
    }
    let signed_at = outcome.signed_at.map(|signed_at| Value::from(signed_at.as_millis() as u64));
    if valid
        && !vector["timestamp_ms"].is_null()
        && signed_at.as_ref() != Some(&vector["timestamp_ms"])
    {
        return report.fail(id, format!("timestamp_ms is {signed_at:?}"));
    }
    if let (Some(ours), Some(theirs)) = (&outcome.signature, vector["expected_signature"].as_str())
    {
        if ours != theirs {
            return report.fail(id, format!("signs as {ours} instead of {theirs}"));
        }
    }
    report.pass();
}

fn standard(vector: &Value) -> Result<Outcome, String> {
    let now = UnixTime::from_secs(vector["now_unix"].as_u64().ok_or("no now_unix")?);
    let body = body(vector)?;
    let mut outcome = Outcome { invalid: None, expired: None, signed_at: None, signature: None };
    outcome.invalid = match (headers(vector), WebhookVerifier::new(secret(vector))) {
        (None, _) => Some(Invalid::Header),
        (_, Err(error)) => Some(Invalid::Signature(error)),
        (Some(headers), Ok(verifier)) => {
            outcome.signature = signature(vector, &headers, body);
            match verifier.verify(&headers, body, now) {
                Ok(verified) => not_json(verified.event()),
                Err(error) => Some(Invalid::Signature(error)),
            }
        }
    };
    Ok(outcome)
}

/// Verifies a message of the older scheme, in which the age does not make a message invalid.
fn legacy(vector: &Value) -> Result<Outcome, String> {
    let milliseconds = |key: &str| vector[key].as_u64().map(Duration::from_millis);
    let now = milliseconds("now_unix_ms").ok_or("no now_unix_ms")?;
    let tolerance = milliseconds("tolerance_ms").ok_or("no tolerance_ms")?;
    let body = body(vector)?;
    let mut outcome = Outcome { invalid: None, expired: None, signed_at: None, signature: None };

    let verifier =
        WebhookVerifier::new(secret(vector)).map(|verifier| verifier.tolerance(tolerance));
    let (headers, verifier) = match (headers(vector), verifier) {
        (Some(headers), Ok(verifier)) => (headers, verifier),
        (None, _) => return Ok(Outcome { invalid: Some(Invalid::Header), ..outcome }),
        (_, Err(error)) => {
            return Ok(Outcome { invalid: Some(Invalid::Signature(error)), ..outcome });
        }
    };
    // The signature is checked before the age, so it is right in these two errors.
    // The library counts ages from the start of the second.
    let second = Duration::from_secs(now.as_secs());
    let now_unix = UnixTime::from_secs(now.as_secs());
    let signed_at = match verifier.verify_legacy(&headers, body, now_unix) {
        Ok(verified) => {
            let milliseconds = u64::from(verified.signed_at_subsec_millis());
            Duration::from_secs(verified.signed_at().as_secs())
                + Duration::from_millis(milliseconds)
        }
        Err(WebhookError::TooOld { age, .. }) => second.saturating_sub(age),
        Err(WebhookError::TooNew { ahead, .. }) => second.saturating_add(ahead),
        Err(error) => {
            return Ok(Outcome { invalid: Some(Invalid::Signature(error)), ..outcome });
        }
    };
    outcome.signed_at = Some(signed_at);
    outcome.expired = Some(signed_at.saturating_add(tolerance) < now);
    outcome.invalid = not_json(Event::parse_unverified(body));
    Ok(outcome)
}

/// The official clients accept any JSON.
fn not_json(event: Result<Event, EventError>) -> Option<Invalid> {
    match event {
        Err(error @ (EventError::NotUtf8 | EventError::NotJson { .. })) => {
            Some(Invalid::Body(error))
        }
        _ => None,
    }
}

fn signature(vector: &Value, headers: &HeaderMap, body: &[u8]) -> Option<String> {
    let id = std::str::from_utf8(headers.get("webhook-id")?.as_bytes()).ok()?;
    let seconds = headers.get("webhook-timestamp")?.to_str().ok()?.parse().ok()?;
    let signer = WebhookSigner::new(secret(vector)).ok()?;
    let signed = signer.sign(id, UnixTime::from_secs(seconds), body).ok()?;
    signed.get("webhook-signature")?.to_str().ok().map(str::to_owned)
}

fn headers(vector: &Value) -> Option<HeaderMap> {
    let mut headers = HeaderMap::new();
    for (name, value) in vector["headers"].as_object()? {
        let name = HeaderName::from_bytes(name.as_bytes()).ok()?;
        headers.append(name, HeaderValue::from_bytes(value.as_str()?.as_bytes()).ok()?);
    }
    Some(headers)
}

fn secret(vector: &Value) -> &str {
    vector["secret"].as_str().unwrap_or_default()
}

fn body(vector: &Value) -> Result<&[u8], String> {
    vector["body"].as_str().map(str::as_bytes).ok_or_else(|| "no body".to_owned())
}

impl Invalid {
    /// The vectors' name of the reason.
    fn reason(&self) -> &'static str {
        let Self::Signature(error) = self else {
            return if matches!(self, Self::Body(_)) { "invalid_json_body" } else { "no header" };
        };
        match error {
            WebhookError::EmptySecret => "empty_secret",
            // The one header of the older scheme has the time first.
            WebhookError::MissingHeader { name: "x-ik-signature" } => "timestamp_missing",
            WebhookError::MissingHeader { .. } => "missing_headers",
            WebhookError::MissingPart { part: "t" } => "timestamp_missing",
            WebhookError::MissingPart { .. } => "signature_missing",
            WebhookError::MalformedTimestamp { .. } => "invalid_timestamp",
            WebhookError::NoMatch => "no_matching_signature",
            WebhookError::TooOld { .. } => "timestamp_too_old",
            WebhookError::TooNew { .. } => "timestamp_too_new",
            _ => "another",
        }
    }

    fn text(&self) -> String {
        match self {
            Self::Header => "a header that HTTP cannot carry".to_owned(),
            Self::Signature(error) => error.to_string(),
            Self::Body(error) => error.to_string(),
        }
    }
}
