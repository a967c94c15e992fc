//! `webhooks`: verification in both schemes.

use std::time::Duration;

use http::{HeaderMap, HeaderName, HeaderValue};
use imagekit_proto::webhook::{Event, EventError, SignatureError, Signer, Verifier};
use serde_json::Value;

use super::{plain, report::Report};

/// Holds [`Verifier`] and [`Signer`] against `text`, a file of vectors.
pub fn run(text: &str, report: &mut Report) -> Result<(), String> {
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

/// What the library made of a message.
struct Outcome {
    /// Why it is not valid: the signature, the age (standard scheme), or no JSON.
    invalid: Option<Invalid>,
    /// Legacy: whether it is older than the tolerance. Known once the signature is right.
    expired: Option<bool>,
    /// Legacy: when it was signed, in milliseconds.
    signed_at: Option<Duration>,
    /// Standard: the signature that [`Signer`] makes.
    signature: Option<String>,
}

enum Invalid {
    /// A header that HTTP cannot carry never arrives.
    Header,
    Signature(SignatureError),
    Body(EventError),
}

/// Whether a case is of a kind.
type Rule = fn(&Invalid) -> bool;

/// Differences on purpose: what the case does, and why. In the order of trying.
const DEVIATIONS: &[(Rule, &str)] = &[(
    |invalid| matches!(invalid, Invalid::Signature(SignatureError::MalformedTimestamp { .. })),
    "only a timestamp in plain decimal digits is taken: any other spelling is read \
     differently by each client, and is signed by none",
)];

fn judge(id: &str, vector: &Value, outcome: &Outcome, report: &mut Report) {
    let valid = outcome.invalid.is_none();
    // Where the packages differ, agreeing with one of them will do.
    let answers = [&vector["valid"], &vector["node"]["valid"], &vector["python"]["valid"]];
    if !answers.iter().any(|answer| answer.as_bool() == Some(valid)) {
        let strict = vector["strict"] == true;
        let reason = outcome.invalid.as_ref().and_then(|invalid| {
            DEVIATIONS.iter().find(|(rule, _)| rule(invalid)).map(|(_, reason)| *reason)
        });
        return match (&outcome.invalid, reason) {
            (_, Some(reason)) if !strict => report.deviate(id, reason),
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
    let now = Duration::from_secs(vector["now_unix"].as_u64().ok_or("no now_unix")?);
    let body = body(vector)?;
    let mut outcome = Outcome { invalid: None, expired: None, signed_at: None, signature: None };
    outcome.invalid = match (headers(vector), Verifier::new(secret(vector))) {
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

/// The older scheme: the age does not make a message invalid there, it is asked for apart.
fn legacy(vector: &Value) -> Result<Outcome, String> {
    let milliseconds = |key: &str| vector[key].as_u64().map(Duration::from_millis);
    let now = milliseconds("now_unix_ms").ok_or("no now_unix_ms")?;
    let tolerance = milliseconds("tolerance_ms").ok_or("no tolerance_ms")?;
    let body = body(vector)?;
    let mut outcome = Outcome { invalid: None, expired: None, signed_at: None, signature: None };

    let verifier = Verifier::new(secret(vector)).map(|verifier| verifier.tolerance(tolerance));
    let (headers, verifier) = match (headers(vector), verifier) {
        (Some(headers), Ok(verifier)) => (headers, verifier),
        (None, _) => return Ok(Outcome { invalid: Some(Invalid::Header), ..outcome }),
        (_, Err(error)) => {
            return Ok(Outcome { invalid: Some(Invalid::Signature(error)), ..outcome });
        }
    };
    // The signature is checked before the age: these two errors speak of a right one.
    let signed_at = match verifier.verify_legacy(&headers, body, now) {
        Ok(verified) => verified.signed_at(),
        Err(SignatureError::TooOld { age, .. }) => now.saturating_sub(age),
        Err(SignatureError::TooNew { ahead, .. }) => now.saturating_add(ahead),
        Err(error) => {
            return Ok(Outcome { invalid: Some(Invalid::Signature(error)), ..outcome });
        }
    };
    outcome.signed_at = Some(signed_at);
    outcome.expired = Some(signed_at.saturating_add(tolerance) < now);
    outcome.invalid = not_json(Event::parse_unverified(body));
    Ok(outcome)
}

/// The official clients parse any JSON; what it means is not their concern.
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
    let signer = Signer::new(secret(vector)).ok()?;
    let signed = signer.sign(id, Duration::from_secs(seconds), body).ok()?;
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
    fn text(&self) -> String {
        match self {
            Self::Header => "a header that HTTP cannot carry".to_owned(),
            Self::Signature(error) => error.to_string(),
            Self::Body(error) => error.to_string(),
        }
    }
}
