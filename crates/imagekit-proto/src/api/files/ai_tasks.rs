//! The `ai-tasks` extension: tasks for a model, and actions on their results.

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::Value;

use crate::types::{Extra, model, nullable, tagged};

/// The `ai-tasks` extension: 1 to 10 tasks for a model that looks at an image.
///
/// ```
/// use imagekit_proto::api::files::{AiAction, AiTasks, SelectTags, YesNo};
///
/// let tasks = AiTasks::new([
///     SelectTags::new("What clothing is visible?").vocabulary(["shirt", "dress"]).into(),
///     YesNo::new("Is this a luxury item?").on_yes(AiAction::new().add_tags(["luxury"])).into(),
/// ]);
/// assert_eq!(serde_json::to_value(&tasks)?["tasks"][1]["on_yes"]["add_tags"][0], "luxury");
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct AiTasks {
    /// The tasks; 1 to 10.
    #[serde(default, deserialize_with = "nullable")]
    pub tasks: Vec<AiTask>,
    /// Keys that this crate does not know yet.
    #[serde(flatten)]
    pub extra: Extra,
}

impl AiTasks {
    /// Creates the extension with these tasks.
    pub fn new(tasks: impl IntoIterator<Item = AiTask>) -> Self {
        Self { tasks: tasks.into_iter().collect(), extra: Extra::new() }
    }
}

/// One task for a model.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
#[expect(clippy::large_enum_variant, reason = "a request holds ten at most")]
pub enum AiTask {
    /// `select_tags`: adds tags out of a vocabulary.
    SelectTags(SelectTags),
    /// `select_metadata`: sets a custom metadata field out of a vocabulary.
    SelectMetadata(SelectMetadata),
    /// `yes_no`: decides a yes/no question and acts on the result.
    YesNo(YesNo),
    /// A task that this crate does not know yet: the object as sent, `type` included.
    Other(Extra),
}

/// [`AiTask`] as serde derives it: a mirror, so that the public type gets no methods of serde's.
#[derive(Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case", remote = "AiTask")]
#[expect(clippy::large_enum_variant, reason = "a request holds ten at most")]
enum Known {
    SelectTags(SelectTags),
    SelectMetadata(SelectMetadata),
    YesNo(YesNo),
    #[serde(skip)]
    Other(Extra),
}

impl Serialize for AiTask {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Other(object) => object.serialize(serializer),
            known => Known::serialize(known, serializer),
        }
    }
}

impl<'de> Deserialize<'de> for AiTask {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        const KNOWN: [&str; 3] = ["select_tags", "select_metadata", "yes_no"];
        tagged(deserializer, "type", &KNOWN, Known::deserialize, Self::Other)
    }
}

impl From<SelectTags> for AiTask {
    fn from(task: SelectTags) -> Self {
        Self::SelectTags(task)
    }
}

impl From<SelectMetadata> for AiTask {
    fn from(task: SelectMetadata) -> Self {
        Self::SelectMetadata(task)
    }
}

impl From<YesNo> for AiTask {
    fn from(task: YesNo) -> Self {
        Self::YesNo(task)
    }
}

model! {
    /// Task: adds tags, out of a vocabulary if one is given.
    ///
    /// ```
    /// use imagekit_proto::api::files::SelectTags;
    ///
    /// let task = SelectTags::new("Which season is it?")
    ///     .vocabulary(["spring", "summer", "autumn", "winter"])
    ///     .max_selections(1);
    /// assert_eq!(serde_json::to_value(&task)?["max_selections"], 1);
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub struct SelectTags {
        /// Instruction to the model; 1 to 2,000 characters.
        instruction: String = Required "instruction",
        /// The possible tags; 1 to 30, 500 characters together.
        vocabulary: Option<Vec<String>> = Optional "vocabulary",
        /// Smallest number of tags.
        min_selections: Option<u64> = Lenient "min_selections",
        /// Largest number of tags; 1 at least.
        max_selections: Option<u64> = Lenient "max_selections",
    }
}

impl SelectTags {
    /// Creates a task that adds the tags asked for in `instruction`.
    pub fn new(instruction: impl Into<String>) -> Self {
        Self {
            instruction: instruction.into(),
            vocabulary: None,
            min_selections: None,
            max_selections: None,
            extra: Extra::new(),
        }
    }

    /// Allows these tags only.
    pub fn vocabulary<T: Into<String>>(mut self, tags: impl IntoIterator<Item = T>) -> Self {
        self.vocabulary = Some(tags.into_iter().map(Into::into).collect());
        self
    }

    /// Sets the smallest number of tags.
    pub fn min_selections(mut self, count: u64) -> Self {
        self.min_selections = Some(count);
        self
    }

    /// Sets the largest number of tags.
    pub fn max_selections(mut self, count: u64) -> Self {
        self.max_selections = Some(count);
        self
    }
}

model! {
    /// Task: sets a custom metadata field, out of a vocabulary if one is given.
    ///
    /// ```
    /// use imagekit_proto::api::files::SelectMetadata;
    ///
    /// let task = SelectMetadata::new("How many people are there?", "people").vocabulary([0, 1, 2]);
    /// assert_eq!(serde_json::to_value(&task)?["vocabulary"][2], 2);
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub struct SelectMetadata {
        /// Instruction to the model; 1 to 2,000 characters.
        instruction: String = Required "instruction",
        /// The custom metadata field; it must exist.
        field: String = Required "field",
        /// The possible values, of the field's type; 1 to 30.
        vocabulary: Option<Vec<Value>> = Optional "vocabulary",
        /// Smallest number of values.
        min_selections: Option<u64> = Lenient "min_selections",
        /// Largest number of values; 1 at least.
        max_selections: Option<u64> = Lenient "max_selections",
    }
}

impl SelectMetadata {
    /// Creates a task that sets `field` to what `instruction` asks for.
    pub fn new(instruction: impl Into<String>, field: impl Into<String>) -> Self {
        Self {
            instruction: instruction.into(),
            field: field.into(),
            vocabulary: None,
            min_selections: None,
            max_selections: None,
            extra: Extra::new(),
        }
    }

    /// Allows these values only.
    pub fn vocabulary<V: Into<Value>>(mut self, values: impl IntoIterator<Item = V>) -> Self {
        self.vocabulary = Some(values.into_iter().map(Into::into).collect());
        self
    }

    /// Sets the smallest number of values.
    pub fn min_selections(mut self, count: u64) -> Self {
        self.min_selections = Some(count);
        self
    }

    /// Sets the largest number of values.
    pub fn max_selections(mut self, count: u64) -> Self {
        self.max_selections = Some(count);
        self
    }
}

/// Task: decides a yes/no question and acts on the result.
///
/// ```
/// use imagekit_proto::api::files::{AiAction, YesNo};
///
/// let task = YesNo::new("Is there a logo?")
///     .on_yes(AiAction::new().add_tags(["logo"]))
///     .on_no(AiAction::new().remove_tags(["logo"]));
/// assert_eq!(serde_json::to_value(&task)?["on_no"]["remove_tags"][0], "logo");
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct YesNo {
    /// Question to the model; 1 to 2,000 characters.
    pub instruction: String,
    /// Action on a yes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub on_yes: Option<AiAction>,
    /// Action on a no.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub on_no: Option<AiAction>,
    /// Action on an undecided result.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub on_unknown: Option<AiAction>,
    /// Keys that this crate does not know yet.
    #[serde(flatten)]
    pub extra: Extra,
}

impl YesNo {
    /// Creates a task that asks `instruction`.
    pub fn new(instruction: impl Into<String>) -> Self {
        Self {
            instruction: instruction.into(),
            on_yes: None,
            on_no: None,
            on_unknown: None,
            extra: Extra::new(),
        }
    }

    /// Sets the action on a yes.
    pub fn on_yes(mut self, action: AiAction) -> Self {
        self.on_yes = Some(action);
        self
    }

    /// Sets the action on a no.
    pub fn on_no(mut self, action: AiAction) -> Self {
        self.on_no = Some(action);
        self
    }

    /// Sets the action on an undecided result.
    pub fn on_unknown(mut self, action: AiAction) -> Self {
        self.on_unknown = Some(action);
        self
    }
}

/// Action on a file.
///
/// ```
/// use imagekit_proto::api::files::AiAction;
///
/// let action = AiAction::new().set_metadata("checked", true).unset_metadata("draft");
/// assert_eq!(
///     serde_json::to_value(&action)?,
///     serde_json::json!({
///         "set_metadata": [{"field": "checked", "value": true}],
///         "unset_metadata": [{"field": "draft"}],
///     })
/// );
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct AiAction {
    /// Tags to add.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub add_tags: Option<Vec<String>>,
    /// Tags to remove.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub remove_tags: Option<Vec<String>>,
    /// Custom metadata to set.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub set_metadata: Option<Vec<SetMetadata>>,
    /// Custom metadata to unset.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unset_metadata: Option<Vec<UnsetMetadata>>,
    /// Keys that this crate does not know yet.
    #[serde(flatten)]
    pub extra: Extra,
}

/// A custom metadata field and its new value.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct SetMetadata {
    /// The field's name.
    pub field: String,
    /// Its value: text, a number, a boolean, or a list of them.
    #[serde(default, skip_serializing_if = "Value::is_null")]
    pub value: Value,
    /// Keys that this crate does not know yet.
    #[serde(flatten)]
    pub extra: Extra,
}

/// A custom metadata field to unset.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct UnsetMetadata {
    /// The field's name.
    pub field: String,
    /// Keys that this crate does not know yet.
    #[serde(flatten)]
    pub extra: Extra,
}

impl AiAction {
    /// Creates an empty action.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds tags.
    pub fn add_tags<T: Into<String>>(mut self, tags: impl IntoIterator<Item = T>) -> Self {
        self.add_tags.get_or_insert_default().extend(tags.into_iter().map(Into::into));
        self
    }

    /// Removes tags.
    pub fn remove_tags<T: Into<String>>(mut self, tags: impl IntoIterator<Item = T>) -> Self {
        self.remove_tags.get_or_insert_default().extend(tags.into_iter().map(Into::into));
        self
    }

    /// Sets a custom metadata field.
    pub fn set_metadata(mut self, field: impl Into<String>, value: impl Into<Value>) -> Self {
        self.set_metadata.get_or_insert_default().push(SetMetadata {
            field: field.into(),
            value: value.into(),
            extra: Extra::new(),
        });
        self
    }

    /// Unsets a custom metadata field.
    pub fn unset_metadata(mut self, field: impl Into<String>) -> Self {
        self.unset_metadata
            .get_or_insert_default()
            .push(UnsetMetadata { field: field.into(), extra: Extra::new() });
        self
    }
}
