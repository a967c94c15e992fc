//! The clients under test.

use super::scenario::{Called, Reader, Source, SourceKind};
use super::tcp;
use imagekit_proto::{Config, Error, Reply};
use serde_json::Value;
use std::fmt::{Debug, Display};
use std::io::{self, Read};
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::{Duration, Instant};
use tokio::io::{AsyncRead, ReadBuf};
use tokio::runtime::Builder;

/// How a call ended.
pub struct Ended {
    /// The value, if it was a success.
    pub value: Option<Value>,
    pub attempts: u32,
    pub may_have_been_applied: bool,
    /// What is printed of it.
    pub texts: String,
    /// How many readers of the payload were left.
    pub readers: usize,
    pub took: Duration,
}

impl Ended {
    pub fn new<T: Debug + Display>(
        result: Result<Reply<Value>, Error<T>>,
        call: &Called,
        began: Instant,
    ) -> Self {
        let readers = call.payload.as_ref().map_or(0, Source::readers);
        let took = began.elapsed();
        match result {
            Ok(reply) => Self {
                attempts: reply.attempts,
                may_have_been_applied: false,
                texts: format!("{reply:?}"),
                value: Some(reply.value),
                readers,
                took,
            },
            Err(error) => Self {
                value: None,
                attempts: error.attempts(),
                may_have_been_applied: error.may_have_been_applied(),
                texts: format!("{error} {error:?}"),
                readers,
                took,
            },
        }
    }
}

/// A client: it makes the calls one after the other.
pub type Lane = fn(Config, &[Called]) -> Result<Vec<Ended>, String>;

pub const LANES: [(&str, Lane); 3] = [("ureq", ureq), ("reqwest", reqwest), ("tcp", tcp)];

/// A reader that is always ready.
struct Ready(Reader);

impl AsyncRead for Ready {
    fn poll_read(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let count = self.0.read(buffer.initialize_unfilled())?;
        buffer.advance(count);
        Poll::Ready(Ok(()))
    }
}

/// Between two calls, so that what the server did to an idle connection has arrived.
const BETWEEN: Duration = Duration::from_millis(5);

fn ureq(config: Config, calls: &[Called]) -> Result<Vec<Ended>, String> {
    use imagekit_ureq::{Client, Payload};
    let client = Client::new(config).map_err(|error| error.to_string())?;
    let send = |call: &Called| {
        std::thread::sleep(BETWEEN);
        let began = Instant::now();
        let (endpoint, options) = (call.endpoint(), call.options.clone());
        let result = match &call.payload {
            None => client.send_with(endpoint, options),
            Some(source) => {
                let payload = match source.kind {
                    SourceKind::Bytes => Payload::bytes(source.bytes.clone()),
                    SourceKind::Once => Payload::reader(source.reader(), source.length),
                    SourceKind::Reopen => Payload::reopen(source.length, || Ok(source.reader())),
                };
                client.upload_with(endpoint, payload, options)
            }
        };
        Ended::new(result, call, began)
    };
    Ok(calls.iter().map(send).collect())
}

fn reqwest(config: Config, calls: &[Called]) -> Result<Vec<Ended>, String> {
    use imagekit_reqwest::{Client, Payload};
    let runtime = Builder::new_current_thread().enable_all().build();
    let runtime = runtime.map_err(|error| error.to_string())?;
    let client = Client::new(config).map_err(|error| error.to_string())?;
    let send = async |call: &Called| {
        tokio::time::sleep(BETWEEN).await;
        let began = Instant::now();
        let (endpoint, options) = (call.endpoint(), call.options.clone());
        let result = match &call.payload {
            None => client.send_with(endpoint, options).await,
            Some(source) => {
                let source = source.clone();
                let payload = match source.kind {
                    SourceKind::Bytes => Payload::bytes(source.bytes.clone()),
                    SourceKind::Once => Payload::reader(Ready(source.reader()), source.length),
                    SourceKind::Reopen => {
                        let len = source.length;
                        Payload::reopen(len, move || std::future::ready(Ok(Ready(source.reader()))))
                    }
                };
                client.upload_with(endpoint, payload, options).await
            }
        };
        Ended::new(result, call, began)
    };
    Ok(runtime.block_on(async {
        let mut ended = Vec::new();
        for call in calls {
            ended.push(send(call).await);
        }
        ended
    }))
}

fn tcp(config: Config, calls: &[Called]) -> Result<Vec<Ended>, String> {
    let send = |call: &Called| {
        std::thread::sleep(BETWEEN);
        let began = Instant::now();
        Ended::new(tcp::send(&config, call), call, began)
    };
    Ok(calls.iter().map(send).collect())
}
