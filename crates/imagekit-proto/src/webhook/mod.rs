//! Webhooks: is it from ImageKit, and what does it say.
//!
//! A [`Verifier`] holds the webhook's secret and takes the headers, the body's bytes exactly
//! as received, and the wall clock. What it returns, [`Verified`], is the only way to an
//! [`Event`] that does not carry `unverified` in its name.
//!
#![cfg_attr(feature = "sign", doc = "```")]
#![cfg_attr(not(feature = "sign"), doc = "```text")]
//! use std::time::Duration;
//! use imagekit_proto::webhook::{Event, Signer, Verifier};
//!
//! let verifier = Verifier::new("whsec_c2VjcmV0")?;
//!
//! // What arrives; here we sign it ourselves.
//! let body = br#"{"type":"file.deleted","id":"evt_1","created_at":"2026-02-11T09:00:01.123Z",
//!                 "data":{"fileId":"598821f949c0a938d57563bd"}}"#;
//! let now = Duration::from_secs(1_700_000_000); // SystemTime::now() since UNIX_EPOCH
//! let headers = Signer::new("whsec_c2VjcmV0")?.sign("msg_1", now, body)?;
//!
//! match verifier.verify(&headers, body, now)?.event()? {
//!     Event::FileDeleted(event) => assert_eq!(event.data.file_id, "598821f949c0a938d57563bd"),
//!     other => println!("not for us: {}", other.event_type()),
//! }
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # Two schemes
//!
//! - [`Verifier::verify`]: [Standard Webhooks](https://www.standardwebhooks.com), the headers
//!   `webhook-id`, `webhook-timestamp` and `webhook-signature`. ImageKit's key is the whole
//!   text of the secret, `whsec_` included and nothing decoded (the official Node client).
//! - [`Verifier::verify_legacy`]: the older `x-ik-signature: t=<milliseconds>,v1=<hex>` (the
//!   public docs of 2024).
//!
//! # Replays
//!
//! A message is accepted again as long as it is younger than the tolerance. Remember
//! [`Verified::message_id`] (or the event's own id) for that long to act on each once.

mod callback;
mod error;
mod event;
mod file;
#[cfg(feature = "sign")]
mod header;
#[cfg(feature = "sign")]
mod sign;
mod upload;
#[cfg(feature = "sign")]
mod verify;
mod video;

pub use callback::{CallbackFile, CallbackStatus, ExtensionCallback};
pub use error::EventError;
#[cfg(feature = "sign")]
pub use error::SignatureError;
pub use event::{Event, EventType, UnknownEvent};
pub use file::{
    DeletedFile, DeletedFileVersion, FileCreated, FileDeleted, FileUpdated, FileVersionCreated,
    FileVersionDeleted,
};
#[cfg(feature = "sign")]
pub use sign::Signer;
pub use upload::{
    FailedTransformation, PostTransformData, PostTransformErrorData, PostTransformRequest,
    PreTransformErrorData, PreTransformRequest, RequestedPostTransformation,
    RequestedTransformationKind, UploadPostTransformError, UploadPostTransformSuccess,
    UploadPreTransformError, UploadPreTransformSuccess,
};
#[cfg(feature = "sign")]
pub use verify::{Verified, Verifier};
pub use video::{
    AudioCodec, TransformationError, TransformationErrorReason, VideoAsset, VideoCodec, VideoData,
    VideoMetadata, VideoOptions, VideoOutput, VideoOutputFormat, VideoRequest, VideoStreamProtocol,
    VideoTimings, VideoTransformation, VideoTransformationAccepted, VideoTransformationError,
    VideoTransformationKind, VideoTransformationReady,
};
