//! An upload with its payload as one value, and uploads that are safe to repeat.

use std::any::Any;
use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

use bytes::Bytes;
use http::{Request, Response};

use crate::client::Client;
use crate::error::{Error, TransportError};
use crate::payload::Payload;
use crate::proto::api::upload::{UploadLookup, UploadRequest, Version};
use crate::proto::error::{BuildError, DecodeError, Failure, FailureKind};
use crate::proto::flow::{CreateOnce, CreateOnceError, CreateOnceResult};
use crate::proto::wire::Body;
use crate::proto::{Endpoint, Idempotency, Operation, RequestContext};

/// An upload with its payload: an endpoint that can be sent wherever endpoints are.
///
/// [`Client::send`](crate::Client::send) of it is [`Client::upload`](crate::Client::upload), and
/// [`Client::send_all`](crate::Client::send_all) uploads any number of files, several at a time:
///
/// ```
/// use std::fs;
/// use imagekit_ureq::proto::api::upload::UploadFile;
/// use imagekit_ureq::{Client, Payload, Upload};
///
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// # let server = imagekit_loopback::Server::json(imagekit_loopback::FILE);
/// # let client = Client::new(server.config())?;
/// # let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/src");
/// let paths = fs::read_dir(folder)?.map(|entry| Ok(entry?.path()));
/// let paths = paths.collect::<Result<Vec<_>, std::io::Error>>()?;
/// let uploads = paths.iter().map(|path| {
///     let name = path.file_name().unwrap_or_default().to_string_lossy();
///     Upload::new(UploadFile::new(name).folder("/sale"), Payload::path(path))
/// });
/// for sent in client.send_all(uploads, 16) {
///     let path = paths[sent.index].display();
///     match sent.outcome {
///         Ok(uploaded) => println!("{path} is {:?}", uploaded.file().map(|file| &file.url)),
///         Err(error) => println!("{path}: {error}"),
///     }
/// }
/// # Ok(())
/// # }
/// ```
///
/// Clones share the payload, which one call at a time has: a second call at the same time ends with
/// [`BuildError::PayloadMissing`], and nothing is sent.
#[derive(Clone)]
pub struct Upload<E> {
    endpoint: E,
    payload: Attached,
}

/// The payload of an [`Upload`]; nothing while a call has it.
#[derive(Clone)]
struct Attached(Arc<Mutex<Option<Payload<'static>>>>);

impl Attached {
    fn replace(&self, payload: Option<Payload<'static>>) -> Option<Payload<'static>> {
        std::mem::replace(&mut *self.0.lock().unwrap_or_else(PoisonError::into_inner), payload)
    }
}

impl<E: Endpoint> Upload<E> {
    /// Creates the upload of `payload` by the request `endpoint`.
    pub fn new(endpoint: E, payload: impl Into<Payload<'static>>) -> Self {
        let payload = Attached(Arc::new(Mutex::new(Some(payload.into()))));
        Self { endpoint, payload }
    }

    /// Returns the request.
    pub fn endpoint(&self) -> &E {
        &self.endpoint
    }
}

impl<E: Endpoint> Endpoint for Upload<E> {
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

impl<E: fmt::Debug> fmt::Debug for Upload<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Upload").field("endpoint", &self.endpoint).finish_non_exhaustive()
    }
}

impl Client {
    /// Uploads a payload once: looks for the file first, uploads it if it is not there, and looks again
    /// when the outcome is unknown. So it is safe to repeat.
    ///
    /// The file gets the [exact name](UploadRequest::exact_name), and a file of this folder, name and
    /// size counts as the same. Another file of that name is left as it is, or replaced with
    /// `overwrite_file(true)`. [`CreateOnce`] has the rules and their limits; run one yourself for a
    /// [tag](UploadLookup::tag) that tells files of one size apart. The payload should be one that [may
    /// be sent again](Payload).
    ///
    /// ```
    /// use imagekit_ureq::Client;
    /// use imagekit_ureq::proto::api::upload::UploadFile;
    /// use imagekit_ureq::proto::flow::Created;
    ///
    /// # let file = r#"{"type": "file", "fileId": "598821f949c0a938d57563bd", "name": "cat.jpg", "size": 6,
    /// #     "filePath": "/pets/cat.jpg", "url": "https://ik.imagekit.io/demo/pets/cat.jpg"}"#;
    /// # let server = imagekit_loopback::Server::json(&format!("[{file}]"));
    /// # let client = Client::new(server.config())?;
    /// let upload = UploadFile::new("cat.jpg").folder("/pets");
    /// match client.upload_once(upload, b"GIF89a".to_vec())? {
    ///     Created::Now(uploaded) => println!("uploaded: {:?}", uploaded.file()),
    ///     Created::Found(file) => println!("it is there: {}", file.url),
    /// }
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// See [`CreateOnceError`]. With `NotSeen` the file may have been uploaded all the same: look again
    /// later.
    pub fn upload_once<V: Version>(
        &self,
        request: UploadRequest<V>,
        payload: impl Into<Payload<'static>>,
    ) -> CreateOnceResult<Upload<UploadRequest<V>>, UploadLookup, TransportError> {
        let payload = payload.into();
        let request = request.exact_name();
        let len = payload.len().map_err(|error| {
            let failure = Failure::new(FailureKind::Payload, error);
            CreateOnceError::Create(Box::new(Error::not_begun(request.operation().id, failure)))
        })?;
        let lookup = request.lookup_with_payload(len);
        let replace = request.overwrite_file == Some(true);
        self.run(CreateOnce::new(Upload::new(request, payload), lookup).replace(replace))
    }
}

/// The payload of an [`Upload`] during a call, which gives it back at its end.
pub(crate) struct Lent {
    home: Attached,
    payload: Option<Payload<'static>>,
}

impl Lent {
    /// Takes the payload of `endpoint`, if it has one.
    pub(crate) fn take(endpoint: &impl Endpoint) -> Option<Self> {
        let home = endpoint.attachment()?.downcast_ref::<Attached>()?.clone();
        let payload = home.replace(None);
        payload.map(|payload| Self { home, payload: Some(payload) })
    }

    pub(crate) fn payload(&mut self) -> Option<&mut Payload<'static>> {
        self.payload.as_mut()
    }
}

impl Drop for Lent {
    fn drop(&mut self) {
        self.home.replace(self.payload.take());
    }
}
