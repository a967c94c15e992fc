//! Typed search queries, for `searchQuery` of
//! [`ListAndSearchAssets`](crate::api::assets::ListAndSearchAssets).
//!
//! ```
//! use imagekit_proto::api::assets::ListAndSearchAssets;
//! use imagekit_proto::search::{Date, Size, field};
//!
//! let query = field::created_at()
//!     .after(Date::days_ago(7))
//!     .and(field::name().starts_with("red-dress"))
//!     .and(field::tags().one_of(["summer", "sale"]).or(field::size().lte(Size::mb(1))))
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
//! A [`field`] has the operators that ImageKit documents for it and no others. A text stays one
//! quoted text of the query: [`Condition::build`] refuses what cannot be quoted. AND and OR never
//! mix without parentheses.
//!
//! With a search query the API ignores the list's own `type`, `tags` and `name`: search by these
//! fields instead.
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
pub use value::{AssetType, SearchNumber, Size, Value};

/// A condition on assets, created by a method of a [`Field`] and combined with others.
///
/// A value that is not valid is reported by [`build`](Self::build).
///
/// ```
/// use imagekit_proto::search::field;
///
/// let condition = field::tags().one_of(["sale"]).or(field::width().lt(500));
/// assert_eq!(condition.build()?.as_str(), r#"tags IN ["sale"] OR width < 500"#);
/// # Ok::<(), imagekit_proto::search::QueryError>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
#[must_use = "a condition does nothing until it is built into a query"]
pub struct Condition(Result<Expression, QueryError>);

#[derive(Clone, Debug, PartialEq)]
struct Expression {
    text: String,
    /// The operator between its outermost parts.
    join: Join,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Join {
    /// None: one comparison.
    None,
    And,
    Or,
    /// Unknown.
    Raw,
}

impl Condition {
    /// Creates a condition from text in ImageKit's query language, for what this module does not
    /// support. It is sent as it is, in parentheses if it is combined: nothing in it is checked or
    /// quoted.
    ///
    /// ```
    /// use imagekit_proto::search::{Condition, field};
    ///
    /// let query = Condition::raw("height = width").and(field::private().eq(true)).build()?;
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

    /// Combines two conditions of which both must hold.
    pub fn and(self, other: Self) -> Self {
        self.join(other, Join::And)
    }

    /// Combines two conditions of which at least one must hold.
    pub fn or(self, other: Self) -> Self {
        self.join(other, Join::Or)
    }

    /// Combines conditions of which all must hold. An empty list is refused.
    ///
    /// ```
    /// use imagekit_proto::search::{Condition, field};
    ///
    /// let large = [field::width(), field::height()].map(|side| side.gt(500));
    /// assert_eq!(Condition::all(large).build()?.as_str(), "width > 500 AND height > 500");
    /// # Ok::<(), imagekit_proto::search::QueryError>(())
    /// ```
    pub fn all(conditions: impl IntoIterator<Item = Self>) -> Self {
        conditions.into_iter().reduce(Self::and).unwrap_or(Self(Err(QueryError::Empty)))
    }

    /// Combines conditions of which at least one must hold. An empty list is refused.
    pub fn any(conditions: impl IntoIterator<Item = Self>) -> Self {
        conditions.into_iter().reduce(Self::or).unwrap_or(Self(Err(QueryError::Empty)))
    }

    /// Returns the query.
    ///
    /// # Errors
    ///
    /// [`QueryError`] for the first value that the query language cannot express.
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
    /// Adds parentheses if the expression is joined by another operator than `join`.
    fn enclose_in(&mut self, join: Join) {
        if self.join != Join::None && self.join != join {
            self.text.insert(0, '(');
            self.text.push(')');
        }
    }
}

/// A search query, built from a [`Condition`].
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Query(String);

impl Query {
    /// Returns the query in ImageKit's query language.
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

/// The reason why a query cannot be built.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum QueryError {
    /// Text holds a character that cannot be quoted.
    #[non_exhaustive]
    Text {
        /// The field that it is compared with.
        field: String,
        /// The character.
        character: char,
    },
    /// The name of a metadata field is empty, or holds a character that cannot be quoted.
    FieldName,
    /// A list of values is empty.
    #[non_exhaustive]
    EmptyList {
        /// The field that it is compared with.
        field: String,
    },
    /// A number is infinite or not a number.
    #[non_exhaustive]
    Number {
        /// The field that it is compared with.
        field: String,
    },
    /// A date is not `YYYY-MM-DD` or `YYYY-MM-DDTHH:MM:SS`.
    #[non_exhaustive]
    Date {
        /// The field that it is compared with.
        field: String,
    },
    /// A place has a latitude beyond 90 degrees, a longitude beyond 180 degrees, or a radius that
    /// is not more than 0.
    #[non_exhaustive]
    Place {
        /// The field that it is compared with.
        field: String,
    },
    /// The query has no condition.
    Empty,
}

impl fmt::Display for QueryError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Text { field, character } => write!(
                f,
                "the text for {field} holds {character:?}, which cannot be quoted in a search \
                 query: search for a part without it, or use `Condition::raw`"
            ),
            Self::FieldName => f.write_str(
                "the name of a metadata field is empty or holds a character that cannot be quoted in \
                 a search query: pass the name without group, quotes and backslashes",
            ),
            Self::EmptyList { field } => {
                write!(f, "the list of values for {field} is empty: pass at least one")
            },
            Self::Number { field } => {
                write!(f, "the number for {field} is NaN or an infinity: pass a finite one")
            },
            Self::Date { field } => write!(
                f,
                "the date for {field} is not valid: write YYYY-MM-DD or YYYY-MM-DDTHH:MM:SS, or use \
                 `Date::days_ago` for a relative date"
            ),
            Self::Place { field } => write!(
                f,
                "the place for {field} is not on earth: pass a latitude up to 90, a longitude up to \
                 180 and a radius above 0"
            ),
            Self::Empty => f.write_str("the query has no condition: pass at least one"),
        }
    }
}

impl std::error::Error for QueryError {}
