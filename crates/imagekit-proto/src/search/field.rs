//! The searchable fields: one function for each.

use std::borrow::Cow;
use std::fmt;
use std::marker::PhantomData;

use super::kind::{
    Chronological, DateTime, Equals, Exists, FileFormat, FileSize, Flag, Has, Id, Keywords, Kind,
    Location, MetadataField, Name, NoneOf, NotEquals, OneOf, Ordered, Path, Pixels, StartsWith,
    Tags, Type,
};
use super::literal::{Literal, quoted};
use super::{Condition, QueryError};

/// A searchable field. It has the operators of its [kind](super::kind).
///
/// ```
/// use imagekit_proto::search::{Field, field, kind};
///
/// let width: Field<kind::Pixels> = field::width();
/// assert_eq!(width.gte(500).build()?.as_str(), "width >= 500");
/// # Ok::<(), imagekit_proto::search::QueryError>(())
/// ```
pub struct Field<K> {
    /// The name, as it is written in the query.
    name: Result<Cow<'static, str>, QueryError>,
    kind: PhantomData<K>,
}

/// `name`: the name of a file or folder; case-sensitive except for [`has`](Field::has).
pub fn name() -> Field<Name> {
    Field::new("name")
}

/// `path`: [`eq`](Field::eq) selects one folder, [`starts_with`](Field::starts_with) the folder and
/// those below it.
pub fn path() -> Field<Path> {
    Field::new("path")
}

/// `id`: the id of a file or folder.
pub fn id() -> Field<Id> {
    Field::new("id")
}

/// `createdBy`: the e-mail address of the user who uploaded a file.
pub fn created_by() -> Field<Id> {
    Field::new("createdBy")
}

/// `tags`: a file's tags, including its AI tags.
pub fn tags() -> Field<Tags> {
    Field::new("tags")
}

/// `type`: files, file versions or folders.
pub fn asset_type() -> Field<Type> {
    Field::new("type")
}

/// `format`: a file's format, such as `jpg` or `mp4`.
pub fn format() -> Field<FileFormat> {
    Field::new("format")
}

/// `createdAt`: when an asset was first uploaded.
pub fn created_at() -> Field<DateTime> {
    Field::new("createdAt")
}

/// `updatedAt`: when an asset was last changed.
pub fn updated_at() -> Field<DateTime> {
    Field::new("updatedAt")
}

/// `width` of an image, in pixels.
pub fn width() -> Field<Pixels> {
    Field::new("width")
}

/// `height` of an image, in pixels.
pub fn height() -> Field<Pixels> {
    Field::new("height")
}

/// `size` of a file.
pub fn size() -> Field<FileSize> {
    Field::new("size")
}

/// `private`: whether a file is private.
pub fn private() -> Field<Flag> {
    Field::new("private")
}

/// `published`: whether a file is published; drafts are not.
pub fn published() -> Field<Flag> {
    Field::new("published")
}

/// `transparency`: whether an image has an alpha layer.
pub fn transparency() -> Field<Flag> {
    Field::new("transparency")
}

/// `embeddedMetadata.Keywords`: the keywords in a file.
pub fn keywords() -> Field<Keywords> {
    Field::new("\"embeddedMetadata.Keywords\"")
}

/// `embeddedMetadata.DateTimeOriginal`: when a photo was taken.
pub fn date_time_original() -> Field<DateTime> {
    Field::new("\"embeddedMetadata.DateTimeOriginal\"")
}

/// `embeddedMetadata.LocationTaken`: where a photo was taken.
pub fn location_taken() -> Field<Location> {
    Field::new("\"embeddedMetadata.LocationTaken\"")
}

/// `embeddedMetadata.` and `name`: metadata in a file. The API decides which names are searchable,
/// and by which operators.
pub fn embedded_metadata(name: &str) -> Field<MetadataField> {
    Field::metadata("embeddedMetadata", name)
}

/// `customMetadata.` and `name`: a custom metadata field of the account. Its type decides which
/// operators the API accepts: `=` `:` `IN` `HAS` for texts, `<` `<=` `>` `>=` for numbers and
/// dates, `=` for booleans, `IN` for selections.
///
/// ```
/// use imagekit_proto::search::field;
///
/// let query = field::custom_metadata("rating")
///     .gt(4.3)
///     .and(field::custom_metadata("colours").one_of(["red", "blue"]))
///     .and(field::custom_metadata("brand").exists())
///     .build()?;
/// assert_eq!(
///     query.as_str(),
///     r#""customMetadata.rating" > 4.3 AND "customMetadata.colours" IN ["red", "blue"] AND "customMetadata.brand" EXISTS"#
/// );
/// # Ok::<(), imagekit_proto::search::QueryError>(())
/// ```
pub fn custom_metadata(name: &str) -> Field<MetadataField> {
    Field::metadata("customMetadata", name)
}

impl<K> Field<K> {
    fn new(name: &'static str) -> Self {
        Self { name: Ok(name.into()), kind: PhantomData }
    }

    fn metadata(group: &str, name: &str) -> Self {
        let name = match quoted(&format!("{group}.{name}")) {
            Ok(quoted) if !name.is_empty() => Ok(quoted.into()),
            _ => Err(QueryError::FieldName),
        };
        Self { name, kind: PhantomData }
    }

    fn condition(self, rest: impl FnOnce(&str) -> Result<String, QueryError>) -> Condition {
        Condition::comparison(
            self.name.and_then(|name| rest(&name).map(|rest| format!("{name} {rest}"))),
        )
    }
}

impl<K: Kind> Field<K> {
    fn compare(self, operator: &str, value: impl Into<K::Value>) -> Condition {
        self.condition(|name| Ok(format!("{operator} {}", value.into().literal(name)?)))
    }

    fn list<V: Into<K::Value>>(
        self,
        operator: &str,
        values: impl IntoIterator<Item = V>,
    ) -> Condition {
        self.condition(|name| {
            let mut literals = Vec::new();
            for value in values {
                literals.push(value.into().literal(name)?);
            }
            if literals.is_empty() {
                return Err(QueryError::EmptyList { field: name.to_owned() });
            }
            Ok(format!("{operator} [{}]", literals.join(", ")))
        })
    }
}

impl<K: Equals> Field<K> {
    /// `=`: equal to the value.
    #[doc(alias = "equals")]
    pub fn eq(self, value: impl Into<K::Value>) -> Condition {
        self.compare("=", value)
    }
}

impl<K: NotEquals> Field<K> {
    /// `NOT =`: not equal to the value.
    #[doc(alias = "not_equals")]
    pub fn ne(self, value: impl Into<K::Value>) -> Condition {
        self.compare("NOT =", value)
    }
}

impl<K: OneOf> Field<K> {
    /// `IN`: equal to one of the values. An empty list is refused.
    #[doc(alias = "is_in")]
    pub fn one_of<V: Into<K::Value>>(self, values: impl IntoIterator<Item = V>) -> Condition {
        self.list("IN", values)
    }
}

impl<K: NoneOf> Field<K> {
    /// `NOT IN`: equal to none of the values. An empty list is refused.
    #[doc(alias = "not_in")]
    pub fn none_of<V: Into<K::Value>>(self, values: impl IntoIterator<Item = V>) -> Condition {
        self.list("NOT IN", values)
    }
}

impl<K: StartsWith> Field<K> {
    /// `:`: starts with the prefix; for a path, the folder and those below it.
    #[doc(alias = "begins_with")]
    pub fn starts_with(self, prefix: impl Into<String>) -> Condition {
        self.condition(|name| Ok(format!(": {}", prefix.into().literal(name)?)))
    }
}

impl<K: Has> Field<K> {
    /// `HAS`: has all of the words, in any case and order; the last one may be the start of a word.
    /// Sort the list by relevance.
    pub fn has(self, words: impl Into<String>) -> Condition {
        self.condition(|name| Ok(format!("HAS {}", words.into().literal(name)?)))
    }
}

impl<K: Exists> Field<K> {
    /// `EXISTS`: has a value.
    pub fn exists(self) -> Condition {
        self.condition(|_| Ok("EXISTS".to_owned()))
    }

    /// `NOT EXISTS`: has no value.
    #[doc(alias = "not_exists")]
    pub fn is_missing(self) -> Condition {
        self.condition(|_| Ok("NOT EXISTS".to_owned()))
    }
}

impl<K: Ordered> Field<K> {
    /// `<`: less than the value.
    #[doc(alias = "less_than")]
    pub fn lt(self, value: impl Into<K::Value>) -> Condition {
        self.compare("<", value)
    }

    /// `<=`: less than or equal to the value.
    #[doc(alias = "less_than_or_equal")]
    pub fn lte(self, value: impl Into<K::Value>) -> Condition {
        self.compare("<=", value)
    }

    /// `>`: greater than the value.
    #[doc(alias = "greater_than")]
    pub fn gt(self, value: impl Into<K::Value>) -> Condition {
        self.compare(">", value)
    }

    /// `>=`: greater than or equal to the value.
    #[doc(alias = "greater_than_or_equal")]
    pub fn gte(self, value: impl Into<K::Value>) -> Condition {
        self.compare(">=", value)
    }
}

impl<K: Chronological<Value: From<super::Date>>> Field<K> {
    /// `<`: before the date.
    pub fn before(self, date: super::Date) -> Condition {
        self.compare("<", date)
    }

    /// `<=`: before the date, or exactly then.
    pub fn until(self, date: super::Date) -> Condition {
        self.compare("<=", date)
    }

    /// `>`: after the date.
    pub fn after(self, date: super::Date) -> Condition {
        self.compare(">", date)
    }

    /// `>=`: after the date, or exactly then.
    pub fn since(self, date: super::Date) -> Condition {
        self.compare(">=", date)
    }
}

impl<K> Clone for Field<K> {
    fn clone(&self) -> Self {
        Self { name: self.name.clone(), kind: PhantomData }
    }
}

impl<K> fmt::Debug for Field<K> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Field").field(&self.name).finish()
    }
}
