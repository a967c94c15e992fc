//! The parts of a request, built here or recorded from a client.

use super::Component;
use super::multipart::{self, Part};
use crate::conformance::values::same;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use imagekit_proto::wire::Body;
use serde::Deserialize;
use serde_json::Value;
use std::collections::BTreeMap;
use std::io::Read;

/// A request in the format of the files.
#[derive(Deserialize)]
pub(crate) struct Recorded {
    method: String,
    path: String,
    #[serde(default)]
    query: Vec<(String, String)>,
    #[serde(default)]
    headers: BTreeMap<String, String>,
    server: Option<String>,
    json: Option<Value>,
    multipart: Option<Vec<RecordedPart>>,
}

#[derive(Deserialize)]
struct RecordedPart {
    name: String,
    filename: Option<String>,
    content_type: Option<String>,
    value: Option<String>,
    base64: Option<String>,
}

/// Keys and values, decoded, sorted.
type Pairs = Vec<(Vec<u8>, Vec<u8>)>;

/// A request in the form in which requests are compared.
#[derive(Debug)]
pub(crate) struct Request {
    pub(crate) method: String,
    /// `scheme://authority`; not every record has it.
    pub(crate) server: Option<String>,
    /// The segments, percent-decoded.
    pub(crate) path: Vec<Vec<u8>>,
    pub(crate) query: Pairs,
    /// The Basic user name.
    pub(crate) user: Option<String>,
    pub(crate) content_length: Option<String>,
    pub(crate) json: Option<Value>,
    pub(crate) multipart: Option<Vec<Part>>,
}

impl Request {
    pub(crate) fn recorded(recorded: &Recorded) -> Result<Self, String> {
        let header = |name: &str| {
            recorded
                .headers
                .iter()
                .find(|(key, _)| key.eq_ignore_ascii_case(name))
                .map(|(_, it)| it)
        };
        let query = recorded.query.iter().map(|(key, value)| (bytes(key), bytes(value)));
        let parts = recorded.multipart.as_ref().map(|parts| parts.iter().map(part).collect());
        Ok(Self {
            method: recorded.method.clone(),
            server: recorded.server.clone(),
            path: segments(&recorded.path)?,
            query: sorted(query.collect()),
            user: header("authorization").map(|value| user(value)).transpose()?,
            content_length: header("content-length").cloned(),
            json: recorded.json.clone(),
            multipart: parts.transpose()?,
        })
    }

    /// Takes apart a request that the library built.
    ///
    /// # Errors
    ///
    /// The request contradicts itself: no server could read it.
    pub(crate) fn built(request: http::Request<Body>) -> Result<Self, String> {
        let (head, body) = request.into_parts();
        let announced = body.len();
        let mut content = Vec::new();
        body.into_reader(std::io::empty())
            .read_to_end(&mut content)
            .map_err(|error| error.to_string())?;
        let header = |name: &str| match head.headers.get(name).map(|value| value.to_str()) {
            Some(Ok(text)) => Ok(Some(text)),
            Some(Err(_)) => Err(format!("the header {name} is not text")),
            None => Ok(None),
        };
        let content_length = header("content-length")?;
        let length = content.len().to_string();
        if announced != content.len() as u64 || content_length.is_some_and(|it| it != length) {
            return Err(format!(
                "{length} bytes, {announced} announced, header {content_length:?}"
            ));
        }
        let media_type = header("content-type")?.unwrap_or_default();
        let (mut json, mut form) = (None, None);
        match media_type.split(';').next().unwrap_or_default().trim() {
            "application/json" => {
                json = Some(serde_json::from_slice(&content).map_err(|error| error.to_string())?);
            }
            "multipart/form-data" => form = Some(multipart::read(media_type, &content)?),
            _ if content.is_empty() => {}
            other => return Err(format!("a body of type {other:?}")),
        }
        let uri = &head.uri;
        Ok(Self {
            method: head.method.to_string(),
            server: uri.scheme_str().zip(uri.authority()).map(|(a, b)| format!("{a}://{b}")),
            path: segments(uri.path())?,
            query: pairs(uri.query())?,
            user: header("authorization")?.map(user).transpose()?,
            content_length: content_length.map(str::to_owned),
            json,
            multipart: form,
        })
    }

    /// Whether a component is as in `recorded`.
    pub(crate) fn agrees(&self, recorded: &Self, component: Component) -> bool {
        match component {
            Component::Method => self.method == recorded.method,
            Component::Server => recorded.server.is_none() || self.server == recorded.server,
            Component::Path => self.path == recorded.path,
            Component::Authorization => self.user == recorded.user,
            Component::ContentLength => {
                recorded.content_length.as_deref() != Some("0")
                    || self.content_length == recorded.content_length
            }
            Component::Query => self.query == recorded.query,
            Component::Json => match (&self.json, &recorded.json) {
                (Some(a), Some(b)) => same(a, b),
                (a, b) => a.is_none() && b.is_none(),
            },
            Component::Multipart => match (&self.multipart, &recorded.multipart) {
                (Some(a), Some(b)) => multipart::difference(a, b).is_none(),
                (a, b) => a.is_none() && b.is_none(),
            },
        }
    }

    /// Formats a component of both requests.
    pub(crate) fn difference(&self, recorded: &Self, component: Component) -> (String, String) {
        if let (Component::Multipart, Some(a), Some(b)) =
            (component, &self.multipart, &recorded.multipart)
        {
            return multipart::difference(a, b).unwrap_or_default();
        }
        (self.words(component), recorded.words(component))
    }

    fn words(&self, component: Component) -> String {
        let words = match component {
            Component::Method => Some(self.method.clone()),
            Component::Server => self.server.clone(),
            Component::Path => {
                let texts: Vec<_> =
                    self.path.iter().map(|part| String::from_utf8_lossy(part)).collect();
                Some(format!("{texts:?}"))
            }
            Component::Authorization => self.user.as_ref().map(|user| format!("user {user:?}")),
            Component::ContentLength => self.content_length.clone(),
            Component::Query => {
                let text = |bytes| String::from_utf8_lossy(bytes);
                let texts: Vec<_> =
                    self.query.iter().map(|(key, value)| (text(key), text(value))).collect();
                Some(format!("{texts:?}"))
            }
            Component::Json => self.json.as_ref().map(Value::to_string),
            Component::Multipart => self.multipart.as_ref().map(|parts| {
                let names: Vec<_> = parts.iter().map(|part| part.name.as_str()).collect();
                format!("a form of {names:?}")
            }),
        };
        words.unwrap_or_else(|| "none".to_owned())
    }
}

fn part(recorded: &RecordedPart) -> Result<Part, String> {
    let content = match (&recorded.value, &recorded.base64) {
        (Some(text), _) => bytes(text),
        (None, Some(text)) => STANDARD.decode(text).map_err(|error| error.to_string())?,
        (None, None) => return Err(format!("part {} has no content", recorded.name)),
    };
    Ok(Part {
        name: recorded.name.clone(),
        file_name: recorded.filename.clone(),
        content_type: recorded.content_type.clone(),
        content,
    })
}

/// The segments of a path, percent-decoded.
pub(crate) fn segments(path: &str) -> Result<Vec<Vec<u8>>, String> {
    path.split('/').map(|segment| decode(segment, false)).collect()
}

/// The pairs of a query, decoded as a server does, sorted.
pub(crate) fn pairs(query: Option<&str>) -> Result<Pairs, String> {
    let Some(query) = query else { return Ok(Vec::new()) };
    let mut pairs = Vec::new();
    for pair in query.split('&') {
        let (key, value) = pair.split_once('=').unwrap_or((pair, ""));
        pairs.push((decode(key, true)?, decode(value, true)?));
    }
    Ok(sorted(pairs))
}

fn sorted(mut pairs: Pairs) -> Pairs {
    pairs.sort();
    pairs
}

fn decode(text: &str, plus_is_space: bool) -> Result<Vec<u8>, String> {
    let mut decoded = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        decoded.push(match byte {
            b'%' => {
                let mut digit = || rest.next().and_then(|byte| char::from(byte).to_digit(16));
                match (digit(), digit()) {
                    (Some(high), Some(low)) => (high * 16 + low) as u8,
                    _ => return Err(format!("{text:?} is not percent-encoded")),
                }
            }
            b'+' if plus_is_space => b' ',
            other => other,
        });
    }
    Ok(decoded)
}

/// The user name of a Basic `authorization` header.
fn user(header: &str) -> Result<String, String> {
    let fault = || "the authorization header is not Basic".to_owned();
    let encoded = header.strip_prefix("Basic ").ok_or_else(fault)?;
    let decoded = STANDARD.decode(encoded).map_err(|_| fault())?;
    let text = String::from_utf8(decoded).map_err(|_| fault())?;
    let (user, _password) = text.split_once(':').ok_or_else(fault)?;
    Ok(user.to_owned())
}

fn bytes(text: &str) -> Vec<u8> {
    text.as_bytes().to_vec()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slash_in_a_segment_is_not_a_separator() {
        let path = segments("/a%2Fb/c").unwrap();
        assert_eq!(path, [&b""[..], b"a/b", b"c"]);
        assert!(segments("/%2").is_err() && segments("/%zz").is_err());
    }

    #[test]
    fn a_plus_in_a_query_is_a_space() {
        assert_eq!(pairs(Some("b=1&a=x+y%2B")).unwrap()[0], (b"a".to_vec(), b"x y+".to_vec()));
    }

    #[test]
    fn the_user_ends_at_the_first_colon() {
        assert_eq!(user("Basic YTpiOmM=").unwrap(), "a");
        assert!(user("Bearer x").is_err() && user("Basic YQ==").is_err());
    }
}
