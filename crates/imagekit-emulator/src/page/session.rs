//! The login of an emulator with a private key of its own: a cookie that the key signs, so that
//! nothing has to be remembered and a restart ends no session.

use hmac::{Hmac, Mac};
use http::header::{COOKIE, SET_COOKIE};
use http::{HeaderMap, HeaderValue};
use imagekit_proto::Secret;
use sha2::Sha256;

use super::done;
use crate::emulator::Emulator;
use crate::instant::Instant;
use crate::response::{Handled, Problem};

const NAME: &str = "imagekit_emulator";

/// How long a session lasts, in seconds.
const LASTS: i64 = 12 * 3600;

/// Opens a session for a request that carries the private key as the API wants it.
pub(super) fn open(emulator: &Emulator, headers: &HeaderMap) -> Handled {
    let state = emulator.state();
    state.keys.check_api(headers)?;
    let expires = state.clock.now().unix_seconds().saturating_add(LASTS);
    let signature = mac(state.keys.private(), expires).map(|mac| mac.finalize().into_bytes());
    let signature = signature.ok_or_else(|| Problem::forbidden("The key cannot sign."))?;
    let hex: String = signature.iter().map(|byte| format!("{byte:02x}")).collect();
    let cookie = format!(
        "{NAME}={expires}.{hex}; Path=/_emulator; Max-Age={LASTS}; HttpOnly; SameSite=Strict"
    );
    let mut response = done();
    if let Ok(cookie) = HeaderValue::from_str(&cookie) {
        response.headers_mut().insert(SET_COOKIE, cookie);
    }
    Ok(response)
}

/// Whether a request belongs to a session that has not expired.
pub(super) fn is_open(key: &Secret, headers: &HeaderMap, now: Instant) -> bool {
    let texts = headers.get_all(COOKIE).iter().filter_map(|value| value.to_str().ok());
    let pairs = texts.flat_map(|text| text.split(';')).filter_map(|pair| pair.split_once('='));
    pairs.filter(|(name, _)| name.trim() == NAME).any(|(_, value)| is_valid(key, value.trim(), now))
}

fn is_valid(key: &Secret, value: &str, now: Instant) -> bool {
    let Some((expires, signature)) = value.split_once('.') else { return false };
    let Ok(expires) = expires.parse::<i64>() else { return false };
    let left = expires.saturating_sub(now.unix_seconds());
    if !(1..=LASTS).contains(&left) {
        return false;
    }
    let bytes = signature.as_bytes().chunks(2).map(|pair| {
        let digits = std::str::from_utf8(pair).ok().filter(|digits| digits.len() == 2)?;
        u8::from_str_radix(digits, 16).ok()
    });
    let Some(bytes) = bytes.collect::<Option<Vec<u8>>>() else { return false };
    mac(key, expires).is_some_and(|mac| mac.verify_slice(&bytes).is_ok())
}

/// The key also signs uploads and URLs: the text tells a session from those.
fn mac(key: &Secret, expires: i64) -> Option<Hmac<Sha256>> {
    let mut mac = Hmac::<Sha256>::new_from_slice(key.expose().as_bytes()).ok()?;
    mac.update(format!("imagekit-emulator/session/{expires}").as_bytes());
    Some(mac)
}
