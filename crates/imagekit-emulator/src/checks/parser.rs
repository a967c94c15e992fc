//! From the text of checks to a condition.

use super::Expr;
use super::field::Field;
use crate::search::SearchError;
use crate::search::lexer::{Dialect, Token};
use crate::search::operator::Operator;
use crate::search::tokens::{Tokens, unexpected};

/// Parentheses nest no deeper than this.
const MAX_DEPTH: usize = 50;

pub(super) fn parse(text: &str) -> Result<Expr, SearchError> {
    let mut parser = Parser { tokens: Tokens::new(text, Dialect::CHECKS)?, depth: 0 };
    let expr = parser.any()?;
    parser.tokens.end()?;
    Ok(expr)
}

struct Parser {
    tokens: Tokens,
    depth: usize,
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
        if !self.tokens.mark('(') {
            return self.comparison();
        }
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            return Err(SearchError::new("parentheses nest too deep"));
        }
        let expr = self.any()?;
        self.depth -= 1;
        self.tokens.expect(')')?;
        Ok(expr)
    }

    fn comparison(&mut self) -> Result<Expr, SearchError> {
        let name = self.text()?;
        let unknown = || SearchError::new(format!("{name:?} is not a field of checks"));
        let field = Field::named(&name).ok_or_else(unknown)?;
        let negated = self.tokens.keyword("NOT");
        let (operator, values) = self.condition()?;
        if !field.allows(operator, negated) {
            return Err(SearchError::new(format!("{name:?} does not support this operator")));
        }
        let expr = Expr::Compare(field, operator, values);
        Ok(if negated { Expr::Not(Box::new(expr)) } else { expr })
    }

    fn condition(&mut self) -> Result<(Operator, Vec<String>), SearchError> {
        if self.tokens.keyword("IN") {
            self.tokens.expect('[')?;
            let mut values = vec![self.text()?];
            while self.tokens.mark(',') {
                values.push(self.text()?);
            }
            self.tokens.expect(']')?;
            return Ok((Operator::Equal, values));
        }
        let operator = Operator::take(&mut self.tokens)?;
        Ok((operator, vec![self.text()?]))
    }

    fn text(&mut self) -> Result<String, SearchError> {
        match self.tokens.take()? {
            Token::Quoted(text) | Token::Word(text) => Ok(text),
            token => Err(unexpected(&token)),
        }
    }
}
