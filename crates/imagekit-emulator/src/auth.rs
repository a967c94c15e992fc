//! Authorisation: the private key, or a signature or token made with it.

use std::collections::BTreeMap;

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use hmac::{Hmac, Mac};
use http::header::AUTHORIZATION;
use http::{HeaderMap, StatusCode};
use imagekit_proto::Secret;
use imagekit_proto::upload_auth::UploadSigner;
use serde_json::{Map, Value};
use sha2::Sha256;

use crate::instant::Instant;
use crate::response::Problem;
use crate::tracked::TrackedMap;

/// The longest time that a signature or token may last, in seconds.
const HOUR: i64 = 3600;

/// The private key of emulators that were not given one.
pub(crate) const DEFAULT_PRIVATE_KEY: &str = "private_emulator";

/// The keys of the emulated account, and the upload tokens that were used.
#[derive(Debug)]
pub(crate) struct Keys {
    private: Secret,
    public: String,
    /// With the time of their use.
    pub(crate) used_tokens: TrackedMap<String, Instant>,
}

impl Keys {
    pub(crate) fn new(private: Secret, public: String) -> Self {
        Self { private, public, used_tokens: TrackedMap::default() }
    }

    /// Whether the private key is another one than that of every emulator.
    #[cfg(feature = "server")]
    pub(crate) fn is_own(&self) -> bool {
        self.private.expose() != DEFAULT_PRIVATE_KEY
    }

    /// The private key.
    pub(crate) fn private(&self) -> &Secret {
        &self.private
    }

    /// The public key.
    #[cfg(feature = "server")]
    pub(crate) fn public(&self) -> &str {
        &self.public
    }

    /// Everything but uploads: 401 without a key, 403 with another one.
    pub(crate) fn check_api(&self, headers: &HeaderMap) -> Result<(), Problem> {
        match self.basic(headers) {
            Some(true) => Ok(()),
            Some(false) => Err(wrong_key()),
            None => Err(Problem::new(
                StatusCode::UNAUTHORIZED,
                "Your request does not contain private API key.",
            )),
        }
    }

    /// An upload by version 1: the key, or `publicKey`, `token`, `expire` and `signature`.
    pub(crate) fn check_upload(
        &mut self,
        headers: &HeaderMap,
        form: &BTreeMap<String, String>,
        now: Instant,
    ) -> Result<(), Problem> {
        const SIGNED: [&str; 3] = ["token", "expire", "signature"];
        let signed = SIGNED.iter().any(|field| form.contains_key(*field));
        match (self.basic(headers), signed) {
            (Some(_), true) => Err(Problem::bad_request(
                "Your request contains both signature and basic auth parameter. Use only one \
                 method, you might be exposing your private API key.",
            )),
            (Some(true), false) => Ok(()),
            (Some(false), false) => Err(wrong_key()),
            // 400, not 401, by a probe of the real service.
            (None, _) => self.check_signature(form, now),
        }
    }

    fn check_signature(
        &mut self,
        form: &BTreeMap<String, String>,
        now: Instant,
    ) -> Result<(), Problem> {
        let field = |name: &str| {
            let missing =
                || Problem::bad_request(format!("Your request is missing {name} parameter."));
            form.get(name).filter(|value| !value.is_empty()).ok_or_else(missing)
        };
        let (signature, token, expire) = (field("signature")?, field("token")?, field("expire")?);
        let public = field("publicKey")?;
        if *public != self.public {
            return Err(wrong_key());
        }
        // A token is used up by the attempt, successful or not.
        let fresh = self.used_tokens.insert(token.clone(), now).is_none();
        let ahead = expire
            .parse::<i64>()
            .ok()
            .map(|expire| (expire, expire.saturating_sub(now.unix_seconds())));
        let Some((expire, _)) = ahead.filter(|(_, ahead)| (1..HOUR).contains(ahead)) else {
            return Err(Problem::bad_request(
                "Your request contains invalid expire parameter. Expire parameter should be a \
                 Unix time in less than 1 hour into the future.",
            ));
        };
        let expected = UploadSigner::new(self.private.clone())
            .map(|signer| signer.signature_unchecked(token, expire));
        if expected.ok().as_ref() != Some(signature) {
            return Err(Problem::bad_request("Your request contains invalid signature parameter."));
        }
        if fresh { Ok(()) } else { Err(Problem::bad_request("The token has been used before.")) }
    }

    /// An upload by version 2: the key, or a token that holds the form.
    pub(crate) fn check_upload_v2(
        &mut self,
        headers: &HeaderMap,
        form: &BTreeMap<String, String>,
        now: Instant,
    ) -> Result<(), Problem> {
        match (self.basic(headers), form.get("token")) {
            (Some(_), Some(_)) => Err(Problem::bad_request(
                "Your request contains both token and basic auth parameter. Use only one method, \
                 you might be exposing your private API key.",
            )),
            (Some(true), None) => Ok(()),
            (Some(false), None) => Err(wrong_key()),
            (None, None) => Err(Problem::bad_request("Your request is missing token parameter.")),
            (None, Some(token)) => self.check_jwt(token, form, now),
        }
    }

    fn check_jwt(
        &mut self,
        token: &str,
        form: &BTreeMap<String, String>,
        now: Instant,
    ) -> Result<(), Problem> {
        let invalid = || Problem::bad_request("Your request has invalid token.");
        let fresh = self.used_tokens.insert(token.to_owned(), now).is_none();
        let (signed, signature) = token.rsplit_once('.').ok_or_else(invalid)?;
        let (header, payload) = signed.split_once('.').ok_or_else(invalid)?;
        let signature = URL_SAFE_NO_PAD.decode(signature).map_err(|_| invalid())?;
        let mut mac = Hmac::<Sha256>::new_from_slice(self.private.expose().as_bytes())
            .map_err(|_| invalid())?;
        mac.update(signed.as_bytes());
        mac.verify_slice(&signature).map_err(|_| invalid())?;
        let header = json_of(header).ok_or_else(invalid)?;
        let mut payload = json_of(payload).ok_or_else(invalid)?;
        if header.get("alg") != Some(&"HS256".into())
            || header.get("kid") != Some(&self.public.as_str().into())
        {
            return Err(invalid());
        }
        let mut time = |claim| payload.remove(claim).and_then(|value| value.as_i64());
        let (Some(issued), Some(expires)) = (time("iat"), time("exp")) else {
            return Err(invalid());
        };
        if expires.saturating_sub(issued) > HOUR {
            return Err(invalid());
        }
        if expires <= now.unix_seconds() {
            return Err(Problem::bad_request("Your request contains expired token."));
        }
        // The payload is the form, no more and no less.
        let errors = differences(form, &payload);
        if !errors.is_empty() {
            let message = "Your request contains invalid payload. It does not match with the \
                           payload used to generate token.";
            return Err(Problem::bad_request(message).with("errors", errors));
        }
        if fresh { Ok(()) } else { Err(invalid()) }
    }

    /// Whether the request carries the right key; `None` when it carries none.
    fn basic(&self, headers: &HeaderMap) -> Option<bool> {
        let value = headers.get(AUTHORIZATION)?;
        let text = value.to_str().unwrap_or_default();
        let (scheme, credentials) = text.split_once(' ').unwrap_or((text, ""));
        let credentials = credentials.trim();
        if !scheme.eq_ignore_ascii_case("basic") || credentials.is_empty() {
            return None;
        }
        // The OpenAPI file allows the raw key, too. The password is ignored.
        let decoded = STANDARD.decode(credentials).unwrap_or_default();
        let user = decoded.split(|byte| *byte == b':').next().unwrap_or_default();
        let key = self.private.expose();
        // An empty key opens nothing.
        Some(!key.is_empty() && (credentials == key || user == key.as_bytes()))
    }
}

/// What differs between a form and the claims of its token, by field.
fn differences(form: &BTreeMap<String, String>, claims: &Map<String, Value>) -> Map<String, Value> {
    let mut errors = Map::new();
    let fields = form.iter().filter(|(name, _)| !matches!(name.as_str(), "file" | "token"));
    for (name, value) in fields {
        let why = match claims.get(name) {
            None => "is not part of the token",
            Some(claim) if string_form(claim) != *value => "has another value in the token",
            Some(_) => continue,
        };
        errors.insert(name.clone(), why.into());
    }
    for name in claims.keys().filter(|name| !form.contains_key(*name)) {
        errors.insert(name.clone(), "is part of the token, and missing in the form".into());
    }
    errors
}

/// A claim as a form field.
fn string_form(claim: &Value) -> String {
    claim.as_str().map_or_else(|| claim.to_string(), str::to_owned)
}

fn wrong_key() -> Problem {
    Problem::forbidden("Your account cannot be authenticated.")
}

fn json_of(part: &str) -> Option<Map<String, Value>> {
    serde_json::from_slice(&URL_SAFE_NO_PAD.decode(part).ok()?).ok()
}
