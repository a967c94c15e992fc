//! `fetch` as the transport: WebAssembly in a browser, in Node, or in a worker.
//!
//! `fetch` hides whether there was a connection, so that every failure may have been sent, and how much
//! of a request was sent: there is no idle timeout before the response, so give an upload a timeout. A
//! browser hides redirects and headers that a server does not expose, and Chromium sends a request again
//! when a kept connection ends, a POST too. A body becomes a `Blob`, on disk when it is large.

use std::io;
use std::time::Duration;

use bytes::Bytes;
use http::{Response, header::CONTENT_LENGTH};
use imagekit_proto::Attempt;
use imagekit_proto::error::Failure;
use imagekit_proto::transport::{AsyncTransport, ChunkBody, Progress, ResponseBody};
use js_sys::{Array, Function, Promise, Reflect, Uint8Array};
use wasm_bindgen::prelude::{JsCast as _, JsValue, wasm_bindgen};
use wasm_bindgen_futures::JsFuture;
use web_sys::{AbortController, Blob, Headers, ReadableStreamDefaultReader, RequestInit};

#[wasm_bindgen]
extern "C" {
    fn fetch(url: &str, init: &RequestInit) -> Promise;
    #[wasm_bindgen(js_name = setTimeout)]
    fn set_timeout(done: &Function, milliseconds: f64);
    #[wasm_bindgen(js_namespace = performance)]
    fn now() -> f64;
}

type Exchanged = Result<Response<Bytes>, Failure<io::Error>>;

/// The transport.
#[derive(Clone, Copy, Debug, Default)]
pub struct Fetch;

impl AsyncTransport for Fetch {
    type Error = io::Error;

    fn clock(&self) -> impl Fn() -> Duration {
        || Duration::from_secs_f64(now() / 1000.0)
    }

    async fn sleep(&self, wait: Duration) {
        let timer = |done: Function, _| set_timeout(&done, wait.as_secs_f64() * 1000.0);
        drop(JsFuture::from(Promise::new(&mut { timer })).await);
    }

    async fn send(&self, attempt: Attempt<ChunkBody>) -> Exchanged {
        let Attempt { request, max_response, .. } = attempt;
        let (parts, mut body) = request.into_parts();
        let progress = body.progress();
        let abort = Abort(AbortController::new().map_err(failed)?);
        let init = RequestInit::new();
        init.set_method(parts.method.as_str());
        init.set_signal(Some(&abort.0.signal()));
        init.set_redirect(web_sys::RequestRedirect::Manual);
        init.set_credentials(web_sys::RequestCredentials::Omit);
        init.set_cache(web_sys::RequestCache::NoStore);
        let headers = Headers::new().map_err(failed)?;
        // `fetch` adds the length itself.
        for (name, value) in parts.headers.iter().filter(|(name, _)| *name != CONTENT_LENGTH) {
            let value = String::from_utf8_lossy(value.as_bytes());
            headers.append(name.as_str(), &value).map_err(failed)?;
        }
        init.set_headers(&headers);
        if !body.is_empty() {
            init.set_body(gather(&mut body).await?.as_ref());
        }
        let response = JsFuture::from(fetch(&parts.uri.to_string(), &init));
        let response = progress.hidden(response).await.map_err(failed)?;
        receive(response.unchecked_into(), max_response, &progress).await
    }
}

async fn gather(body: &mut ChunkBody) -> Result<Blob, Failure<io::Error>> {
    let mut blob = Blob::new().map_err(failed)?;
    while let Some(chunk) = body.next().await {
        let chunk = Uint8Array::from(&chunk.map_err(Failure::not_sent)?[..]);
        blob = Blob::new_with_u8_array_sequence(&Array::of2(&blob, &chunk)).map_err(failed)?;
    }
    Ok(blob)
}

async fn receive(response: web_sys::Response, limit: u64, progress: &Progress) -> Exchanged {
    let mut head = Response::builder().status(response.status());
    for entry in response.headers().entries() {
        let entry: Array = entry.map_err(failed)?.unchecked_into();
        let [name, value] = [0, 1].map(|index| entry.get(index).as_string().unwrap_or_default());
        head = head.header(name, value);
    }
    let head = head.body(()).map_err(|error| Failure::ambiguous(io::Error::other(error)))?;
    let (mut head, ()) = head.into_parts();
    head.headers.remove(CONTENT_LENGTH); // of the encoded body, which `fetch` has decoded
    let mut body = ResponseBody::new(&head, limit)?;
    if let Some(stream) = response.body() {
        let reader: ReadableStreamDefaultReader = stream.get_reader().unchecked_into();
        loop {
            let read = JsFuture::from(reader.read()).await.map_err(failed)?;
            let chunk = Reflect::get(&read, &"value".into()).map_err(failed)?;
            progress.moved();
            let Ok(chunk) = chunk.dyn_into::<Uint8Array>() else { break };
            body.push(&chunk.to_vec())?;
        }
    }
    Ok(body.finish(head)?)
}

/// Ends the request when it is dropped.
struct Abort(AbortController);

impl Drop for Abort {
    fn drop(&mut self) {
        self.0.abort();
    }
}

fn failed(error: JsValue) -> Failure<io::Error> {
    let error = error.unchecked_into::<js_sys::Error>();
    Failure::ambiguous(io::Error::other(String::from(error.message())))
}
