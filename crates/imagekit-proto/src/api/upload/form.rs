//! The form of an upload: its fields as text, what authorises it, the file.

use std::borrow::Cow;

use http::HeaderValue;
use serde::Serialize;
use serde_json::Value;

use super::credentials::{Credentials, Version};
use super::request::UploadRequest;
use super::source::{FileData, LocalFile};
use crate::endpoint::BuildError;
use crate::secret::Secret;
use crate::wire::{Body, FilePart, Multipart};

impl<V: Version> UploadRequest<V> {
    /// Every form field except `file` and what authorises the upload, as text.
    ///
    /// # Errors
    ///
    /// A value that cannot be sent.
    pub fn form_fields(&self) -> Result<Vec<(&str, Cow<'_, str>)>, BuildError> {
        if self.file_name.is_empty() {
            return Err(BuildError::Empty { field: "fileName" });
        }
        let mut form = Form(vec![("fileName", Cow::from(&self.file_name))]);
        form.flag("useUniqueFileName", self.use_unique_file_name);
        form.list("tags", self.tags.as_deref())?;
        form.text("folder", self.folder.as_deref());
        form.flag("isPrivateFile", self.is_private_file);
        form.flag("isPublished", self.is_published);
        form.text("customCoordinates", self.custom_coordinates.as_deref());
        form.list("responseFields", self.response_fields.as_deref())?;
        form.json("extensions", self.extensions.as_ref())?;
        form.text("webhookUrl", self.webhook_url.as_deref());
        form.flag("overwriteFile", self.overwrite_file);
        form.flag("overwriteAITags", self.overwrite_ai_tags);
        form.flag("overwriteTags", self.overwrite_tags);
        form.flag("overwriteCustomMetadata", self.overwrite_custom_metadata);
        form.json("customMetadata", self.custom_metadata.as_ref())?;
        form.json("transformation", self.transformation.as_ref())?;
        form.text("checks", self.checks.as_deref());
        form.text("description", self.description.as_deref());
        for (key, value) in &self.extra {
            match value {
                Value::String(text) => form.text(key, Some(text)),
                other => form.json(key, Some(other))?,
            }
        }
        Ok(form.0)
    }
}

struct Form<'a>(Vec<(&'a str, Cow<'a, str>)>);

impl<'a> Form<'a> {
    fn text(&mut self, name: &'a str, value: Option<&'a str>) {
        self.0.extend(value.map(|text| (name, Cow::from(text))));
    }

    fn flag(&mut self, name: &'a str, value: Option<bool>) {
        self.text(name, value.map(|yes| if yes { "true" } else { "false" }));
    }

    /// Comma-joined, so a comma inside an item would make two of it.
    fn list<T: AsRef<str>>(
        &mut self,
        name: &'static str,
        items: Option<&[T]>,
    ) -> Result<(), BuildError> {
        let Some(items) = items else { return Ok(()) };
        let mut joined = String::new();
        for (index, item) in items.iter().map(AsRef::as_ref).enumerate() {
            if item.contains(',') {
                return Err(BuildError::invalid(
                    name,
                    "an item holds a comma and would become two",
                ));
            }
            if index > 0 {
                joined.push(',');
            }
            joined.push_str(item);
        }
        self.0.push((name, joined.into()));
        Ok(())
    }

    fn json<T: Serialize>(&mut self, name: &'a str, value: Option<&T>) -> Result<(), BuildError> {
        let Some(value) = value else { return Ok(()) };
        let text = serde_json::to_string(value)
            .map_err(|error| BuildError::Json { message: error.to_string() })?;
        self.0.push((name, text.into()));
        Ok(())
    }
}

/// Adds what authorises the upload.
pub(super) fn write_credentials(
    form: &mut Multipart,
    credentials: &Credentials,
) -> Result<(), BuildError> {
    let expire = credentials.expire.map(|expire| expire.to_string());
    let fields = [
        ("publicKey", credentials.public_key.as_deref()),
        ("token", credentials.token.as_ref().map(Secret::expose)),
        ("expire", expire.as_deref()),
        ("signature", credentials.signature.as_ref().map(Secret::expose)),
    ];
    for (name, value) in fields {
        if let Some(value) = value {
            form.text(name, value)?;
        }
    }
    Ok(())
}

/// Ends the form with the file.
pub(super) fn write_file(
    form: Multipart,
    file: &LocalFile,
    file_name: &str,
) -> Result<(HeaderValue, Body), BuildError> {
    let mut part = FilePart::new(file.name.as_deref().unwrap_or(file_name));
    if let Some(content_type) = &file.content_type {
        part = part.content_type(content_type);
    }
    match &file.data {
        FileData::Inline(bytes) => form.inline("file", part, bytes.clone()),
        FileData::External(len) => form.external("file", part, *len),
    }
}
