//! The headers of both schemes.

use http::HeaderMap;

use super::WebhookError;

pub(super) const ID: &str = "webhook-id";
pub(super) const TIMESTAMP: &str = "webhook-timestamp";
pub(super) const SIGNATURE: &str = "webhook-signature";
pub(super) const LEGACY: &str = "x-ik-signature";

/// The one value of the header `name`.
pub(super) fn single<'a>(
    headers: &'a HeaderMap,
    name: &'static str,
) -> Result<&'a str, WebhookError> {
    let mut values = headers.get_all(name).iter();
    let value = values.next().ok_or(WebhookError::MissingHeader { name })?;
    if values.next().is_some() {
        return Err(WebhookError::RepeatedHeader { name });
    }
    let text =
        std::str::from_utf8(value.as_bytes()).map_err(|_| WebhookError::HeaderNotUtf8 { name })?;
    if text.is_empty() {
        return Err(WebhookError::MissingHeader { name });
    }
    Ok(text)
}

/// Refuses a message id with a dot.
///
/// What is signed is `id.timestamp.body`. Without dots in the id, and with digits only in the
/// timestamp, no other id, timestamp and body have the same signature.
pub(super) fn check_id(id: &str) -> Result<(), WebhookError> {
    if id.contains('.') { Err(WebhookError::DotInMessageId) } else { Ok(()) }
}

/// A number in plain decimal digits, without sign or leading zero: other spellings would verify
/// in some receivers and not in others.
pub(super) fn decimal(text: &str, name: &'static str) -> Result<u64, WebhookError> {
    let plain =
        text.bytes().all(|byte| byte.is_ascii_digit()) && (text == "0" || !text.starts_with('0'));
    plain.then(|| text.parse().ok()).flatten().ok_or(WebhookError::MalformedTimestamp { name })
}
