//! Creating something that must not be created twice.

mod outcome;
mod request;
#[cfg(test)]
mod tests;

use std::convert::Infallible;
use std::fmt;
use std::time::Duration;

use crate::endpoint::{Endpoint, Idempotency};
use crate::error::{Error, Misuse};
use crate::flow::machine::{FlowStep, InFlight, Machine, RequestKey, is_permanent};
use crate::flow::traits::{Lookup, Sighting};
use crate::flow::wait::WaitPolicy;
use crate::reply::Reply;

pub use outcome::{CreateOnceError, Created};
pub use request::{CreateOnceRequest, CreateOnceResponse};

/// Creates something once: an upload that may be repeated.
///
/// A [`Machine`]. It looks first, and creates nothing when what it would create is there. When the
/// outcome of the request is unknown (a timeout, a reset, a 5xx) it looks again, at growing intervals,
/// since a search finds a new file only after a while. When nothing was seen by the deadline it sends
/// the request a second time, and looks again if need be. It never reports as created what neither a
/// response nor a look-up has shown.
///
/// What makes this safe is the request: an upload with its [exact
/// name](crate::api::upload::UploadRequest::exact_name) can only make one file.
///
/// - Without `overwrite_file(true)`, ImageKit refuses an upload when there is a file of that name. A
///   repeated upload changes nothing then, whatever the look-ups saw, and another file is left as it
///   is ([`CreateOnceError::Taken`]).
/// - With `overwrite_file(true)` and [`replace`](Self::replace), another file gets a new version. A
///   repeated upload may add the same version again.
///
/// The look-up decides what counts as the same. By folder, name and size alone, another file of the same
/// size is taken for the upload: give the upload a tag of its own, such as a hash of its content, and
/// the [look-up](crate::api::upload::UploadLookup::tag) that tag.
///
/// The `upload_once` of a client is this machine with an upload.
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/examples/support/client.rs"));
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/examples/support/drive.rs"));
/// # fn main() {
/// # let client = Client::responding(200, r#"[{"type": "file", "fileId": "598821f949c0a938d57563bd",
/// #     "name": "cat.jpg", "filePath": "/pets/cat.jpg", "url": "https://ik.imagekit.io/demo/pets/cat.jpg",
/// #     "size": 6, "tags": ["sha256-5b7f1c"]}]"#);
/// use imagekit_proto::api::upload::UploadFile;
/// use imagekit_proto::flow::{CreateOnce, Created};
///
/// let upload = UploadFile::new("cat.jpg")
///     .file(b"GIF89a".to_vec())
///     .folder("/pets")
///     .tags(["sha256-5b7f1c"])
///     .exact_name();
/// let lookup = upload.lookup().tag("sha256-5b7f1c");
/// match drive(&client, CreateOnce::new(upload, lookup), |_| {}) {
///     Ok(Created::Now(uploaded)) => println!("uploaded: {:?}", uploaded.file()),
///     Ok(Created::Found(file)) => println!("it is there: {}", file.url),
///     Err(error) => println!("{error}"),
/// }
/// # }
/// ```
#[must_use = "nothing is sent until it is polled"]
pub struct CreateOnce<E: Endpoint, L: Lookup, T> {
    create: E,
    lookup: L,
    replace: bool,
    policy: WaitPolicy,
    /// How often the request may still be sent.
    sends_left: u32,
    in_flight: InFlight<Kind>,
    /// The latest time seen; earlier ones are taken for this.
    now: Duration,
    /// The first error of a request that may have had its effect.
    unknown: Option<Box<Error<T>>>,
    /// The error of a request that found its place taken.
    taken: Option<Box<Error<T>>>,
    state: State<E::Output, L::Found, T>,
}

/// What a request in flight does.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Kind {
    Create,
    Lookup,
}

enum State<O, F, T> {
    /// Nothing was sent yet.
    Ready,
    InFlight,
    Create,
    /// The outcome of the request is unknown, or its place is taken.
    Looking(Look),
    Decided(Box<Result<Created<O, F>, CreateOnceError<F, T>>>),
    Over,
}

/// The look-ups after a request.
#[derive(Clone, Copy, Debug)]
struct Look {
    /// When the next one is due.
    at: Duration,
    ends: Duration,
    /// The next interval.
    interval: Duration,
    in_flight: bool,
}

/// What a [`CreateOnce`] returns at its end.
pub type CreateOnceResult<E, L, T> = Result<
    Created<<E as Endpoint>::Output, <L as Lookup>::Found>,
    CreateOnceError<<L as Lookup>::Found, T>,
>;

impl<E: Endpoint, L: Lookup, T> CreateOnce<E, L, T> {
    /// Creates by `create` what `lookup` looks for.
    pub fn new(create: E, lookup: L) -> Self {
        let sends_left = if create.idempotency() == Idempotency::SingleUse { 1 } else { 2 };
        Self {
            create,
            lookup,
            replace: false,
            policy: WaitPolicy::default().deadline(Duration::from_secs(30)),
            sends_left,
            in_flight: InFlight::new(),
            now: Duration::ZERO,
            unknown: None,
            taken: None,
            state: State::Ready,
        }
    }

    /// Sends the request although something else is in its place, or not (the default).
    pub fn replace(mut self, yes: bool) -> Self {
        self.replace = yes;
        self
    }

    /// Sets how often, and how long, it looks after an unknown outcome. At once, then after 1 s, 2 s,
    /// ... until 30 s have passed, by default.
    pub fn wait(mut self, policy: WaitPolicy) -> Self {
        self.policy = policy;
        self
    }

    fn decide(&mut self, outcome: CreateOnceResult<E, L, T>) {
        self.state = State::Decided(Box::new(outcome));
    }

    fn may_have_been_applied(&self) -> bool {
        self.unknown.is_some() || self.in_flight.any(|kind| *kind == Kind::Create)
    }

    fn over(&self) -> CreateOnceResult<E, L, T> {
        let may_have_been_applied = self.may_have_been_applied();
        Err(CreateOnceError::Misuse { misuse: Misuse::PolledAfterDone, may_have_been_applied })
    }

    /// Removes the request under `key` and returns its kind; `None` once the machine has ended.
    fn take(&mut self, now: Duration, key: RequestKey, kind: Option<Kind>) -> Option<Kind> {
        self.now = self.now.max(now);
        let mut misuse = None;
        // Before a misuse is judged, so that a request in flight counts.
        let may_have_been_applied = self.may_have_been_applied();
        let sent = self.in_flight.remove(key, &mut misuse);
        if misuse.is_none() && kind.is_some_and(|kind| sent != Some(kind)) {
            misuse = Some(Misuse::UnexpectedResponse);
        }
        if matches!(self.state, State::Decided(_) | State::Over) {
            return None;
        }
        if let Some(misuse) = misuse {
            self.decide(Err(CreateOnceError::Misuse { misuse, may_have_been_applied }));
            return None;
        }
        sent
    }

    /// Begins to look, from now on.
    fn look(&mut self) {
        let ends = self.now.saturating_add(self.policy.deadline);
        let interval = self.policy.first_interval();
        self.state = State::Looking(Look { at: self.now, ends, interval, in_flight: false });
    }

    /// Looks again after the interval, and not before `hint` has passed; the last time at the deadline.
    fn look_again(&mut self, look: Look, hint: Duration) {
        let at = self.now.saturating_add(look.interval.max(hint)).min(look.ends);
        if self.now >= look.ends || at < self.now.saturating_add(hint) {
            return self.give_up_looking();
        }
        let interval = self.policy.interval_after(look.interval);
        self.state = State::Looking(Look { at, interval, in_flight: false, ..look });
    }

    fn give_up_looking(&mut self) {
        match (self.unknown.take(), self.taken.take()) {
            (Some(unknown), None) if self.sends_left > 0 => {
                self.unknown = Some(unknown);
                self.state = State::Create;
            }
            (Some(unknown), _) => self.decide(Err(CreateOnceError::NotSeen(unknown))),
            (None, Some(taken)) => self.decide(Err(CreateOnceError::Create(taken))),
            (None, None) => self.state = State::Create,
        }
    }

    fn on_sighting(&mut self, sighting: Sighting<L::Found>) {
        match (sighting, &self.state) {
            (Sighting::Same(found), _) => self.decide(Ok(Created::Found(found))),
            // Of a request that may have had its effect, it says nothing.
            (Sighting::Other(found), _) if !self.replace && self.unknown.is_none() => {
                self.decide(Err(CreateOnceError::Taken(Box::new(found))));
            }
            (_, State::Looking(look)) => {
                let look = *look;
                self.look_again(look, Duration::ZERO);
            }
            _ => self.state = State::Create,
        }
    }
}

impl<E: Endpoint + Clone, L: Lookup + Clone, T> Machine for CreateOnce<E, L, T> {
    type Request = CreateOnceRequest<E, L>;
    type TransportError = T;
    type Item = Infallible;
    type Output = CreateOnceResult<E, L, T>;

    fn poll(&mut self, now: Duration) -> FlowStep<Self::Request, Infallible, Self::Output> {
        self.now = self.now.max(now);
        match std::mem::replace(&mut self.state, State::InFlight) {
            State::Ready => {
                let key = self.in_flight.insert(Kind::Lookup);
                FlowStep::Send(key, CreateOnceRequest::Lookup(self.lookup.clone()))
            }
            State::Create => {
                self.sends_left = self.sends_left.saturating_sub(1);
                let key = self.in_flight.insert(Kind::Create);
                FlowStep::Send(key, CreateOnceRequest::Create(self.create.clone()))
            }
            State::InFlight => FlowStep::Pending,
            State::Looking(look) if look.in_flight => {
                self.state = State::Looking(look);
                FlowStep::Pending
            }
            State::Looking(look) if self.now < look.at => {
                self.state = State::Looking(look);
                FlowStep::Sleep(look.at - self.now)
            }
            State::Looking(look) => {
                self.state = State::Looking(Look { in_flight: true, ..look });
                let key = self.in_flight.insert(Kind::Lookup);
                FlowStep::Send(key, CreateOnceRequest::Lookup(self.lookup.clone()))
            }
            State::Decided(outcome) => {
                self.state = State::Over;
                FlowStep::Done(*outcome)
            }
            State::Over => {
                self.state = State::Over;
                FlowStep::Done(self.over())
            }
        }
    }

    fn on_response(
        &mut self,
        now: Duration,
        key: RequestKey,
        response: Reply<CreateOnceResponse<E::Output, L::Output>>,
    ) {
        match response.value {
            CreateOnceResponse::Created(output) => {
                if self.take(now, key, Some(Kind::Create)).is_some() {
                    self.decide(Ok(Created::Now(output)));
                }
            }
            CreateOnceResponse::LookedUp(output) => {
                if self.take(now, key, Some(Kind::Lookup)).is_some() {
                    self.on_sighting(L::judge(output));
                }
            }
        }
    }

    fn on_failure(&mut self, now: Duration, key: RequestKey, error: Error<T>) {
        let Some(kind) = self.take(now, key, None) else { return };
        let error = Box::new(error);
        match (kind, &self.state) {
            (Kind::Lookup, State::Looking(look)) => {
                let look = *look;
                if is_permanent(&error) {
                    self.give_up_looking();
                } else {
                    self.look_again(look, error.retry_after().unwrap_or_default());
                }
            }
            (Kind::Lookup, _) => self.decide(Err(CreateOnceError::Lookup(error))),
            // Who cancels does not wait for look-ups.
            (Kind::Create, _) if error.is_cancelled() && error.may_have_been_applied() => {
                self.decide(Err(CreateOnceError::NotSeen(error)));
            }
            (Kind::Create, _) if error.may_have_been_applied() => {
                self.unknown.get_or_insert(error);
                self.look();
            }
            (Kind::Create, _) if !self.replace && error.api().is_some_and(L::is_taken) => {
                self.taken = Some(error);
                self.look();
            }
            (Kind::Create, _) => match self.unknown.take() {
                Some(unknown) => self.decide(Err(CreateOnceError::NotSeen(unknown))),
                None => self.decide(Err(CreateOnceError::Create(error))),
            },
        }
    }

    /// Does nothing: one request is in flight at most.
    fn limit_concurrency(&mut self, _: usize) {}

    fn finish(&mut self) -> Self::Output {
        let may_have_been_applied = self.may_have_been_applied();
        match std::mem::replace(&mut self.state, State::Over) {
            State::Decided(outcome) => *outcome,
            State::Over => self.over(),
            _ => Err(CreateOnceError::Finished { may_have_been_applied }),
        }
    }
}

impl<E: Endpoint, L: Lookup, T> fmt::Debug for CreateOnce<E, L, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let state = match &self.state {
            State::Ready => "ready",
            State::InFlight => "in flight",
            State::Create => "to be created",
            State::Looking(_) => "looking",
            State::Decided(_) => "decided",
            State::Over => "over",
        };
        f.debug_struct("CreateOnce")
            .field("operation", &self.create.operation().id)
            .field("state", &state)
            .finish_non_exhaustive()
    }
}
