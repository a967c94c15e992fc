//! The fields of checks: their operators, and what an upload holds in them.

use serde_json::Value;

use super::Operator;
use crate::api::upload_form::UploadForm;
use crate::library::Content;
use crate::response::Problem;

/// A field (the documentation of upload checks).
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Field {
    FileName,
    Folder,
    Tags,
    CustomCoordinates,
    WebhookUrl,
    /// One of the booleans, by its name in the form.
    Flag(&'static str),
    CustomMetadata(String),
    Size,
    Mime,
    Width,
    Height,
    Duration,
    BitRate,
    VideoCodec,
    AudioCodec,
}

/// What an upload holds in a field.
pub(super) enum Held {
    Nothing,
    Flag(bool),
    Number(f64),
    Text(String),
    Folder(String),
    Tags(Vec<String>),
    /// A value of custom metadata.
    Open(Value),
}

const FLAGS: [&str; 7] = [
    "useUniqueFileName",
    "isPrivateFile",
    "isPublished",
    "overwriteFile",
    "overwriteAITags",
    "overwriteTags",
    "overwriteCustomMetadata",
];

impl Field {
    pub(super) fn named(name: &str) -> Option<Self> {
        let (group, name) = name.split_once('.')?;
        let known = |names: &[&'static str]| names.iter().find(|known| **known == name).copied();
        match group {
            "request" => match name {
                "fileName" => Some(Self::FileName),
                "folder" => Some(Self::Folder),
                "tags" => Some(Self::Tags),
                "customCoordinates" => Some(Self::CustomCoordinates),
                "webhookUrl" => Some(Self::WebhookUrl),
                _ => match name.strip_prefix("customMetadata.") {
                    Some(field) => Some(Self::CustomMetadata(field.to_owned())),
                    None => known(&FLAGS).map(Self::Flag),
                },
            },
            "file" if name == "size" => Some(Self::Size),
            "file" if name == "mime" => Some(Self::Mime),
            "mediaMetadata" => match name {
                "width" => Some(Self::Width),
                "height" => Some(Self::Height),
                "duration" => Some(Self::Duration),
                "bitRate" => Some(Self::BitRate),
                "videoCodec" => Some(Self::VideoCodec),
                "audioCodec" => Some(Self::AudioCodec),
                _ => None,
            },
            _ => None,
        }
    }

    /// Whether the documentation allows an operator for this field.
    pub(super) fn allows(&self, operator: Operator, negated: bool) -> bool {
        let is_order = !matches!(operator, Operator::Equal | Operator::Begins | Operator::Has);
        match self {
            Self::CustomMetadata(_) => true,
            Self::Tags => operator == Operator::Has,
            Self::Flag(_) => operator == Operator::Equal,
            Self::Size | Self::Width | Self::Height | Self::Duration | Self::BitRate => {
                (is_order || operator == Operator::Equal) && !negated
            }
            Self::FileName
            | Self::Folder
            | Self::CustomCoordinates
            | Self::WebhookUrl
            | Self::Mime
            | Self::VideoCodec
            | Self::AudioCodec => {
                operator == Operator::Equal || (operator == Operator::Begins && !negated)
            }
        }
    }

    pub(super) fn held(&self, form: &UploadForm, content: &Content) -> Result<Held, Problem> {
        let text =
            |text: Option<&str>| text.map_or(Held::Nothing, |text| Held::Text(text.to_owned()));
        let metadata = &content.facts.inspection.metadata;
        let known = |held: Option<Held>, name: &str| match held {
            Some(held) => Ok(held),
            None => unknown(name, content),
        };
        let number = |number: Option<f64>, name| known(number.map(Held::Number), name);
        let codec = |codec: &Option<String>, name| known(codec.clone().map(Held::Text), name);
        Ok(match self {
            Self::FileName => text(Some(&form.file_name)),
            Self::Folder => Held::Folder(form.folder.trim_matches('/').to_owned()),
            Self::Tags => Held::Tags(form.tags.clone().unwrap_or_default()),
            Self::CustomCoordinates => text(form.custom_coordinates.as_deref()),
            Self::WebhookUrl => text(form.webhook_url.as_deref()),
            Self::Flag(name) => Held::Flag(match *name {
                "useUniqueFileName" => form.unique,
                "isPrivateFile" => form.is_private,
                "isPublished" => form.is_published,
                "overwriteFile" => form.overwrite_file,
                "overwriteAITags" => form.overwrite_ai_tags,
                "overwriteTags" => form.overwrite_tags,
                _ => form.overwrite_custom_metadata,
            }),
            Self::CustomMetadata(name) => {
                let value = form.custom_metadata.as_ref().and_then(|values| values.get(name));
                value.cloned().map_or(Held::Nothing, Held::Open)
            }
            Self::Size => Held::Number(content.size as f64),
            Self::Mime => text(Some(content.mime())),
            Self::Width => number(metadata.width.map(f64::from), "width")?,
            Self::Height => number(metadata.height.map(f64::from), "height")?,
            Self::Duration => number(metadata.duration.map(|value| value as f64), "duration")?,
            Self::BitRate => number(metadata.bit_rate.map(|value| value as f64), "bitRate")?,
            Self::VideoCodec => codec(&metadata.video_codec, "videoCodec")?,
            Self::AudioCodec => codec(&metadata.audio_codec, "audioCodec")?,
        })
    }
}

/// What is not known of a file: nothing is to be known of most, but a video or a recording may have
/// metadata that the emulator does not read.
fn unknown(name: &str, content: &Content) -> Result<Held, Problem> {
    if content.is_video() || content.mime().starts_with("audio/") {
        let what = format!("checks of `mediaMetadata.{name}` for {}", content.mime());
        return Err(Problem::not_emulated(&what).in_api());
    }
    Ok(Held::Nothing)
}
