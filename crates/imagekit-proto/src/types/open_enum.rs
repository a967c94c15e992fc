//! Enums to which the API may add values.

use std::fmt;

/// Text of an enum value that this crate does not know yet.
///
/// `as_str` of the enum returns it. Code cannot create it or match it by name, so that code keeps its
/// meaning when a later version of the crate adds the value.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Unrecognised(Box<str>);

impl Unrecognised {
    pub(crate) fn new(text: &str) -> Self {
        super::unknown_values::record(text);
        Self(text.into())
    }

    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }

    pub(crate) fn into_string(self) -> String {
        self.0.into()
    }
}

impl fmt::Debug for Unrecognised {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.0, f)
    }
}

/// Defines an enum over text: the listed values, and any other kept verbatim. The documentation of
/// each value ends with its spelling.
macro_rules! open_enum {
    (
        $(#[$meta:meta])*
        pub enum $name:ident {
            $( $(#[$variant_meta:meta])* $variant:ident = $text:literal, )+
        }
    ) => {
        $(#[$meta])*
        ///
        /// An unknown value is kept as it is: `From<&str>` creates one, `as_str` returns its text.
        #[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        #[non_exhaustive]
        pub enum $name {
            $( $(#[$variant_meta])* #[doc = ""] #[doc = concat!("`", $text, "`")] $variant, )+
            #[doc(hidden)]
            _Unrecognised($crate::types::Unrecognised),
        }

        impl $name {
            /// Values that this version of the crate knows.
            pub const KNOWN: &'static [&'static str] = &[$($text),+];

            /// Returns the value in the API's spelling.
            pub fn as_str(&self) -> &str {
                match self {
                    $( Self::$variant => $text, )+
                    Self::_Unrecognised(other) => other.as_str(),
                }
            }

            /// Returns whether this version of the crate knows the value.
            pub fn is_known(&self) -> bool {
                !matches!(self, Self::_Unrecognised(_))
            }
        }

        impl From<&str> for $name {
            fn from(text: &str) -> Self {
                match text {
                    $( $text => Self::$variant, )+
                    other => Self::_Unrecognised($crate::types::Unrecognised::new(other)),
                }
            }
        }

        impl From<String> for $name {
            fn from(text: String) -> Self {
                Self::from(text.as_str())
            }
        }

        impl From<$name> for std::borrow::Cow<'static, str> {
            fn from(value: $name) -> Self {
                match value {
                    $( $name::$variant => Self::Borrowed($text), )+
                    $name::_Unrecognised(other) => Self::Owned(other.into_string()),
                }
            }
        }

        impl AsRef<str> for $name {
            fn as_ref(&self) -> &str {
                self.as_str()
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.as_str())
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.as_str())
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                struct Visitor;

                impl serde::de::Visitor<'_> for Visitor {
                    type Value = $name;

                    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        write!(f, "text such as one of {:?}", $name::KNOWN)
                    }

                    fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<$name, E> {
                        Ok($name::from(text))
                    }
                }

                deserializer.deserialize_str(Visitor)
            }
        }
    };
}

pub(crate) use open_enum;

#[cfg(test)]
mod tests {
    open_enum! {
        /// A colour.
        pub enum Colour {
            /// Red.
            Red = "red",
            /// Light blue.
            LightBlue = "light-blue",
        }
    }

    #[test]
    fn known_values_have_names_and_unknown_ones_keep_their_text() {
        let known: Colour = serde_json::from_str("\"light-blue\"").unwrap();
        assert_eq!(known, Colour::LightBlue);
        assert!(known.is_known());

        let unknown: Colour = serde_json::from_str("\"mauve\"").unwrap();
        assert!(!unknown.is_known());
        assert_eq!(unknown.as_str(), "mauve");
        assert_eq!(serde_json::to_string(&unknown).unwrap(), "\"mauve\"");
        assert_eq!(Colour::KNOWN, ["red", "light-blue"]);
    }

    #[test]
    fn anything_but_text_is_refused() {
        assert!(serde_json::from_str::<Colour>("3").is_err());
    }
}
