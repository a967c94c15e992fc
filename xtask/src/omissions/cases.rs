//! The made-up endpoint, and the parts of it that can be forgotten.

use super::copy::Copy;

const ENDPOINT: &str = "crates/imagekit-proto/src/api/files/label_file.rs";
const MODULE: &str = "crates/imagekit-proto/src/api/files/mod.rs";
const TABLE: &str = "crates/imagekit-proto/src/operation.rs";
const DOCS: &str = "crates/imagekit-proto/src/api/mod.rs";
const EMULATOR: &str = "crates/imagekit-emulator/tests/it/not_implemented.rs";

/// Tests of `cargo test --workspace`, by where they are.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Tests {
    /// What holds for every operation.
    Core,
    /// The emulator's list of operations that it does not implement.
    Emulator,
    /// The documentation that is generated.
    Docs,
}

/// A forgotten part.
pub struct Case {
    pub name: &'static str,
    /// The files that lack it, and how.
    pub edits: &'static [(&'static str, Edit)],
    /// The tests that must fail, and parts of their messages.
    pub tests: Tests,
    pub message: &'static [&'static str],
}

/// A change to a file.
#[derive(Clone, Copy)]
pub enum Edit {
    /// Lines that hold this text are removed.
    RemoveLines(&'static str),
    /// Everything from the first text on, up to the second and without it, is removed.
    RemoveFrom(&'static str, &'static str),
    /// The first text is replaced by the second.
    Replace(&'static str, &'static str),
}

#[rustfmt::skip]
pub const CASES: &[Case] = &[
    Case {
        name: "table-line", tests: Tests::Core,
        edits: &[(TABLE, Edit::RemoveLines("entry::<files::LabelFile>"))],
        message: &["operation label-file of src/api/files/label_file.rs is not in the table: add"],
    },
    Case {
        name: "module-line", tests: Tests::Core,
        edits: &[(MODULE, Edit::RemoveLines("label_file"))],
        message: &["LabelFile", "cannot find type"],
    },
    Case {
        name: "module-and-table-line", tests: Tests::Core,
        edits: &[
            (MODULE, Edit::RemoveLines("label_file")),
            (TABLE, Edit::RemoveLines("entry::<files::LabelFile>")),
        ],
        message: &[
            "src/api/files/label_file.rs belongs to no module: add `mod label_file;` to src/api/files/mod.rs",
            "operation label-file of src/api/files/label_file.rs is not in the table",
        ],
    },
    Case {
        name: "documented", tests: Tests::Core,
        edits: &[(ENDPOINT, Edit::RemoveFrom("impl Documented for LabelFile", "/// The label of a file."))],
        message: &["`LabelFile` stands in the operation table without a sample", "add `impl Documented for"],
    },
    Case {
        name: "sample-request", tests: Tests::Core,
        edits: &[(ENDPOINT, Edit::Replace(r#""598821f949c0a938d57563bd", "label": "sold"}"#, r#""598821f949c0a938d57563bd"}"#))],
        message: &["operation label-file: correct the request of its SAMPLE, which does not build"],
    },
    Case {
        name: "sample-response", tests: Tests::Core,
        edits: &[(ENDPOINT, Edit::Replace(r#"{"label": "sold", "since""#, r#"{"since""#))],
        message: &["operation label-file: correct the response of its SAMPLE"],
    },
    Case {
        name: "lossless-result", tests: Tests::Core,
        edits: &[(ENDPOINT, Edit::RemoveFrom("    /// Keys that this crate does not know yet.\n    #[serde(flatten)]", "}\n"))],
        message: &["operation label-file: its result loses response.since", "keep unknown keys in `extra`"],
    },
    Case {
        name: "path-field", tests: Tests::Core,
        edits: &[(ENDPOINT, Edit::Replace(r#""/v1/files/{fileId}/label""#, r#""/v1/files/{assetId}/label""#))],
        message: &["operation label-file: the path has {assetId}, so give the request type"],
    },
    Case {
        name: "path-parameter", tests: Tests::Core,
        edits: &[(ENDPOINT, Edit::Replace(r#".param("fileId", &self.file_id)?"#, ""))],
        message: &["operation label-file: correct the request", "one of its parameters was not given"],
    },
    Case {
        name: "path-parameter-in-body", tests: Tests::Core,
        edits: &[(ENDPOINT, Edit::Replace(".json(self)", ".body(http::HeaderValue::from_static(\"application/json\"), serde_json::to_vec(self).unwrap_or_default().into())"))],
        message: &["operation label-file: the path parameter `fileId` is in the body or query too"],
    },
    Case {
        name: "unsent-field", tests: Tests::Core,
        edits: &[(ENDPOINT, Edit::Replace(".json(self)", ".empty()"))],
        message: &["operation label-file: the field `label` is in no path, query or body"],
    },
    Case {
        name: "alias", tests: Tests::Core,
        edits: &[(ENDPOINT, Edit::Replace("alias = \"label_file\"", "alias = \"label-file\""))],
        message: &["src/api/files/label_file.rs: the search of rustdoc does not find the alias `label-file`"],
    },
    Case {
        name: "emulator", tests: Tests::Emulator,
        edits: &[(EMULATOR, Edit::RemoveLines("\"label-file\""))],
        message: &["operation label-file: add a handler to src/api or list it in NOT_IMPLEMENTED"],
    },
    Case {
        name: "docs-row", tests: Tests::Docs,
        edits: &[(DOCS, Edit::RemoveLines("`label-file`"))],
        message: &["operation label-file: its row", "run cargo xtask docs"],
    },
    Case {
        name: "docs-line", tests: Tests::Docs,
        edits: &[(ENDPOINT, Edit::RemoveFrom("/// `PUT /v1", "/// ```\n"))],
        message: &["operation label-file: the line", "run cargo xtask docs"],
    },
];

/// Adds the endpoint as a contributor should: its file, a line in its module and one in the table.
pub fn add_endpoint(copy: &Copy) -> Result<(), String> {
    copy.write(ENDPOINT, include_str!("label_file.rs.txt"))?;
    copy.edit(MODULE, Edit::Replace("mod list_versions;", "mod label_file;\nmod list_versions;"))?;
    let exported = "pub use label_file::{Label, LabelFile};\npub use list_versions";
    copy.edit(MODULE, Edit::Replace("pub use list_versions", exported))?;
    let line = "    entry::<files::LabelFile>(),\n    entry::<files::DeleteFile>(),";
    copy.edit(TABLE, Edit::Replace("    entry::<files::DeleteFile>(),", line))?;
    let line = "const NOT_IMPLEMENTED: &[&str] = &[\n    \"label-file\",";
    copy.edit(EMULATOR, Edit::Replace("const NOT_IMPLEMENTED: &[&str] = &[", line))
}
