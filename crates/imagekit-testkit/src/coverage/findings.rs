//! Findings of a comparison.

use std::collections::BTreeSet;
use std::fmt::Display;

/// What the descriptions have and the library lacks, each line once.
#[derive(Default)]
pub(crate) struct Findings {
    lines: BTreeSet<String>,
}

/// Findings that are right: those that contain one of `texts`.
pub(crate) struct Omission {
    pub(crate) texts: &'static [&'static str],
    pub(crate) reason: &'static str,
}

/// Where the library differs from the description on purpose.
pub(crate) const OMISSIONS: &[Omission] = &[
    Omission {
        texts: &[
            "request $.destinationPath: 0 characters",
            "request $.fileName: 0 characters",
            "request $.filePath: 0 characters",
            "request $.folderName: 0 characters",
            "request $.folderPath: 0 characters",
            "request $.name: 0 characters",
            "request $.newFileName: 0 characters",
            "request $.newFolderName: 0 characters",
            "request $.parentFolderPath: 0 characters",
            "request $.sourceFilePath: 0 characters",
            "request $.sourceFolderPath: 0 characters",
            "request $.url: 0 characters",
        ],
        reason: "an empty name, path or URL names nothing: the API rejects it",
    },
    Omission {
        texts: &[
            "request $.AITags: 0 items",
            "request $.fileIds: 0 items",
            "request $.fileIds: 2000 items",
            "request $.tags: 0 items",
            "request $.tags: 2000 items",
            "request $.tags[]: 2000 characters",
            "request $.tags[]: has no pattern",
            "request $.description: is known",
            "update-named-transformation: request $.name: has no pattern",
        ],
        reason: "documented on the API's pages, not in the description",
    },
    Omission {
        texts: &[
            "upload-file: request $.expire: is needed",
            "upload-file: request $.publicKey: is needed",
            "upload-file: request $.signature: is needed",
            "upload-file: request $.token: is needed",
        ],
        reason: "the parts of a signature go together: none or all",
    },
    Omission {
        texts: &[
            "schema.defaultValue: has no maximum",
            "schema.maxValue: has no maximum",
            "schema.minValue: has no maximum",
        ],
        reason: "the rules of a metadata field must hold together",
    },
    Omission {
        texts: &[
            ".maxTags: is required",
            ".minConfidence: is required",
            "set_metadata[].value: is required",
            ".minConfidence: the type number is accepted",
        ],
        reason: "responses have the same model, and may lack it",
    },
];

impl Findings {
    pub(crate) fn add(&mut self, place: &str, what: impl Display) {
        self.lines.insert(format!("{place}: {what}"));
    }

    /// Splits the findings into those that are wrong, those that are right, with the reason, and the
    /// texts that none contains.
    pub(crate) fn split(self, omissions: &[Omission]) -> (Vec<String>, Vec<String>, Vec<&str>) {
        let (mut missing, mut omitted) = (Vec::new(), Vec::new());
        let mut unused: Vec<&str> = omissions.iter().flat_map(|it| it.texts).copied().collect();
        for line in self.lines {
            unused.retain(|text| !line.contains(text));
            let is_right = |it: &&Omission| it.texts.iter().any(|text| line.contains(text));
            match omissions.iter().find(is_right) {
                Some(omission) => omitted.push(format!("{line} ({})", omission.reason)),
                None => missing.push(line),
            }
        }
        (missing, omitted, unused)
    }
}
