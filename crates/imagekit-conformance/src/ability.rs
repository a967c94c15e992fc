//! What a transport may be unable to do.

/// Something that a transport may be unable to do, because a library or a browser decides it.
/// [`Table::lacks`](crate::Table::lacks) skips the cases that need it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Ability {
    /// Tells a connection that was never made from one that broke. Without it every failure is
    /// `Ambiguous`: safe, but calls that are not idempotent are not retried.
    ConnectFailures,
    /// Returns a response that comes before the whole request was sent.
    EarlyResponses,
    /// Returns a redirect as a response. A transport that follows redirects may send the private key
    /// to another server: do not use it.
    Redirects,
    /// Returns a response body as it was sent, whatever its `content-encoding` says.
    RawBodies,
    /// Returns responses with a status over 599.
    UnusualStatuses,
    /// Sends a request once, also when it goes over a kept connection that dies.
    SingleSends,
    /// Ends an attempt after a time without progress.
    IdleTimeouts,
    /// Sends request targets of 64 KiB.
    LongTargets,
}
