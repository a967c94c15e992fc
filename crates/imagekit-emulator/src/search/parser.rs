//! From tokens to an expression.

use std::collections::VecDeque;

use super::SearchError;
use super::field::{Field, Operand};
use super::lexer::{Dialect, Token, tokens};
use crate::instant::Instant;

#[derive(Debug)]
pub(super) enum Expr {
    All(Vec<Expr>),
    Any(Vec<Expr>),
    Not(Box<Expr>),
    Compare(Field, Operator, Vec<Operand>),
    Exists(Field),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Operator {
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

/// Parentheses nest no deeper than this.
const MAX_DEPTH: usize = 50;

/// The expression, and whether it speaks of types.
pub(super) fn parse(text: &str, now: Instant) -> Result<(Expr, bool), SearchError> {
    let tokens = VecDeque::from(tokens(text, Dialect::SEARCH)?);
    let mut parser = Parser { tokens, now, depth: 0, names_type: false };
    let expr = parser.any()?;
    match parser.tokens.pop_front() {
        None => Ok((expr, parser.names_type)),
        Some(token) => Err(unexpected(&token)),
    }
}

struct Parser {
    tokens: VecDeque<Token>,
    now: Instant,
    depth: usize,
    names_type: bool,
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
        if self.keyword("NOT") {
            return Ok(Expr::Not(Box::new(self.group()?)));
        }
        if self.tokens.front() == Some(&Token::Mark('(')) {
            self.group()
        } else {
            self.comparison()
        }
    }

    fn group(&mut self) -> Result<Expr, SearchError> {
        self.mark('(')?;
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            return Err(SearchError::new("it nests too deep"));
        }
        let expr = self.any()?;
        self.mark(')')?;
        self.depth -= 1;
        Ok(expr)
    }

    fn comparison(&mut self) -> Result<Expr, SearchError> {
        let field = match self.next()? {
            Token::Word(name) | Token::Quoted(name) => Field::named(&name)?,
            token => return Err(unexpected(&token)),
        };
        self.names_type |= field == Field::Kind;
        let negated = self.keyword("NOT");
        let expr = self.condition(field)?;
        Ok(if negated { Expr::Not(Box::new(expr)) } else { expr })
    }

    fn condition(&mut self, field: Field) -> Result<Expr, SearchError> {
        if self.keyword("EXISTS") {
            return Ok(Expr::Exists(field));
        }
        if self.keyword("IN") {
            self.mark('[')?;
            let mut values = vec![self.value(&field)?];
            while self.tokens.front() == Some(&Token::Mark(',')) {
                self.tokens.pop_front();
                values.push(self.value(&field)?);
            }
            self.mark(']')?;
            return Ok(Expr::Compare(field, Operator::Equal, values));
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
        let value = self.value(&field)?;
        Ok(Expr::Compare(field, operator, vec![value]))
    }

    fn value(&mut self, field: &Field) -> Result<Operand, SearchError> {
        let token = self.next()?;
        field.operand(token, self.now)
    }

    fn next(&mut self) -> Result<Token, SearchError> {
        self.tokens.pop_front().ok_or_else(|| SearchError::new("it ends too early"))
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
