//! Verification of signed URLs.

use super::{
    error::VerifyError,
    sign::{NEVER, NEVER_DIGITS, Signer},
};
use crate::secret::constant_time_eq;

impl Signer {
    /// Verifies a URL that this signer, or a published package with the same key and endpoint,
    /// has signed. `now` is the wall clock in Unix seconds. Good URLs give their expiry, in Unix
    /// seconds, or `None` if they do not expire.
    ///
    /// The signature must stand at the end of the query, as every client writes it; a fragment
    /// after it never reaches a server, is not signed and not looked at. The comparison takes
    /// the same time wherever the signatures differ.
    ///
    /// ImageKit's scheme signs the URL and the expiry as one text, so that a digit could move
    /// from one to the other: `a.jpg?x=1` and 1700000000 sign the same as `a.jpg?x=` and
    /// 11700000000. An expiry of more than ten digits, or with a leading zero, is therefore taken
    /// for forged. (URLs can be signed until after the year 2286, but not verified here.)
    ///
    /// # Errors
    ///
    /// [`VerifyError::OutsideEndpoint`], [`Unsigned`](VerifyError::Unsigned),
    /// [`Forged`](VerifyError::Forged), or [`Expired`](VerifyError::Expired) if the signature is
    /// good but `now` is not before its expiry.
    pub fn verify(&self, url: &str, now: u64) -> Result<Option<u64>, VerifyError> {
        let url = url.split_once('#').map_or(url, |(url, _)| url);
        let relative =
            url.strip_prefix(self.endpoint().as_str()).ok_or(VerifyError::OutsideEndpoint)?;
        let signed = Signed::read(relative).ok_or(VerifyError::Unsigned)?;
        let expected = self.signature(signed.relative, signed.expires.unwrap_or(NEVER_DIGITS));
        if !constant_time_eq(&expected, signed.signature.as_bytes()) {
            return Err(VerifyError::Forged);
        }
        let Some(expires) = signed.expires else { return Ok(None) };
        let at = expiry(expires).ok_or(VerifyError::Forged)?;
        if now < at { Ok(Some(at)) } else { Err(VerifyError::Expired { at }) }
    }
}

/// A signed URL, taken apart.
struct Signed<'a> {
    /// What was signed.
    relative: &'a str,
    expires: Option<&'a str>,
    signature: &'a str,
}

impl<'a> Signed<'a> {
    fn read(url: &'a str) -> Option<Self> {
        let (rest, last) = split_parameter(url)?;
        let signature = last.strip_prefix("ik-s=")?;
        let expiring = split_parameter(rest)
            .and_then(|(rest, last)| Some((rest, last.strip_prefix("ik-t=")?)));
        Some(match expiring {
            Some((relative, expires)) => Self { relative, expires: Some(expires), signature },
            None => Self { relative: rest, expires: None, signature },
        })
    }
}

/// Splits the last query parameter off: its separator is `?` exactly if it is the only one.
fn split_parameter(url: &str) -> Option<(&str, &str)> {
    let (path, query) = url.split_once('?')?;
    match query.rsplit_once('&') {
        None => Some((path, query)),
        Some((before, last)) => url.get(..path.len() + 1 + before.len()).map(|rest| (rest, last)),
    }
}

/// The expiry, if it is written the one way in which no digit can have moved.
fn expiry(digits: &str) -> Option<u64> {
    let canonical = digits.bytes().all(|byte| byte.is_ascii_digit()) && !digits.starts_with('0');
    digits.parse().ok().filter(|at| canonical && *at <= NEVER)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        Secret,
        delivery::{Expiry, UrlEndpoint},
    };
    use std::time::Duration;

    const NOW: u64 = 1_700_000_000;

    fn signer() -> Signer {
        let endpoint = UrlEndpoint::new("https://ik.imagekit.io/demo").unwrap();
        Signer::new(endpoint, &Secret::new("key")).unwrap()
    }

    fn minute() -> Expiry {
        Expiry::after(Duration::from_secs(60), NOW).unwrap()
    }

    #[test]
    fn tells_good_expired_forged_and_unsigned_apart() {
        let signer = signer();
        let url = signer.sign("a.jpg?x", minute()).unwrap();
        assert_eq!(signer.verify(&url, NOW), Ok(Some(NOW + 60)));
        assert_eq!(signer.verify(&format!("{url}#top"), NOW), Ok(Some(NOW + 60)));
        assert_eq!(signer.verify(&url, NOW + 60), Err(VerifyError::Expired { at: NOW + 60 }));
        assert_eq!(signer.verify(&url.replace("a.jpg", "b.jpg"), NOW), Err(VerifyError::Forged));
        assert_eq!(signer.verify(&format!("{url}&x=1"), NOW), Err(VerifyError::Unsigned));
        assert_eq!(
            signer.verify("https://ik.imagekit.io/demo/a.jpg", NOW),
            Err(VerifyError::Unsigned)
        );
        assert_eq!(
            signer.verify(&url.replace("/demo/", "/demo2/"), NOW),
            Err(VerifyError::OutsideEndpoint)
        );
        let forever = signer.sign("a.jpg", Expiry::NEVER).unwrap();
        assert_eq!(signer.verify(&forever, u64::MAX), Ok(None));
    }

    #[test]
    fn a_digit_cannot_move_between_url_and_expiry() {
        let signer = signer();
        let url = signer.endpoint().url("a.jpg").query("x", "1").sign(&signer, minute()).unwrap();
        let longer = url.replace("x=1&ik-t=1700000060", "x=&ik-t=11700000060");
        assert_ne!(url, longer);
        assert_eq!(signer.verify(&longer, NOW), Err(VerifyError::Forged));
        let zero = signer.endpoint().url("a.jpg").query("x", "0").sign(&signer, minute()).unwrap();
        let moved = zero.replace("x=0&ik-t=1700000060", "x=&ik-t=01700000060");
        assert_ne!(zero, moved);
        assert_eq!(signer.verify(&moved, NOW), Err(VerifyError::Forged));
        let shorter = url.replace("x=1&ik-t=1700000060", "x=11&ik-t=700000060");
        assert_eq!(signer.verify(&shorter, NOW), Err(VerifyError::Expired { at: 700_000_060 }));
    }

    #[test]
    fn the_separator_belongs_to_the_url() {
        let signer = signer();
        let url = signer.sign("a.jpg", minute()).unwrap();
        for changed in [url.replace('?', "&"), url.replace('&', "?"), url.replace("&ik-s", "?ik-s")]
        {
            assert!(signer.verify(&changed, NOW).is_err(), "{changed}");
        }
    }
}
