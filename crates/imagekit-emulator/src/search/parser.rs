//! From tokens to an expression.

use super::SearchError;
use super::field::{Field, Operand};
use super::lexer::{Dialect, Token};
use super::operator::Operator;
use super::tokens::{Tokens, unexpected};
use crate::instant::Instant;

#[derive(Debug)]
pub(super) enum Expr {
    All(Vec<Expr>),
    Any(Vec<Expr>),
    Not(Box<Expr>),
    Compare(Field, Operator, Vec<Operand>),
    Exists(Field),
}

/// Parentheses nest no deeper than this.
const MAX_DEPTH: usize = 50;

/// The expression, and whether it speaks of types.
pub(super) fn parse(text: &str, now: Instant) -> Result<(Expr, bool), SearchError> {
    let tokens = Tokens::new(text, Dialect::SEARCH)?;
    let mut parser = Parser { tokens, now, depth: 0, names_type: false };
    let expr = parser.any()?;
    parser.tokens.end()?;
    Ok((expr, parser.names_type))
}

struct Parser {
    tokens: Tokens,
    now: Instant,
    depth: usize,
    names_type: bool,
}

impl Parser {
    fn any(&mut self) -> Result<Expr, SearchError> {
        let mut parts = vec![self.all()?];
        while self.tokens.keyword("OR") {
            parts.push(self.all()?);
        }
        Ok(Expr::Any(parts))
    }

    fn all(&mut self) -> Result<Expr, SearchError> {
        let mut parts = vec![self.one()?];
        while self.tokens.keyword("AND") {
            parts.push(self.one()?);
        }
        Ok(Expr::All(parts))
    }

    fn one(&mut self) -> Result<Expr, SearchError> {
        if self.tokens.keyword("NOT") {
            self.tokens.expect('(')?;
            return Ok(Expr::Not(Box::new(self.group()?)));
        }
        if self.tokens.mark('(') { self.group() } else { self.comparison() }
    }

    /// Parses the rest of a group, after its opening parenthesis.
    fn group(&mut self) -> Result<Expr, SearchError> {
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            return Err(SearchError::new("it nests too deep"));
        }
        let expr = self.any()?;
        self.tokens.expect(')')?;
        self.depth -= 1;
        Ok(expr)
    }

    fn comparison(&mut self) -> Result<Expr, SearchError> {
        let field = match self.tokens.take()? {
            Token::Word(name) | Token::Quoted(name) => Field::named(&name)?,
            token => return Err(unexpected(&token)),
        };
        self.names_type |= field == Field::Kind;
        let negated = self.tokens.keyword("NOT");
        let expr = self.condition(field)?;
        Ok(if negated { Expr::Not(Box::new(expr)) } else { expr })
    }

    fn condition(&mut self, field: Field) -> Result<Expr, SearchError> {
        if self.tokens.keyword("EXISTS") {
            return Ok(Expr::Exists(field));
        }
        if self.tokens.keyword("IN") {
            self.tokens.expect('[')?;
            let mut values = vec![self.value(&field)?];
            while self.tokens.mark(',') {
                values.push(self.value(&field)?);
            }
            self.tokens.expect(']')?;
            return Ok(Expr::Compare(field, Operator::Equal, values));
        }
        let operator = Operator::take(&mut self.tokens)?;
        let value = self.value(&field)?;
        Ok(Expr::Compare(field, operator, vec![value]))
    }

    fn value(&mut self, field: &Field) -> Result<Operand, SearchError> {
        let token = self.tokens.take()?;
        field.operand(token, self.now)
    }
}
