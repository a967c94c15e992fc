//! The documented limits of sources.

use super::source::OriginSource;
use crate::endpoint::RequestContext;
use crate::error::BuildError;

/// A field, its text, and the fewest characters that it has.
type Text<'a> = (&'static str, &'a str, usize);

/// The most characters of each text.
const MOST: usize = 100;

/// Checks the number of characters of a source's texts.
pub(super) fn check(source: &OriginSource, cx: &RequestContext<'_>) -> Result<(), BuildError> {
    match source {
        OriginSource::S3(s3) | OriginSource::CloudinaryBackup(s3) => {
            // An origin with an IAM role has no keys.
            let keys = [
                ("accessKey", s3.access_key.expose(), 0),
                ("secretKey", s3.secret_key.expose(), 0),
            ];
            bucket(cx, &s3.bucket, s3.prefix.as_deref())?;
            texts(cx, keys)
        }
        OriginSource::S3Compatible(s3) => {
            let keys = [
                ("accessKey", s3.access_key.expose(), 1),
                ("secretKey", s3.secret_key.expose(), 1),
            ];
            bucket(cx, &s3.bucket, s3.prefix.as_deref())?;
            texts(cx, keys)
        }
        OriginSource::Gcs(gcs) => {
            bucket(cx, &gcs.bucket, gcs.prefix.as_deref())?;
            not_empty(cx, "privateKey", gcs.private_key.expose())
        }
        OriginSource::AzureBlob(azure) => {
            let prefix = azure.prefix.as_deref().unwrap_or_default();
            let names = [
                ("accountName", azure.account_name.as_str(), 1),
                ("container", &azure.container, 1),
            ];
            texts(cx, names)?;
            texts(cx, [("prefix", prefix, 0)])?;
            not_empty(cx, "sasToken", azure.sas_token.expose())
        }
        OriginSource::AkeneoPim(akeneo) => texts(
            cx,
            [
                ("clientId", akeneo.client_id.expose(), 1),
                ("clientSecret", akeneo.client_secret.expose(), 1),
                ("username", akeneo.username.expose(), 1),
                ("password", akeneo.password.expose(), 1),
            ],
        ),
        _ => Ok(()),
    }
}

fn bucket(cx: &RequestContext<'_>, name: &str, prefix: Option<&str>) -> Result<(), BuildError> {
    texts(cx, [("bucket", name, 1), ("prefix", prefix.unwrap_or_default(), 0)])
}

fn texts<const N: usize>(cx: &RequestContext<'_>, texts: [Text<'_>; N]) -> Result<(), BuildError> {
    texts.into_iter().try_for_each(|(field, text, least)| match least {
        0 => cx.ensure(text.chars().count() <= MOST, field, "it has 100 characters at most"),
        _ => {
            let fits = (least..=MOST).contains(&text.chars().count());
            cx.ensure(fits, field, "it has 1 to 100 characters")
        }
    })
}

fn not_empty(cx: &RequestContext<'_>, field: &'static str, text: &str) -> Result<(), BuildError> {
    cx.ensure(!text.is_empty(), field, "it has one character at least")
}
