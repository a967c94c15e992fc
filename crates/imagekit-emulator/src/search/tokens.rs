//! Tokens in the order in which a parser takes them.

use std::collections::VecDeque;

use super::SearchError;
use super::lexer::{Dialect, Token, tokens};

/// The tokens that a parser has not taken yet.
pub(crate) struct Tokens(VecDeque<Token>);

impl Tokens {
    pub(crate) fn new(text: &str, dialect: Dialect) -> Result<Self, SearchError> {
        tokens(text, dialect).map(|tokens| Self(tokens.into()))
    }

    /// Takes the next token.
    pub(crate) fn take(&mut self) -> Result<Token, SearchError> {
        self.0.pop_front().ok_or_else(|| SearchError::new("the text ends too early"))
    }

    /// Takes a keyword, if it is next.
    pub(crate) fn keyword(&mut self, keyword: &str) -> bool {
        self.take_if(|token| matches!(token, Token::Word(word) if word == keyword))
    }

    /// Takes a mark, if it is next.
    pub(crate) fn mark(&mut self, mark: char) -> bool {
        self.take_if(|token| *token == Token::Mark(mark))
    }

    /// Takes a mark; any other token is an error.
    pub(crate) fn expect(&mut self, mark: char) -> Result<(), SearchError> {
        match self.take()? {
            Token::Mark(found) if found == mark => Ok(()),
            token => Err(unexpected(&token)),
        }
    }

    /// Checks that all tokens were taken.
    pub(crate) fn end(&self) -> Result<(), SearchError> {
        self.0.front().map_or(Ok(()), |token| Err(unexpected(token)))
    }

    fn take_if(&mut self, holds: impl Fn(&Token) -> bool) -> bool {
        let is_next = self.0.front().is_some_and(holds);
        if is_next {
            self.0.pop_front();
        }
        is_next
    }
}

/// The error of a token that cannot be where it is.
pub(crate) fn unexpected(token: &Token) -> SearchError {
    SearchError::new(format!("{token} is not expected there"))
}
