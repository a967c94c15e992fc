//! The emulator: its settings, its state, and the way of a request through it.

use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use bytes::Bytes;
use http::header::{REFERER, USER_AGENT};
use http::request::Parts;
use http::{HeaderValue, Request, Response, StatusCode};
use imagekit_proto::Secret;
use imagekit_proto::wire::{Body, BodyPart};

use crate::answer::{self, Answer, Problem};
use crate::api::extensions::settle;
use crate::api::upload::{Fetch, New, measure, place};
use crate::api::{self, Exchange};
use crate::callback::Callback;
use crate::clock::Clock;
use crate::faults::{DropAt, Effect, Fault, Faults};
use crate::ids::Ids;
use crate::instant::Instant;
use crate::ledger::Exchanged;
use crate::library::{Fields, names};
use crate::multipart::{FormError, FormReader, Part};
use crate::ratelimit::RateLimit;
use crate::request_log::LoggedRequest;
use crate::route::Route;
use crate::state::State;
use crate::stored_file::{PutError, StoredFile};

/// The bytes kept of a file when the others are discarded.
const HEAD: usize = 16 * 1024 * 1024;

/// ImageKit's API over a media library in memory.
///
/// Clones share one library. What is answered depends on the requests alone: ids come from a
/// [seed](Self::with_seed), time from a [`Clock`] that stands still unless told otherwise.
///
/// ```
/// use http::Request;
/// use imagekit_emulator::Emulator;
///
/// let emulator = Emulator::new();
/// let request = Request::get("https://api.imagekit.io/v1/files").body(Default::default())?;
/// let response = emulator.respond(request);
/// assert_eq!(response.status(), 401); // no key
/// # Ok::<(), http::Error>(())
/// ```
#[derive(Clone)]
pub struct Emulator(Arc<Mutex<State>>);

/// The body of a request.
pub(crate) struct Payload {
    pub(crate) bytes: Bytes,
    /// A form that was read while it came, instead of bytes.
    pub(crate) form: Option<Result<Vec<Part>, FormError>>,
    /// Downloads files that are given as URLs.
    pub(crate) fetch: Option<Fetch>,
}

/// What is decided when the head of a request is there.
pub(crate) struct Begun {
    now: Instant,
    request_id: String,
    route: Option<Route>,
    effect: Option<Effect>,
}

impl Emulator {
    /// The private key of an emulator that was not given one.
    pub const PRIVATE_KEY: &'static str = "private_emulator";
    /// The e-mail address of the user that uploads files: what a search by `createdBy` finds.
    pub const USER: &'static str = "user@example.com";
    /// The public key of an emulator that was not given one.
    pub const PUBLIC_KEY: &'static str = "public_emulator";

    /// An empty library that answers to [`PRIVATE_KEY`](Self::PRIVATE_KEY).
    pub fn new() -> Self {
        Self::with_keys(Self::PRIVATE_KEY, Self::PUBLIC_KEY)
    }

    /// An empty library that answers to this private key. The public key is for uploads that
    /// are authorised by a signature or a token.
    pub fn with_keys(private_key: impl Into<Secret>, public_key: impl Into<String>) -> Self {
        Self(Arc::new(Mutex::new(State::new(private_key.into(), public_key.into()))))
    }

    /// Takes the time from `clock`, for all clones.
    pub fn with_clock(self, clock: Clock) -> Self {
        self.state().clock = clock;
        self
    }

    /// Makes other ids, request ids and file name suffixes, for all clones.
    pub fn with_seed(self, seed: u64) -> Self {
        self.state().ids = Ids::seeded(seed);
        self
    }

    /// Sets the limit of each operation, for all clones.
    pub fn with_rate_limit(self, limit: RateLimit) -> Self {
        self.state().rate_limit = limit;
        self
    }

    /// Sets what the URLs of files begin with, for all clones; `https://ik.imagekit.io/demo`
    /// unless set.
    pub fn with_url_endpoint(self, url: &str) -> Self {
        self.state().url_endpoint = url.trim_end_matches('/').to_owned();
        self
    }

    /// Keeps only the first 16 MiB of a file, for all clones: large uploads then cost no
    /// memory. Sizes stay right; a larger image is inspected by what is kept.
    pub fn discard_bytes(self, discard: bool) -> Self {
        self.state().discard_bytes = discard;
        self
    }

    /// Makes folder jobs and purges take this long, for all clones.
    ///
    /// Their effect is there at once. Until then their status is pending and a folder job locks
    /// its folders (423). Without it, only the first status request says pending.
    pub fn with_job_duration(self, duration: Duration) -> Self {
        self.state().job_duration = duration;
        self
    }

    /// Sets how many purges are possible in a month, for all clones; 1000 unless set.
    pub fn with_purge_quota(self, purges: u32) -> Self {
        self.state().purges.quota = purges;
        self
    }

    /// Puts a file into the library without a request: published, not private, without tags. A
    /// file that is there gets a new version.
    ///
    /// # Errors
    ///
    /// No uploaded file can have this path, or the file has 100 versions.
    ///
    /// ```
    /// use imagekit_emulator::Emulator;
    ///
    /// let emulator = Emulator::new();
    /// let file = emulator.put("/images/a.jpg", imagekit_emulator::media::sample_photo())?;
    /// assert_eq!((file.path.as_str(), file.mime.as_str()), ("/images/a.jpg", "image/jpeg"));
    /// # Ok::<(), imagekit_emulator::PutError>(())
    /// ```
    pub fn put(&self, path: &str, bytes: impl Into<Bytes>) -> Result<StoredFile, PutError> {
        let bytes = bytes.into();
        if path != cleaned(path) || matches!(names::last(path), "" | "." | "..") {
            return Err(PutError::Path(path.to_owned()));
        }
        let size = bytes.len() as u64;
        let mut content = measure(self, bytes, size);
        let mut state = self.state();
        if state.discard_bytes {
            content.bytes = content.bytes.slice(..content.bytes.len().min(HEAD));
        }
        let now = state.clock.tick();
        let fields = Fields { is_published: true, ..Fields::default() };
        let new = New { folder: names::parent(path), name: names::last(path), content, fields };
        let placed = place(&mut state, new, now).ok();
        let stored = placed.and_then(|id| state.stored(state.library.file(id)?));
        stored.ok_or_else(|| PutError::TooManyVersions(path.to_owned()))
    }

    /// The file at `path`, such as `/images/cat.jpg`: what an application under test has stored.
    pub fn file(&self, path: &str) -> Option<StoredFile> {
        let state = self.state();
        state.stored(state.library.at_path(path)?)
    }

    /// The requests so far, oldest first: the last 10,000 of them.
    pub fn requests(&self) -> Vec<LoggedRequest> {
        self.state().log.entries()
    }

    /// Takes the requests so far out of the log, oldest first.
    pub fn take_requests(&self) -> Vec<LoggedRequest> {
        self.state().log.take()
    }

    /// The requests that ImageKit would have sent to `webhookUrl` so far, oldest first.
    pub fn callbacks(&self) -> Vec<Callback> {
        let mut state = self.state();
        let now = state.clock.now();
        settle(&mut state, now);
        state.callbacks.clone()
    }

    /// Makes something go wrong.
    pub fn inject(&self, fault: Fault) {
        self.state().faults.push(fault);
    }

    /// How many injected faults are still to happen.
    pub fn faults_left(&self) -> usize {
        self.state().faults.left()
    }

    /// Takes back the faults that have not happened.
    pub fn clear_faults(&self) {
        self.state().faults.clear();
    }

    /// The emulator's time in seconds since 1970; what an upload is signed with.
    pub fn now_unix(&self) -> u64 {
        u64::try_from(self.state().clock.now().unix_seconds()).unwrap_or(0)
    }

    /// Moves the emulator's time ahead.
    pub fn advance(&self, by: Duration) {
        self.state().clock.advance(by);
    }

    /// The bytes of the current version of the file at `path`, such as `/images/cat.jpg`: what
    /// an application under test has stored. With [`discard_bytes`](Self::discard_bytes) the
    /// first 16 MiB of them.
    pub fn stored_bytes(&self, path: &str) -> Option<Bytes> {
        let state = self.state();
        Some(state.library.at_path(path)?.current()?.content.bytes.clone())
    }

    /// Handles a request. The host does not matter: the path tells the operations apart.
    ///
    /// A request can ask to go wrong by its header `x-emulator-fault`, for clients in other
    /// processes; [`Fault`] says how.
    pub fn handle(&self, request: Request<Bytes>) -> Answer {
        let (parts, body) = request.into_parts();
        let begun = self.begin(&parts);
        self.finish(begun, &parts, Payload { bytes: body, form: None, fetch: None })
    }

    /// Answers a request without waiting; for tests that inject no dropped connections, which
    /// come out as an empty 502 here.
    pub fn respond(&self, request: Request<Bytes>) -> Response<Bytes> {
        let dropped = || answer::empty(StatusCode::BAD_GATEWAY);
        self.handle(request).into_response().unwrap_or_else(dropped)
    }

    pub(crate) fn begin(&self, parts: &Parts) -> Begun {
        let mut state = self.state();
        let now = state.clock.tick();
        settle(&mut state, now);
        let route = Route::find(&parts.method, parts.uri.path());
        let operation = route.as_ref().map(|route| route.operation);
        let effect = match Faults::asked_for(&parts.headers) {
            None => state.faults.take(operation, parts.uri.path()),
            Some(Ok(effect)) => Some(effect),
            Some(Err(error)) => {
                let message = format!("The header x-emulator-fault is wrong: {error}.");
                Some(Effect::Respond(Problem::bad_request(message).into_response()))
            }
        };
        Begun { now, request_id: state.ids.uuid(), route, effect }
    }

    pub(crate) fn finish(&self, begun: Begun, parts: &Parts, body: Payload) -> Answer {
        let Begun { now, request_id, route, effect } = begun;
        let operation = route.as_ref().map(|route| route.operation);
        let act = || {
            let mut response = match &route {
                Some(route) => self.act(route, now, parts, body),
                None => Problem::not_found("Your request has no such path.").into_response(),
            };
            dress(&mut response, &request_id);
            response
        };
        let answer = match effect {
            None => Answer::Response(act()),
            Some(Effect::Delay(wait)) => Answer::After(wait, act()),
            Some(Effect::Respond(mut response)) => {
                dress(&mut response, &request_id);
                Answer::Response(response)
            }
            Some(Effect::Drop(DropAt::BeforeBody | DropAt::BeforeActing)) => Answer::Drop,
            Some(Effect::Drop(DropAt::AfterActing)) => {
                act();
                Answer::Drop
            }
            Some(Effect::Drop(DropAt::InResponse(sent))) => {
                let response = act();
                let sent = sent.min(response.body().len());
                Answer::CutShort { response, sent }
            }
        };
        self.note(now, parts, operation, &answer);
        answer
    }

    /// Logs and counts a request.
    pub(crate) fn note(
        &self,
        now: Instant,
        parts: &Parts,
        operation: Option<&'static str>,
        answer: &Answer,
    ) {
        let response = match answer {
            Answer::Response(response) | Answer::After(_, response) => Some(response),
            Answer::CutShort { response, .. } => Some(response),
            Answer::Drop => None,
        };
        let mut state = self.state();
        state.log.push(parts, operation, response.map(Response::status));
        let Some(response) = response else { return };
        let header = |name| parts.headers.get(name)?.to_str().ok();
        let status = response.status();
        let exchanged = Exchanged {
            status: status.as_u16(),
            path: parts.uri.path(),
            bytes: response.body().len() as u64,
            user_agent: header(USER_AGENT),
            referrer: header(REFERER),
            reason: (status.as_u16() >= 400).then(|| reason(response.body())).flatten(),
        };
        state.ledger.exchanged(now, exchanged);
    }

    /// Responds to a request whose body is not read to its end.
    #[cfg(feature = "server")]
    pub(crate) fn refuse(&self, begun: &Begun, parts: &Parts, problem: Problem) -> Answer {
        let mut response = problem.into_response();
        dress(&mut response, &begun.request_id);
        let answer = Answer::Response(response);
        let operation = begun.route.as_ref().map(|route| route.operation);
        self.note(begun.now, parts, operation, &answer);
        answer
    }

    fn act(&self, route: &Route, now: Instant, parts: &Parts, body: Payload) -> Response<Bytes> {
        if route.is_upload() {
            let Payload { bytes, form, fetch } = body;
            let form = Some(form.unwrap_or_else(|| self.read_form(parts, bytes)));
            let payload = Payload { bytes: Bytes::new(), form, fetch };
            return api::upload::upload(self, route, now, &parts.headers, payload)
                .unwrap_or_else(Problem::into_response);
        }
        let mut state = self.state();
        if let Err(problem) = state.keys.check_api(&parts.headers) {
            return problem.into_response();
        }
        let state = &mut *state;
        let verdict = state.limiter.take(route.operation, &state.rate_limit, now);
        let mut response = if verdict.allowed {
            let query = parts.uri.query().unwrap_or_default();
            api::dispatch(Exchange { state, route, query, body: &body.bytes, now })
                .unwrap_or_else(Problem::into_response)
        } else {
            answer::too_many_requests()
        };
        verdict.write(response.headers_mut());
        response
    }

    /// A reader for the form of an upload, for whoever has its body piece by piece.
    pub(crate) fn form_reader(&self, parts: &Parts) -> Result<FormReader, FormError> {
        let keep = if self.state().discard_bytes { HEAD } else { usize::MAX };
        FormReader::new(&parts.headers, keep)
    }

    /// Whether an upload is better read piece by piece than kept whole.
    #[cfg(feature = "server")]
    pub(crate) fn discards_bytes(&self) -> bool {
        self.state().discard_bytes
    }

    fn read_form(&self, parts: &Parts, body: Bytes) -> Result<Vec<Part>, FormError> {
        let mut reader = self.form_reader(parts)?;
        reader.feed(body)?;
        reader.finish()
    }

    /// The state. A panic elsewhere leaves it usable: no handler leaves it half changed.
    pub(crate) fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(feature = "server")]
impl Begun {
    /// Whether the connection ends before the body is read.
    pub(crate) fn drops_before_body(&self) -> bool {
        matches!(self.effect, Some(Effect::Drop(DropAt::BeforeBody)))
    }

    pub(crate) fn is_upload(&self) -> bool {
        self.route.as_ref().is_some_and(Route::is_upload)
    }
}

/// The bytes of a request's body: what [`Emulator::handle`] takes of what
/// [`Endpoint::build`](imagekit_proto::Endpoint::build) makes. Where a payload was only announced
/// they end; use [`Body::into_reader`] to supply it.
pub fn body_bytes(body: Body) -> Bytes {
    if let Some(bytes) = body.as_bytes() {
        return bytes.clone();
    }
    let mut bytes = Vec::with_capacity(usize::try_from(body.len()).unwrap_or(0));
    let mut cursor = body.into_cursor();
    loop {
        match cursor.next_part() {
            BodyPart::Bytes(part) => bytes.extend_from_slice(&part),
            BodyPart::Payload { .. } if cursor.end_payload().is_ok() => {}
            BodyPart::Payload { .. } | BodyPart::End => return bytes.into(),
        }
    }
}

/// The path that an upload gives a file.
pub(crate) fn cleaned(path: &str) -> String {
    let name = names::file_name(names::last(path));
    names::join(&names::folder_path(names::parent(path)), &name)
}

/// What the body of an error names as its reason, or else its message.
fn reason(body: &[u8]) -> Option<String> {
    let body: serde_json::Value = serde_json::from_slice(body).ok()?;
    Some(body.get("reason").or_else(|| body.get("message"))?.as_str()?.to_owned())
}

/// Adds what every response has.
fn dress(response: &mut Response<Bytes>, request_id: &str) {
    if let Ok(value) = HeaderValue::from_str(request_id) {
        response.headers_mut().entry("x-ik-requestid").or_insert(value);
    }
    answer::set_length(response);
}

impl Default for Emulator {
    fn default() -> Self {
        Self::new()
    }
}

impl fmt::Debug for Emulator {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let state = self.state();
        f.debug_struct("Emulator")
            .field("clock", &state.clock)
            .field("url_endpoint", &state.url_endpoint)
            .field("files", &state.library.len())
            .finish_non_exhaustive()
    }
}
