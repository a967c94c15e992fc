//! An upload with its payload as one value.

use std::any::Any;
use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

use bytes::Bytes;
use http::{Request, Response};

use crate::endpoint::{Endpoint, Idempotency, Operation, RequestContext};
use crate::error::{BuildError, DecodeError};
use crate::wire::Body;

/// An upload with its payload as one value: an endpoint that every machine of [`flow`](crate::flow)
/// takes.
///
/// `P` is the payload of the client that sends it, which takes it with [`LentPayload::take`]. Clones
/// share the payload, which one call at a time has: a second call at the same time finds none, and ends
/// with [`BuildError::PayloadMissing`] before anything is sent.
pub struct Upload<E, P> {
    endpoint: E,
    payload: Attached<P>,
}

/// The payload of an [`Upload`]; nothing while a call has it.
struct Attached<P>(Arc<Mutex<Option<Box<P>>>>);

impl<P> Attached<P> {
    fn replace(&self, payload: Option<Box<P>>) -> Option<Box<P>> {
        std::mem::replace(&mut *self.0.lock().unwrap_or_else(PoisonError::into_inner), payload)
    }

    fn share(&self) -> Self {
        Self(Arc::clone(&self.0))
    }
}

impl<E: Endpoint, P> Upload<E, P> {
    /// Creates the upload of `payload` by the request `endpoint`.
    pub fn new(endpoint: E, payload: impl Into<P>) -> Self {
        let payload = Attached(Arc::new(Mutex::new(Some(Box::new(payload.into())))));
        Self { endpoint, payload }
    }

    /// Returns the request.
    pub fn endpoint(&self) -> &E {
        &self.endpoint
    }
}

impl<E: Endpoint, P: Send + 'static> Endpoint for Upload<E, P> {
    type Output = E::Output;

    fn operation(&self) -> &'static Operation {
        self.endpoint.operation()
    }

    fn idempotency(&self) -> Idempotency {
        self.endpoint.idempotency()
    }

    fn build(&self, cx: &RequestContext<'_>) -> Result<Request<Body>, BuildError> {
        self.endpoint.build(cx)
    }

    fn decode(&self, response: &Response<Bytes>) -> Result<E::Output, DecodeError> {
        self.endpoint.decode(response)
    }

    fn attachment(&self) -> Option<&dyn Any> {
        Some(&self.payload)
    }
}

impl<E: Clone, P> Clone for Upload<E, P> {
    fn clone(&self) -> Self {
        Self { endpoint: self.endpoint.clone(), payload: self.payload.share() }
    }
}

impl<E: fmt::Debug, P> fmt::Debug for Upload<E, P> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Upload").field("endpoint", &self.endpoint).finish_non_exhaustive()
    }
}

/// The payload of an [`Upload`] during a call, which gives it back at its end.
pub struct LentPayload<P> {
    owner: Attached<P>,
    payload: Option<Box<P>>,
}

impl<P: 'static> LentPayload<P> {
    /// Takes the payload of `endpoint`, if it has one and no other call has taken it.
    pub fn take(endpoint: &impl Endpoint) -> Option<Self> {
        let owner = endpoint.attachment()?.downcast_ref::<Attached<P>>()?.share();
        let payload = owner.replace(None);
        payload.map(|payload| Self { owner, payload: Some(payload) })
    }
}

impl<P> LentPayload<P> {
    /// Returns the payload, always there.
    pub fn get(&mut self) -> Option<&mut P> {
        self.payload.as_deref_mut()
    }
}

impl<P> Drop for LentPayload<P> {
    fn drop(&mut self) {
        self.owner.replace(self.payload.take());
    }
}

impl<P> fmt::Debug for LentPayload<P> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("LentPayload").finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api::upload::UploadFile;

    fn taken(endpoint: &impl Endpoint) -> Option<LentPayload<String>> {
        LentPayload::take(endpoint)
    }

    #[test]
    fn one_call_at_a_time_has_the_payload() {
        let upload: Upload<_, String> = Upload::new(UploadFile::new("a"), "content");
        assert_eq!(upload.endpoint().operation().id, upload.operation().id);
        let copy = upload.clone();
        // As flows and lists have it.
        let boxed: Box<Upload<UploadFile, String>> = Box::new(copy);
        for _ in 0..2 {
            let mut first = taken(&upload).unwrap();
            assert_eq!(first.get().map(|payload| payload.as_str()), Some("content"));
            assert!(taken(&boxed).is_none());
        }
        assert!(LentPayload::<u8>::take(&upload).is_none(), "the payload of another client");
        assert!(taken(&upload).is_some());
        assert!(taken(&UploadFile::new("a")).is_none());
    }

    #[test]
    fn the_payload_is_not_printed() {
        let upload: Upload<_, String> = Upload::new(UploadFile::new("a"), "h1dd3n");
        let lent = taken(&upload).unwrap();
        let printed = format!("{upload:?} {lent:?}");
        assert!(printed.starts_with("Upload { endpoint: UploadRequest"), "{printed}");
        assert!(
            printed.ends_with("LentPayload { .. }") && !printed.contains("h1dd3n"),
            "{printed}"
        );
    }
}
