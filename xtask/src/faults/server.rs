//! A loopback server that follows plans, and records what it received.

use super::plan::{Act, Greeting, ID, Idle, Plan};
use std::io::{self, Read, Write};
use std::net::{Ipv4Addr, Shutdown, SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

/// How often a waiting connection checks whether it should end.
const TICK: Duration = Duration::from_millis(10);
/// The longest life of a connection.
const LIFE: Duration = Duration::from_secs(6);
/// How long `finish` waits for connections that are still open.
const GRACE: Duration = Duration::from_secs(3);
/// The part of a body that names what it is about.
const FORM: usize = 1000;
/// The length of the ids of the campaign, those of real files.
const ID_LEN: usize = ID.len();

/// What the server does, in order: one entry for each request or connection.
#[derive(Clone, Debug, Default)]
pub struct Script {
    pub plans: Vec<Plan>,
    pub greetings: Vec<Greeting>,
    pub idles: Vec<Idle>,
}

/// One request as the server received it.
#[derive(Clone, Debug)]
pub struct Received {
    /// The index of its plan.
    pub plan: usize,
    /// The number of its connection.
    pub connection: usize,
    pub head: String,
    pub body: Vec<u8>,
    /// The length that its head announces.
    pub length: usize,
    /// When its head had arrived.
    pub arrived: Instant,
    /// When the response began.
    pub responded: Option<Instant>,
}

impl Received {
    pub fn is_whole(&self) -> bool {
        self.body.len() == self.length
    }

    /// The id that it names in its line or its body, if that came.
    pub fn id(&self) -> Option<&[u8]> {
        let at = |bytes: &[u8]| bytes.windows(4).position(|four| four == b"call");
        let line = self.head.lines().next().unwrap_or_default().as_bytes();
        [line, self.body.as_slice()]
            .into_iter()
            .find_map(|bytes| at(bytes).and_then(|start| bytes.get(start..start + ID_LEN)))
    }
}

pub struct Server {
    address: SocketAddr,
    shared: Arc<Shared>,
    acceptor: Option<JoinHandle<()>>,
}

struct Shared {
    script: Script,
    received: Mutex<Vec<Received>>,
    responses: AtomicUsize,
    open: AtomicUsize,
    stop: AtomicBool,
}

impl Shared {
    fn received(&self) -> MutexGuard<'_, Vec<Received>> {
        self.received.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Server {
    pub fn start(script: Script) -> io::Result<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
        let address = listener.local_addr()?;
        let shared = Arc::new(Shared {
            script,
            received: Mutex::default(),
            responses: AtomicUsize::new(0),
            open: AtomicUsize::new(0),
            stop: AtomicBool::new(false),
        });
        let for_acceptor = Arc::clone(&shared);
        let acceptor = thread::spawn(move || accept(&listener, &for_acceptor));
        Ok(Self { address, shared, acceptor: Some(acceptor) })
    }

    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Waits until the client has closed its connections, and returns the requests.
    pub fn finish(mut self) -> Vec<Received> {
        let until = Instant::now() + GRACE;
        while self.shared.open.load(Ordering::SeqCst) > 0 && Instant::now() < until {
            thread::sleep(Duration::from_millis(1));
        }
        self.shared.stop.store(true, Ordering::SeqCst);
        // Wakes the acceptor up.
        drop(TcpStream::connect(self.address));
        if let Some(acceptor) = self.acceptor.take() {
            let _ = acceptor.join();
        }
        std::mem::take(&mut *self.shared.received())
    }
}

fn accept(listener: &TcpListener, shared: &Arc<Shared>) {
    for (number, stream) in listener.incoming().enumerate() {
        if shared.stop.load(Ordering::SeqCst) {
            return;
        }
        let Ok(stream) = stream else { continue };
        shared.open.fetch_add(1, Ordering::SeqCst);
        let shared = Arc::clone(shared);
        thread::spawn(move || {
            // A client that closes the connection is expected.
            let _ = Connection::new(number, stream, &shared)
                .and_then(|mut connection| connection.serve());
            shared.open.fetch_sub(1, Ordering::SeqCst);
        });
    }
}

struct Connection<'s> {
    number: usize,
    stream: TcpStream,
    shared: &'s Shared,
    /// Bytes that were read and do not belong to a request yet.
    buffer: Vec<u8>,
    ends: Instant,
}

impl<'s> Connection<'s> {
    fn new(number: usize, stream: TcpStream, shared: &'s Shared) -> io::Result<Self> {
        stream.set_nodelay(true)?;
        stream.set_read_timeout(Some(TICK))?;
        stream.set_write_timeout(Some(LIFE))?;
        Ok(Self { number, stream, shared, buffer: Vec::new(), ends: Instant::now() + LIFE })
    }

    fn serve(&mut self) -> io::Result<()> {
        match self.shared.script.greetings.get(self.number).copied().unwrap_or(Greeting::None) {
            Greeting::None => {}
            Greeting::Reset => return reset(&self.stream),
            Greeting::Close => return Ok(()),
            Greeting::ResetAfter(count) => {
                while self.buffer.len() < count && self.fill(count)? {}
                return reset(&self.stream);
            }
        }
        let mut idle = Idle::Keep;
        while let Some(head) = self.head(idle)? {
            let index = self.begin(head);
            let fine = Plan::fine(index);
            let plan = self.shared.script.plans.get(index).unwrap_or(&fine);
            let reads =
                plan.reads.map(|reads| if self.is_known(index) { reads } else { reads.max(FORM) });
            self.read_body(index, reads.unwrap_or(usize::MAX))?;
            for act in &plan.acts {
                match act {
                    Act::Send(bytes) => {
                        let bytes = self.addressed(index, bytes);
                        self.stream.write_all(&bytes)?;
                    }
                    Act::Dribble(bytes) => {
                        for byte in self.addressed(index, bytes) {
                            self.stream.write_all(&[byte])?;
                            thread::yield_now();
                        }
                    }
                    Act::Sleep(time) => thread::sleep(*time),
                    Act::Drain => self.read_body(index, usize::MAX)?,
                    Act::Hold => return self.hold(),
                    Act::Finish => {
                        self.stream.shutdown(Shutdown::Write)?;
                        return self.hold();
                    }
                    Act::Reset => return reset(&self.stream),
                }
            }
            // A response may come before the request; the next one begins behind it.
            self.read_body(index, usize::MAX)?;
            let response = self.shared.responses.fetch_add(1, Ordering::SeqCst);
            idle = self.shared.script.idles.get(response).copied().unwrap_or(Idle::Keep);
        }
        Ok(())
    }

    /// Whether a request's line says which call it is of.
    fn is_known(&self, index: usize) -> bool {
        self.shared.received().get(index).is_some_and(|request| request.id().is_some())
    }

    /// Records a request.
    fn begin(&self, head: String) -> usize {
        let length = head.to_ascii_lowercase();
        let length = length.lines().find_map(|line| line.strip_prefix("content-length:"));
        let length = length.and_then(|length| length.trim().parse().ok()).unwrap_or(0);
        let mut received = self.shared.received();
        let plan = received.len();
        let arrived = Instant::now();
        received.push(Received {
            plan,
            connection: self.number,
            head,
            body: Vec::new(),
            length,
            arrived,
            responded: None,
        });
        plan
    }

    /// Puts the id of the request into a response, and notes that it begins.
    fn addressed(&self, index: usize, bytes: &[u8]) -> Vec<u8> {
        let mut bytes = bytes.to_vec();
        let mut received = self.shared.received();
        if let Some(request) = received.get_mut(index) {
            let place = bytes.windows(ID_LEN).position(|window| window == ID.as_bytes());
            if let (Some(at), Some(id)) = (place, request.id()) {
                bytes[at..at + ID_LEN].copy_from_slice(id);
            }
            request.responded.get_or_insert_with(Instant::now);
        }
        bytes
    }

    /// Reads the head of the next request; `None` when the connection ends.
    fn head(&mut self, idle: Idle) -> io::Result<Option<String>> {
        let begin = Instant::now();
        loop {
            if let Some(end) = self.buffer.windows(4).position(|four| four == b"\r\n\r\n") {
                let head = self.buffer.drain(..end + 4).collect::<Vec<_>>();
                return Ok(Some(String::from_utf8_lossy(&head).into_owned()));
            }
            let is_over = |after| self.buffer.is_empty() && begin.elapsed() >= after;
            match idle {
                Idle::CloseAfter(after) if is_over(after) => return Ok(None),
                Idle::TimeoutAfter(after) if is_over(after) => {
                    let late =
                        "HTTP/1.1 408 Idle\r\nconnection: close\r\ncontent-length: 0\r\n\r\n";
                    self.stream.write_all(late.as_bytes())?;
                    return Ok(None);
                }
                _ => {}
            }
            let mut chunk = [0; 16 << 10];
            match self.stream.read(&mut chunk) {
                Ok(0) => return Ok(None),
                Ok(count) => self.buffer.extend_from_slice(&chunk[..count]),
                Err(error) if is_tick(&error) && !self.is_over() => {}
                Err(error) => return Err(error),
            }
        }
    }

    /// Reads a request's body until `wanted` bytes of it are there.
    fn read_body(&mut self, index: usize, wanted: usize) -> io::Result<()> {
        loop {
            let missing = {
                let mut received = self.shared.received();
                let Some(request) = received.get_mut(index) else { return Ok(()) };
                let missing = request.length.min(wanted).saturating_sub(request.body.len());
                let count = missing.min(self.buffer.len());
                request.body.extend(self.buffer.drain(..count));
                missing - count
            };
            if missing == 0 {
                return Ok(());
            }
            if !self.fill(missing)? {
                return Err(io::ErrorKind::UnexpectedEof.into());
            }
        }
    }

    /// Reads at most `count` bytes; `false` when the connection has ended or lived too long.
    fn fill(&mut self, count: usize) -> io::Result<bool> {
        let mut chunk = vec![0; count.min(64 << 10)];
        loop {
            match self.stream.read(&mut chunk) {
                Ok(0) => return Ok(false),
                Ok(count) => {
                    self.buffer.extend_from_slice(&chunk[..count]);
                    return Ok(true);
                }
                Err(error) if is_tick(&error) => {
                    if self.is_over() {
                        return Ok(false);
                    }
                }
                Err(error) => return Err(error),
            }
        }
    }

    /// Waits until the client closes the connection, without reading.
    fn hold(&mut self) -> io::Result<()> {
        let mut last = [0];
        while !self.is_over() {
            match self.stream.peek(&mut last) {
                Ok(0) => return Ok(()),
                // There is more to read, which nobody does: only an error tells of the end.
                Ok(_) => {
                    thread::sleep(TICK);
                    if let Some(error) = self.stream.take_error()? {
                        return Err(error);
                    }
                    // Whether the client has gone shows once what it sent is read.
                    let mut chunk = [0; 4 << 10];
                    let _ = self.stream.read(&mut chunk)?;
                }
                Err(error) if is_tick(&error) => {}
                Err(error) => return Err(error),
            }
        }
        Ok(())
    }

    fn is_over(&self) -> bool {
        self.shared.stop.load(Ordering::SeqCst) || Instant::now() >= self.ends
    }
}

/// Drops the connection with a reset.
fn reset(stream: &TcpStream) -> io::Result<()> {
    socket2::SockRef::from(stream).set_linger(Some(Duration::ZERO))
}

fn is_tick(error: &io::Error) -> bool {
    use io::ErrorKind::{Interrupted, TimedOut, WouldBlock};
    matches!(error.kind(), WouldBlock | TimedOut | Interrupted)
}
