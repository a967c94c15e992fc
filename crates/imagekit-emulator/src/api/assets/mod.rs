//! `list-and-search-assets`.

mod asked;
mod asset;
mod select;
mod sort;

use asked::Asked;
pub(crate) use asset::Asset;
use asset::Item;
use select::Page;

use super::Exchange;
use crate::response::{Handled, Problem, ok};
use crate::search::{Plan, Query, SearchError, Source};

pub(crate) fn list(exchange: Exchange<'_>) -> Handled {
    let asked = Asked::read(exchange.query)?;
    let query = asked.search.as_deref().map(|text| Query::parse(text, exchange.now));
    let query = query.transpose().map_err(unsupported)?;
    let mut plan = query.as_ref().map_or_else(|| plan(&asked), Query::plan);
    if let (Source::All, Some(path)) = (&plan.source, &asked.path) {
        plan.source = Source::Folder(path.clone());
    } else if asked.path.is_some() {
        plan.exact = false;
    }
    plan.exact &= asked.file_type == "all";
    let keeps = |asset: &Asset<'_>| {
        keeps(&asked, asset)
            && match &query {
                Some(query) => query.matches(asset),
                None => plain(&asked, asset),
            }
    };
    let library = &exchange.state.library;
    let page = Page { library, sort: asked.sort, skip: asked.skip, limit: asked.limit };
    let base = exchange.state.url_endpoint.as_str();
    let items = page.select(&plan, keeps).into_iter().map(|asset| Item { base, asset });
    Ok(ok(&items.collect::<Vec<_>>()))
}

fn unsupported(error: SearchError) -> Problem {
    Problem::bad_request(format!("Your request contains invalid searchQuery parameter: {error}."))
}

/// What a list without a search query looks through.
fn plan(asked: &Asked) -> Plan<'_> {
    let files = matches!(asked.kind.as_str(), "file" | "all");
    let source = match (&asked.name, &asked.tags) {
        (Some(name), _) => Source::Name(name),
        (None, Some(tags)) => Source::Tags(tags.iter().map(String::as_str).collect()),
        (None, None) => Source::All,
    };
    Plan {
        exact: matches!(source, Source::All),
        source,
        files,
        versions: asked.kind == "file-version",
        folders: matches!(asked.kind.as_str(), "folder" | "all"),
    }
}

/// What holds for a list without a search query.
fn plain(asked: &Asked, asset: &Asset<'_>) -> bool {
    let kind = asset.kind();
    let wanted = kind == asked.kind || (asked.kind == "all" && kind != "file-version");
    let tagged = |tags: &Vec<String>| {
        let fields = asset.version().map(|version| &version.fields);
        fields.is_some_and(|fields| tags.iter().any(|tag| fields.has_tag(tag)))
    };
    wanted
        && asked.name.as_deref().is_none_or(|name| asset.name() == name)
        && asked.tags.as_ref().is_none_or(tagged)
}

/// What holds for lists and searches alike.
fn keeps(asked: &Asked, asset: &Asset<'_>) -> bool {
    // One folder, without those below it.
    let here = asked.path.as_deref().is_none_or(|path| asset.parent() == path);
    let file_type = match asset.version() {
        None => true,
        Some(_) if asked.file_type == "all" => true,
        Some(version) => version.content.file_type() == asked.file_type,
    };
    here && file_type
}
