//! What a thread takes over from the one that starts it.

/// Returns `run` for another thread: with the feature `tracing`, with the subscriber and the span of
/// this one.
#[cfg(feature = "tracing")]
pub(crate) fn carried<R>(run: impl FnOnce() -> R) -> impl FnOnce() -> R {
    let subscriber = tracing::dispatcher::get_default(Clone::clone);
    let span = tracing::Span::current();
    move || tracing::dispatcher::with_default(&subscriber, || span.in_scope(run))
}

/// Returns `run` for another thread.
#[cfg(not(feature = "tracing"))]
pub(crate) fn carried<R>(run: impl FnOnce() -> R) -> impl FnOnce() -> R {
    run
}
