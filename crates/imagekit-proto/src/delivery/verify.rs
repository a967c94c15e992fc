//! Verification of signed URLs.

use super::{
    error::VerifyError,
    sign::{NEVER, UrlSigner},
};
use crate::{secret::constant_time_eq, types::UnixTime};

impl UrlSigner {
    /// Verifies a URL that this signer, or a published package with the same key and URL endpoint,
    /// has signed. Returns the URL's expiry, or `None` if it does not expire.
    ///
    /// The signature must be the last query parameter, as every client writes it. A fragment after
    /// it is ignored: it is not signed and never sent. The comparison takes the same time wherever
    /// the signatures differ.
    ///
    /// ImageKit's scheme signs the URL and the expiry as one text, so a digit could move from one to
    /// the other: `a.jpg?x=1` and 1700000000 sign the same as `a.jpg?x=` and 11700000000. An expiry
    /// of more than ten digits, or with a leading zero, is therefore rejected as forged.
    ///
    /// # Errors
    ///
    /// [`VerifyError::OutsideBase`], [`Unsigned`](VerifyError::Unsigned),
    /// [`Forged`](VerifyError::Forged), or [`Expired`](VerifyError::Expired) if the signature is
    /// valid but `now` is not before its expiry.
    pub fn verify(&self, url: &str, now: UnixTime) -> Result<Option<UnixTime>, VerifyError> {
        let url = url.split_once('#').map_or(url, |(url, _)| url);
        let relative = url.strip_prefix(self.base().as_str()).ok_or(VerifyError::OutsideBase)?;
        let signed = Signed::read(relative).ok_or(VerifyError::Unsigned)?;
        let expected = self.signature(signed.relative, signed.expires);
        if !constant_time_eq(&expected, signed.signature.as_bytes()) {
            return Err(VerifyError::Forged);
        }
        let Some(expires) = signed.expires else { return Ok(None) };
        let at = expiry(expires).ok_or(VerifyError::Forged)?;
        if now < at { Ok(Some(at)) } else { Err(VerifyError::Expired { at }) }
    }
}

/// The parts of a signed URL.
struct Signed<'a> {
    /// The text that was signed, before the expiry.
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

/// Splits off the last query parameter; only the first one follows a `?`.
fn split_parameter(url: &str) -> Option<(&str, &str)> {
    let (path, query) = url.split_once('?')?;
    match query.rsplit_once('&') {
        None => Some((path, query)),
        Some((before, last)) => url.get(..path.len() + 1 + before.len()).map(|rest| (rest, last)),
    }
}

/// Reads an expiry, if it is written in the one way in which no digit can have moved.
fn expiry(digits: &str) -> Option<UnixTime> {
    let canonical = digits.bytes().all(|byte| byte.is_ascii_digit()) && !digits.starts_with('0');
    let at = UnixTime::from_secs(digits.parse().ok()?);
    (canonical && at <= NEVER).then_some(at)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        Secret,
        delivery::{Expiry, UrlBase},
    };
    use std::time::Duration;

    const NOW: UnixTime = UnixTime::from_secs(1_700_000_000);
    const LATER: UnixTime = UnixTime::from_secs(1_700_000_060);

    fn signer() -> UrlSigner {
        let base = UrlBase::new("https://ik.imagekit.io/demo").unwrap();
        UrlSigner::new(base, &Secret::new("key")).unwrap()
    }

    fn minute() -> Expiry {
        Expiry::after(Duration::from_secs(60), NOW).unwrap()
    }

    #[test]
    fn verify_returns_the_expiry_or_the_reason() {
        let signer = signer();
        let url = signer.sign("a.jpg?x", minute()).unwrap();
        assert_eq!(signer.verify(&url, NOW), Ok(Some(LATER)));
        assert_eq!(signer.verify(&format!("{url}#top"), NOW), Ok(Some(LATER)));
        assert_eq!(signer.verify(&url, LATER), Err(VerifyError::Expired { at: LATER }));
        assert_eq!(signer.verify(&url.replace("a.jpg", "b.jpg"), NOW), Err(VerifyError::Forged));
        assert_eq!(signer.verify(&format!("{url}&x=1"), NOW), Err(VerifyError::Unsigned));
        assert_eq!(
            signer.verify("https://ik.imagekit.io/demo/a.jpg", NOW),
            Err(VerifyError::Unsigned)
        );
        assert_eq!(
            signer.verify(&url.replace("/demo/", "/demo2/"), NOW),
            Err(VerifyError::OutsideBase)
        );
        let forever = signer.sign("a.jpg", Expiry::NEVER).unwrap();
        assert_eq!(signer.verify(&forever, UnixTime::from_secs(u64::MAX)), Ok(None));
    }

    #[test]
    fn verify_rejects_a_digit_moved_between_url_and_expiry() {
        let signer = signer();
        let url = signer.base().url("a.jpg").query("x", "1").sign(&signer, minute()).unwrap();
        let longer = url.replace("x=1&ik-t=1700000060", "x=&ik-t=11700000060");
        assert_ne!(url, longer);
        assert_eq!(signer.verify(&longer, NOW), Err(VerifyError::Forged));
        let zero = signer.base().url("a.jpg").query("x", "0").sign(&signer, minute()).unwrap();
        let moved = zero.replace("x=0&ik-t=1700000060", "x=&ik-t=01700000060");
        assert_ne!(zero, moved);
        assert_eq!(signer.verify(&moved, NOW), Err(VerifyError::Forged));
        let shorter = url.replace("x=1&ik-t=1700000060", "x=11&ik-t=700000060");
        assert_eq!(
            signer.verify(&shorter, NOW),
            Err(VerifyError::Expired { at: UnixTime::from_secs(700_000_060) })
        );
    }

    #[test]
    fn the_latest_expiry_may_be_written_out() {
        let signer = signer();
        let url = signer.sign("a.jpg", Expiry::NEVER).unwrap();
        let written = url.replace("ik-s=", "ik-t=9999999999&ik-s=");
        assert_ne!(url, written);
        assert!(signer.verify(&written, NOW).is_ok());
    }

    #[test]
    fn verify_rejects_changed_separators() {
        let signer = signer();
        let url = signer.sign("a.jpg", minute()).unwrap();
        for changed in [url.replace('?', "&"), url.replace('&', "?"), url.replace("&ik-s", "?ik-s")]
        {
            assert!(signer.verify(&changed, NOW).is_err(), "{changed}");
        }
    }
}
