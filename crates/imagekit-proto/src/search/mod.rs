//! Typed search queries: what `searchQuery` of
//! [`ListAndSearchAssets`](crate::api::assets::ListAndSearchAssets) takes.
//!
//! ```
//! use imagekit_proto::api::assets::ListAndSearchAssets;
//! use imagekit_proto::search::{Date, Size, field};
//!
//! let query = field::created_at()
//!     .after(Date::days_ago(7))
//!     .and(field::name().begins_with("red-dress"))
//!     .and(field::tags().one_of(["summer", "sale"]).or(field::size().at_most(Size::mb(1))))
//!     .build()?;
//! assert_eq!(
//!     query.as_str(),
//!     r#"createdAt > "7d" AND name : "red-dress" AND (tags IN ["summer", "sale"] OR size <= "1mb")"#
//! );
//! let list = ListAndSearchAssets::new().search_query(query);
//! # let _ = list;
//! # Ok::<(), imagekit_proto::search::QueryError>(())
//! ```
//!
//! A [`field`] has the operators that ImageKit documents for it and no others. A text is one text
//! in the query, whatever it holds: what cannot be quoted is refused by [`Condition::build`].
//! AND and OR never mix without parentheses, so that precedence is never a question.
//!
//! With a search query the API ignores the list's own `type`, `tags` and `name`: say them here.
//!
//! Sources: ImageKit's documentation of
//! [list and search](https://imagekit.io/docs/api-reference/digital-asset-management-dam/list-and-search-assets#advanced-search-queries)
//! and its published skill `search-assets`.

mod date;
pub mod field;
pub mod kind;
mod literal;
mod place;
mod value;

use std::fmt;

pub use date::Date;
pub use field::Field;
pub use place::{Place, Point};
pub use value::{AssetType, Number, Size, Value};

/// A condition on assets, made by a [`Field`]; conditions combine to conditions.
///
/// What is wrong with a value shows in [`build`](Self::build).
#[derive(Clone, Debug, PartialEq)]
#[must_use = "a condition does nothing until it is built into a query"]
pub struct Condition(Result<Expression, QueryError>);

#[derive(Clone, Debug, PartialEq)]
struct Expression {
    text: String,
    /// What joins its outermost parts.
    join: Join,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Join {
    /// One comparison.
    None,
    And,
    Or,
    /// Nobody knows.
    Raw,
}

impl Condition {
    /// A condition in ImageKit's own language, for what this module cannot say. It is sent as it
    /// is, in parentheses where it is combined: nothing in it is checked or quoted.
    ///
    /// ```
    /// use imagekit_proto::search::{Condition, field};
    ///
    /// let query = Condition::raw("height = width").and(field::private().equals(true)).build()?;
    /// assert_eq!(query.as_str(), "(height = width) AND private = true");
    /// # Ok::<(), imagekit_proto::search::QueryError>(())
    /// ```
    pub fn raw(text: impl Into<String>) -> Self {
        let text = text.into();
        if text.trim().is_empty() {
            return Self(Err(QueryError::Empty));
        }
        Self(Ok(Expression { text, join: Join::Raw }))
    }

    /// Both conditions.
    pub fn and(self, other: Self) -> Self {
        self.join(other, Join::And)
    }

    /// Either condition, or both.
    pub fn or(self, other: Self) -> Self {
        self.join(other, Join::Or)
    }

    /// All of the conditions.
    ///
    /// ```
    /// use imagekit_proto::search::{Condition, field};
    ///
    /// let large = [field::width(), field::height()].map(|side| side.more_than(500));
    /// assert_eq!(Condition::all(large).build()?.as_str(), "width > 500 AND height > 500");
    /// # Ok::<(), imagekit_proto::search::QueryError>(())
    /// ```
    pub fn all(conditions: impl IntoIterator<Item = Self>) -> Self {
        conditions.into_iter().reduce(Self::and).unwrap_or(Self(Err(QueryError::Empty)))
    }

    /// Any of the conditions.
    pub fn any(conditions: impl IntoIterator<Item = Self>) -> Self {
        conditions.into_iter().reduce(Self::or).unwrap_or(Self(Err(QueryError::Empty)))
    }

    /// The query.
    ///
    /// # Errors
    ///
    /// The first value that cannot be written in the query language.
    pub fn build(self) -> Result<Query, QueryError> {
        self.0.map(|expression| Query(expression.text))
    }

    fn comparison(text: Result<String, QueryError>) -> Self {
        Self(text.map(|text| Expression { text, join: Join::None }))
    }

    fn join(self, other: Self, join: Join) -> Self {
        let (mut left, right) = match (self.0, other.0) {
            (Ok(left), Ok(right)) => (left, right),
            (Err(error), _) | (_, Err(error)) => return Self(Err(error)),
        };
        left.enclose_in(join);
        left.text.push_str(if join == Join::Or { " OR " } else { " AND " });
        let mut right = right;
        right.enclose_in(join);
        left.text.push_str(&right.text);
        left.join = join;
        Self(Ok(left))
    }
}

impl Expression {
    /// Puts parentheses around it if it would read otherwise among parts joined by `join`.
    fn enclose_in(&mut self, join: Join) {
        if self.join != Join::None && self.join != join {
            self.text.insert(0, '(');
            self.text.push(')');
        }
    }
}

/// A finished search query.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Query(String);

impl Query {
    /// The query in ImageKit's language.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Query {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl From<Query> for String {
    fn from(query: Query) -> Self {
        query.0
    }
}

/// A value that the query language cannot say.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum QueryError {
    /// A text holds a character that cannot stand in a quoted text.
    #[non_exhaustive]
    Text {
        /// The field it is compared with.
        field: String,
        /// The character.
        character: char,
    },
    /// The name of a metadata field is empty, or holds a character that cannot be quoted.
    FieldName,
    /// A list of values is empty.
    #[non_exhaustive]
    EmptyList {
        /// The field it is compared with.
        field: String,
    },
    /// A number is infinite or not a number.
    #[non_exhaustive]
    Number {
        /// The field it is compared with.
        field: String,
    },
    /// A date is not `YYYY-MM-DD` or `YYYY-MM-DDTHH:MM:SS`.
    #[non_exhaustive]
    Date {
        /// The field it is compared with.
        field: String,
    },
    /// A place has a latitude beyond 90 degrees, a longitude beyond 180 degrees, or a radius that
    /// is not more than 0.
    #[non_exhaustive]
    Place {
        /// The field it is compared with.
        field: String,
    },
    /// There is no condition.
    Empty,
}

impl fmt::Display for QueryError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Text { field, character } => write!(
                f,
                "the text for {field} holds {character:?}, which cannot be quoted in a search \
                 query: search for a part without it, or say it with Condition::raw"
            ),
            Self::FieldName => f.write_str(
                "the name of the metadata field is empty, or holds a character that cannot be \
                 quoted in a search query",
            ),
            Self::EmptyList { field } => write!(f, "the list of values for {field} is empty"),
            Self::Number { field } => write!(f, "the number for {field} is not finite"),
            Self::Date { field } => write!(
                f,
                "the date for {field} is neither YYYY-MM-DD nor YYYY-MM-DDTHH:MM:SS: for a time \
                 span use Date::days_ago and the like"
            ),
            Self::Place { field } => write!(
                f,
                "the place for {field} has a latitude beyond 90, a longitude beyond 180 or a \
                 radius that is not more than 0"
            ),
            Self::Empty => f.write_str("there is no condition to search by"),
        }
    }
}

impl std::error::Error for QueryError {}
