//! Cases of the vector files, and the comparison of one.

use super::{deviations, ordered::Json, report::Report};

/// A case.
#[derive(Debug, serde::Deserialize)]
pub(crate) struct Vector {
    pub(crate) id: String,
    pub(crate) input: Json,
    expected: Option<Json>,
    node: Option<Json>,
    python: Option<Json>,
    prefer: Option<String>,
    pub(crate) private_key: Option<String>,
    pub(crate) now_unix: Option<u64>,
    pub(crate) string_to_sign: Option<String>,
}

#[derive(serde::Deserialize)]
struct File {
    vectors: Vec<Vector>,
}

/// Reads a file of vectors.
pub(crate) fn read(text: &str) -> Result<Vec<Vector>, String> {
    serde_json::from_str::<File>(text).map(|file| file.vectors).map_err(|error| error.to_string())
}

impl Vector {
    /// Every result that a published package gives.
    pub(crate) fn results(&self) -> impl Iterator<Item = &Json> {
        [&self.expected, &self.node, &self.python].into_iter().flatten()
    }

    /// Whether `actual` is the agreed result, the preferred one, or any where there is no preference.
    fn accepts(&self, actual: &Json) -> bool {
        if self.prefer.as_deref() == Some("node") {
            return self.node.as_ref().is_some_and(|node| deviations::same(node, actual));
        }
        self.results().any(|result| deviations::same(result, actual))
    }

    /// Compares and reports.
    pub(crate) fn judge(&self, actual: Result<Json, String>, report: &mut Report) {
        let actual = match actual {
            Ok(actual) => actual,
            Err(message) => return report.refuse(&self.id, message),
        };
        if self.accepts(&actual) {
            return report.pass();
        }
        match deviations::reason(self, &actual) {
            Some(reason) => report.deviate(&self.id, reason),
            None => {
                let results: Vec<String> = self.results().map(Json::to_text).collect();
                let wanted = results.join(" or ");
                report.fail(&self.id, format_args!("{} instead of {wanted}", actual.to_text()));
            }
        }
    }
}
