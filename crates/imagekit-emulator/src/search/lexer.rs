//! A query as tokens.

use super::SearchError;

#[derive(Clone, Debug, PartialEq)]
pub(super) enum Token {
    /// In double quotes.
    Quoted(String),
    /// A field, a keyword, a number.
    Word(String),
    /// `=`, `:`, `<`, `<=`, `>`, `>=`.
    Operator(&'static str),
    /// `(`, `)`, `[`, `]`, `,`.
    Mark(char),
}

pub(super) fn tokens(text: &str) -> Result<Vec<Token>, SearchError> {
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
            '"' => {
                let mut quoted = String::new();
                loop {
                    match chars.next() {
                        None => return Err(SearchError::new("a quote is not closed")),
                        Some('"') => break,
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

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '.' | '-' | '_' | '+')
}
