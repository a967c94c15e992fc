//! The OpenAPI schema `SrcOptions`, read from JSON for the library's URL builder.

use super::ordered::Json;
use imagekit_proto::{
    Secret,
    delivery::{
        Expiry, SignError, TransformationPosition, Transformations, UrlBase, UrlBuilder, UrlSigner,
    },
    types::UnixTime,
};
use std::time::Duration;

/// Options whose parts the builder borrows.
pub(crate) struct Source<'a> {
    options: &'a Json,
    src: &'a str,
    url_endpoint: &'a str,
    base: Option<UrlBase>,
    steps: Transformations,
    position: TransformationPosition,
}

impl<'a> Source<'a> {
    pub(crate) fn read(options: &'a Json) -> Result<Self, String> {
        let text = |key| options.get(key).and_then(Json::as_str).unwrap_or_default();
        let src = text("src");
        let url_endpoint = text("urlEndpoint");
        let whole = src.starts_with("http://") || src.starts_with("https://");
        let base = if src.is_empty() || whole {
            None
        } else {
            Some(UrlBase::new(url_endpoint).map_err(|error| error.to_string())?)
        };
        Ok(Self {
            options,
            src,
            url_endpoint,
            base,
            steps: parse(options.get("transformation"))?.unwrap_or_default(),
            position: parse(options.get("transformationPosition"))?.unwrap_or_default(),
        })
    }

    pub(crate) fn builder(&self) -> UrlBuilder<'_> {
        let url = match &self.base {
            Some(base) => base.url(self.src),
            None => UrlBuilder::new(self.src),
        };
        let mut url = url.transformations(&self.steps).position(self.position);
        for (name, value) in self.options.get("queryParameters").map(Json::pairs).unwrap_or(&[]) {
            match value {
                Json::Null => {}
                Json::Text(text) => url = url.query(name, text),
                other => url = url.query(name, other.to_text()),
            }
        }
        url
    }

    /// The signer and the expiry, if the options ask for a signature.
    pub(crate) fn signature(
        &self,
        private_key: Option<&str>,
        now: Option<u64>,
    ) -> Result<Option<(UrlSigner, Expiry)>, String> {
        let signed = self.options.get("signed") == Some(&Json::Bool(true));
        let lifetime = self.options.get("expiresIn").and_then(Json::as_f64);
        if !signed && lifetime.is_none_or(|lifetime| lifetime <= 0.0) {
            return Ok(None);
        }
        let expiry = expiry(lifetime, UnixTime::from_secs(now.unwrap_or_default()))
            .map_err(|error| error.to_string())?;
        let base = UrlBase::new(self.url_endpoint).map_err(|error| error.to_string())?;
        let key = Secret::new(private_key.unwrap_or_default());
        let signer = UrlSigner::new(base, &key).map_err(|error| error.to_string())?;
        Ok(Some((signer, expiry)))
    }
}

fn expiry(lifetime: Option<f64>, now: UnixTime) -> Result<Expiry, SignError> {
    let Some(lifetime) = lifetime else { return Ok(Expiry::NEVER) };
    match Duration::try_from_secs_f64(lifetime) {
        Ok(lifetime) => Expiry::after(lifetime, now),
        Err(_) if lifetime < 0.0 => Expiry::at(UnixTime::from_secs(0), now),
        Err(_) => Err(SignError::TooLate),
    }
}

fn parse<T: serde::de::DeserializeOwned>(json: Option<&Json>) -> Result<Option<T>, String> {
    let read = |json: &Json| serde_json::from_str(&json.to_text());
    json.map(read).transpose().map_err(|error| error.to_string())
}
