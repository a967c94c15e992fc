//! What a query has to look through: the smallest set of assets that surely holds its results.

use super::field::{Field, Operand};
use super::operator::Operator;
use super::parser::Expr;
use crate::ids::Id;
use crate::library::names;

/// Which files hold the results.
#[derive(Debug, PartialEq)]
pub(crate) enum Source<'q> {
    All,
    Id(Id),
    /// Files whose names begin like this.
    Name(&'q str),
    /// Files with any of these tags.
    Tags(Vec<&'q str>),
    /// Files that lie in a folder.
    Folder(String),
    /// Files in a folder and below it.
    Below(String),
}

/// What a query has to look through.
#[derive(Debug, PartialEq)]
pub(crate) struct Plan<'q> {
    pub(crate) source: Source<'q>,
    /// Every file of the source is a result.
    pub(crate) exact: bool,
    /// Current versions can be results.
    pub(crate) files: bool,
    /// Earlier versions can be results.
    pub(crate) versions: bool,
    /// Folders can be results.
    pub(crate) folders: bool,
}

pub(super) fn plan(root: &Expr, names_type: bool) -> Plan<'_> {
    let mut clauses = Vec::new();
    collect(root, &mut clauses);
    let mut plan =
        Plan { source: Source::All, exact: true, files: true, versions: names_type, folders: true };
    let mut rank = 0;
    for clause in clauses {
        let Expr::Compare(field, operator, values) = clause else {
            plan.exact = false;
            plan.folders &= !matches!(clause, Expr::Exists(field) if of_files_only(field));
            continue;
        };
        plan.folders &= !of_files_only(field);
        if let (Field::Kind, Operator::Equal) = (field, operator) {
            let names =
                |kind: &str| values.iter().any(|value| *value == Operand::Text(kind.to_owned()));
            plan.files &= names("file");
            plan.versions &= names("file-version");
            plan.folders &= names("folder");
            continue;
        }
        let found = source(field, *operator, values);
        let new_rank = found.as_ref().map_or(0, |(_, rank)| *rank);
        // Only one clause can be exact, and only where its index knows neither more nor less.
        plan.exact &=
            rank == 0 && matches!(&found, Some((Source::Tags(tags), _)) if tags.len() == 1);
        if let Some((source, _)) = found.filter(|_| new_rank > rank) {
            plan.source = source;
            rank = new_rank;
        }
    }
    // The indexes know the tags of current versions only.
    if plan.versions {
        plan.source = Source::All;
    }
    plan.exact &= !plan.versions && !plan.folders;
    plan
}

/// The clauses that all have to hold.
fn collect<'q>(expr: &'q Expr, clauses: &mut Vec<&'q Expr>) {
    match expr {
        Expr::All(parts) => parts.iter().for_each(|part| collect(part, clauses)),
        Expr::Any(parts) => match parts.as_slice() {
            [part] => collect(part, clauses),
            _ => clauses.push(expr),
        },
        _ => clauses.push(expr),
    }
}

/// An index for a clause, and how much better than others it is.
fn source<'q>(
    field: &Field,
    operator: Operator,
    values: &'q [Operand],
) -> Option<(Source<'q>, u8)> {
    let texts: Vec<&str> = values.iter().filter_map(Operand::text).collect();
    let one = match texts.as_slice() {
        [one] => Some(*one),
        _ => None,
    };
    match (field, operator, one) {
        (Field::Id, Operator::Equal, Some(id)) => Some((Source::Id(Id::parse(id)?), 6)),
        (Field::Name, Operator::Equal, Some(name)) => Some((Source::Name(name), 5)),
        (Field::Tags, Operator::Equal, _) => Some((Source::Tags(texts), 4)),
        (Field::Path, Operator::Equal, Some(path)) => {
            Some((Source::Folder(names::normal_path(path)), 3))
        }
        (Field::Name, Operator::Begins, Some(name)) => Some((Source::Name(name), 2)),
        (Field::Path, Operator::Begins, Some(path)) => {
            Some((Source::Below(names::normal_path(path)), 1))
        }
        _ => None,
    }
}

/// Whether folders have nothing in a field.
fn of_files_only(field: &Field) -> bool {
    !matches!(
        field,
        Field::Name | Field::Kind | Field::Id | Field::Path | Field::CreatedAt | Field::UpdatedAt
    )
}

#[cfg(test)]
mod tests {
    use super::super::parser::parse;
    use super::*;
    use crate::instant::Instant;

    fn check(text: &str, source: &Source<'_>, exact: bool) {
        let now = Instant::from_duration(std::time::Duration::ZERO);
        let (root, names_type) = parse(text, now).unwrap();
        let plan = plan(&root, names_type);
        assert_eq!((&plan.source, plan.exact), (source, exact), "{text}: {plan:?}");
    }

    #[test]
    fn the_best_index_is_chosen() {
        let red = || Source::Tags(vec!["red"]);
        check(r#"tags = "red""#, &red(), true);
        check(r#"tags = "red" AND type = "file""#, &red(), true);
        check(r#"(tags = "red") AND size > 5"#, &red(), false);
        check(r#"tags = "red" AND tags = "blue""#, &red(), false);
        check(r#"tags IN ["red", "blue"]"#, &Source::Tags(vec!["red", "blue"]), false);
        check(r#"path : "/a" AND name = "b""#, &Source::Name("b"), false);
        check(r#"path = "/a/""#, &Source::Folder("/a".to_owned()), false);
        for all in [
            r#"tags = "red" OR size > 5"#,
            r#"NOT (tags = "red")"#,
            r#"tags NOT = "red""#,
            r#"tags = "red" AND type IN ["file", "file-version"]"#,
            r#"createdAt > "7d""#,
        ] {
            check(all, &Source::All, false);
        }
    }
}
