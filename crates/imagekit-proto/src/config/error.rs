//! Configurations that are refused.

use std::fmt;

/// A configuration that cannot work, refused before anything is sent. No variant holds a key or
/// a URL.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ConfigError {
    /// A required variable is not set.
    #[non_exhaustive]
    MissingVariable {
        /// The variable's name.
        name: &'static str,
    },
    /// The value of a variable is not Unicode.
    #[non_exhaustive]
    NotUnicode {
        /// The variable's name.
        name: &'static str,
    },
    /// The private key is empty.
    EmptyKey,
    /// The key is the public one.
    PublicKey,
    /// The private key has a character that no key has.
    #[non_exhaustive]
    InvalidKey {
        /// The kind of character, such as `a colon`.
        reason: &'static str,
    },
    /// The base URL cannot be used.
    #[non_exhaustive]
    InvalidUrl {
        /// What is wrong with it, and what to do.
        reason: &'static str,
    },
    /// The user agent is empty, or has characters other than visible ASCII and spaces between
    /// them.
    InvalidUserAgent,
}

impl fmt::Display for ConfigError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::MissingVariable { name } => write!(
                f,
                "{name} is not set: set it to the private key, from the developer options of the \
                 dashboard"
            ),
            Self::NotUnicode { name } => {
                write!(f, "the value of {name} is not Unicode: set it again")
            }
            Self::EmptyKey => f.write_str(
                "the private key is empty: copy it from the developer options of the dashboard",
            ),
            Self::PublicKey => f.write_str(
                "this is a public key, which cannot authenticate requests: pass the private key, \
                 which starts with private_",
            ),
            Self::InvalidKey { reason } => write!(
                f,
                "the private key has {reason}: copy it again from the developer options of the \
                 dashboard"
            ),
            Self::InvalidUrl { reason } => write!(f, "the base URL cannot be used: {reason}"),
            Self::InvalidUserAgent => f.write_str(
                "the user agent is empty or has an unusual character: use visible ASCII, such as \
                 my-app/1.0",
            ),
        }
    }
}

impl std::error::Error for ConfigError {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_error_says_what_to_do() {
        for (error, problem, advice) in [
            (ConfigError::MissingVariable { name: "X" }, "X is not set", "set it to"),
            (ConfigError::NotUnicode { name: "X" }, "X is not Unicode", "set it again"),
            (ConfigError::EmptyKey, "is empty", "copy it"),
            (ConfigError::PublicKey, "public key", "starts with private_"),
            (ConfigError::InvalidKey { reason: "a colon" }, "has a colon", "copy it again"),
            (ConfigError::InvalidUrl { reason: "no; do" }, "base URL", "no; do"),
            (ConfigError::InvalidUserAgent, "user agent", "use visible ASCII"),
        ] {
            let text = error.to_string();
            let (left, right) = text.split_once(": ").unwrap();
            assert!(left.contains(problem) && right.contains(advice), "{text}");
            assert_eq!(text.matches(": ").count(), 1, "{text}");
        }
    }
}
