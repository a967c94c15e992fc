//! The headers of both schemes.

use http::HeaderMap;

use super::SignatureError;

pub(super) const ID: &str = "webhook-id";
pub(super) const TIMESTAMP: &str = "webhook-timestamp";
pub(super) const SIGNATURE: &str = "webhook-signature";
pub(super) const LEGACY: &str = "x-ik-signature";

/// The one value of the header `name`.
pub(super) fn single<'a>(
    headers: &'a HeaderMap,
    name: &'static str,
) -> Result<&'a str, SignatureError> {
    let mut values = headers.get_all(name).iter();
    let value = values.next().ok_or(SignatureError::MissingHeader { name })?;
    if values.next().is_some() {
        return Err(SignatureError::RepeatedHeader { name });
    }
    let text = std::str::from_utf8(value.as_bytes())
        .map_err(|_| SignatureError::HeaderNotUtf8 { name })?;
    if text.is_empty() {
        return Err(SignatureError::MissingHeader { name });
    }
    Ok(text)
}

/// A number spelled in the one way that every language prints it: digits, no sign, no leading
/// zero. Any other spelling would verify for some receivers and not for others.
pub(super) fn decimal(text: &str, name: &'static str) -> Result<u64, SignatureError> {
    let plain =
        text.bytes().all(|byte| byte.is_ascii_digit()) && (text == "0" || !text.starts_with('0'));
    plain.then(|| text.parse().ok()).flatten().ok_or(SignatureError::MalformedTimestamp { name })
}
