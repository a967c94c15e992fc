//! From a request to its response.

use bytes::Bytes;
#[cfg(feature = "server")]
use http::Uri;
use http::header::{REFERER, USER_AGENT};
use http::request::Parts;
use http::{HeaderValue, Method, Request, Response, StatusCode};
use imagekit_proto::wire::{Body, BodyPart};

use super::{Emulator, HEAD};
use crate::api::extensions::settle;
use crate::api::upload::{Fetch, Origin};
use crate::api::{self, Exchange, metadata};
use crate::delivery::{deliver, is_delivery, is_of_file, open_to_pages};
use crate::events::record_changes;
use crate::faults::{DropAt, Effect, Faults};
use crate::instant::Instant;
use crate::ledger::Exchanged;
use crate::multipart::{FormError, FormReader, Part};
use crate::response::{self, Problem, Reaction};
use crate::route::Route;

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
    /// It asks for a file: pages of all origins may read the response.
    is_for_file: bool,
    effect: Option<Effect>,
}

impl Emulator {
    /// Handles a request. The host does not matter: the path selects the operation.
    ///
    /// A request can inject a fault into itself by its header `x-emulator-fault`, for clients in other
    /// processes; [`Fault`](crate::Fault) documents the syntax.
    pub fn handle(&self, request: Request<Bytes>) -> Reaction {
        let (parts, body) = request.into_parts();
        let begun = self.begin(&parts);
        self.finish(begun, &parts, Payload { bytes: body, form: None, fetch: None })
    }

    /// Handles a request without waiting. A dropped connection becomes an empty 502.
    pub fn respond(&self, request: Request<Bytes>) -> Response<Bytes> {
        let dropped = || response::empty(StatusCode::BAD_GATEWAY);
        self.handle(request).into_response().unwrap_or_else(dropped)
    }

    pub(crate) fn begin(&self, parts: &Parts) -> Begun {
        let mut state = self.state();
        let now = state.clock.tick();
        settle(&mut state, now);
        record_changes(&mut state, now);
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
        let is_for_file =
            route.is_none() && is_delivery(&parts.method) && is_of_file(&state, &parts.uri);
        Begun { now, request_id: state.ids.uuid(), route, is_for_file, effect }
    }

    pub(crate) fn finish(&self, begun: Begun, parts: &Parts, body: Payload) -> Reaction {
        let Begun { now, request_id, route, is_for_file, effect } = begun;
        let operation = route.as_ref().map(|route| route.operation);
        let open = |response: &mut Response<Bytes>| {
            if is_for_file {
                open_to_pages(response.headers_mut());
            }
        };
        let act = || {
            let mut response = match &route {
                Some(route) => self.act(route, now, &request_id, parts, body),
                None => self.deliver(now, &request_id, parts),
            };
            record_changes(&mut self.state(), now);
            open(&mut response);
            dress(&mut response, &request_id);
            response
        };
        let reaction = match effect {
            None => Reaction::Response(act()),
            Some(Effect::Delay(wait)) => Reaction::After(wait, act()),
            Some(Effect::Respond(mut response)) => {
                open(&mut response);
                dress(&mut response, &request_id);
                Reaction::Response(response)
            }
            Some(Effect::Drop(DropAt::BeforeBody | DropAt::BeforeActing)) => Reaction::Drop,
            Some(Effect::Drop(DropAt::AfterActing)) => {
                act();
                Reaction::Drop
            }
            Some(Effect::Drop(DropAt::InResponse(sent))) => {
                let response = act();
                let sent = sent.min(response.body().len());
                Reaction::CutShort { response, sent }
            }
        };
        self.note(now, parts, operation, &reaction);
        self.kept(reaction, &request_id)
    }

    /// A reaction, once everything that it shows is kept; an error if that fails.
    fn kept(&self, reaction: Reaction, request_id: &str) -> Reaction {
        match (self.commit(), reaction) {
            (Ok(()), reaction) => reaction.after(self.state().latency),
            (Err(_), Reaction::Drop) => Reaction::Drop,
            (Err(message), _) => {
                let mut response = Problem::not_written(message).into_response();
                dress(&mut response, request_id);
                Reaction::Response(response)
            }
        }
    }

    /// Logs and counts a request.
    pub(crate) fn note(
        &self,
        now: Instant,
        parts: &Parts,
        operation: Option<&'static str>,
        reaction: &Reaction,
    ) {
        let response = match reaction {
            Reaction::Response(response) | Reaction::After(_, response) => Some(response),
            Reaction::CutShort { response, .. } => Some(response),
            Reaction::Drop => None,
        };
        let mut state = self.state();
        state.log.push(parts, operation, response.map(Response::status));
        let Some(response) = response else { return };
        let header = |name| Some(parts.headers.get(name)?.to_str().ok()?.to_owned());
        let status = response.status();
        let exchanged = Exchanged {
            status: status.as_u16(),
            bytes: response.body().len() as u64,
            missing: (status == StatusCode::NOT_FOUND).then(|| parts.uri.path().to_owned()),
            user_agent: header(USER_AGENT),
            referrer: header(REFERER),
            reason: (status.as_u16() >= 400).then(|| reason(response.body())).flatten(),
        };
        state.ledger.exchanged(now, exchanged);
    }

    /// Handles an operation other than an upload for the owner of the account: without key, fault,
    /// limit and log.
    #[cfg(feature = "server")]
    pub(crate) fn handle_as_owner(
        &self,
        route: &Route,
        parts: &Parts,
        body: &Bytes,
    ) -> Response<Bytes> {
        let changes = parts.method != Method::GET;
        let query = parts.uri.query().unwrap_or_default();
        let mut state = self.state();
        // Reading leaves a clock alone that advances with the requests.
        let now = if changes { state.clock.tick() } else { state.clock.now() };
        settle(&mut state, now);
        record_changes(&mut state, now);
        let exchange = Exchange { state: &mut state, route, query, body, now };
        let handled = api::dispatch(exchange);
        record_changes(&mut state, now);
        drop(state);
        let handled = self.commit().map_err(Problem::not_written).and(handled);
        let mut response = handled.unwrap_or_else(Problem::into_response);
        response::set_length(&mut response);
        response
    }

    /// Responds to a request whose body is not read completely.
    #[cfg(feature = "server")]
    pub(crate) fn refuse(&self, begun: &Begun, parts: &Parts, problem: Problem) -> Reaction {
        let mut response = problem.into_response();
        dress(&mut response, &begun.request_id);
        let reaction = Reaction::Response(response);
        let operation = begun.route.as_ref().map(|route| route.operation);
        self.note(begun.now, parts, operation, &reaction);
        self.kept(reaction, &begun.request_id)
    }

    fn act(
        &self,
        route: &Route,
        now: Instant,
        request_id: &str,
        parts: &Parts,
        body: Payload,
    ) -> Response<Bytes> {
        if route.is_upload() {
            let Payload { bytes, form, fetch } = body;
            let form = Some(form.unwrap_or_else(|| self.read_form(parts, bytes)));
            let payload = Payload { bytes: Bytes::new(), form, fetch };
            let origin = Origin { now, request_id, headers: &parts.headers };
            return api::upload::upload(self, route, &origin, payload)
                .unwrap_or_else(Problem::into_response);
        }
        let mut state = self.state();
        if let Err(problem) = state.keys.check_api(&parts.headers) {
            return problem.into_response();
        }
        let query = parts.uri.query().unwrap_or_default();
        let verdict = {
            let state = &mut *state;
            state.limiter.take(route.operation, &state.rate_limit, now)
        };
        let is_of_url = route.operation == "get-metadata-from-url";
        let handled = if !verdict.allowed {
            Ok(response::too_many_requests())
        } else if let Some(plan) = is_of_url.then(|| metadata::plan(&state, query)).flatten() {
            // Rendering takes its time; others are served meanwhile.
            drop(state);
            plan.and_then(metadata::of_transformed)
        } else {
            let state = &mut *state;
            api::dispatch(Exchange { state, route, query, body: &body.bytes, now })
        };
        let mut response = handled.unwrap_or_else(Problem::into_response);
        verdict.write(response.headers_mut());
        response
    }

    /// Responds to what is no operation: a request for a file, or 404.
    fn deliver(&self, now: Instant, request_id: &str, parts: &Parts) -> Response<Bytes> {
        let deliver = || deliver(self, now, request_id, parts);
        let delivered = is_delivery(&parts.method).then(deliver).flatten();
        let missing = || Problem::not_found("Your request has no such path.").into_response();
        let mut response = delivered.unwrap_or_else(missing);
        if parts.method == Method::HEAD {
            response::set_length(&mut response);
            response.body_mut().clear();
        }
        response
    }

    /// A reader for the form of an upload whose body comes in pieces.
    pub(crate) fn form_reader(&self, parts: &Parts) -> Result<FormReader, FormError> {
        let keep = if self.state().discard_bytes { HEAD } else { usize::MAX };
        FormReader::new(&parts.headers, keep)
    }

    /// Whether an upload is better read piece by piece than kept whole.
    #[cfg(feature = "server")]
    pub(crate) fn discards_bytes(&self) -> bool {
        self.state().discard_bytes
    }

    /// Whether a path is one of a file, and of no operation.
    #[cfg(feature = "server")]
    pub(crate) fn is_of_file(&self, uri: &Uri) -> bool {
        Route::find(&Method::GET, uri.path()).is_none() && is_of_file(&self.state(), uri)
    }

    /// Whether pages of any origin may send every request.
    #[cfg(feature = "server")]
    pub(crate) fn is_cross_origin(&self) -> bool {
        self.state().cross_origin
    }

    fn read_form(&self, parts: &Parts, body: Bytes) -> Result<Vec<Part>, FormError> {
        let mut reader = self.form_reader(parts)?;
        reader.feed(body)?;
        reader.finish()
    }
}

#[cfg(feature = "server")]
impl Begun {
    /// Whether the connection ends before the body is read.
    pub(crate) fn drops_before_body(&self) -> bool {
        matches!(self.effect, Some(Effect::Drop(DropAt::BeforeBody)))
    }

    /// The operation's id in the OpenAPI file.
    pub(crate) fn operation(&self) -> Option<&'static str> {
        self.route.as_ref().map(|route| route.operation)
    }

    /// Whether an injected fault happens to the request.
    pub(crate) fn has_fault(&self) -> bool {
        self.effect.is_some()
    }

    pub(crate) fn is_upload(&self) -> bool {
        self.route.as_ref().is_some_and(Route::is_upload)
    }

    /// Whether an image may be decoded: uploads, deliveries, metadata of a URL.
    pub(crate) fn takes_time(&self) -> bool {
        self.route
            .as_ref()
            .is_none_or(|route| route.is_upload() || route.operation == "get-metadata-from-url")
    }
}

/// Returns the bytes of a request body that [`Endpoint::build`](imagekit_proto::Endpoint::build)
/// created, as [`Emulator::handle`] takes them. They end where an external payload begins; use
/// [`Body::into_reader`] to supply it.
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

/// What the body of an error names as its reason, or else its message.
fn reason(body: &[u8]) -> Option<String> {
    let body: serde_json::Value = serde_json::from_slice(body).ok()?;
    Some(body.get("reason").or_else(|| body.get("message"))?.as_str()?.to_owned())
}

/// Adds the headers of every response.
fn dress(response: &mut Response<Bytes>, request_id: &str) {
    if let Ok(value) = HeaderValue::from_str(request_id) {
        response.headers_mut().entry("x-ik-requestid").or_insert(value);
    }
    response::set_length(response);
}
