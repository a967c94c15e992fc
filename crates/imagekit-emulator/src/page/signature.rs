//! The signature of an upload, as the backend of an application makes it.

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{SystemTime, UNIX_EPOCH};

use imagekit_proto::upload_auth::UploadSigner;
use serde_json::json;

use crate::emulator::Emulator;
use crate::response::{Handled, Problem, ok};

/// How long an upload may be begun, in seconds; at most an hour is allowed.
const LASTS: i64 = 30 * 60;

/// The fields that an upload of version 1 needs instead of the private key.
pub(super) fn sign(emulator: &Emulator) -> Handled {
    static COUNT: AtomicU64 = AtomicU64::new(0);
    let state = emulator.state();
    // Not of the emulator's own ids, which are the same in every run.
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    let token = format!("page-{:x}-{:x}", now.as_nanos(), COUNT.fetch_add(1, Ordering::Relaxed));
    let expire = state.clock.now().unix_seconds().saturating_add(LASTS);
    let signer = UploadSigner::new(state.keys.private().clone())
        .map_err(|error| Problem::forbidden(error.to_string()))?;
    let signature = signer.signature_unchecked(&token, expire);
    let public_key = state.keys.public();
    Ok(ok(&json!({
        "token": token, "expire": expire, "signature": signature, "publicKey": public_key,
    })))
}
