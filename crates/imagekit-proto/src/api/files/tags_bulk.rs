//! Tags of many files: what adding and removing them has in common.

use std::collections::BTreeMap;
use std::fmt;
use std::marker::PhantomData;

use bytes::Bytes;
use http::{Request, Response};
use serde::de::Error;
use serde::ser::SerializeStruct;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::Value;

use super::bulk_outcome::{BulkOutcome, UpdatedFiles, check_ids, outcome, results};
use super::tags::check_tags;
use crate::endpoint::{Documented, Endpoint, Operation, RequestContext, Sample};
use crate::error::{BuildError, DecodeError, ItemError};
use crate::flow::Bulk;
use crate::types::Extra;
use crate::wire::Body;

/// What happens to the tags: [`Add`](super::Add), [`Remove`](super::Remove) or
/// [`RemoveAi`](super::RemoveAi).
pub trait TagsChange:
    sealed::Sealed + Clone + fmt::Debug + PartialEq + Send + Sync + 'static
{
    #[doc(hidden)]
    const OPERATION: &'static Operation;

    /// The key of the tags in the request.
    #[doc(hidden)]
    const TAGS: &'static str = "tags";

    /// The plainest request.
    #[doc(hidden)]
    const SAMPLE: &'static str =
        r#"{"fileIds": ["598821f949c0a938d57563bd"], "tags": ["cat", "grey"]}"#;
}

pub(super) mod sealed {
    pub trait Sealed {}
}

/// A change to the tags of up to 50 files: see [`AddTagsBulk`](super::AddTagsBulk),
/// [`RemoveTagsBulk`](super::RemoveTagsBulk) and [`RemoveAiTagsBulk`](super::RemoveAiTagsBulk).
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct TagsBulk<C: TagsChange> {
    /// Ids of the files, 1 to 50.
    pub file_ids: Vec<String>,
    /// The tags, at least one. A tag that is not an AI tag has no `%`, and all of them have up to
    /// 500 characters together.
    pub tags: Vec<String>,
    /// Keys that this crate does not know yet.
    pub extra: Extra,
    change: PhantomData<C>,
}

impl<C: TagsChange> TagsBulk<C> {
    /// Creates a request that adds `tags` to the files, or removes them.
    pub fn new<F: Into<String>, T: Into<String>>(
        file_ids: impl IntoIterator<Item = F>,
        tags: impl IntoIterator<Item = T>,
    ) -> Self {
        Self {
            file_ids: file_ids.into_iter().map(Into::into).collect(),
            tags: tags.into_iter().map(Into::into).collect(),
            extra: Extra::new(),
            change: PhantomData,
        }
    }

    /// Sends a key that this crate does not know yet.
    pub fn extra(mut self, key: impl Into<String>, value: impl Into<Value>) -> Self {
        self.extra.insert(key.into(), value.into());
        self
    }

    fn has_ai_tags() -> bool {
        C::TAGS != "tags"
    }
}

impl<C: TagsChange> Serialize for TagsBulk<C> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut request = serializer.serialize_struct("TagsBulk", 3)?;
        request.serialize_field("fileIds", &self.file_ids)?;
        request.serialize_field(C::TAGS, &self.tags)?;
        if !self.extra.is_empty() {
            request.serialize_field("$extra", &self.extra)?;
        }
        request.end()
    }
}

impl<'de, C: TagsChange> Deserialize<'de> for TagsBulk<C> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        struct Fields {
            #[serde(rename = "fileIds")]
            file_ids: Vec<String>,
            #[serde(rename = "$extra", default)]
            extra: Extra,
            #[serde(flatten)]
            rest: BTreeMap<String, Value>,
        }

        let Fields { file_ids, extra, mut rest } = Fields::deserialize(deserializer)?;
        let tags = rest.remove(C::TAGS).ok_or_else(|| D::Error::missing_field(C::TAGS))?;
        if let Some(key) = rest.keys().next() {
            return Err(D::Error::unknown_field(key, &["fileIds", C::TAGS]));
        }
        let tags = Vec::deserialize(tags).map_err(D::Error::custom)?;
        Ok(Self { file_ids, tags, extra, change: PhantomData })
    }
}

impl<C: TagsChange> Endpoint for TagsBulk<C> {
    type Output = BulkOutcome<UpdatedFiles>;

    fn operation(&self) -> &'static Operation {
        C::OPERATION
    }

    fn build(&self, cx: &RequestContext<'_>) -> Result<Request<Body>, BuildError> {
        check_ids(cx, self, "one request changes 50 files at most")?;
        cx.ensure(!self.tags.is_empty(), C::TAGS, "the list must not be empty")?;
        if !Self::has_ai_tags() {
            check_tags(cx, C::TAGS, &self.tags)?;
        }
        cx.request(C::OPERATION).json(self)
    }

    fn decode(&self, response: &Response<Bytes>) -> Result<Self::Output, DecodeError> {
        outcome(response)
    }
}

impl<C: TagsChange> Documented for TagsBulk<C> {
    const OPERATION: &'static Operation = C::OPERATION;

    const SAMPLE: Sample =
        Sample::new(C::SAMPLE, r#"{"successfullyUpdatedFileIds": ["598821f949c0a938d57563bd"]}"#);
}

impl<C: TagsChange> Bulk for TagsBulk<C> {
    const MAX_IDS: usize = 50;

    fn ids(&self) -> &[String] {
        &self.file_ids
    }

    fn with_ids(&self, ids: Vec<String>) -> Self {
        Self { file_ids: ids, ..self.clone() }
    }

    fn results(output: Self::Output) -> (Vec<String>, Vec<ItemError>) {
        results(output)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api::files::{AddTagsBulk, RemoveAiTagsBulk, RemoveTagsBulk};
    use crate::config::Config;

    fn check(endpoint: impl Endpoint, refused: Option<(&'static str, &'static str)>) {
        let config = Config::new("private_key").unwrap();
        let cx = RequestContext::new(&config, 1);
        let error = endpoint.build(&cx).err();
        assert_eq!(error, refused.map(|(field, why)| BuildError::Limit { field, why }));
        assert!(endpoint.build(&cx.skip_limit_checks(true)).is_ok());
    }

    #[test]
    fn the_documented_sizes_are_checked() {
        let many = Some(("fileIds", "one request changes 50 files at most"));
        let none = Some(("fileIds", "the list must not be empty"));
        for (count, refused) in [(0, none), (1, None), (50, None), (51, many)] {
            check(AddTagsBulk::new(vec!["a"; count], ["t"]), refused);
            check(RemoveTagsBulk::new(vec!["a"; count], ["t"]), refused);
            check(RemoveAiTagsBulk::new(vec!["a"; count], ["t"]), refused);
        }
    }

    #[test]
    fn tags_are_checked_and_ai_tags_are_not() {
        let empty = "the list must not be empty";
        let none: [&str; 0] = [];
        check(AddTagsBulk::new(["a"], none), Some(("tags", empty)));
        check(RemoveAiTagsBulk::new(["a"], none), Some(("AITags", empty)));
        check(RemoveTagsBulk::new(["a"], ["50%"]), Some(("tags", "a tag has no percent sign")));
        check(RemoveAiTagsBulk::new(["a"], ["50%"]), None);
        check(AddTagsBulk::new(["a"], ["é".repeat(500)]), None);
        check(
            AddTagsBulk::new(["a"], ["é".repeat(501)]),
            Some(("tags", "all tags of a file have 500 characters at most")),
        );
    }

    #[test]
    fn each_operation_takes_its_own_key_from_json() {
        let with = |key: &str| serde_json::json!({"fileIds": ["a"], key: ["t"]});
        let add: AddTagsBulk = serde_json::from_value(with("tags")).unwrap();
        assert_eq!(add, AddTagsBulk::new(["a"], ["t"]));
        let remove: RemoveAiTagsBulk = serde_json::from_value(with("AITags")).unwrap();
        assert_eq!(remove, RemoveAiTagsBulk::new(["a"], ["t"]));
        assert_eq!(serde_json::to_value(&remove).unwrap(), with("AITags"));

        assert!(serde_json::from_value::<AddTagsBulk>(with("AITags")).is_err());
        let mut both = with("tags");
        both["AITags"] = Value::Null;
        assert!(serde_json::from_value::<AddTagsBulk>(both).is_err());
    }
}
