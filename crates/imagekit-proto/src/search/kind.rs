//! The kinds of [`Field`](super::Field), and the operators that each kind has.
//!
//! A table in types: no value of them is ever created.

use super::date::Date;
use super::literal::Literal;
use super::place::Place;
use super::value::{AssetType, SearchNumber, Size, Value};

mod sealed {
    pub trait Sealed {}
}

/// A kind of field.
pub trait Kind: sealed::Sealed {
    /// The type that the field is compared with.
    type Value: Literal;
}

/// Kinds with `=`.
pub trait Equals: Kind {}
/// Kinds with `NOT =`.
pub trait NotEquals: Kind {}
/// Kinds with `IN`.
pub trait OneOf: Kind {}
/// Kinds with `NOT IN`.
pub trait NoneOf: Kind {}
/// Kinds with `:`.
pub trait StartsWith: Kind {}
/// Kinds with `HAS`.
pub trait Has: Kind {}
/// Kinds with `EXISTS` and `NOT EXISTS`.
pub trait Exists: Kind {}
/// Kinds with `<`, `<=`, `>` and `>=` of numbers and sizes.
pub trait Ordered: Kind {}
/// Kinds with `<`, `<=`, `>` and `>=` of points in time.
pub trait Chronological: Kind {}

macro_rules! kinds {
    ($($(#[$about:meta])* $kind:ident($value:ty): $($operator:ident)+;)+) => {
        $(
            $(#[$about])*
            #[derive(Clone, Copy, Debug)]
            #[non_exhaustive]
            pub struct $kind;
            impl sealed::Sealed for $kind {}
            impl Kind for $kind {
                type Value = $value;
            }
            $(impl $operator for $kind {})+
        )+
    };
}

kinds! {
    /// The name of a file or folder.
    Name(String): Equals NotEquals OneOf NoneOf StartsWith Has;
    /// The path of a folder.
    Path(String): Equals NotEquals OneOf NoneOf StartsWith;
    /// Text that is compared as a whole.
    Id(String): Equals NotEquals OneOf NoneOf;
    /// A list of tags.
    Tags(String): OneOf NoneOf Has Exists;
    /// The keywords in a file.
    Keywords(String): OneOf NoneOf Exists;
    /// The type of an asset.
    Type(AssetType): Equals NotEquals OneOf NoneOf;
    /// A file format.
    FileFormat(String): Equals OneOf;
    /// A point in time.
    DateTime(Date): Equals NotEquals OneOf NoneOf Chronological;
    /// A number of pixels.
    Pixels(SearchNumber): Equals NotEquals OneOf NoneOf Ordered;
    /// The size of a file.
    FileSize(Size): Equals NotEquals OneOf NoneOf Ordered;
    /// True or false.
    Flag(bool): Equals;
    /// The place where a photo was taken.
    Location(Place): Equals;
    /// A metadata field, whose type decides which of the operators the API accepts.
    MetadataField(Value):
        Equals NotEquals OneOf NoneOf StartsWith Has Exists Ordered Chronological;
}
