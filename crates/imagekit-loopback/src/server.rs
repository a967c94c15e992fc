//! A scripted HTTP server on loopback.

use std::net::TcpListener;
use std::sync::mpsc::{self, Receiver, Sender};
use std::sync::{Arc, Condvar, Mutex};
use std::thread;
use std::time::Duration;

use imagekit_proto::Config;

use crate::connection::{Connection, Request};
use crate::json;

/// A test waits no longer for a request, or for the end of the connections.
const PATIENCE: Duration = Duration::from_secs(10);

/// A scripted HTTP server on loopback.
///
/// It runs until the process ends; no connection waits for its client longer than 20 seconds.
#[derive(Debug)]
pub struct Server {
    url: String,
    requests: Receiver<Request>,
    open: Arc<Open>,
}

/// The number of connections that are being handled.
#[derive(Debug, Default)]
struct Open {
    count: Mutex<usize>,
    closed: Condvar,
}

/// One connection that is being handled, until it is dropped.
struct Handled(Arc<Open>);

impl Handled {
    fn new(open: &Arc<Open>) -> Self {
        *open.count.lock().unwrap() += 1;
        Self(Arc::clone(open))
    }
}

impl Drop for Handled {
    fn drop(&mut self) {
        *self.0.count.lock().unwrap() -= 1;
        self.0.closed.notify_all();
    }
}

impl Server {
    /// Starts a server that handles each connection with `script` in a thread of its own.
    ///
    /// The script gets the connection's number, from zero. The requests that it returns are those
    /// of [`request`](Self::request). The connection is closed when it returns.
    pub fn new(
        script: impl Fn(usize, &mut Connection) -> Vec<Request> + Send + Sync + 'static,
    ) -> Self {
        Self::start(move |number, connection, requests| {
            for request in script(number, connection) {
                // Nobody looks at the requests of an example.
                let _ = requests.send(request);
            }
        })
    }

    /// Starts a server that reads one request of each connection and sends the response with the
    /// connection's number; the last response, once there are no more.
    pub fn responding(responses: impl IntoIterator<Item = impl Into<String>>) -> Self {
        let responses: Vec<String> = responses.into_iter().map(Into::into).collect();
        Self::start(move |number, connection, requests| {
            // Before the response, after which the client may send its next request.
            let _ = requests.send(connection.request());
            connection.write(&responses[number.min(responses.len() - 1)]);
        })
    }

    /// Starts a server that responds to every request with 200 and the JSON `body`.
    pub fn json(body: &str) -> Self {
        Self::responding([json(body)])
    }

    fn start(
        script: impl Fn(usize, &mut Connection, &Sender<Request>) + Send + Sync + 'static,
    ) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let (sender, requests) = mpsc::channel();
        let script = Arc::new(script);
        let open = Arc::new(Open::default());
        let opened = Arc::clone(&open);
        thread::spawn(move || {
            for (number, stream) in listener.incoming().enumerate() {
                let (script, sender) = (Arc::clone(&script), sender.clone());
                let handled = Handled::new(&opened);
                thread::spawn(move || {
                    // Dropped last, also by a panic.
                    let _handled = handled;
                    script(number, &mut Connection::new(stream.unwrap()), &sender);
                });
            }
        });
        Self { url, requests, open }
    }

    /// Returns its base URL.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// Returns a configuration with a test key and this server for all operations.
    pub fn config(&self) -> Config {
        let config = Config::new("private_test_key").unwrap();
        config.with_api_url(&self.url).unwrap().with_upload_url(&self.url).unwrap()
    }

    /// Returns the next request: of a script, once it has ended; of a list of responses, once the
    /// request was read.
    pub fn request(&self) -> Request {
        self.requests.recv_timeout(PATIENCE).unwrap()
    }

    /// Returns how many requests [`request`](Self::request) has not returned yet, once every
    /// connection is closed: a client may have its response before a script has returned the request.
    pub fn unseen(&self) -> usize {
        let open = self.open.count.lock().unwrap();
        let waited = self.open.closed.wait_timeout_while(open, PATIENCE, |open| *open > 0);
        assert_eq!(*waited.unwrap().0, 0, "connections are still open");
        self.requests.try_iter().count()
    }
}
