//! An upload with its payload as one value, and uploads that are safe to repeat.

use crate::client::Client;
use crate::error::{Error, TransportError};
use crate::payload::Payload;
use crate::proto::Endpoint;
use crate::proto::api::upload::{UploadLookup, UploadRequest, Version};
use crate::proto::error::{Failure, FailureKind};
use crate::proto::flow::{CreateOnce, CreateOnceError, CreateOnceResult};

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
/// [`BuildError::PayloadMissing`](crate::proto::error::BuildError::PayloadMissing), and nothing is sent.
pub type Upload<E> = crate::proto::transport::Upload<E, Payload<'static>>;

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
