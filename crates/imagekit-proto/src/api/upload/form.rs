//! The form of an upload: its fields as text, its credentials, its file.

use http::HeaderValue;
use serde::Serialize;

use super::credentials::{CREDENTIAL_FIELDS, Version};
use super::request::UploadRequest;
use super::source::{FileLabel, FileSource};
use crate::endpoint::RequestContext;
use crate::error::BuildError;
use crate::wire::fields::{self, Sink};
use crate::wire::{Body, FilePart, Multipart};

/// The fields that the API takes as text with commas between the items.
const COMMA_LISTS: [&str; 2] = ["tags", "responseFields"];

impl<V: Version> UploadRequest<V> {
    /// Returns every form field except the file and the credentials, as name and text: lists of tags
    /// and response fields with commas, what is nested as JSON text.
    ///
    /// # Errors
    ///
    /// A value cannot be sent.
    pub fn form_fields(&self) -> Result<Vec<(String, String)>, BuildError> {
        let mut form = self.all_fields()?;
        form.retain(|(name, _)| !CREDENTIAL_FIELDS.contains(&name.as_str()));
        Ok(form)
    }

    /// Every form field except the file.
    fn all_fields(&self) -> Result<Vec<(String, String)>, BuildError> {
        if self.file_name.is_empty() {
            return Err(BuildError::Empty { field: "fileName" });
        }
        let is_reserved = |name: &String| name == "file" || CREDENTIAL_FIELDS.contains(&&**name);
        if self.extra.keys().any(is_reserved) {
            return Err(BuildError::invalid(
                "extra",
                "the file and the credentials are no extra fields, so set them by `file` and \
                 `credentials`",
            ));
        }
        let mut form = Form(Vec::new());
        fields::each(self, &mut form)?;
        Ok(form.0)
    }

    pub(super) fn form(&self, cx: &RequestContext<'_>) -> Result<(HeaderValue, Body), BuildError> {
        let mut form = Multipart::new(cx.entropy());
        for (name, value) in self.all_fields()? {
            form.text(&name, &value)?;
        }
        let part = |label| file_part(label, &self.file_name);
        match (&self.file, cx.payload_len()) {
            (FileSource::Payload(label), Some(len)) => form.external("file", part(label), len),
            (FileSource::Payload(_), None) => Err(BuildError::PayloadMissing),
            (_, Some(_)) => Err(BuildError::PayloadUnused),
            (FileSource::Bytes(bytes, label), None) => {
                form.inline("file", part(label), bytes.clone())
            }
            (FileSource::Url(url), None) => text_file(form, url.expose()),
            (FileSource::Base64(text), None) => text_file(form, text),
        }
    }
}

/// Ends the form with a file that is text: a URL or base64.
fn text_file(mut form: Multipart, text: &str) -> Result<(HeaderValue, Body), BuildError> {
    if text.is_empty() {
        return Err(BuildError::Empty { field: "file" });
    }
    form.text("file", text)?;
    form.finish()
}

fn file_part<'a>(label: &'a FileLabel, file_name: &'a str) -> FilePart<'a> {
    let part = FilePart::new(label.name.as_deref().unwrap_or(file_name));
    match &label.content_type {
        Some(content_type) => part.content_type(content_type),
        None => part,
    }
}

/// The fields of the form, as the names and texts of its parts.
struct Form(Vec<(String, String)>);

impl Sink for Form {
    fn field<T: Serialize + ?Sized>(&mut self, name: &str, value: &T) -> Result<(), BuildError> {
        if name == "file" {
            return Ok(());
        }
        let value =
            if COMMA_LISTS.contains(&name) { comma_list(value)? } else { fields::text(value)? };
        self.0.extend(value.map(|value| (name.to_owned(), value)));
        Ok(())
    }
}

/// Joins the items of a list; a comma inside an item would make two of it.
fn comma_list<T: Serialize + ?Sized>(list: &T) -> Result<Option<String>, BuildError> {
    let Some(text) = fields::text(list)? else { return Ok(None) };
    let Ok(items) = serde_json::from_str::<Vec<String>>(&text) else { return Ok(Some(text)) };
    if items.iter().any(|item| item.contains(',')) {
        return Err(BuildError::invalid(
            "tags",
            "an item has a comma and would become two, so leave the comma out",
        ));
    }
    Ok(Some(items.join(",")))
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::*;
    use crate::api::upload::UploadFile;

    #[test]
    fn lists_have_commas_and_nested_values_are_json() {
        let upload = UploadFile::new("a.jpg")
            .tags(["x", "y"])
            .extensions([])
            .is_published(true)
            .custom_metadata("price", 1.5)
            .extra("newText", "t")
            .extra("newList", Value::from(vec!["p", "q"]));
        let fields = upload.form_fields().unwrap();
        let fields: Vec<_> =
            fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        assert_eq!(
            fields,
            [
                ("fileName", "a.jpg"),
                ("tags", "x,y"),
                ("isPublished", "true"),
                ("extensions", "[]"),
                ("customMetadata", r#"{"price":1.5}"#),
                ("newList", r#"["p","q"]"#),
                ("newText", "t"),
            ]
        );
        assert_eq!(UploadFile::new("a").tags([""; 0]).form_fields().unwrap()[1].1, "");
        assert!(UploadFile::new("a").tags(["x,y"]).form_fields().is_err());
    }

    #[test]
    fn extra_fields_are_neither_fields_nor_file_nor_credentials() {
        for name in ["file", "fileName", "token", "publicKey", "expire", "signature"] {
            let refused = UploadFile::new("a").extra(name, "x").form_fields().unwrap_err();
            assert!(matches!(refused, BuildError::Invalid { field: "extra", .. }), "{name}");
        }
        assert!(UploadFile::new("a").tags(["x"]).extra("tags", "y").form_fields().is_err());
        assert!(UploadFile::new("a").extra("tags", "y").form_fields().is_ok());
    }
}
