//! Webhooks: signature verification and event types.
//!
//! A [`WebhookVerifier`] holds the webhook's secret and takes the headers, the body's bytes
//! exactly as received, and the wall clock. It returns a [`VerifiedWebhook`], the only way to an
//! [`Event`] that does not have `unverified` in its name.
//!
#![cfg_attr(feature = "sign", doc = "```")]
#![cfg_attr(not(feature = "sign"), doc = "```text")]
//! use imagekit_proto::types::UnixTime;
//! use imagekit_proto::webhook::{Event, WebhookSigner, WebhookVerifier};
//!
//! let verifier = WebhookVerifier::new("whsec_c2VjcmV0")?;
//!
//! // The request that arrives; this example signs it itself.
//! let body = br#"{"type":"file.deleted","id":"evt_1","created_at":"2026-02-11T09:00:01.123Z",
//!                 "data":{"fileId":"598821f949c0a938d57563bd"}}"#;
//! let now = UnixTime::from_secs(1_700_000_000); // SystemTime::now(), in seconds since 1970
//! let headers = WebhookSigner::new("whsec_c2VjcmV0")?.sign("msg_1", now, body)?;
//!
//! match verifier.verify(&headers, body, now)?.event()? {
//!     Event::FileDeleted(event) => assert_eq!(event.data.file_id, "598821f949c0a938d57563bd"),
//!     other => println!("ignored: {}", other.event_type()),
//! }
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # Two schemes
//!
//! - [`WebhookVerifier::verify`]: [Standard Webhooks](https://www.standardwebhooks.com), the
//!   headers `webhook-id`, `webhook-timestamp` and `webhook-signature`. ImageKit's HMAC key is the
//!   whole text of the secret, `whsec_` included and nothing decoded (the official Node client).
//! - [`WebhookVerifier::verify_legacy`]: the older `x-ik-signature: t=<milliseconds>,v1=<hex>` (the
//!   public docs of 2024).
//!
//! # Replays
//!
//! A message is accepted again as long as it is younger than the tolerance. Store
//! [`VerifiedWebhook::message_id`] (or the event's own id) for that long to process each message
//! once.

#![cfg_attr(
    not(feature = "sign"),
    allow(rustdoc::broken_intra_doc_links, reason = "the verifier needs the feature `sign`")
)]

mod callback;
mod event;
mod event_error;
mod file;
#[cfg(feature = "sign")]
mod header;
#[cfg(feature = "sign")]
mod signer;
mod upload;
#[cfg(feature = "sign")]
mod verified;
#[cfg(feature = "sign")]
mod verifier;
mod video;
#[cfg(feature = "sign")]
mod webhook_error;

pub use callback::{CallbackFile, CallbackStatus, ExtensionCallback};
pub use event::{Event, EventType, UnknownEvent};
pub use event_error::EventError;
pub use file::{
    DeletedFile, DeletedFileVersion, FileCreated, FileDeleted, FileUpdated, FileVersionCreated,
    FileVersionDeleted,
};
#[cfg(feature = "sign")]
pub use signer::WebhookSigner;
pub use upload::{
    FailedTransformation, PostTransformData, PostTransformErrorData, PostTransformRequest,
    PreTransformErrorData, PreTransformRequest, RequestedPostTransformation,
    RequestedTransformationKind, UploadPostTransformError, UploadPostTransformSuccess,
    UploadPreTransformError, UploadPreTransformSuccess,
};
#[cfg(feature = "sign")]
pub use verified::VerifiedWebhook;
#[cfg(feature = "sign")]
pub use verifier::WebhookVerifier;
pub use video::{
    EventAudioCodec, EventVideoCodec, TransformationFailure, TransformationFailureReason,
    VideoAsset, VideoData, VideoMetadata, VideoOptions, VideoOutput, VideoOutputFormat,
    VideoRequest, VideoStreamProtocol, VideoTimings, VideoTransformation,
    VideoTransformationAccepted, VideoTransformationError, VideoTransformationKind,
    VideoTransformationReady,
};
#[cfg(feature = "sign")]
pub use webhook_error::WebhookError;
