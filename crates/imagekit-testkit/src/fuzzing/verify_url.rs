//! A URL that was not signed never verifies; one that was signed does, until it expires.

use imagekit_proto::delivery::{Expiry, UrlBase, UrlSigner};
use imagekit_proto::types::UnixTime;

/// Verifies arbitrary text, and signs and verifies an arbitrary source.
pub fn verify_url(data: &[u8]) {
    let [first, before, at] = [1, 1_999_999_999, 2_000_000_000].map(UnixTime::from_secs);
    let text = String::from_utf8_lossy(data);
    let Ok(base) = UrlBase::new("https://ik.imagekit.io/demo") else { return };
    let Ok(signer) = UrlSigner::new(base, &"key".into()) else { return };
    assert!(signer.verify(&text, first).is_err(), "{text}");
    let Ok(expiry) = Expiry::at(at, first) else { return };
    if let Ok(url) = signer.sign(&text, expiry) {
        assert_eq!(signer.verify(&url, before), Ok(Some(at)), "{url}");
        assert!(signer.verify(&url, at).is_err(), "{url}");
    }
}
