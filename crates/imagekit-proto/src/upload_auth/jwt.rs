//! Version 2: one token that binds the form.

use std::collections::BTreeSet;
use std::time::Duration;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use hmac::{Hmac, Mac};
use sha2::Sha256;

use super::UploadAuthError;
use super::signer::{check_public_key, expiry};
use crate::Secret;
use crate::types::UnixTime;

/// Creates the token of an upload through `/api/v2/files/upload`: a JWT, HS256 with the private
/// key.
///
/// The header is `{alg, typ, kid}` with the public key as `kid`; the payload is every form
/// field except `file` and `token`, each in the string form it has in the form, and `iat`
/// and `exp` in seconds since 1970 (the public docs, "secure client-side file upload").
/// ImageKit refuses an upload whose form has other fields than its token, and accepts a token
/// once.
///
/// ```
/// use std::time::Duration;
/// use imagekit_proto::types::UnixTime;
/// use imagekit_proto::{Secret, upload_auth::jwt};
///
/// let fields = [("fileName", "cat.jpg"), ("useUniqueFileName", "false")];
/// let token = jwt(
///     &Secret::new("private_key_test"),
///     "public_key_test",
///     fields,
///     UnixTime::from_secs(1_700_000_000),
///     Duration::from_secs(600),
/// )?;
/// assert_eq!(token.split('.').count(), 3);
/// # Ok::<(), imagekit_proto::upload_auth::UploadAuthError>(())
/// ```
///
/// # Errors
///
/// An empty key, a private key in place of the public one, a lifetime below a second or above an
/// hour, a clock out of range, a field that is reserved or repeated: see [`UploadAuthError`].
#[doc(alias = "jsonwebtoken")]
pub fn jwt<'a>(
    private_key: &Secret,
    public_key: &str,
    fields: impl IntoIterator<Item = (&'a str, &'a str)>,
    iat: UnixTime,
    lifetime: Duration,
) -> Result<String, UploadAuthError> {
    /// ImageKit refuses `exp > iat + 3600`.
    const MAX_SECONDS: u64 = 3600;

    if private_key.expose().is_empty() {
        return Err(UploadAuthError::EmptyPrivateKey);
    }
    check_public_key(public_key, private_key)?;
    let exp = expiry(lifetime, iat, MAX_SECONDS)?;
    let mut payload = String::from("{");
    for (name, value) in checked(fields)? {
        payload.push_str(&format!("{}:{},", json(name), json(value)));
    }
    payload.push_str(&format!(r#""iat":{iat},"exp":{exp}}}"#));
    let header = format!(r#"{{"alg":"HS256","typ":"JWT","kid":{}}}"#, json(public_key));

    let mut token = URL_SAFE_NO_PAD.encode(header);
    token.push('.');
    URL_SAFE_NO_PAD.encode_string(payload, &mut token);
    let mut mac = Hmac::<Sha256>::new_from_slice(private_key.expose().as_bytes())
        .map_err(|_| UploadAuthError::EmptyPrivateKey)?;
    mac.update(token.as_bytes());
    token.push('.');
    URL_SAFE_NO_PAD.encode_string(mac.finalize().into_bytes(), &mut token);
    Ok(token)
}

fn checked<'a>(
    fields: impl IntoIterator<Item = (&'a str, &'a str)>,
) -> Result<Vec<(&'a str, &'a str)>, UploadAuthError> {
    let mut seen = BTreeSet::new();
    fields
        .into_iter()
        .map(|(name, value)| {
            if matches!(name, "" | "file" | "token" | "iat" | "exp") {
                return Err(UploadAuthError::ReservedField { name: name.to_owned() });
            }
            if !seen.insert(name) {
                return Err(UploadAuthError::RepeatedField { name: name.to_owned() });
            }
            Ok((name, value))
        })
        .collect()
}

/// `text` as a JSON string, quotes included.
fn json(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}
