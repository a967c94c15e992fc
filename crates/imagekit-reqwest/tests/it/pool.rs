//! Idle connections that the server closed while the runtime did not look.

use std::pin::Pin;
use std::sync::mpsc;
use std::sync::{Barrier, Mutex};
use std::task::{Context, Poll};
use std::thread;
use std::time::Duration;

use imagekit_loopback::{FILE, FILE_ID, Server, empty, response};
use imagekit_reqwest::Client;
use imagekit_reqwest::proto::api::files::GetFileDetails;

use crate::once;

/// Longer than connections go unobserved.
const AWHILE: Duration = Duration::from_millis(20);

/// Runs a closure before the poll with the number `at`.
struct BeforePoll<F, R> {
    call: Pin<Box<F>>,
    polls: usize,
    at: usize,
    run: R,
}

impl<F: Future, R: FnMut()> Future for BeforePoll<F, &mut R> {
    type Output = (F::Output, usize);

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        self.polls += 1;
        if self.polls == self.at {
            let this = &mut *self;
            (this.run)();
        }
        let polls = self.polls;
        self.call.as_mut().poll(cx).map(|output| (output, polls))
    }
}

/// Two connections are kept. While a call on the second one gets its response, the server closes
/// the first one with a 408, as it may when a client is idle for long. The runtime has not looked
/// since when the next calls begin, although the client has had a response in that moment.
#[tokio::test(flavor = "current_thread")]
async fn a_408_for_an_idle_connection_is_not_the_response_to_the_next_request() {
    let (close, closing) = mpsc::channel();
    let (said_closed, closed) = mpsc::channel();
    let closing = Mutex::new(closing);
    let both_connected = Barrier::new(2);
    let server = Server::new(move |number, connection| {
        connection.request();
        if number < 2 {
            both_connected.wait();
        }
        if number == 0 {
            connection.write(response("200 OK", "", FILE));
            closing.lock().unwrap().recv().unwrap();
            connection.write(empty("408 Request Timeout"));
            said_closed.send(()).unwrap();
            return vec![];
        }
        // The connection that was used last is used first.
        thread::sleep(Duration::from_millis(if number == 1 { 50 } else { 0 }));
        loop {
            connection.write(response("200 OK", "", FILE));
            if connection.request().head.is_empty() {
                return vec![];
            }
        }
    });
    let client = Client::new(server.config()).unwrap();
    let get = || client.send_with(GetFileDetails::new(FILE_ID), once());
    let (first, second) = tokio::join!(get(), get());
    first.unwrap();
    second.unwrap();

    let mut has_run = false;
    let mut run = || {
        has_run = true;
        close.send(()).unwrap();
        closed.recv().unwrap();
        thread::sleep(AWHILE);
    };
    // The same call in the same state of the client takes the same number of polls, as a rule.
    let mut last = 0;
    for _ in 0..20 {
        tokio::time::sleep(AWHILE).await;
        let call = BeforePoll { call: Box::pin(get()), polls: 0, at: last, run: &mut run };
        let (reply, polls) = call.await;
        reply.unwrap();
        if polls == last {
            break;
        }
        last = polls;
    }
    assert!(has_run);

    let (first, second) = tokio::join!(get(), get());
    first.unwrap();
    second.unwrap();
}
