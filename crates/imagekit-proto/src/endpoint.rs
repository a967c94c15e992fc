//! API operations as values: the interface of a request type to the code that sends it.

mod context;
mod operation;
mod sample;

use std::any::Any;

use bytes::Bytes;
use http::{Request, Response};

use crate::error::{ApiError, BuildError, DecodeError, ParseError};
use crate::wire::Body;

pub use context::RequestContext;
pub(crate) use context::not_empty;
pub use operation::{Idempotency, Operation};
pub(crate) use sample::{Documented, Sample};

/// One API operation: a typed value that builds its request and decodes its response.
///
/// The request types in [`api`](crate::api) implement it. Implement it yourself for an operation
/// that this crate does not know yet; every client and the retry logic then work with it:
///
/// ```
/// use bytes::Bytes;
/// use http::{Method, Request, Response};
/// use imagekit_proto::error::{BuildError, DecodeError};
/// use imagekit_proto::wire::Body;
/// use imagekit_proto::{Endpoint, Idempotency, Operation, RequestContext, decode};
/// use serde::{Deserialize, Serialize};
///
/// /// `POST /v1/albums/{albumId}/covers`, invented for this example.
/// #[derive(Serialize)]
/// #[serde(rename_all = "camelCase")]
/// struct SetCover {
///     album_id: String, // goes into the path
///     file_id: String,  // goes into the JSON body
/// }
///
/// #[derive(Deserialize)]
/// struct Cover {
///     url: String,
/// }
///
/// impl Endpoint for SetCover {
///     type Output = Cover;
///
///     fn operation(&self) -> &'static Operation {
///         const SET_COVER: &Operation = &Operation::new(
///             "set-cover",
///             Method::POST,
///             "/v1/albums/{albumId}/covers",
///             Idempotency::NonIdempotent,
///             "https://example.com/docs/set-cover",
///         );
///         SET_COVER
///     }
///
///     fn build(&self, cx: &RequestContext<'_>) -> Result<Request<Body>, BuildError> {
///         cx.request(self.operation()).param("albumId", &self.album_id)?.json(self)
///     }
///
///     fn decode(&self, response: &Response<Bytes>) -> Result<Cover, DecodeError> {
///         decode::json(response)
///     }
/// }
///
/// # use imagekit_proto::{Config, EndpointExt as _};
/// # let config = Config::new("private_abc")?;
/// let set_cover = SetCover { album_id: "a 1".to_owned(), file_id: "f1".to_owned() };
/// let request = set_cover.build(&RequestContext::new(&config, 0x5eed))?;
/// assert_eq!(request.uri(), "https://api.imagekit.io/v1/albums/a%201/covers");
/// assert_eq!(request.into_body().as_bytes().unwrap(), r#"{"fileId":"f1"}"#);
///
/// let response = Response::new(Bytes::from(r#"{"url": "https://ik.imagekit.io/demo/a.jpg"}"#));
/// assert_eq!(set_cover.parse(&response)?.url, "https://ik.imagekit.io/demo/a.jpg");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub trait Endpoint {
    /// The decoded response.
    type Output;

    /// Returns the static facts of the operation: id, method, path, idempotency.
    fn operation(&self) -> &'static Operation;

    /// Returns whether this request may be retried when its fate is unknown.
    ///
    /// [`Operation::idempotency`] by default. Override it where the value of a field decides.
    fn idempotency(&self) -> Idempotency {
        self.operation().idempotency
    }

    /// Builds the request. A [`Call`](crate::Call) builds it once for each attempt.
    ///
    /// # Errors
    ///
    /// A value that cannot be sent, or that exceeds a documented limit. Nothing was sent.
    fn build(&self, cx: &RequestContext<'_>) -> Result<Request<Body>, BuildError>;

    /// Decodes a response whose status is 2xx; other statuses never come here.
    ///
    /// # Errors
    ///
    /// The body is not this operation's result.
    fn decode(&self, response: &Response<Bytes>) -> Result<Self::Output, DecodeError>;

    /// Returns what an adapter has attached to the request for its own use, such as the payload of
    /// an upload; nothing by default. An endpoint that wraps another one has its attachment.
    fn attachment(&self) -> Option<&dyn Any> {
        None
    }
}

/// Parsing of whole responses, for every [`Endpoint`].
///
/// Its one method cannot be overridden: no endpoint can turn an error status into a success.
pub trait EndpointExt: Endpoint {
    /// Judges the status of `response`, then decodes its body.
    ///
    /// # Errors
    ///
    /// [`ParseError::Api`] for any status but 2xx, [`ParseError::Decode`] for a 2xx whose body is
    /// not this operation's result.
    fn parse(&self, response: &Response<Bytes>) -> Result<Self::Output, ParseError> {
        let operation = self.operation().id;
        if response.status().is_success() {
            self.decode(response).map_err(|error| error.for_operation(operation).into())
        } else {
            Err(ApiError::of(operation, response).into())
        }
    }
}

impl<E: Endpoint + ?Sized> EndpointExt for E {}

impl<E: Endpoint + ?Sized> Endpoint for &E {
    type Output = E::Output;

    fn operation(&self) -> &'static Operation {
        (**self).operation()
    }

    fn idempotency(&self) -> Idempotency {
        (**self).idempotency()
    }

    fn build(&self, cx: &RequestContext<'_>) -> Result<Request<Body>, BuildError> {
        (**self).build(cx)
    }

    fn decode(&self, response: &Response<Bytes>) -> Result<Self::Output, DecodeError> {
        (**self).decode(response)
    }

    fn attachment(&self) -> Option<&dyn Any> {
        (**self).attachment()
    }
}

impl<E: Endpoint + ?Sized> Endpoint for Box<E> {
    type Output = E::Output;

    fn operation(&self) -> &'static Operation {
        (**self).operation()
    }

    fn idempotency(&self) -> Idempotency {
        (**self).idempotency()
    }

    fn build(&self, cx: &RequestContext<'_>) -> Result<Request<Body>, BuildError> {
        (**self).build(cx)
    }

    fn decode(&self, response: &Response<Bytes>) -> Result<Self::Output, DecodeError> {
        (**self).decode(response)
    }

    fn attachment(&self) -> Option<&dyn Any> {
        (**self).attachment()
    }
}
