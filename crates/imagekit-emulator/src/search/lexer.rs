//! A query as tokens.

use std::fmt;

use super::SearchError;

#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Token {
    /// In quotes.
    Quoted(String),
    /// A field, a keyword, a number.
    Word(String),
    /// `=`, `:`, `<`, `<=`, `>`, `>=`.
    Operator(&'static str),
    /// `(`, `)`, `[`, `]`, `,`.
    Mark(char),
}

/// Displays the text of a token, quoted.
impl fmt::Display for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Quoted(text) | Self::Word(text) => write!(f, "{text:?}"),
            Self::Operator(operator) => write!(f, "{operator:?}"),
            Self::Mark(mark) => write!(f, "\"{mark}\""),
        }
    }
}

/// What two languages with these tokens differ in.
#[derive(Clone, Copy)]
pub(crate) struct Dialect {
    /// The marks that text can be quoted with.
    quotes: &'static str,
    /// What an unquoted word can hold beside letters and digits.
    in_words: &'static str,
}

impl Dialect {
    /// `searchQuery`.
    pub(crate) const SEARCH: Self = Self { quotes: "\"", in_words: ".-_+" };
    /// `checks` of an upload: values need no quotes (`"file.mime" : image/png`).
    pub(crate) const CHECKS: Self = Self { quotes: "\"'", in_words: ".-_+/*@%&?;" };
}

pub(crate) fn tokens(text: &str, dialect: Dialect) -> Result<Vec<Token>, SearchError> {
    let is_word = |c: char| c.is_alphanumeric() || dialect.in_words.contains(c);
    let mut tokens = Vec::new();
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        let token = match c {
            c if c.is_whitespace() => continue,
            '(' | ')' | '[' | ']' | ',' => Token::Mark(c),
            '=' => Token::Operator("="),
            ':' => Token::Operator(":"),
            '<' | '>' => {
                let or_equal = chars.next_if_eq(&'=').is_some();
                Token::Operator(match (c, or_equal) {
                    ('<', false) => "<",
                    ('<', true) => "<=",
                    (_, false) => ">",
                    (_, true) => ">=",
                })
            }
            quote if dialect.quotes.contains(quote) => {
                let mut quoted = String::new();
                loop {
                    match chars.next() {
                        None => return Err(SearchError::new("a quote is not closed")),
                        Some(c) if c == quote => break,
                        Some('\\') => quoted.extend(chars.next()),
                        Some(c) => quoted.push(c),
                    }
                }
                Token::Quoted(quoted)
            }
            c if is_word(c) => {
                let mut word = String::from(c);
                while let Some(c) = chars.next_if(|c| is_word(*c)) {
                    word.push(c);
                }
                Token::Word(word)
            }
            c => return Err(SearchError::new(format!("{c:?} is not expected"))),
        };
        tokens.push(token);
    }
    Ok(tokens)
}
