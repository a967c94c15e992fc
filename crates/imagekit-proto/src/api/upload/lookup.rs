//! Looking for the file that an upload may have made.

use bytes::Bytes;
use http::{Request, Response};

use super::credentials::Version;
use super::request::UploadRequest;
use super::source::FileSource;
use crate::api::assets::{Asset, ListAndSearchAssets, Sort};
use crate::api::files::FileDetails;
use crate::decode;
use crate::endpoint::{Documented as _, Endpoint, Operation, RequestContext};
use crate::error::{ApiError, BuildError, DecodeError};
use crate::flow::{Lookup, Sighting};
use crate::search::{AssetType, field};
use crate::types::UnixTime;
use crate::wire::Body;

/// Looks for the file that an upload may have made: for an upload that [may have been
/// applied](crate::Error::may_have_been_applied), or to see whether a file is there already.
///
/// Made by [`UploadRequest::lookup`]; an endpoint that sends one search (`GET /v1/files`) and sorts
/// what it finds. It needs the private key.
///
/// A file **fits** when its folder and name are those of the upload, as ImageKit writes them: other
/// characters than letters, digits, `.`, `_` and `-` may have become `_`, and a unique name is the
/// name with a suffix, `cat_a1b2.jpg` for `cat.jpg`. Of those that fit, a file **matches** when
/// everything that is known of the upload holds: its [size](Self::size), that it was made or changed
/// [since](Self::since) a time, and that it has a [tag](Self::tag).
///
/// ```
/// use imagekit_proto::api::upload::UploadFile;
/// use imagekit_proto::types::UnixTime;
///
/// # mod support { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/examples/support/client.rs")); }
/// # use support::Client;
/// # let client = Client::responding(200, r#"[{"type": "file", "fileId": "598821f949c0a938d57563bd",
/// #     "name": "cat_a1b2.jpg", "filePath": "/pets/cat_a1b2.jpg", "url": "https://ik.imagekit.io/demo/c",
/// #     "size": 117079, "createdAt": "2026-01-31T08:00:00.000Z"}]"#);
/// let upload = UploadFile::new("cat.jpg").folder("/pets");
/// let lookup = upload.lookup().size(117_079).since(UnixTime::from_secs(1_769_846_000));
/// // The upload is sent, and its error says that it may have been applied.
/// let found = client.send(lookup)?;
/// for file in &found.matching {
///     println!("it may have made {}", file.file_path);
/// }
/// assert_eq!(found.matching.len(), 1);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// That nothing matches does not prove that there is no such file: a search finds a new file only
/// after a while, and a search returns 1,000 files at most (the newest). And a match is as certain as
/// what it is compared by: another file of the same name and size matches, too, unless the upload has a
/// tag of its own.
#[derive(Clone, Debug, PartialEq)]
pub struct UploadLookup {
    folder: String,
    name: String,
    is_unique: bool,
    size: Option<u64>,
    since: Option<UnixTime>,
    tag: Option<String>,
}

/// What an [`UploadLookup`] found: the files that fit, newest first.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct UploadMatches {
    /// The files that the upload may have made.
    pub matching: Vec<FileDetails>,
    /// Files of another size, from another time, or without the tag.
    pub others: Vec<FileDetails>,
}

impl<V: Version> UploadRequest<V> {
    /// Returns the look-up of the file that this upload makes.
    ///
    /// It knows folder and name, and of a file in memory the size, unless ImageKit transforms the file
    /// before it is stored. Add what else is known.
    pub fn lookup(&self) -> UploadLookup {
        let size = match &self.file {
            FileSource::Bytes(bytes, _) if self.keeps_size() => Some(bytes.len() as u64),
            _ => None,
        };
        // Only what follows the last slash names the file.
        let name = self.file_name.rsplit(['/', '\\']).next().unwrap_or_default().to_owned();
        let segments = self.folder.as_deref().unwrap_or_default().split('/');
        let mut folder = String::new();
        for segment in segments.filter(|segment| !segment.is_empty()) {
            folder.push('/');
            folder.push_str(segment);
        }
        let is_unique = self.use_unique_file_name.unwrap_or(true);
        UploadLookup { folder, name, is_unique, size, since: None, tag: None }
    }

    /// Returns the look-up of the file that this upload makes of a payload of `len` bytes.
    pub fn lookup_with_payload(&self, len: u64) -> UploadLookup {
        let lookup = self.lookup();
        if self.keeps_size() { lookup.size(len) } else { lookup }
    }

    /// Whether the file is stored as it is sent.
    fn keeps_size(&self) -> bool {
        self.transformation.as_ref().is_none_or(|transformation| transformation.pre.is_none())
    }
}

impl UploadLookup {
    /// Compares the size, in bytes.
    pub fn size(mut self, bytes: u64) -> Self {
        self.size = Some(bytes);
        self
    }

    /// Compares the time: a file matches that was made or changed then or later, by ImageKit's clock.
    /// Take a minute or two off a time of your own clock.
    pub fn since(mut self, time: UnixTime) -> Self {
        self.since = Some(time);
        self
    }

    /// Compares the tags: a file matches that has this one. Give the upload a tag of its own, such as
    /// a hash of the content, and only that file matches.
    pub fn tag(mut self, tag: impl Into<String>) -> Self {
        self.tag = Some(tag.into());
        self
    }

    /// Returns the search that is sent: as narrow as the name and the folder are certain.
    pub fn request(&self) -> ListAndSearchAssets {
        let mut conditions = vec![field::asset_type().eq(AssetType::File)];
        let (stem, _) = self.stem_and_extension();
        let wanted = if self.is_unique { format!("{stem}_") } else { self.name.clone() };
        let certain: String = wanted.chars().take_while(|c| is_kept(*c)).collect();
        if certain.len() == wanted.len() && !self.is_unique {
            conditions.push(field::name().eq(wanted));
        } else if !certain.is_empty() {
            conditions.push(field::name().starts_with(certain));
        }
        if self.folder.chars().all(|c| is_kept(c) || c == '/') {
            let folder = if self.folder.is_empty() { "/" } else { &self.folder };
            conditions.push(field::path().eq(folder));
        }
        // A type of asset, texts of letters and digits: there is nothing that cannot be quoted.
        let query = crate::search::Condition::all(conditions).build().map(String::from);
        let list = ListAndSearchAssets::new().sort(Sort::DescCreated).limit(1_000);
        list.search_query(query.unwrap_or_default())
    }

    /// Returns whether the folder and the name of `file` fit.
    pub fn fits(&self, file: &FileDetails) -> bool {
        let Some((folder, name)) = file.file_path.rsplit_once('/') else { return false };
        if !is_same(&self.folder, folder) {
            return false;
        }
        if !self.is_unique {
            return is_same(&self.name, name);
        }
        let (stem, extension) = self.stem_and_extension();
        let rest = after(stem, name).and_then(|rest| rest.strip_prefix('_'));
        rest.is_some_and(|rest| {
            let ends = rest.char_indices().map(|(at, _)| at).filter(|at| *at > 0);
            ends.chain([rest.len()]).any(|end| {
                let (suffix, ending) = rest.split_at_checked(end).unwrap_or_default();
                !suffix.is_empty() && suffix.chars().all(is_of_suffix) && is_same(extension, ending)
            })
        })
    }

    /// Returns whether `file` fits, and has everything else that is known of the upload.
    pub fn matches(&self, file: &FileDetails) -> bool {
        let is_recent = |since: UnixTime| {
            let times = [&file.created_at, &file.updated_at].into_iter().flatten();
            times.filter_map(|time| time.unix_time()).any(|time| time >= since)
        };
        self.fits(file)
            && self.size.is_none_or(|size| file.size == Some(size))
            && self.since.is_none_or(is_recent)
            && self.tag.as_ref().is_none_or(|tag| file.tags.contains(tag))
    }

    /// Splits the name where ImageKit puts the suffix of a unique name.
    fn stem_and_extension(&self) -> (&str, &str) {
        match self.name.rfind('.').filter(|at| *at > 0) {
            Some(at) => self.name.split_at_checked(at).unwrap_or_default(),
            None => (&self.name, ""),
        }
    }
}

/// Whether ImageKit keeps this character of a name.
fn is_kept(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '-')
}

fn is_of_suffix(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '_' | '-')
}

/// Returns what follows `wanted` at the beginning of `found`. A character that ImageKit may not keep
/// is there as it is, or as `_`.
fn after<'a>(wanted: &str, found: &'a str) -> Option<&'a str> {
    let mut rest = found.chars();
    for c in wanted.chars() {
        let next = rest.next()?;
        if next != c && (is_kept(c) || next != '_') {
            return None;
        }
    }
    Some(rest.as_str())
}

fn is_same(wanted: &str, found: &str) -> bool {
    after(wanted, found).is_some_and(str::is_empty)
}

impl Endpoint for UploadLookup {
    type Output = UploadMatches;

    fn operation(&self) -> &'static Operation {
        ListAndSearchAssets::OPERATION
    }

    fn build(&self, cx: &RequestContext<'_>) -> Result<Request<Body>, BuildError> {
        self.request().build(cx)
    }

    fn decode(&self, response: &Response<Bytes>) -> Result<UploadMatches, DecodeError> {
        let mut found = UploadMatches::default();
        for asset in decode::json::<Vec<Asset>>(response)? {
            match asset {
                Asset::File(file) if self.matches(&file) => found.matching.push(*file),
                Asset::File(file) if self.fits(&file) => found.others.push(*file),
                _ => {}
            }
        }
        Ok(found)
    }
}

impl Lookup for UploadLookup {
    type Found = FileDetails;

    fn judge(matches: UploadMatches) -> Sighting<FileDetails> {
        let UploadMatches { matching, others } = matches;
        match (matching.into_iter().next(), others.into_iter().next()) {
            (Some(file), _) => Sighting::Same(file),
            (None, Some(file)) => Sighting::Other(file),
            (None, None) => Sighting::Nothing,
        }
    }

    fn is_taken(error: &ApiError) -> bool {
        let text = error.message.as_deref().unwrap_or_default().to_ascii_lowercase();
        error.status.as_u16() == 400 && text.contains("already exists")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api::upload::{UploadFile, UploadTransformation};

    fn file(path: &str, size: u64) -> FileDetails {
        let name = path.rsplit('/').next().unwrap_or_default();
        serde_json::from_value(serde_json::json!({
            "fileId": "1", "name": name, "filePath": path, "url": "u", "size": size,
            "tags": ["t"], "createdAt": "2024-05-06T07:08:09Z",
        }))
        .unwrap()
    }

    fn query(upload: &UploadFile) -> String {
        upload.lookup().request().search_query.unwrap_or_default()
    }

    #[test]
    fn the_search_has_what_is_certain() {
        for (name, folder, unique, expected) in [
            ("cat.jpg", "/pets/", false, r#" AND name = "cat.jpg" AND path = "/pets""#),
            ("cat.jpg", "", true, r#" AND name : "cat_" AND path = "/""#),
            ("a/b\\cat.jpg", "//a//b", true, r#" AND name : "cat_" AND path = "/a/b""#),
            ("my cat.jpg", "/a b", false, r#" AND name : "my""#),
            ("\u{e9}\"t.jpg", "/", true, r#" AND path = "/""#),
            ("\"", "\"", false, ""),
        ] {
            let upload = UploadFile::new(name).folder(folder).use_unique_file_name(unique);
            assert_eq!(query(&upload), format!(r#"type = "file"{expected}"#), "{name}");
        }
    }

    #[test]
    fn unique_names_have_a_suffix() {
        let lookup = UploadFile::new("my cat.jpg").folder("pets").lookup();
        for (path, fits) in [
            ("/pets/my_cat_a1-B_2.jpg", true),
            ("/pets/my cat_x.jpg", true),
            ("/pets/my_cat.jpg", false),
            ("/pets/my_cat_.jpg", false),
            ("/pets/my_cat_a.b.jpg", false),
            ("/pets/my_cat_a1.png", false),
            ("/pets/my_cats_a1.jpg", false),
            ("/pets/x/my_cat_a1.jpg", false),
            ("/my_cat_a1.jpg", false),
        ] {
            assert_eq!(lookup.fits(&file(path, 1)), fits, "{path}");
        }
        assert!(UploadFile::new(".env").lookup().fits(&file("/.env_x", 1)));
        assert!(!UploadFile::new("a.b").lookup().fits(&file("a_x.b", 1)));
    }

    #[test]
    fn a_match_has_all_that_is_known() {
        let lookup = UploadFile::new("cat.jpg").use_unique_file_name(false).lookup();
        let cat = file("/cat.jpg", 7);
        let at = UnixTime::from_secs(1_714_979_289);
        let later = UnixTime::from_secs(1_714_979_290);
        assert!(lookup.matches(&cat) && !lookup.matches(&file("/cat.png", 7)));
        assert!(lookup.clone().size(7).since(at).tag("t").matches(&cat));
        assert!(!lookup.clone().size(8).matches(&cat));
        assert!(!lookup.clone().since(later).matches(&cat));
        assert!(!lookup.tag("other").matches(&cat));
    }

    #[test]
    fn the_size_of_a_file_in_memory_is_known_unless_it_is_transformed() {
        let upload = UploadFile::new("cat.jpg").file(vec![1, 2, 3]);
        assert_eq!(upload.lookup().size, Some(3));
        let pre = UploadTransformation::new().pre("w-300");
        assert_eq!(upload.transformation(pre).lookup().size, None);
        assert_eq!(UploadFile::new("cat.jpg").lookup().size, None);
    }
}
