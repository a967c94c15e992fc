//! The requests of a [`CreateOnce`](super::CreateOnce).

use std::any::Any;

use bytes::Bytes;
use http::{Request, Response};

use crate::endpoint::{Endpoint, Idempotency, Operation, RequestContext};
use crate::error::{BuildError, DecodeError};
use crate::wire::Body;

/// A request of a [`CreateOnce`](super::CreateOnce): the operation that creates, or a look-up.
#[derive(Clone, Debug)]
#[expect(clippy::exhaustive_enums, reason = "something is created, or looked for")]
pub enum CreateOnceRequest<E, L> {
    /// Creates it.
    Create(E),
    /// Looks for it.
    Lookup(L),
}

/// The response to a [`CreateOnceRequest`].
#[derive(Clone, Debug, PartialEq)]
#[expect(clippy::exhaustive_enums, reason = "something is created, or looked for")]
pub enum CreateOnceResponse<O, M> {
    /// To the request that creates.
    Created(O),
    /// To a look-up.
    LookedUp(M),
}

impl<E: Endpoint, L: Endpoint> Endpoint for CreateOnceRequest<E, L> {
    type Output = CreateOnceResponse<E::Output, L::Output>;

    fn operation(&self) -> &'static Operation {
        match self {
            Self::Create(create) => create.operation(),
            Self::Lookup(lookup) => lookup.operation(),
        }
    }

    fn idempotency(&self) -> Idempotency {
        match self {
            Self::Create(create) => create.idempotency(),
            Self::Lookup(lookup) => lookup.idempotency(),
        }
    }

    fn build(&self, cx: &RequestContext<'_>) -> Result<Request<Body>, BuildError> {
        match self {
            Self::Create(create) => create.build(cx),
            Self::Lookup(lookup) => lookup.build(cx),
        }
    }

    fn decode(&self, response: &Response<Bytes>) -> Result<Self::Output, DecodeError> {
        match self {
            Self::Create(create) => create.decode(response).map(CreateOnceResponse::Created),
            Self::Lookup(lookup) => lookup.decode(response).map(CreateOnceResponse::LookedUp),
        }
    }

    fn attachment(&self) -> Option<&dyn Any> {
        match self {
            Self::Create(create) => create.attachment(),
            Self::Lookup(lookup) => lookup.attachment(),
        }
    }
}
