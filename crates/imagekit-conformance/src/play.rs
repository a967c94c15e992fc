//! Plays a case: the calls of each kind of transport under test.

use std::fmt;
use std::io;
use std::thread;

use imagekit_proto::transport::{
    AsyncPayload, AsyncTransport, Payload, Transport, drive, drive_async,
};
use imagekit_proto::{Call, Config};

use crate::case::{BETWEEN, Called, Case};
use crate::client::{AsyncClient, Client, TableCall};
use crate::outcome::Outcome;
use crate::report::Played;
use crate::server::Server;
use crate::supply::Source;

/// What is under test: makes calls against a server.
pub(crate) trait Subject {
    /// A client of one case.
    type Client;

    fn client(&self, config: &Config) -> Self::Client;

    async fn call(
        &self,
        client: &Self::Client,
        config: &Config,
        call: &Called,
        entropy: u128,
    ) -> io::Result<Outcome>;
}

/// Starts the case's server, makes the calls, and collects the requests that the server saw.
pub(crate) async fn play(subject: &impl Subject, case: &Case) -> io::Result<Played> {
    let mut server = Server::start(&case.script)?;
    let host = server.address().to_string();
    let config = case.config(&host).map_err(io::Error::other)?;
    let client = subject.client(&config);
    let mut outcomes = Vec::new();
    for (index, call) in case.calls.iter().enumerate() {
        if index > 0 {
            // The executor does not run meanwhile: a client must notice what happened all the same.
            thread::sleep(BETWEEN);
        }
        outcomes.push(subject.call(&client, &config, call, entropy(index)).await?);
    }
    drop(client);
    server.connections_closed().await;
    let (seen, outwaited) = server.finish();
    Ok(Played { host, outcomes, seen, outwaited })
}

/// Returns fixed entropy for the calls of a case, other bits for each call.
pub(crate) fn entropy(call: usize) -> u128 {
    0x0123_4567_89ab_cdef_0f1e_2d3c_4b5a_6978_u128.wrapping_mul(call as u128 + 1)
}

/// Transports that a function creates.
pub(crate) struct Blocking<F>(pub(crate) F);

impl<X, F> Subject for Blocking<F>
where
    X: Transport<Error: fmt::Debug + fmt::Display>,
    F: Fn() -> X,
{
    type Client = X;

    fn client(&self, _: &Config) -> X {
        (self.0)()
    }

    async fn call(
        &self,
        transport: &X,
        config: &Config,
        called: &Called,
        entropy: u128,
    ) -> io::Result<Outcome> {
        let call = Call::new(config, &*called.endpoint, called.options.clone(), entropy);
        let payload = called.source.as_ref().map_or_else(Payload::none, Source::payload);
        Ok(Outcome::of(drive(transport, call, payload)))
    }
}

/// Async transports that a function creates.
pub(crate) struct Async<F>(pub(crate) F);

impl<X, F> Subject for Async<F>
where
    X: AsyncTransport<Error: fmt::Debug + fmt::Display>,
    F: Fn() -> X,
{
    type Client = X;

    fn client(&self, _: &Config) -> X {
        (self.0)()
    }

    async fn call(
        &self,
        transport: &X,
        config: &Config,
        called: &Called,
        entropy: u128,
    ) -> io::Result<Outcome> {
        let call = Call::new(config, &*called.endpoint, called.options.clone(), entropy);
        let payload = called.source.as_ref();
        let payload = payload.map_or_else(AsyncPayload::none, Source::async_payload);
        Ok(Outcome::of(drive_async(transport, call, payload).await))
    }
}

/// Clients that a function creates.
pub(crate) struct BlockingClients<F>(pub(crate) F);

impl<C: Client, F: Fn(Config) -> C> Subject for BlockingClients<F> {
    type Client = C;

    fn client(&self, config: &Config) -> C {
        (self.0)(config.clone())
    }

    async fn call(&self, client: &C, _: &Config, called: &Called, _: u128) -> io::Result<Outcome> {
        let (payload, _file) =
            called.source.as_ref().map(Source::table_payload).transpose()?.unzip();
        let call = TableCall::new(&*called.endpoint, called.options.clone(), payload);
        Ok(Outcome::of(client.call(call)))
    }
}

/// Async clients that a function creates.
pub(crate) struct AsyncClients<F>(pub(crate) F);

impl<C: AsyncClient, F: Fn(Config) -> C> Subject for AsyncClients<F> {
    type Client = C;

    fn client(&self, config: &Config) -> C {
        (self.0)(config.clone())
    }

    async fn call(&self, client: &C, _: &Config, called: &Called, _: u128) -> io::Result<Outcome> {
        let (payload, _file) =
            called.source.as_ref().map(Source::table_payload).transpose()?.unzip();
        let call = TableCall::new(&*called.endpoint, called.options.clone(), payload);
        Ok(Outcome::of(client.call(call).await))
    }
}
