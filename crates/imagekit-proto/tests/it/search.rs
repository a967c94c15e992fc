//! Search queries, read by a tokenizer and a parser that share nothing with the builder.

use imagekit_proto::search::{
    AssetType, Condition, Date, Place, Point, Query, QueryError, Size, field,
};
use proptest::prelude::*;

#[derive(Clone, Debug, PartialEq)]
enum Token {
    /// A keyword, a name, a number, an operator or a bracket.
    Bare(String),
    Text(String),
}

/// Reads a query as tokens. Whether the service knows backslash escapes is not documented, so
/// both readings are tried: `escapes` or none.
fn tokens(query: &str, escapes: bool) -> Option<Vec<Token>> {
    let mut tokens = Vec::new();
    let mut rest = query.chars().peekable();
    while let Some(first) = rest.next() {
        match first {
            ' ' => {}
            '"' => {
                let mut text = String::new();
                loop {
                    match rest.next()? {
                        '"' => break,
                        '\\' if escapes => text.push(rest.next()?),
                        character if character.is_control() => return None,
                        character => text.push(character),
                    }
                }
                tokens.push(Token::Text(text));
            }
            '(' | ')' | '[' | ']' | ',' => tokens.push(Token::Bare(first.into())),
            _ => {
                let mut word = String::from(first);
                while let Some(next) = rest.next_if(|next| !" \"()[],".contains(*next)) {
                    word.push(next);
                }
                tokens.push(Token::Bare(word));
            }
        }
    }
    Some(tokens)
}

fn bare(words: &str) -> Vec<Token> {
    words.split_whitespace().map(|word| Token::Bare(word.to_owned())).collect()
}

/// `query` is `before`, one text that is `text`, `after`; however it is read.
fn is_one_text(query: &Query, before: &[Token], text: &str, after: &[Token]) {
    let expected = [before, &[Token::Text(text.to_owned())], after].concat();
    for escapes in [false, true] {
        assert_eq!(tokens(query.as_str(), escapes).as_ref(), Some(&expected), "{query}");
    }
}

/// Any text, often one that tries to leave its quotes.
fn any_text() -> impl Strategy<Value = String> {
    prop_oneof![
        any::<String>(),
        "[\"\\\\ a()\\[\\],:=|'\\n\u{0}]{0,12}",
        Just("x\" OR name : \"".to_owned()),
        Just("x\\".to_owned()),
        Just("x\\\" OR name : \\\"".to_owned()),
        "[a-z' ()\\[\\],AND OR IN NOT]{0,20}",
    ]
}

fn cannot_be_quoted(text: &str) -> bool {
    text.contains(['"', '\\']) || text.chars().any(char::is_control)
}

proptest! {
    #[test]
    fn a_text_is_one_text(text in any_text()) {
        let name = bare("name");
        let cases = [
            (field::name().eq(&*text), [&name[..], &bare("=")].concat(), bare("")),
            (field::name().starts_with(&*text), [&name[..], &bare(":")].concat(), bare("")),
            (field::name().has(&*text), [&name[..], &bare("HAS")].concat(), bare("")),
            (field::name().none_of([&*text]), [&name[..], &bare("NOT IN [")].concat(), bare("]")),
            (
                field::custom_metadata("c").ne(&*text),
                [&[Token::Text("customMetadata.c".to_owned())], &bare("NOT =")[..]].concat(),
                bare(""),
            ),
        ];
        for (condition, before, after) in cases {
            match condition.build() {
                Ok(query) => is_one_text(&query, &before, &text, &after),
                Err(QueryError::Text { .. }) => prop_assert!(cannot_be_quoted(&text)),
                Err(other) => prop_assert!(false, "{other}"),
            }
        }
    }

    #[test]
    fn a_field_name_is_one_text(name in any_text()) {
        match field::custom_metadata(&name).exists().build() {
            Ok(query) => {
                is_one_text(&query, &[], &format!("customMetadata.{name}"), &bare("EXISTS"));
            }
            Err(error) => {
                prop_assert_eq!(error, QueryError::FieldName);
                prop_assert!(name.is_empty() || cannot_be_quoted(&name));
            }
        }
    }

    #[test]
    fn a_date_stays_one_text(text in any_text()) {
        if let Ok(query) = field::created_at().eq(Date::at(&*text)).build() {
            is_one_text(&query, &bare("createdAt ="), &text, &[]);
        }
    }

    #[test]
    fn structure_survives(tree in tree()) {
        let query = tree.condition().build().unwrap();
        let tokens = tokens(query.as_str(), false).unwrap();
        let mut rest = &tokens[..];
        let read = expression(&mut rest);
        prop_assert_eq!(read, Some(tree.flat()), "{}", query);
        prop_assert!(rest.is_empty());
    }
}

#[derive(Clone, Debug, PartialEq)]
enum Tree {
    Leaf(u32),
    Joined(bool, Vec<Tree>),
}

fn tree() -> impl Strategy<Value = Tree> {
    any::<u32>().prop_map(Tree::Leaf).prop_recursive(5, 40, 4, |inner| {
        (any::<bool>(), prop::collection::vec(inner, 1..4))
            .prop_map(|(and, items)| Tree::Joined(and, items))
    })
}

impl Tree {
    fn condition(&self) -> Condition {
        match self {
            Self::Leaf(number) => field::width().eq(*number),
            Self::Joined(true, items) => Condition::all(items.iter().map(Self::condition)),
            Self::Joined(false, items) => Condition::any(items.iter().map(Self::condition)),
        }
    }

    /// Without joins of one part or of parts joined alike.
    fn flat(&self) -> Self {
        let Self::Joined(and, items) = self else { return self.clone() };
        let mut flat = Vec::new();
        for item in items {
            match item.flat() {
                Self::Joined(inner, items) if inner == *and => flat.extend(items),
                other => flat.push(other),
            }
        }
        if flat.len() == 1 { flat.remove(0) } else { Self::Joined(*and, flat) }
    }
}

/// Parts joined by ANDs or by ORs, never by both.
fn expression(rest: &mut &[Token]) -> Option<Tree> {
    let mut items = vec![part(rest)?];
    let mut join = None;
    while let [Token::Bare(word), tail @ ..] = rest {
        let and = match word.as_str() {
            "AND" => true,
            "OR" => false,
            _ => break,
        };
        if join.is_some_and(|join| join != and) {
            return None;
        }
        join = Some(and);
        *rest = tail;
        items.push(part(rest)?);
    }
    Some(match join {
        Some(and) => Tree::Joined(and, items),
        None => items.remove(0),
    })
}

fn part(rest: &mut &[Token]) -> Option<Tree> {
    match rest {
        [Token::Bare(open), tail @ ..] if open == "(" => {
            *rest = tail;
            let inner = expression(rest)?;
            let [Token::Bare(close), tail @ ..] = rest else { return None };
            *rest = tail;
            (close == ")").then_some(inner)
        }
        [Token::Bare(field), Token::Bare(operator), Token::Bare(number), tail @ ..] => {
            *rest = tail;
            (field == "width" && operator == "=").then(|| number.parse().map(Tree::Leaf))?.ok()
        }
        _ => None,
    }
}

/// Every operator, in ImageKit's documented examples.
#[test]
fn the_documented_examples() {
    let at = Date::at;
    let cases = [
        (field::name().eq("red-dress.jpg"), r#"name = "red-dress.jpg""#),
        (field::name().one_of(["a.jpg", "a.png"]), r#"name IN ["a.jpg", "a.png"]"#),
        (field::name().ne("a.jpg"), r#"name NOT = "a.jpg""#),
        (field::name().has("red dress"), r#"name HAS "red dress""#),
        (field::tags().none_of(["big-banner"]), r#"tags NOT IN ["big-banner"]"#),
        (field::tags().exists(), "tags EXISTS"),
        (field::tags().is_missing(), "tags NOT EXISTS"),
        (field::asset_type().eq(AssetType::FileVersion), r#"type = "file-version""#),
        (
            field::asset_type().one_of([AssetType::File, AssetType::Folder]),
            r#"type IN ["file", "folder"]"#,
        ),
        (field::id().eq("64fb1c2d8a7b4c1234567890"), r#"id = "64fb1c2d8a7b4c1234567890""#),
        (field::created_by().eq("a@example.com"), r#"createdBy = "a@example.com""#),
        (field::created_at().before(at("2020-01-01")), r#"createdAt < "2020-01-01""#),
        (
            field::updated_at().since(at("2024-06-01T00:00:00")),
            r#"updatedAt >= "2024-06-01T00:00:00""#,
        ),
        (field::created_at().until(Date::hours_ago(1)), r#"createdAt <= "1h""#),
        (field::created_at().after(Date::months_ago(4)), r#"createdAt > "4m""#),
        (field::height().gte(200), "height >= 200"),
        (field::width().lt(500), "width < 500"),
        (field::size().lt(Size::kb(10)), r#"size < "10kb""#),
        (field::size().gt(Size::bytes(1024)), "size > 1024"),
        (field::format().one_of(["jpg", "webp"]), r#"format IN ["jpg", "webp"]"#),
        (field::private().eq(true), "private = true"),
        (field::published().eq(false), "published = false"),
        (field::transparency().eq(true), "transparency = true"),
        (field::path().eq("/sales-banner/"), r#"path = "/sales-banner/""#),
        (field::path().starts_with("/sales-banner/"), r#"path : "/sales-banner/""#),
        (field::keywords().one_of(["luxury"]), r#""embeddedMetadata.Keywords" IN ["luxury"]"#),
        (
            field::date_time_original().after(Date::years_ago(1)),
            r#""embeddedMetadata.DateTimeOriginal" > "1y""#,
        ),
        (
            field::location_taken().eq(Place::rectangle(
                [(0., 0.), (0., 100.), (40., 100.), (40., 0.)]
                    .map(|(latitude, longitude)| Point::new(latitude, longitude)),
            )),
            r#""embeddedMetadata.LocationTaken" = "0,0|0,100|40,100|40,0""#,
        ),
        (field::custom_metadata("rating").gt(4.3), r#""customMetadata.rating" > 4.3"#),
        (field::custom_metadata("active").eq(true), r#""customMetadata.active" = true"#),
        (
            field::custom_metadata("bought").after(at("2020-01-01")),
            r#""customMetadata.bought" > "2020-01-01""#,
        ),
        (
            field::custom_metadata("tuple").one_of([
                imagekit_proto::search::Value::from("luxury"),
                500.into(),
                true.into(),
            ]),
            r#""customMetadata.tuple" IN ["luxury", 500, true]"#,
        ),
        (field::embedded_metadata("Artist").exists(), r#""embeddedMetadata.Artist" EXISTS"#),
        (
            field::size()
                .lt(Size::mb(1))
                .and(field::width().gt(500))
                .or(field::tags().one_of(["summer-sale", "banner"])),
            r#"(size < "1mb" AND width > 500) OR tags IN ["summer-sale", "banner"]"#,
        ),
    ];
    for (condition, expected) in cases {
        assert_eq!(condition.build().unwrap().as_str(), expected);
    }
}

#[test]
fn build_refuses_invalid_values_with_a_typed_error() {
    let error = |condition: Condition| condition.build().unwrap_err();
    assert_eq!(error(Condition::all([])), QueryError::Empty);
    assert_eq!(error(Condition::any([])), QueryError::Empty);
    assert_eq!(error(Condition::raw(" \n")), QueryError::Empty);
    assert_eq!(error(field::embedded_metadata("").exists()), QueryError::FieldName);
    let list = field::tags().one_of(Vec::<String>::new());
    assert!(matches!(error(list), QueryError::EmptyList { field, .. } if field == "tags"));
    let number = field::custom_metadata("n").eq(f64::NAN);
    assert!(matches!(error(number), QueryError::Number { .. }));
    assert!(matches!(
        error(field::name().eq("a\"b")),
        QueryError::Text { character: '"', field, .. } if field == "name"
    ));
    for (latitude, longitude, radius) in
        [(91., 0., 1.), (0., -181., 1.), (0., 0., 0.), (0., 0., f64::INFINITY), (f64::NAN, 0., 1.)]
    {
        let place = Place::around(Point::new(latitude, longitude), radius);
        let error = error(field::location_taken().eq(place));
        assert!(matches!(error, QueryError::Place { .. }), "{latitude} {longitude} {radius}");
    }
    // The first error is reported, wherever it is.
    let both = field::tags().exists().and(field::name().eq("\\")).or(Condition::raw(""));
    assert!(matches!(error(both), QueryError::Text { character: '\\', .. }));
}
