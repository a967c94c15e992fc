//! The operators between a field and its values, which searches and checks share.

use super::SearchError;
use super::lexer::Token;
use super::tokens::{Tokens, unexpected};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Operator {
    /// One of the values.
    Equal,
    /// `:`: begins with, or a folder and what is below it.
    Begins,
    /// Full text.
    Has,
    Less,
    AtMost,
    More,
    AtLeast,
}

impl Operator {
    /// Takes an operator; any other token is an error.
    pub(crate) fn take(tokens: &mut Tokens) -> Result<Self, SearchError> {
        if tokens.keyword("HAS") {
            return Ok(Self::Has);
        }
        match tokens.take()? {
            Token::Operator("=") => Ok(Self::Equal),
            Token::Operator(":") => Ok(Self::Begins),
            Token::Operator("<") => Ok(Self::Less),
            Token::Operator("<=") => Ok(Self::AtMost),
            Token::Operator(">") => Ok(Self::More),
            Token::Operator(">=") => Ok(Self::AtLeast),
            token => Err(unexpected(&token)),
        }
    }
}
