//! The types of origins and their fields (schema `OriginRequest` of the OpenAPI file).

use serde_json::{Map, Value};

/// What a field holds.
#[derive(Clone, Copy)]
enum Kind {
    /// Required, 1 to 100 characters.
    Name,
    /// Required, of any length; responses leave it out.
    LongSecret,
    /// Required, 1 to 100 characters; responses leave it out.
    Secret,
    /// As [`Kind::Secret`], and empty where `useIAMRole` is true.
    AccessSecret,
    /// At most 100 characters, empty by default.
    Prefix,
    /// Required: an http or https URL.
    Url,
    OptionalUrl,
    /// False by default.
    Flag,
    /// Left out of responses when it is not set.
    OptionalFlag,
    Email,
}

use Kind::{
    AccessSecret, Email, Flag, LongSecret, Name, OptionalFlag, OptionalUrl, Prefix, Secret, Url,
};

type Fields = &'static [(&'static str, Kind)];

/// What every type has.
const COMMON: Fields =
    &[("name", Name), ("includeCanonicalHeader", Flag), ("baseUrlForCanonicalHeader", OptionalUrl)];

const BUCKET: Fields = &[
    ("bucket", Name),
    ("prefix", Prefix),
    ("useIAMRole", OptionalFlag),
    ("accessKey", AccessSecret),
    ("secretKey", AccessSecret),
];

const TYPES: [(&str, Fields); 8] = [
    ("S3", BUCKET),
    (
        "S3_COMPATIBLE",
        &[
            ("bucket", Name),
            ("prefix", Prefix),
            ("accessKey", Secret),
            ("secretKey", Secret),
            ("endpoint", Url),
            ("s3ForcePathStyle", Flag),
        ],
    ),
    ("CLOUDINARY_BACKUP", BUCKET),
    ("WEB_FOLDER", &[("baseUrl", Url), ("forwardHostHeaderToOrigin", Flag)]),
    ("WEB_PROXY", &[]),
    (
        "GCS",
        &[("bucket", Name), ("prefix", Prefix), ("clientEmail", Email), ("privateKey", LongSecret)],
    ),
    (
        "AZURE_BLOB",
        &[("container", Name), ("prefix", Prefix), ("accountName", Name), ("sasToken", LongSecret)],
    ),
    (
        "AKENEO_PIM",
        &[
            ("baseUrl", Url),
            ("clientId", Secret),
            ("clientSecret", Secret),
            ("username", Secret),
            ("password", Secret),
        ],
    ),
];

/// Checks a request and returns what responses show of it.
pub(super) fn public(body: &Map<String, Value>) -> Result<Map<String, Value>, String> {
    let kind = body.get("type").and_then(Value::as_str).unwrap_or_default();
    let Some((kind, fields)) = TYPES.iter().find(|(name, _)| *name == kind) else {
        let names: Vec<&str> = TYPES.iter().map(|(name, _)| *name).collect();
        // The order of the documented message.
        return Err(format!("Invalid origin type. Must be one of {}.", names.join(", ")));
    };
    let fields = || COMMON.iter().chain(*fields);
    if let Some(key) =
        body.keys().find(|key| *key != "type" && !fields().any(|(name, _)| name == key))
    {
        return Err(format!("{key} is not allowed for an origin of type {kind}"));
    }
    let mut shown = Map::new();
    shown.insert("type".to_owned(), (*kind).into());
    let iam_role = body.get("useIAMRole") == Some(&Value::Bool(true));
    for (name, field) in fields() {
        if let Some(value) = field.check(name, body.get(*name), iam_role)? {
            shown.insert((*name).to_owned(), value);
        }
    }
    let name = body.get("name").and_then(Value::as_str).unwrap_or_default();
    if !name.chars().all(|c| c.is_ascii_alphanumeric() || c == ' ') {
        return Err("name can hold letters, digits and spaces only".to_owned());
    }
    Ok(shown)
}

impl Kind {
    /// What responses show of a value.
    fn check(
        self,
        name: &str,
        value: Option<&Value>,
        iam_role: bool,
    ) -> Result<Option<Value>, String> {
        let required = || format!("{name} is required and must be a string");
        let text = value.and_then(Value::as_str);
        let long = |text: &str| text.chars().count() > 100;
        let too_long = || format!("{name} must be at most 100 characters long");
        match self {
            Self::Name => {
                let text = text.filter(|text| !text.is_empty()).ok_or_else(required)?;
                if long(text) { Err(too_long()) } else { Ok(Some(text.into())) }
            }
            Self::LongSecret => {
                text.filter(|text| !text.is_empty()).map(|_| None).ok_or_else(required)
            }
            Self::Secret | Self::AccessSecret => {
                let may_be_empty = iam_role && matches!(self, Self::AccessSecret);
                let text = text.filter(|text| may_be_empty || !text.is_empty());
                let text = text.ok_or_else(required)?;
                if long(text) { Err(too_long()) } else { Ok(None) }
            }
            Self::Prefix => match value {
                None => Ok(Some("".into())),
                Some(Value::String(text)) if !long(text) => Ok(Some(text.as_str().into())),
                Some(Value::String(_)) => Err(too_long()),
                Some(_) => Err(format!("{name} must be a string")),
            },
            Self::Url | Self::OptionalUrl
                if value.is_none() && matches!(self, Self::OptionalUrl) =>
            {
                Ok(None)
            }
            Self::Url | Self::OptionalUrl => {
                let text = text.ok_or_else(required)?;
                if is_url(text) {
                    Ok(Some(text.into()))
                } else {
                    Err(format!("{name} must be a valid URL"))
                }
            }
            Self::Flag | Self::OptionalFlag => match value {
                None if matches!(self, Self::Flag) => Ok(Some(false.into())),
                None => Ok(None),
                Some(Value::Bool(flag)) => Ok(Some((*flag).into())),
                Some(_) => Err(format!("{name} must be a boolean")),
            },
            Self::Email => {
                let text = text.ok_or_else(required)?;
                if is_email(text) {
                    Ok(Some(text.into()))
                } else {
                    Err(format!("{name} must be a valid email"))
                }
            }
        }
    }
}

fn is_url(text: &str) -> bool {
    let uri = text.parse::<http::Uri>().ok();
    uri.is_some_and(|uri| {
        matches!(uri.scheme_str(), Some("http" | "https"))
            && uri.host().is_some_and(|host| !host.is_empty())
    })
}

fn is_email(text: &str) -> bool {
    let Some((user, host)) = text.split_once('@') else { return false };
    let plain = |c: char| c.is_ascii_alphanumeric() || "_'+-.".contains(c);
    let label = |label: &str| {
        !label.is_empty()
            && label.len() <= 63
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label.chars().all(|c| c.is_ascii_alphanumeric() || c == '-')
    };
    let last = host.rsplit('.').next().unwrap_or_default();
    (1..=64).contains(&user.len())
        && text.len() <= 254
        && user.chars().all(plain)
        && !user.starts_with('.')
        && !user.ends_with(['.', '\''])
        && !user.contains("..")
        && host.contains('.')
        && host.split('.').all(label)
        && last.len() >= 2
        && last.chars().all(|c| c.is_ascii_alphabetic())
}
