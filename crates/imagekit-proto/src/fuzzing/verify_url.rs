//! What nobody signed is never valid, and what was signed is, until it expires.

use crate::delivery::{Expiry, Signer, UrlEndpoint};

/// Verifies arbitrary text, and signs and verifies an arbitrary source.
pub fn verify_url(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    let Ok(endpoint) = UrlEndpoint::new("https://ik.imagekit.io/demo") else { return };
    let Ok(signer) = Signer::new(endpoint, &"key".into()) else { return };
    assert!(signer.verify(&text, 0).is_err(), "{text}");
    let Ok(expiry) = Expiry::at(2_000_000_000, 1) else { return };
    if let Ok(url) = signer.sign(&text, expiry) {
        assert_eq!(signer.verify(&url, 1_999_999_999), Ok(Some(2_000_000_000)), "{url}");
        assert!(signer.verify(&url, 2_000_000_000).is_err(), "{url}");
    }
}
