//! Which operation a request is.

use http::Method;

/// Method, path (parameters in braces) and id of every operation of the OpenAPI file and of
/// its later additions.
const OPERATIONS: &[(&str, &str, &str)] = &[
    ("POST", "/api/v1/files/upload", "upload-file"),
    ("POST", "/api/v2/files/upload", "upload-file-v2"),
    ("GET", "/v1/files", "list-and-search-assets"),
    ("GET", "/v1/metadata", "get-metadata-from-url"),
    // Fixed paths stand before those with a parameter in their place.
    ("POST", "/v1/files/batch/deleteByFileIds", "delete-multiple-files"),
    ("POST", "/v1/files/copy", "copy-file"),
    ("POST", "/v1/files/move", "move-file"),
    ("PUT", "/v1/files/rename", "rename-file"),
    ("POST", "/v1/files/addTags", "add-tags-bulk"),
    ("POST", "/v1/files/removeTags", "remove-tags-bulk"),
    ("POST", "/v1/files/removeAITags", "remove-ai-tags-bulk"),
    ("POST", "/v1/files/purge", "purge-cache"),
    ("GET", "/v1/files/purge/{requestId}", "purge-status"),
    ("DELETE", "/v1/files/{fileId}", "delete-file"),
    ("GET", "/v1/files/{fileId}/details", "get-file-details"),
    ("PATCH", "/v1/files/{fileId}/details", "update-file-details"),
    ("GET", "/v1/files/{fileId}/metadata", "get-uploaded-file-metadata"),
    ("GET", "/v1/files/{fileId}/versions", "list-file-versions"),
    ("GET", "/v1/files/{fileId}/versions/{versionId}", "get-file-version-details"),
    ("DELETE", "/v1/files/{fileId}/versions/{versionId}", "delete-file-version"),
    ("PUT", "/v1/files/{fileId}/versions/{versionId}/restore", "restore-file-version"),
    ("POST", "/v1/folder", "create-folder"),
    ("DELETE", "/v1/folder", "delete-folder"),
    ("POST", "/v1/bulkJobs/copyFolder", "copy-folder"),
    ("POST", "/v1/bulkJobs/moveFolder", "move-folder"),
    ("POST", "/v1/bulkJobs/renameFolder", "rename-folder"),
    ("GET", "/v1/bulkJobs/{jobId}", "bulk-job-status"),
    ("POST", "/v1/customMetadataFields", "create-new-field"),
    ("GET", "/v1/customMetadataFields", "list-all-fields"),
    ("PATCH", "/v1/customMetadataFields/{id}", "update-existing-field"),
    ("DELETE", "/v1/customMetadataFields/{id}", "delete-a-field"),
    ("GET", "/v1/saved-extensions", "list-extensions"),
    ("POST", "/v1/saved-extensions", "create-extension"),
    ("GET", "/v1/saved-extensions/{id}", "get-extension"),
    ("PATCH", "/v1/saved-extensions/{id}", "update-extension"),
    ("DELETE", "/v1/saved-extensions/{id}", "delete-extension"),
    ("GET", "/v1/accounts/usage", "get-usage"),
    ("GET", "/v1/accounts/usage-analytics", "get-usage-analytics"),
    ("GET", "/v1/accounts/origins", "list-origins"),
    ("POST", "/v1/accounts/origins", "create-origin"),
    ("GET", "/v1/accounts/origins/{id}", "get-origin"),
    ("PUT", "/v1/accounts/origins/{id}", "update-origin"),
    ("DELETE", "/v1/accounts/origins/{id}", "delete-origin"),
    ("GET", "/v1/accounts/url-endpoints", "list-url-endpoints"),
    ("POST", "/v1/accounts/url-endpoints", "create-url-endpoint"),
    ("GET", "/v1/accounts/url-endpoints/{id}", "get-url-endpoint"),
    ("PUT", "/v1/accounts/url-endpoints/{id}", "update-url-endpoint"),
    ("DELETE", "/v1/accounts/url-endpoints/{id}", "delete-url-endpoint"),
    ("GET", "/v1/named-transformations", "list-named-transformations"),
    ("POST", "/v1/named-transformations", "create-named-transformation"),
    ("GET", "/v1/named-transformations/{id}", "get-named-transformation"),
    ("PATCH", "/v1/named-transformations/{id}", "update-named-transformation"),
    ("DELETE", "/v1/named-transformations/{id}", "delete-named-transformation"),
];

/// An operation, and the parameters in its path, decoded and in order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Route {
    pub(crate) operation: &'static str,
    params: Vec<String>,
}

/// The ids of all operations.
pub(crate) fn operations() -> impl Iterator<Item = &'static str> {
    OPERATIONS.iter().map(|(_, _, id)| *id)
}

impl Route {
    /// `None`: no operation has this method and path.
    pub(crate) fn find(method: &Method, path: &str) -> Option<Self> {
        OPERATIONS.iter().find_map(|(verb, template, operation)| {
            let params = if method == verb { matches(template, path)? } else { return None };
            Some(Self { operation, params })
        })
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
        assert_eq!(find(Method::DELETE, "/v1/files/x"), Some("delete-file"));
        assert_eq!(find(Method::GET, "/v1/files/x"), None);
        assert_eq!(find(Method::GET, "/v1/files//details"), None);
        assert_eq!(find(Method::GET, "/v1/files/x/details/"), None);
    }

    #[test]
    fn every_operation_is_found_by_its_own_path() {
        for (method, template, operation) in OPERATIONS {
            let path = template.replace(['{', '}'], "");
            let method = Method::from_bytes(method.as_bytes()).unwrap();
            assert_eq!(Route::find(&method, &path).unwrap().operation, *operation);
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
