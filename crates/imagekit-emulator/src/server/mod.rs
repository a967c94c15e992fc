//! The emulator behind a loopback port.

mod cors;
mod outgoing;
mod sandbox;
mod webhooks;

use std::future::{Future, poll_fn};
use std::io;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, TcpListener};
use std::pin::pin;
use std::task::Poll;
use std::thread::JoinHandle;
use std::time::Duration;

use bytes::BytesMut;
use http::request::Parts;
use http::{Request, Response};
use http_body::Body as _;
use http_body_util::BodyExt as _;
use hyper::body::Incoming;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use imagekit_proto::{Config, ConfigError};
use outgoing::{Dropped, Outgoing};
use tokio::sync::watch;
use webhooks::Sender;

use crate::emulator::{Begun, Emulator, Payload};
use crate::loopback;
use crate::page::{self, Entry, Journal, Outcome};
use crate::response::{Problem, Reaction};

/// A request may have this many bytes, by default.
const MAX_BODY: u64 = 2 * 1024 * 1024 * 1024;

/// An [`Emulator`] behind a port, of `127.0.0.1` unless told otherwise; dropping the value ends it.
///
/// HTTP/1.1 without TLS. It runs on a thread of its own; delays, dropped connections and
/// broken responses are carried out.
///
/// ```
/// use imagekit_emulator::{Emulator, Server};
///
/// let server = Server::start(Emulator::new())?;
/// let config = server.config()?; // for a client of `imagekit-ureq` or `imagekit-reqwest`
/// # let _ = config;
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug)]
pub struct Server {
    address: SocketAddr,
    emulator: Emulator,
    stop: watch::Sender<bool>,
    thread: Option<JoinHandle<()>>,
}

impl Server {
    /// Serves an emulator on a free port.
    ///
    /// # Errors
    ///
    /// No port or no thread is available.
    pub fn start(emulator: Emulator) -> io::Result<Self> {
        Self::start_at(emulator, SocketAddr::from((Ipv4Addr::LOCALHOST, 0)))
    }

    /// Serves an emulator at an address of this machine; port 0 is a free one.
    ///
    /// # Errors
    ///
    /// The address is in use, or is not one of this machine; other machines can reach it, and the
    /// emulator has the key that everybody knows; no thread is available.
    pub fn start_at(emulator: Emulator, address: SocketAddr) -> io::Result<Self> {
        Self::start_with(emulator, address, MAX_BODY)
    }

    /// As [`start_at`](Self::start_at), with the most bytes that a request may have (2 GiB
    /// otherwise). The response to a larger one is that to a file that is too large.
    ///
    /// # Errors
    ///
    /// As [`start_at`](Self::start_at).
    pub fn start_with(emulator: Emulator, address: SocketAddr, max_body: u64) -> io::Result<Self> {
        if !address.ip().is_loopback() && !emulator.has_own_key() {
            let message = "other machines can reach this address, so the emulator needs a private \
                           key of yours: use Emulator::with_keys, or a loopback address such as \
                           127.0.0.1";
            return Err(io::Error::new(io::ErrorKind::InvalidInput, message));
        }
        let listener = TcpListener::bind(address)?;
        listener.set_nonblocking(true)?;
        let address = listener.local_addr()?;
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        let (stop, stopped) = watch::channel(false);
        let (shared, sender) = (emulator.clone(), Sender::new(emulator.clone()));
        let thread =
            std::thread::Builder::new().name("imagekit-emulator".to_owned()).spawn(move || {
                runtime.block_on(serve(listener, shared, sender, max_body, stopped));
                // A running handler must not delay the drop of the server.
                runtime.shutdown_background();
            })?;
        Ok(Self { address, emulator, stop, thread: Some(thread) })
    }

    /// Returns the address that it listens on.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Returns the base URL on this machine, the same for API requests and uploads.
    pub fn url(&self) -> String {
        let mut address = self.address;
        match address.ip() {
            IpAddr::V4(ip) if ip.is_unspecified() => address.set_ip(Ipv4Addr::LOCALHOST.into()),
            IpAddr::V6(ip) if ip.is_unspecified() => address.set_ip(Ipv6Addr::LOCALHOST.into()),
            _ => {}
        }
        format!("http://{address}")
    }

    /// Returns the configuration of a client that has the emulator's private key and sends
    /// everything here.
    ///
    /// # Errors
    ///
    /// No client can send this private key, such as an empty one.
    pub fn config(&self) -> Result<Config, ConfigError> {
        let key = self.emulator.state().keys.private().clone();
        Config::new(key)?.with_api_url(&self.url())?.with_upload_url(&self.url())
    }

    /// Returns the emulator behind it.
    pub fn emulator(&self) -> &Emulator {
        &self.emulator
    }

    /// Waits until the server ends, which it does on its own only when its port fails.
    pub fn wait(mut self) {
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.stop.send_replace(true);
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

async fn serve(
    listener: TcpListener,
    emulator: Emulator,
    sender: Sender,
    max_body: u64,
    mut stopped: watch::Receiver<bool>,
) {
    let Ok(listener) = tokio::net::TcpListener::from_std(listener) else { return };
    // Ends with the runtime.
    tokio::spawn(sender.send_all());
    let journal = Journal::new();
    loop {
        let accepted = first(listener.accept(), stopped.wait_for(|stop| *stop)).await;
        let Some(accepted) = accepted else { return };
        let Ok((stream, _)) = accepted else {
            // Out of file descriptors, most likely: wait for connections to end.
            tokio::time::sleep(Duration::from_millis(50)).await;
            continue;
        };
        let _ = stream.set_nodelay(true);
        let (emulator, journal) = (emulator.clone(), journal.clone());
        let service = service_fn(move |request| {
            respond(emulator.clone(), journal.clone(), request, max_body)
        });
        let connection = hyper::server::conn::http1::Builder::new()
            .timer(TokioTimer::new())
            .serve_connection(TokioIo::new(stream), service);
        // A connection that breaks is the client's affair, or an injected fault.
        tokio::spawn(async move { drop(connection.await) });
    }
}

/// The outcome of `work`, or `None` when `stop` is first.
async fn first<T>(work: impl Future<Output = T>, stop: impl Future) -> Option<T> {
    let (mut work, mut stop) = (pin!(work), pin!(stop));
    poll_fn(|context| {
        if stop.as_mut().poll(context).is_ready() {
            return Poll::Ready(None);
        }
        work.as_mut().poll(context).map(Some)
    })
    .await
}

async fn respond(
    emulator: Emulator,
    journal: Journal,
    request: Request<Incoming>,
    max_body: u64,
) -> Result<Response<Outgoing>, Dropped> {
    let (parts, body) = request.into_parts();
    if page::is_for_page(&parts) {
        return show_page(emulator, journal, parts, body).await;
    }
    let cross_origin = emulator.is_cross_origin();
    if let Some(response) =
        cors::preflight(&parts, cross_origin, || emulator.is_of_file(&parts.uri))
    {
        return Ok(response.map(Outgoing::whole));
    }
    let is_for_pages = cors::is_for_pages(&parts, cross_origin);
    let begun = emulator.begin(&parts);
    let entry = journal.begin(&parts, &begun);
    if begun.drops_before_body() {
        entry.dropped();
        return Err(Dropped);
    }
    let reaction = match read(&emulator, &begun, &parts, body, max_body).await {
        Ok(payload) if begun.takes_time() || emulator.has_data() => {
            // Decoding an image and writing a change take their time; other connections go on.
            let work = move || emulator.finish(begun, &parts, payload);
            tokio::task::spawn_blocking(work).await.map_err(|_| Dropped)?
        }
        Ok(payload) => emulator.finish(begun, &parts, payload),
        Err(ReadError::Broken) => return Err(Dropped),
        Err(ReadError::TooLarge) => {
            let message = "Your request contains invalid file parameter. The file size exceeds \
                           limits.";
            let problem = Problem::bad_request(message);
            let work = move || emulator.refuse(&begun, &parts, problem);
            tokio::task::spawn_blocking(work).await.map_err(|_| Dropped)?
        }
    };
    let mut response = carry_out(reaction, entry).await?;
    sandbox::confine(response.headers_mut());
    if is_for_pages {
        cors::allow(response.headers_mut());
    }
    Ok(response)
}

/// Waits, cuts short and drops as the emulator says, and notes it.
async fn carry_out(reaction: Reaction, entry: Entry) -> Result<Response<Outgoing>, Dropped> {
    let (response, outcome) = match reaction {
        Reaction::Response(response) => (response.map(Outgoing::whole), Outcome::Responded),
        Reaction::After(wait, response) => {
            entry.held(wait);
            tokio::time::sleep(wait).await;
            (response.map(Outgoing::whole), Outcome::Responded)
        }
        Reaction::Drop => {
            entry.dropped();
            return Err(Dropped);
        }
        Reaction::CutShort { response, sent } => {
            let cut = response.map(|body| Outgoing::cut_short(body.slice(..sent)));
            (cut, Outcome::CutShort)
        }
    };
    entry.responded(outcome, &response);
    Ok(response)
}

/// Responds to a request of the web page.
async fn show_page(
    emulator: Emulator,
    journal: Journal,
    parts: Parts,
    body: Incoming,
) -> Result<Response<Outgoing>, Dropped> {
    let limited = http_body_util::Limited::new(body, page::MAX_BODY);
    let body = limited.collect().await.map_err(|_| Dropped)?.to_bytes();
    let work = move || page::respond(&emulator, &journal, &parts, &body);
    let response = tokio::task::spawn_blocking(work).await.map_err(|_| Dropped)?;
    Ok(response.map(Outgoing::whole))
}

enum ReadError {
    Broken,
    TooLarge,
}

async fn read(
    emulator: &Emulator,
    begun: &Begun,
    parts: &Parts,
    mut body: Incoming,
    max_body: u64,
) -> Result<Payload, ReadError> {
    let announced = body.size_hint().lower();
    if announced > max_body {
        return Err(ReadError::TooLarge);
    }
    // Piece by piece only where that saves memory: one piece is read without copying.
    let mut reader =
        (begun.is_upload() && emulator.discards_bytes()).then(|| emulator.form_reader(parts));
    let mut whole = BytesMut::new();
    if reader.is_none() {
        whole.reserve(usize::try_from(announced).unwrap_or(0));
    }
    let mut size: u64 = 0;
    while let Some(frame) = body.frame().await {
        let Ok(chunk) = frame.map_err(|_| ReadError::Broken)?.into_data() else { continue };
        size = size.saturating_add(chunk.len() as u64);
        if size > max_body {
            return Err(ReadError::TooLarge);
        }
        reader = match reader.take() {
            None => {
                whole.extend_from_slice(&chunk);
                None
            }
            Some(Ok(mut reader)) => Some(reader.feed(chunk).map(|()| reader)),
            // The rest is read all the same, so that the client reads the response.
            Some(Err(error)) => Some(Err(error)),
        };
    }
    let form = reader.map(|reader| reader.and_then(|reader| reader.finish()));
    Ok(Payload { bytes: whole.freeze(), form, fetch: Some(loopback::fetch) })
}
