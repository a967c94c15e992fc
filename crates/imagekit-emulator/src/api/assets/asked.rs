//! The query parameters of `list-and-search-assets`.

use super::sort::Sort;
use crate::library::names;
use crate::response::Problem;
use crate::route::query_pairs;

/// The query parameters.
pub(super) struct Asked {
    pub(super) kind: String,
    pub(super) sort: Sort,
    pub(super) file_type: String,
    pub(super) path: Option<String>,
    pub(super) search: Option<String>,
    /// No longer documented, but still supported.
    pub(super) name: Option<String>,
    /// No longer documented, but still supported.
    pub(super) tags: Option<Vec<String>>,
    pub(super) limit: usize,
    pub(super) skip: usize,
}

impl Asked {
    pub(super) fn read(query: &str) -> Result<Self, Problem> {
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
        let sort = value("sort").map_or(Some(Sort::CREATED), |text| Sort::read(&text));
        let sort = sort.ok_or_else(|| {
            Problem::bad_request("Your request contains invalid value for sort parameters.")
        })?;
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
