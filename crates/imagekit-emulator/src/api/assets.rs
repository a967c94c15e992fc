//! `list-and-search-assets`.

use std::cmp::Ordering;

use serde_json::Value;

use super::Exchange;
use crate::answer::{Handled, Problem, ok};
use crate::library::{File, Folder, Library, Version, names, render};
use crate::route::query_pairs;
use crate::search::{Query, SearchError};

/// One thing that a list can hold.
#[derive(Clone, Copy)]
pub(crate) enum Asset<'a> {
    File(&'a File, &'a Version),
    Folder(&'a Folder),
}

pub(crate) fn list(exchange: Exchange<'_>) -> Handled {
    let asked = Asked::read(exchange.query)?;
    let library = &exchange.state.library;
    let mut assets = match &asked.search {
        Some(text) => {
            let query = Query::parse(text, exchange.now).map_err(unsupported)?;
            let mut assets = everything(library);
            assets.retain(|asset| query.matches(asset));
            assets
        }
        None => asked.plain(library),
    };
    assets.retain(|asset| asked.keeps(asset));
    asked.sort(&mut assets);
    let base = &exchange.state.url_endpoint;
    let row = |asset: Asset<'_>| match asset {
        Asset::File(file, version) => render::details(base, file, version),
        Asset::Folder(folder) => render::folder(folder),
    };
    let page = assets.into_iter().skip(asked.skip).take(asked.limit).map(row);
    Ok(ok(&page.collect::<Value>()))
}

fn unsupported(error: SearchError) -> Problem {
    Problem::bad_request(format!("Your request contains invalid searchQuery parameter: {error}."))
}

fn everything(library: &Library) -> Vec<Asset<'_>> {
    let versions = library
        .files()
        .flat_map(|file| file.versions.iter().map(move |version| Asset::File(file, version)));
    versions.chain(library.folders().map(Asset::Folder)).collect()
}

impl Asset<'_> {
    pub(crate) fn kind(&self) -> &'static str {
        match self {
            Self::File(file, version) if file.is_current(version) => "file",
            Self::File(..) => "file-version",
            Self::Folder(_) => "folder",
        }
    }

    /// The folder that it lies in.
    pub(crate) fn parent(&self) -> &str {
        match self {
            Self::File(file, _) => &file.folder,
            Self::Folder(folder) => names::parent(&folder.path),
        }
    }

    pub(crate) fn name(&self) -> &str {
        match self {
            Self::File(file, _) => &file.name,
            Self::Folder(folder) => names::last(&folder.path),
        }
    }

    pub(crate) fn created_at(&self) -> i64 {
        match self {
            Self::File(_, version) => version.created_at.millis(),
            Self::Folder(folder) => folder.created_at.millis(),
        }
    }

    pub(crate) fn updated_at(&self) -> i64 {
        match self {
            Self::File(_, version) => version.updated_at.millis(),
            Self::Folder(folder) => folder.updated_at.millis(),
        }
    }

    pub(crate) fn version(&self) -> Option<&Version> {
        match self {
            Self::File(_, version) => Some(version),
            Self::Folder(_) => None,
        }
    }
}

/// The parameters of a list.
struct Asked {
    kind: String,
    sort: String,
    file_type: String,
    path: Option<String>,
    search: Option<String>,
    /// Out of the documentation, but it works still.
    name: Option<String>,
    tags: Option<Vec<String>>,
    limit: usize,
    skip: usize,
}

const SORTS: [&str; 7] = ["NAME", "CREATED", "UPDATED", "HEIGHT", "WIDTH", "SIZE", "RELEVANCE"];

impl Asked {
    fn read(query: &str) -> Result<Self, Problem> {
        let pairs = query_pairs(query);
        let value = |wanted: &str| {
            let pair = pairs.iter().find(|(name, value)| name == wanted && !value.is_empty());
            pair.map(|(_, value)| value.clone())
        };
        let kind = value("type").unwrap_or_else(|| "file".to_owned());
        if !matches!(kind.as_str(), "file" | "file-version" | "folder" | "all") {
            return Err(Problem::bad_request(
                "Your request contains invalid value for type parameter. Please provide one of \
                 the following: file, file-version, folder, all.",
            ));
        }
        let sort = value("sort").unwrap_or_else(|| "ASC_CREATED".to_owned());
        let known = sort.strip_prefix("ASC_").or_else(|| sort.strip_prefix("DESC_"));
        if !known.is_some_and(|by| SORTS.contains(&by)) {
            return Err(Problem::bad_request(
                "Your request contains invalid value for sort parameters.",
            ));
        }
        let file_type = value("fileType").unwrap_or_else(|| "all".to_owned());
        if !matches!(file_type.as_str(), "all" | "image" | "non-image") {
            return Err(Problem::bad_request(
                "Your request contains invalid value for fileType parameter.",
            ));
        }
        let split = |text: String| text.split(',').map(|tag| tag.trim().to_owned()).collect();
        Ok(Self {
            kind,
            sort,
            file_type,
            path: value("path").map(|path| names::normal_path(&path)),
            search: value("searchQuery"),
            name: value("name"),
            tags: value("tags").map(split),
            limit: limit(value("limit"))?,
            skip: skip(value("skip"))?,
        })
    }

    /// What is listed without a search.
    fn plain<'a>(&self, library: &'a Library) -> Vec<Asset<'a>> {
        let mut assets = everything(library);
        assets.retain(|asset| {
            let kind = asset.kind();
            let wanted = kind == self.kind || (self.kind == "all" && kind != "file-version");
            let tagged = |tags: &Vec<String>| {
                asset
                    .version()
                    .is_some_and(|version| tags.iter().any(|tag| version.fields.tags.contains(tag)))
            };
            wanted
                && self.name.as_deref().is_none_or(|name| asset.name() == name)
                && self.tags.as_ref().is_none_or(tagged)
        });
        assets
    }

    /// What holds for lists and searches alike.
    fn keeps(&self, asset: &Asset<'_>) -> bool {
        // One folder, without those below it.
        let here = self.path.as_deref().is_none_or(|path| asset.parent() == path);
        let file_type = match asset.version() {
            None => true,
            Some(_) if self.file_type == "all" => true,
            Some(version) => version.content.file_type() == self.file_type,
        };
        here && file_type
    }

    fn sort(&self, assets: &mut [Asset<'_>]) {
        let (descending, by) = match self.sort.split_once('_') {
            Some((direction, by)) => (direction == "DESC", by),
            None => (false, "CREATED"),
        };
        let side = |asset: &Asset<'_>| {
            let metadata = &asset.version()?.content.inspection.metadata;
            if by == "HEIGHT" { metadata.height } else { metadata.width }
        };
        let size = |asset: &Asset<'_>| asset.version().map(|version| version.content.size);
        let compare = |a: &Asset<'_>, b: &Asset<'_>| -> Ordering {
            match by {
                "NAME" => a.name().cmp(b.name()),
                "UPDATED" => a.updated_at().cmp(&b.updated_at()),
                "HEIGHT" | "WIDTH" => side(a).cmp(&side(b)),
                "SIZE" => size(a).cmp(&size(b)),
                // Everything found is equally relevant: in the order of its making.
                _ => a.created_at().cmp(&b.created_at()),
            }
        };
        assets.sort_by(|a, b| if descending { compare(b, a) } else { compare(a, b) });
    }
}

fn limit(text: Option<String>) -> Result<usize, Problem> {
    let Some(text) = text else { return Ok(1000) };
    match text.parse::<i64>() {
        Ok(limit @ 1..=1000) => Ok(usize::try_from(limit).unwrap_or(1000)),
        Ok(limit) if limit > 1000 => Err(Problem::bad_request(format!(
            "Maximum value of limit parameter is 1000. Value sent is {limit}."
        ))),
        _ => Err(Problem::bad_request(format!(
            "Minimum value of limit parameter is 1. Value sent is {text}."
        ))),
    }
}

fn skip(text: Option<String>) -> Result<usize, Problem> {
    let Some(text) = text else { return Ok(0) };
    text.parse().map_err(|_| {
        Problem::bad_request(format!(
            "The value of skip parameter should be greater than or equal to 0. Value sent is {text}."
        ))
    })
}
