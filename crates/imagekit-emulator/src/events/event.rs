//! Recorded events.

use serde_json::Value;

/// An event that ImageKit would send to every webhook of the account.
///
/// ```
/// use imagekit_emulator::Emulator;
/// use imagekit_proto::webhook::Event;
///
/// let emulator = Emulator::new();
/// // ... what your application does ...
/// for event in emulator.events() {
///     let parsed = Event::parse_unverified(event.body.to_string().as_bytes())?;
///     println!("{} {}", event.event_type, parsed.id().unwrap_or_default());
/// }
/// # Ok::<(), imagekit_proto::webhook::EventError>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct RecordedEvent {
    /// The event's id, which is the message's id too.
    pub id: String,
    /// The type, such as `file.created`.
    pub event_type: String,
    /// The whole event: `type`, `id`, `created_at`, `data`, and `request` where the type has it.
    pub body: Value,
}
