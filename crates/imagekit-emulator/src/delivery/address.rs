//! What the URL of a file says.

use crate::api::url_endpoints::UrlEndpoint;
use crate::render::{self, Refusal, Step};
use crate::route::{percent_decode, query_pairs};
use crate::state::State;

/// What the URL of a file says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Address {
    /// The path in the library.
    pub(crate) path: String,
    /// The version, when it is not the current one.
    pub(crate) object: Option<String>,
    /// Transformation strings as written in the URL: those of the path, then the query's.
    transformations: Vec<String>,
    /// What follows the URL endpoint, as it was signed.
    pub(super) relative: String,
    /// The named URL endpoint (`urlPrefix`), empty for the default one.
    pub(super) endpoint: String,
    pub(super) signed: bool,
    /// The response asks the browser to save the file.
    pub(super) attachment: bool,
}

impl Address {
    /// Reads a whole URL; `None`: it is not below the URL endpoint.
    pub(crate) fn of_url(state: &State, url: &str) -> Option<Self> {
        Self::below(state.below_endpoint(url)?, &state.url_endpoints)
    }

    /// Reads the path and query of a request; `None`: it is not below the path of the URL
    /// endpoint, or belongs to the API.
    pub(crate) fn of_request(state: &State, target: &str) -> Option<Self> {
        let endpoint = &state.url_endpoint;
        let path = endpoint.split_once("://").map_or(endpoint.as_str(), |(_, rest)| rest);
        let path = path.find('/').and_then(|at| path.get(at..)).unwrap_or_default();
        if path.is_empty() && (target.starts_with("/v1/") || target.starts_with("/api/")) {
            return None;
        }
        Self::below(target.strip_prefix(path)?, &state.url_endpoints)
    }

    fn below(rest: &str, endpoints: &[UrlEndpoint]) -> Option<Self> {
        let rest = rest.split('#').next().unwrap_or(rest).strip_prefix('/')?;
        let first = rest.split(['/', '?']).next().unwrap_or_default();
        let named = endpoints.iter().map(UrlEndpoint::prefix);
        let endpoint = named.filter(|prefix| !prefix.is_empty()).find(|prefix| *prefix == first);
        let endpoint = endpoint.unwrap_or_default().to_owned();
        let relative = rest.strip_prefix(endpoint.as_str()).unwrap_or(rest);
        let relative = relative.strip_prefix('/').unwrap_or(relative);
        let (path, query) = relative.split_once('?').unwrap_or((relative, ""));
        let mut transformations = Vec::new();
        let mut segments = Vec::new();
        for segment in path.split('/').filter(|segment| !segment.is_empty()) {
            match segment.strip_prefix("tr:") {
                Some(transformation) => transformations.push(transformation.to_owned()),
                None => segments.push(percent_decode(segment)),
            }
        }
        for pair in query.split('&') {
            transformations.extend(pair.strip_prefix("tr=").map(str::to_owned));
        }
        transformations.retain(|transformation| !transformation.is_empty());
        let query = query_pairs(query);
        let value = |wanted| query.iter().find(|(name, _)| name == wanted).map(|(_, v)| v.clone());
        Some(Self {
            path: format!("/{}", segments.join("/")),
            object: value("ik-obj-version"),
            transformations,
            signed: value("ik-s").is_some(),
            attachment: value("ik-attachment").as_deref() == Some("true"),
            relative: relative.to_owned(),
            endpoint,
        })
    }

    /// Whether the URL asks for a transformation.
    pub(crate) fn is_transformed(&self) -> bool {
        !self.transformations.is_empty()
    }

    /// The path and the query of the source and of its transformation, for events: signatures and
    /// other parameters are left out.
    pub(super) fn shown(&self) -> (&str, String) {
        (&self.path, format!("?tr={}", self.transformations.join(":")))
    }

    /// The steps of all transformations, names not yet replaced.
    pub(super) fn steps(&self) -> Result<Vec<Step>, Refusal> {
        let mut steps = Vec::new();
        for transformation in &self.transformations {
            steps.append(&mut render::parse(transformation)?);
        }
        Ok(steps)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn state(endpoint: &str) -> State {
        let mut state = State::new("key".into(), String::new());
        state.url_endpoint = endpoint.to_owned();
        state
    }

    #[test]
    fn urls_and_requests_are_read_alike() {
        let state = state("https://ik.imagekit.io/demo");
        let target = "/demo/tr:w-1/a%20b/tr:h-2/c.jpg?v=1&tr=q-3&ik-attachment=true";
        let address = Address::of_request(&state, target).unwrap();
        let url = format!("https://ik.imagekit.io{target}#top");
        assert_eq!(Address::of_url(&state, &url).unwrap(), address);
        assert_eq!(address.path, "/a b/c.jpg");
        assert_eq!(address.transformations, ["w-1", "h-2", "q-3"]);
        assert!(address.attachment && !address.signed);
        assert_eq!(Address::of_request(&state, "/demonstration/a.jpg"), None);
        assert_eq!(Address::of_request(&state, "/other/a.jpg"), None);
    }

    #[test]
    fn an_endpoint_without_a_path_leaves_the_api_alone() {
        let state = state("https://images.example.com");
        assert_eq!(Address::of_request(&state, "/a.jpg").unwrap().path, "/a.jpg");
        assert_eq!(Address::of_request(&state, "/v1/nothing"), None);
    }
}
