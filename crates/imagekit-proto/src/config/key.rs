//! The private key and the basic authentication that holds it.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use http::HeaderValue;
use zeroize::Zeroizing;

use super::{ConfigError, shared};
use crate::secret::Secret;

/// The `authorization` header for `key`: the key is the user name, the password is empty.
pub(super) fn basic(key: &Secret) -> Result<HeaderValue, ConfigError> {
    let key = key.expose();
    check(key)?;
    // Both texts have their final capacity: a growing `String` would leave copies behind.
    let mut user = Zeroizing::new(String::with_capacity(key.len() + 1));
    user.push_str(key);
    user.push(':');
    let mut text = Zeroizing::new(String::with_capacity("Basic ".len() + encoded_len(user.len())));
    text.push_str("Basic ");
    STANDARD.encode_string(user.as_bytes(), &mut text);

    let mut value = HeaderValue::from_str(&text)
        .map_err(|_| ConfigError::InvalidKey { reason: "a character that no header can carry" })?;
    value.set_sensitive(true);
    Ok(shared(value))
}

const fn encoded_len(bytes: usize) -> usize {
    bytes.div_ceil(3) * 4
}

fn check(key: &str) -> Result<(), ConfigError> {
    if key.is_empty() {
        return Err(ConfigError::EmptyKey);
    }
    if key.starts_with("public_") {
        return Err(ConfigError::PublicKey);
    }
    match key.chars().find(|c| *c == ':' || !c.is_ascii_graphic()) {
        None => Ok(()),
        Some(odd) => Err(ConfigError::InvalidKey {
            reason: match odd {
                ':' => "a colon",
                '\u{feff}' => "a byte order mark",
                odd if odd.is_whitespace() => "white space",
                odd if odd.is_control() => "a control character",
                _ => "a character that is not visible ASCII, such as a zero-width space",
            },
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_key_is_the_user_name_and_the_password_is_empty() {
        let header = basic(&Secret::new("private_test_key")).unwrap();
        assert_eq!(header, "Basic cHJpdmF0ZV90ZXN0X2tleTo=");
        assert!(header.is_sensitive());
    }

    #[test]
    fn the_encoded_length_is_exact() {
        for len in 0..20 {
            assert_eq!(encoded_len(len), STANDARD.encode(vec![0; len]).len());
        }
    }

    #[test]
    fn keys_of_any_visible_ascii_are_accepted() {
        for key in ["private_abc+/=", "dummy-key", "!~", "sk_public_1", "Public_"] {
            assert!(basic(&Secret::new(key)).is_ok(), "{key}");
        }
    }

    #[test]
    fn mistakes_are_told_apart() {
        let refused = |key: &str| basic(&Secret::new(key)).unwrap_err();
        assert_eq!(refused(""), ConfigError::EmptyKey);
        assert_eq!(refused("public_abc"), ConfigError::PublicKey);
        for (key, part) in [
            ("a:b", "colon"),
            ("private key", "white space"),
            ("key\r\n", "white space"),
            ("key\u{a0}", "white space"),
            ("key\u{2003}", "white space"),
            ("a\0", "control character"),
            ("\u{7f}", "control character"),
            ("a\u{9b}", "control character"),
            ("\u{feff}private_abc", "byte order mark"),
            ("private_abc\u{200b}", "zero-width space"),
            ("private_\u{ad}abc", "zero-width space"),
            ("private_\u{e9}", "not visible ASCII"),
        ] {
            let error = refused(key);
            let ConfigError::InvalidKey { reason } = error else { panic!("{key:?}: {error:?}") };
            assert!(reason.contains(part), "{key:?}: {reason}");
        }
    }
}
