//! From the text of checks to a condition.

use std::collections::VecDeque;

use super::field::Field;
use super::{Expr, Operator};
use crate::search::SearchError;
use crate::search::lexer::{Dialect, Token, tokens};

/// Parentheses nest no deeper than this.
const MAX_DEPTH: usize = 50;

pub(super) fn parse(text: &str) -> Result<Expr, SearchError> {
    let mut parser = Parser { tokens: tokens(text, Dialect::CHECKS)?.into(), depth: 0 };
    let expr = parser.any()?;
    match parser.tokens.pop_front() {
        None => Ok(expr),
        Some(token) => Err(unexpected(&token)),
    }
}

struct Parser {
    tokens: VecDeque<Token>,
    depth: usize,
}

impl Parser {
    fn any(&mut self) -> Result<Expr, SearchError> {
        let mut parts = vec![self.all()?];
        while self.keyword("OR") {
            parts.push(self.all()?);
        }
        Ok(Expr::Any(parts))
    }

    fn all(&mut self) -> Result<Expr, SearchError> {
        let mut parts = vec![self.one()?];
        while self.keyword("AND") {
            parts.push(self.one()?);
        }
        Ok(Expr::All(parts))
    }

    fn one(&mut self) -> Result<Expr, SearchError> {
        if self.tokens.front() != Some(&Token::Mark('(')) {
            return self.comparison();
        }
        self.tokens.pop_front();
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            return Err(SearchError::new("parentheses nest too deep"));
        }
        let expr = self.any()?;
        self.depth -= 1;
        self.mark(')')?;
        Ok(expr)
    }

    fn comparison(&mut self) -> Result<Expr, SearchError> {
        let name = self.text()?;
        let unknown = || SearchError::new(format!("{name:?} is not a field of checks"));
        let field = Field::named(&name).ok_or_else(unknown)?;
        let negated = self.keyword("NOT");
        let (operator, values) = self.condition()?;
        if !field.allows(operator, negated) {
            return Err(SearchError::new(format!("{name:?} does not support this operator")));
        }
        let expr = Expr::Compare(field, operator, values);
        Ok(if negated { Expr::Not(Box::new(expr)) } else { expr })
    }

    fn condition(&mut self) -> Result<(Operator, Vec<String>), SearchError> {
        if self.keyword("IN") {
            self.mark('[')?;
            let mut values = vec![self.text()?];
            while self.tokens.front() == Some(&Token::Mark(',')) {
                self.tokens.pop_front();
                values.push(self.text()?);
            }
            self.mark(']')?;
            return Ok((Operator::Equal, values));
        }
        let operator = if self.keyword("HAS") {
            Operator::Has
        } else {
            match self.next()? {
                Token::Operator("=") => Operator::Equal,
                Token::Operator(":") => Operator::Begins,
                Token::Operator("<") => Operator::Less,
                Token::Operator("<=") => Operator::AtMost,
                Token::Operator(">") => Operator::More,
                Token::Operator(">=") => Operator::AtLeast,
                token => return Err(unexpected(&token)),
            }
        };
        Ok((operator, vec![self.text()?]))
    }

    fn text(&mut self) -> Result<String, SearchError> {
        match self.next()? {
            Token::Quoted(text) | Token::Word(text) => Ok(text),
            token => Err(unexpected(&token)),
        }
    }

    fn next(&mut self) -> Result<Token, SearchError> {
        self.tokens.pop_front().ok_or_else(|| SearchError::new("the text ends too early"))
    }

    /// Takes a keyword, if it is next.
    fn keyword(&mut self, keyword: &str) -> bool {
        let found = matches!(self.tokens.front(), Some(Token::Word(word)) if word == keyword);
        if found {
            self.tokens.pop_front();
        }
        found
    }

    fn mark(&mut self, mark: char) -> Result<(), SearchError> {
        match self.next()? {
            Token::Mark(found) if found == mark => Ok(()),
            token => Err(unexpected(&token)),
        }
    }
}

fn unexpected(token: &Token) -> SearchError {
    SearchError::new(format!("{token} is not expected there"))
}
