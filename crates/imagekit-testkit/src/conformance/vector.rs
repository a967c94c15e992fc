//! Cases of the files of vectors, and what becomes of one.

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
    /// Every answer that a published package gives.
    pub(crate) fn answers(&self) -> impl Iterator<Item = &Json> {
        [&self.expected, &self.node, &self.python].into_iter().flatten()
    }

    /// The answers that are as good as one another: the agreed one, the preferred one, or any
    /// where it is a matter of choice.
    fn accepts(&self, actual: &Json) -> bool {
        if self.prefer.as_deref() == Some("node") {
            return self.node.as_ref().is_some_and(|node| deviations::same(node, actual));
        }
        self.answers().any(|answer| deviations::same(answer, actual))
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
                let answers: Vec<String> = self.answers().map(Json::to_text).collect();
                let wanted = answers.join(" or ");
                report.fail(&self.id, format_args!("{} instead of {wanted}", actual.to_text()));
            }
        }
    }
}
