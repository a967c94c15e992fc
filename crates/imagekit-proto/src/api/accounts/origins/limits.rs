//! The documented limits of sources.

use super::source::OriginSource;
use crate::endpoint::RequestContext;
use crate::error::BuildError;
use crate::secret::Secret;

/// A field and its text.
type Text<'a> = (&'static str, &'a str);

/// The most characters of each text.
const MOST: usize = 100;

/// Checks the number of characters of a source's texts.
pub(super) fn check(source: &OriginSource, cx: &RequestContext<'_>) -> Result<(), BuildError> {
    match source {
        OriginSource::S3(s3) | OriginSource::CloudinaryBackup(s3) => {
            bucket(cx, &s3.bucket, s3.prefix.as_deref())?;
            // An origin with an IAM role has no keys.
            keys(cx, 0, &s3.access_key, &s3.secret_key)
        }
        OriginSource::S3Compatible(s3) => {
            bucket(cx, &s3.bucket, s3.prefix.as_deref())?;
            keys(cx, 1, &s3.access_key, &s3.secret_key)
        }
        OriginSource::Gcs(gcs) => {
            bucket(cx, &gcs.bucket, gcs.prefix.as_deref())?;
            not_empty(cx, "privateKey", gcs.private_key.expose())
        }
        OriginSource::AzureBlob(azure) => {
            let names = [
                ("accountName", azure.account_name.as_str()),
                ("container", azure.container.as_str()),
            ];
            texts(cx, 1, names)?;
            texts(cx, 0, [("prefix", azure.prefix.as_deref().unwrap_or_default())])?;
            not_empty(cx, "sasToken", azure.sas_token.expose())
        }
        OriginSource::AkeneoPim(akeneo) => texts(
            cx,
            1,
            [
                ("clientId", akeneo.client_id.expose()),
                ("clientSecret", akeneo.client_secret.expose()),
                ("username", akeneo.username.expose()),
                ("password", akeneo.password.expose()),
            ],
        ),
        _ => Ok(()),
    }
}

fn bucket(cx: &RequestContext<'_>, name: &str, prefix: Option<&str>) -> Result<(), BuildError> {
    texts(cx, 1, [("bucket", name)])?;
    texts(cx, 0, [("prefix", prefix.unwrap_or_default())])
}

fn keys(
    cx: &RequestContext<'_>,
    least: usize,
    access: &Secret,
    secret: &Secret,
) -> Result<(), BuildError> {
    texts(cx, least, [("accessKey", access.expose()), ("secretKey", secret.expose())])
}

/// Checks that each text has `least` (0 or 1) to 100 characters.
fn texts<const N: usize>(
    cx: &RequestContext<'_>,
    least: usize,
    texts: [Text<'_>; N],
) -> Result<(), BuildError> {
    let why =
        if least == 0 { "it has 100 characters at most" } else { "it has 1 to 100 characters" };
    texts.into_iter().try_for_each(|(field, text)| {
        cx.ensure((least..=MOST).contains(&text.chars().count()), field, why)
    })
}

fn not_empty(cx: &RequestContext<'_>, field: &'static str, text: &str) -> Result<(), BuildError> {
    cx.ensure(!text.is_empty(), field, "it has one character at least")
}
