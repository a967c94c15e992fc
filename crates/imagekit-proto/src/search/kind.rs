//! What kinds of [`Field`](super::Field) there are, and which operators each kind has.
//!
//! A table in types: nothing here is ever made or called.

use super::date::Date;
use super::literal::Literal;
use super::place::Place;
use super::value::{AssetType, Number, Size, Value};

mod sealed {
    pub trait Sealed {}
}

/// A kind of field.
pub trait Kind: sealed::Sealed {
    /// What it is compared with.
    type Value: Literal;
}

/// `=`
pub trait Equal: Kind {}
/// `NOT =`
pub trait Differ: Kind {}
/// `IN`
pub trait OneOf: Kind {}
/// `NOT IN`
pub trait NoneOf: Kind {}
/// `:`
pub trait Begin: Kind {}
/// `HAS`
pub trait FullText: Kind {}
/// `EXISTS`, `NOT EXISTS`
pub trait Presence: Kind {}
/// `<`, `<=`, `>`, `>=` of quantities
pub trait Quantity: Kind {}
/// `<`, `<=`, `>`, `>=` of points in time
pub trait Time: Kind {}

/// A file's or folder's name.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Name;
impl sealed::Sealed for Name {}
impl Kind for Name {
    type Value = String;
}
impl Equal for Name {}
impl Differ for Name {}
impl OneOf for Name {}
impl NoneOf for Name {}
impl Begin for Name {}
impl FullText for Name {}

/// A folder's path.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Path;
impl sealed::Sealed for Path {}
impl Kind for Path {
    type Value = String;
}
impl Equal for Path {}
impl Differ for Path {}
impl OneOf for Path {}
impl NoneOf for Path {}
impl Begin for Path {}

/// A text that is matched whole.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Id;
impl sealed::Sealed for Id {}
impl Kind for Id {
    type Value = String;
}
impl Equal for Id {}
impl Differ for Id {}
impl OneOf for Id {}
impl NoneOf for Id {}

/// A list of tags.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Tags;
impl sealed::Sealed for Tags {}
impl Kind for Tags {
    type Value = String;
}
impl OneOf for Tags {}
impl NoneOf for Tags {}
impl FullText for Tags {}
impl Presence for Tags {}

/// The keywords in a file.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Keywords;
impl sealed::Sealed for Keywords {}
impl Kind for Keywords {
    type Value = String;
}
impl OneOf for Keywords {}
impl NoneOf for Keywords {}
impl Presence for Keywords {}

/// What an asset is.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Type;
impl sealed::Sealed for Type {}
impl Kind for Type {
    type Value = AssetType;
}
impl Equal for Type {}
impl Differ for Type {}
impl OneOf for Type {}
impl NoneOf for Type {}

/// A file format.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Format;
impl sealed::Sealed for Format {}
impl Kind for Format {
    type Value = String;
}
impl Equal for Format {}
impl OneOf for Format {}

/// A point in time.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Dated;
impl sealed::Sealed for Dated {}
impl Kind for Dated {
    type Value = Date;
}
impl Equal for Dated {}
impl Differ for Dated {}
impl OneOf for Dated {}
impl NoneOf for Dated {}
impl Time for Dated {}

/// A number of pixels.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Pixels;
impl sealed::Sealed for Pixels {}
impl Kind for Pixels {
    type Value = Number;
}
impl Equal for Pixels {}
impl Differ for Pixels {}
impl OneOf for Pixels {}
impl NoneOf for Pixels {}
impl Quantity for Pixels {}

/// A file's size.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct FileSize;
impl sealed::Sealed for FileSize {}
impl Kind for FileSize {
    type Value = Size;
}
impl Equal for FileSize {}
impl Differ for FileSize {}
impl OneOf for FileSize {}
impl NoneOf for FileSize {}
impl Quantity for FileSize {}

/// True or false.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Flag;
impl sealed::Sealed for Flag {}
impl Kind for Flag {
    type Value = bool;
}
impl Equal for Flag {}

/// Where a photo was taken.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Location;
impl sealed::Sealed for Location {}
impl Kind for Location {
    type Value = Place;
}
impl Equal for Location {}

/// A metadata field, whose type decides which of the operators the API takes.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Metadata;
impl sealed::Sealed for Metadata {}
impl Kind for Metadata {
    type Value = Value;
}
impl Equal for Metadata {}
impl Differ for Metadata {}
impl OneOf for Metadata {}
impl NoneOf for Metadata {}
impl Begin for Metadata {}
impl FullText for Metadata {}
impl Presence for Metadata {}
impl Quantity for Metadata {}
impl Time for Metadata {}
