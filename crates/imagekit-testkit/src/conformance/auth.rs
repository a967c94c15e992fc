//! Suite `auth`: parameters for client-side uploads.

use imagekit_proto::upload_auth::{SignatureToken, UploadAuthError, UploadSigner};
use serde_json::Value;

use super::{plain, report::Report};

/// Compares the unchecked signing function with `text`, a vector file. The vectors have no lifetimes,
/// so the lifetime check is not part of it.
pub(crate) fn run(text: &str, report: &mut Report) -> Result<(), String> {
    for vector in plain::vectors(text)? {
        let id = plain::id(&vector);
        match sign(&vector) {
            Ok(outcome) => judge(id, &vector, &outcome, report),
            Err(reason) => report.refuse(id, reason),
        }
    }
    Ok(())
}

/// The parameters, or the library's error.
type Outcome = Result<Parameters, UploadAuthError>;

/// What a client sends with an upload.
struct Parameters {
    token: String,
    expire: i64,
    signature: String,
}

fn sign(vector: &Value) -> Result<Outcome, String> {
    let input = &vector["input"];
    let key = vector["private_key"].as_str().unwrap_or_default();
    let now = vector["now_unix"].as_i64().ok_or("no now_unix")?;
    let lifetime = UploadSigner::DEFAULT_LIFETIME.as_secs() as i64;
    let expire = match &input["expire"] {
        Value::Null => now + lifetime,
        given => given.as_i64().ok_or("expire is seconds since 1970, an integer")?,
    };
    let token = match input["token"].as_str() {
        None | Some("") => SignatureToken::from_entropy(*b"any sixteen byte").as_str().to_owned(),
        Some(token) => token.to_owned(),
    };
    Ok(UploadSigner::new(key).map(|signer| {
        let signature = signer.signature_unchecked(&token, expire);
        Parameters { token, expire, signature }
    }))
}

fn judge(id: &str, vector: &Value, outcome: &Outcome, report: &mut Report) {
    let accepted: Vec<&Value> =
        ["expected", "expected_shape", "node", "python"].iter().map(|key| &vector[*key]).collect();
    let differences: Vec<String> = accepted
        .iter()
        .filter(|expected| !expected.is_null())
        .map(|expected| difference(vector, expected, outcome))
        .collect();
    // Where the packages differ, agreeing with one of them is enough.
    match differences.first() {
        None => report.fail(id, "the vector expects nothing"),
        Some(_) if differences.iter().any(String::is_empty) => report.pass(),
        Some(first) => report.fail(id, first),
    }
}

/// What differs from `expected`, or nothing.
fn difference(vector: &Value, expected: &Value, outcome: &Outcome) -> String {
    let auth = match (outcome, expected["error"].as_str()) {
        (Err(UploadAuthError::EmptyPrivateKey), Some("missing_private_key")) => {
            return String::new();
        }
        (Ok(auth), None) => auth,
        (Ok(_), Some(error)) => return format!("signed instead of {error}"),
        (Err(error), _) => return format!("refused: {error}"),
    };
    if expected["expire"].as_i64() != Some(auth.expire) {
        return format!("expire is {} instead of {}", auth.expire, expected["expire"]);
    }
    if expected["token_pattern"].is_string() {
        return shape(vector, auth);
    }
    for (name, ours) in [("token", &auth.token), ("signature", &auth.signature)] {
        if expected[name].as_str() != Some(ours) {
            return format!("{name} is {ours} instead of {}", expected[name]);
        }
    }
    String::new()
}

/// Checks a generated token: it is a version 4 UUID, and signing it again gives the same signature.
fn shape(vector: &Value, auth: &Parameters) -> String {
    let groups: Vec<&str> = auth.token.split('-').collect();
    let lengths: Vec<usize> = groups.iter().map(|group| group.len()).collect();
    let hex = |text: &str| text.bytes().all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b));
    let version = groups.get(2).is_some_and(|group| group.starts_with('4'));
    let variant = groups.get(3).is_some_and(|group| group.starts_with(['8', '9', 'a', 'b']));
    if lengths != [8, 4, 4, 4, 12] || !groups.iter().all(|g| hex(g)) || !version || !variant {
        return format!("{} is no version 4 UUID", auth.token);
    }
    let key = vector["private_key"].as_str().unwrap_or_default();
    let again = UploadSigner::new(key).map(|it| it.signature_unchecked(&auth.token, auth.expire));
    let hexadecimal = auth.signature.len() == 40 && hex(&auth.signature);
    if again.as_ref() != Ok(&auth.signature) || !hexadecimal {
        return format!("{} is no signature of {}", auth.signature, auth.token);
    }
    String::new()
}
