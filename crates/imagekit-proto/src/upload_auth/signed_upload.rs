//! Version 2: an upload and the token that binds its form.

use std::time::Duration;

use bytes::Bytes;
use http::{Request, Response};
use serde::ser::{Error, SerializeMap};
use serde::{Serialize, Serializer};

use super::{UploadAuthError, UploadSigner, jwt};
use crate::api::upload::{UploadFileV2, UploadJwt, UploadOutcome};
use crate::endpoint::{Endpoint, Idempotency, Operation, RequestContext};
use crate::error::{BuildError, DecodeError};
use crate::secret::Secret;
use crate::types::UnixTime;
use crate::wire::Body;

/// An upload whose form a token binds: neither can be changed without the other.
///
/// Send it like any upload (no private key is needed), or hand it to a browser or an app:
/// serialised, it is every form field to send besides `file`, the token among them.
///
/// ```
/// use std::time::Duration;
/// use imagekit_proto::api::upload::UploadFileV2;
/// use imagekit_proto::types::UnixTime;
/// use imagekit_proto::upload_auth::UploadSigner;
///
/// let signer = UploadSigner::new("private_key_test")?.with_public_key("public_key_test")?;
/// let upload = UploadFileV2::new("cat.jpg").folder("/pets").use_unique_file_name(false);
/// let now = UnixTime::from_secs(1_700_000_000);
/// let signed = signer.sign_upload(upload, Duration::from_secs(600), now)?;
///
/// let form = serde_json::to_value(&signed)?;
/// assert_eq!(form["folder"], "/pets");
/// assert_eq!(form["useUniqueFileName"], "false");
/// assert_eq!(form["token"], signed.token().expose());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
pub struct SignedUpload {
    request: UploadFileV2,
    token: Secret,
}

impl UploadSigner {
    /// Authorises exactly this upload until `now` + `lifetime`, by a token that covers every
    /// form field but the file.
    ///
    /// # Errors
    ///
    /// There is no public key ([`with_public_key`](Self::with_public_key)), a value of the form
    /// cannot be sent, or the lifetime is refused as by [`jwt`].
    pub fn sign_upload(
        &self,
        request: UploadFileV2,
        lifetime: Duration,
        now: UnixTime,
    ) -> Result<SignedUpload, UploadAuthError> {
        let public_key = self.public_key().ok_or(UploadAuthError::EmptyPublicKey)?;
        let fields = request.form_fields().map_err(UploadAuthError::Form)?;
        let fields = fields.iter().map(|(name, value)| (name.as_str(), value.as_str()));
        let token = jwt(self.private_key(), public_key, fields, now, lifetime)?;
        let request = request.credentials(UploadJwt::new(token.as_str()));
        Ok(SignedUpload { request, token: token.into() })
    }
}

impl SignedUpload {
    /// The token.
    pub fn token(&self) -> &Secret {
        &self.token
    }

    /// Every form field to send besides `file` and `token`, in the string form the token covers.
    ///
    /// # Errors
    ///
    /// None: the form was built before.
    pub fn form_fields(&self) -> Result<Vec<(String, String)>, BuildError> {
        self.request.form_fields()
    }
}

impl Serialize for SignedUpload {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let fields = self.form_fields().map_err(S::Error::custom)?;
        let mut form = serializer.serialize_map(None)?;
        for (name, value) in &fields {
            form.serialize_entry(name, value)?;
        }
        form.serialize_entry("token", self.token.expose())?;
        form.end()
    }
}

impl Endpoint for SignedUpload {
    type Output = UploadOutcome;

    fn operation(&self) -> &'static Operation {
        self.request.operation()
    }

    fn idempotency(&self) -> Idempotency {
        self.request.idempotency()
    }

    fn build(&self, cx: &RequestContext<'_>) -> Result<Request<Body>, BuildError> {
        self.request.build(cx)
    }

    fn decode(&self, response: &Response<Bytes>) -> Result<UploadOutcome, DecodeError> {
        self.request.decode(response)
    }
}

#[cfg(test)]
mod tests {
    use base64::Engine as _;
    use base64::engine::general_purpose::URL_SAFE_NO_PAD;
    use serde_json::Value;

    use super::*;
    use crate::api::upload::{FileSource, ResponseField};
    use crate::config::Config;

    #[test]
    fn the_token_covers_the_form_that_is_sent() {
        let upload = UploadFileV2::new("cat.jpg")
            .file(FileSource::url("https://example.com/cat.jpg"))
            .tags(["a", "b"])
            .is_private_file(true)
            .response_fields([ResponseField::Tags, ResponseField::Metadata])
            .custom_metadata("price", 12.5)
            .extra("newField", 3);
        let signer = UploadSigner::new("private_k").unwrap().with_public_key("public_k").unwrap();
        let now = UnixTime::from_secs(1_700_000_000);
        let signed = signer.sign_upload(upload, Duration::from_secs(60), now).unwrap();

        let payload = signed.token().expose().split('.').nth(1).unwrap();
        let payload = URL_SAFE_NO_PAD.decode(payload).unwrap();
        let mut payload: Value = serde_json::from_slice(&payload).unwrap();
        let payload = payload.as_object_mut().unwrap();
        assert_eq!(payload.remove("iat"), Some(1_700_000_000.into()));
        assert_eq!(payload.remove("exp"), Some(1_700_000_060.into()));

        let mut form = serde_json::to_value(&signed).unwrap();
        form.as_object_mut().unwrap().remove("token");
        assert_eq!(&form, &Value::Object(payload.clone()));
        assert_eq!(form["responseFields"], "tags,metadata");
        assert_eq!(form["newField"], "3");

        let config = Config::without_key();
        let request = signed.build(&RequestContext::new(&config, 1)).unwrap();
        assert!(!request.headers().contains_key("authorization"));
        assert_eq!(request.uri().path(), signed.operation().path);
        let body = request.into_body().into_bytes().unwrap();
        let sent = |text: &str| body.windows(text.len()).any(|window| window == text.as_bytes());
        assert!(sent("cat.jpg") && sent(signed.token().expose()));
        assert_eq!(signed.idempotency(), Idempotency::SingleUse);
    }

    #[test]
    fn without_a_public_key_nothing_is_signed() {
        let signer = UploadSigner::new("private_k").unwrap();
        let upload = UploadFileV2::new("cat.jpg");
        let refused = signer
            .sign_upload(upload, Duration::from_secs(60), UnixTime::from_secs(1))
            .unwrap_err();
        assert_eq!(refused, UploadAuthError::EmptyPublicKey);
    }
}
