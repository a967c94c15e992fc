//! The fields that can be searched by: a function for each.

use std::borrow::Cow;
use std::fmt;
use std::marker::PhantomData;

use super::kind::{
    Begin, Dated, Differ, Equal, FileSize, Flag, Format, FullText, Id, Keywords, Kind, Location,
    Metadata, Name, NoneOf, OneOf, Path, Pixels, Presence, Quantity, Tags, Time, Type,
};
use super::literal::{Literal, quoted};
use super::{Condition, QueryError};

/// A field that can be searched by. It has the operators of its [kind](super::kind).
pub struct Field<K> {
    /// As it stands in the query.
    name: Result<Cow<'static, str>, QueryError>,
    kind: PhantomData<K>,
}

/// `name`: a file's or folder's name, case-sensitive but with [`has`](Field::has).
pub fn name() -> Field<Name> {
    Field::new("name")
}

/// `path`: [`equals`](Field::equals) is one folder,
/// [`begins_with`](Field::begins_with) the folder and those below it.
pub fn path() -> Field<Path> {
    Field::new("path")
}

/// `id`: a file's or folder's id.
pub fn id() -> Field<Id> {
    Field::new("id")
}

/// `createdBy`: the e-mail address of the user who uploaded a file.
pub fn created_by() -> Field<Id> {
    Field::new("createdBy")
}

/// `tags`: a file's tags, its AI tags included.
pub fn tags() -> Field<Tags> {
    Field::new("tags")
}

/// `type`: files, file versions or folders.
pub fn asset_type() -> Field<Type> {
    Field::new("type")
}

/// `format`: a file's format, such as `jpg` or `mp4`.
pub fn format() -> Field<Format> {
    Field::new("format")
}

/// `createdAt`: when an asset was first uploaded.
pub fn created_at() -> Field<Dated> {
    Field::new("createdAt")
}

/// `updatedAt`: when an asset was last changed.
pub fn updated_at() -> Field<Dated> {
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
pub fn date_time_original() -> Field<Dated> {
    Field::new("\"embeddedMetadata.DateTimeOriginal\"")
}

/// `embeddedMetadata.LocationTaken`: where a photo was taken.
pub fn location_taken() -> Field<Location> {
    Field::new("\"embeddedMetadata.LocationTaken\"")
}

/// `embeddedMetadata.` and `name`: metadata in a file. Which names can be searched by, and with
/// which operators, is the API's to say.
pub fn embedded_metadata(name: &str) -> Field<Metadata> {
    Field::metadata("embeddedMetadata", name)
}

/// `customMetadata.` and `name`: a custom metadata field of the account. Its type decides which
/// operators the API takes: `=` `:` `IN` `HAS` for texts, `<` `<=` `>` `>=` for numbers and
/// dates, `=` for booleans, `IN` for selections.
///
/// ```
/// use imagekit_proto::search::field;
///
/// let query = field::custom_metadata("rating")
///     .more_than(4.3)
///     .and(field::custom_metadata("colours").one_of(["red", "blue"]))
///     .and(field::custom_metadata("brand").exists())
///     .build()?;
/// assert_eq!(
///     query.as_str(),
///     r#""customMetadata.rating" > 4.3 AND "customMetadata.colours" IN ["red", "blue"] AND "customMetadata.brand" EXISTS"#
/// );
/// # Ok::<(), imagekit_proto::search::QueryError>(())
/// ```
pub fn custom_metadata(name: &str) -> Field<Metadata> {
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

impl<K: Equal> Field<K> {
    /// `=`: exactly this.
    pub fn equals(self, value: impl Into<K::Value>) -> Condition {
        self.compare("=", value)
    }
}

impl<K: Differ> Field<K> {
    /// `NOT =`: anything but this.
    pub fn differs_from(self, value: impl Into<K::Value>) -> Condition {
        self.compare("NOT =", value)
    }
}

impl<K: OneOf> Field<K> {
    /// `IN`: one of these. An empty list is refused.
    pub fn one_of<V: Into<K::Value>>(self, values: impl IntoIterator<Item = V>) -> Condition {
        self.list("IN", values)
    }
}

impl<K: NoneOf> Field<K> {
    /// `NOT IN`: none of these. An empty list is refused.
    pub fn none_of<V: Into<K::Value>>(self, values: impl IntoIterator<Item = V>) -> Condition {
        self.list("NOT IN", values)
    }
}

impl<K: Begin> Field<K> {
    /// `:`: begins with this; for a path, the folder and those below it.
    pub fn begins_with(self, prefix: impl Into<String>) -> Condition {
        self.condition(|name| Ok(format!(": {}", prefix.into().literal(name)?)))
    }
}

impl<K: FullText> Field<K> {
    /// `HAS`: holds all of these words, in any case and order; the last one may be the beginning
    /// of a word. Sort by relevance.
    pub fn has(self, words: impl Into<String>) -> Condition {
        self.condition(|name| Ok(format!("HAS {}", words.into().literal(name)?)))
    }
}

impl<K: Presence> Field<K> {
    /// `EXISTS`: there is a value.
    pub fn exists(self) -> Condition {
        self.condition(|_| Ok("EXISTS".to_owned()))
    }

    /// `NOT EXISTS`: there is no value.
    pub fn is_missing(self) -> Condition {
        self.condition(|_| Ok("NOT EXISTS".to_owned()))
    }
}

impl<K: Quantity> Field<K> {
    /// `<`
    pub fn less_than(self, value: impl Into<K::Value>) -> Condition {
        self.compare("<", value)
    }

    /// `<=`
    pub fn at_most(self, value: impl Into<K::Value>) -> Condition {
        self.compare("<=", value)
    }

    /// `>`
    pub fn more_than(self, value: impl Into<K::Value>) -> Condition {
        self.compare(">", value)
    }

    /// `>=`
    pub fn at_least(self, value: impl Into<K::Value>) -> Condition {
        self.compare(">=", value)
    }
}

impl<K: Time<Value: From<super::Date>>> Field<K> {
    /// `<`
    pub fn before(self, date: super::Date) -> Condition {
        self.compare("<", date)
    }

    /// `<=`
    pub fn until(self, date: super::Date) -> Condition {
        self.compare("<=", date)
    }

    /// `>`
    pub fn after(self, date: super::Date) -> Condition {
        self.compare(">", date)
    }

    /// `>=`
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
