//! From a request to its operation.

use http::Method;
use imagekit_proto::Operation;
use imagekit_proto::operation::{self, Entry};

use crate::api::further_operations;

/// An operation, and the parameters in its path, decoded and in order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Route {
    pub(crate) operation: &'static str,
    params: Vec<String>,
}

/// All operations: those of the client, and those that it has no request types for.
fn all() -> impl Iterator<Item = &'static Operation> {
    operation::all().iter().map(Entry::operation).chain(further_operations())
}

/// The ids of all operations.
pub(crate) fn operations() -> impl Iterator<Item = &'static str> {
    all().map(|operation| operation.id)
}

impl Route {
    /// `None`: no operation has this method and path. A fixed segment wins over a parameter.
    pub(crate) fn find(method: &Method, path: &str) -> Option<Self> {
        let operations = all().filter(|operation| operation.method == *method);
        let found = operations.filter_map(|found| {
            let params = matches(found.path, path)?;
            Some((found, Self { operation: found.id, params }))
        });
        let is_parameter = |segment: &str| segment.starts_with('{');
        let fixed_first = |(operation, _): &(&Operation, Self)| {
            operation.path.split('/').map(is_parameter).collect::<Vec<_>>()
        };
        found.min_by_key(fixed_first).map(|(_, route)| route)
    }

    /// The first parameter, or an empty text.
    pub(crate) fn first(&self) -> &str {
        self.params.first().map_or("", String::as_str)
    }

    /// The second parameter, or an empty text.
    pub(crate) fn second(&self) -> &str {
        self.params.get(1).map_or("", String::as_str)
    }

    pub(crate) fn is_upload(&self) -> bool {
        matches!(self.operation, "upload-file" | "upload-file-v2")
    }
}

fn matches(template: &str, path: &str) -> Option<Vec<String>> {
    let mut params = Vec::new();
    let mut segments = path.split('/');
    for expected in template.split('/') {
        let segment = segments.next()?;
        if expected.starts_with('{') {
            if segment.is_empty() {
                return None;
            }
            params.push(percent_decode(segment));
        } else if expected != segment {
            return None;
        }
    }
    segments.next().is_none().then_some(params)
}

/// The pairs of a query, decoded (`+` is a space, as in forms).
pub(crate) fn query_pairs(query: &str) -> Vec<(String, String)> {
    let decode = |text: &str| percent_decode(&text.replace('+', " "));
    query
        .split('&')
        .filter(|pair| !pair.is_empty())
        .map(|pair| pair.split_once('=').unwrap_or((pair, "")))
        .map(|(name, value)| (decode(name), decode(value)))
        .collect()
}

/// Decodes `%XX`; what is not UTF-8 then is replaced, a stray `%` stays.
pub(crate) fn percent_decode(text: &str) -> String {
    let mut decoded = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((&byte, after)) = rest.split_first() {
        let hex = |at: usize| after.get(at).and_then(|digit| char::from(*digit).to_digit(16));
        match (byte, hex(0), hex(1)) {
            (b'%', Some(high), Some(low)) => {
                decoded.push((high * 16 + low) as u8);
                rest = after.get(2..).unwrap_or_default();
            }
            _ => {
                decoded.push(byte);
                rest = after;
            }
        }
    }
    String::from_utf8_lossy(&decoded).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fixed_paths_win_over_parameters() {
        let find = |method: Method, path| Route::find(&method, path).map(|route| route.operation);
        assert_eq!(find(Method::GET, "/v1/files"), Some("list-and-search-assets"));
        assert_eq!(find(Method::GET, "/v1/files/purge/x"), Some("purge-status"));
        assert_eq!(find(Method::GET, "/v1/files/purge/details"), Some("purge-status"));
        assert_eq!(find(Method::DELETE, "/v1/files/x"), Some("delete-file"));
        assert_eq!(find(Method::GET, "/v1/files/x"), None);
        assert_eq!(find(Method::GET, "/v1/files//details"), None);
        assert_eq!(find(Method::GET, "/v1/files/x/details/"), None);
    }

    #[test]
    fn every_operation_is_found_by_its_own_path() {
        for operation in all() {
            let path = operation.path.replace(['{', '}'], "");
            assert_eq!(Route::find(&operation.method, &path).unwrap().operation, operation.id);
        }
    }

    #[test]
    fn parameters_are_decoded() {
        let route = Route::find(&Method::GET, "/v1/files/a%2Fb/versions/%C3%A9").unwrap();
        assert_eq!((route.first(), route.second()), ("a/b", "é"));
        assert_eq!(percent_decode("100%"), "100%");
        assert_eq!(
            query_pairs("a=b+c&d&e=%26"),
            [
                ("a".to_owned(), "b c".to_owned()),
                ("d".to_owned(), String::new()),
                ("e".to_owned(), "&".to_owned()),
            ]
        );
    }
}
