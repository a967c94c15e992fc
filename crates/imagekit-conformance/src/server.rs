//! A loopback server that plays a script and records the requests.

use std::future::poll_fn;
use std::io::{self, Read, Write};
use std::net::{Ipv4Addr, Shutdown, SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{self, RecvTimeoutError, Sender};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::Poll;
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use socket2::{Domain, Socket, Type};

use crate::script::{Act, Exchange, Extent, SURPRISE, Script, response};
use crate::seen::{Framing, Head, Recorded, find};

/// How often a waiting connection checks whether it should end.
const TICK: Duration = Duration::from_millis(20);
/// The longest life of a connection, so that a client that hangs does not hang the test.
const LIFE: Duration = Duration::from_secs(20);
/// How long the server leaves a client without a response before it closes the connection.
const PATIENCE: Duration = Duration::from_secs(5);
/// How long the server waits for connections that a client does not close.
const GRACE: Duration = Duration::from_secs(2);
/// A connection that takes this long on loopback is not accepted at all.
const FULL: Duration = Duration::from_millis(50);
/// The longest request head.
const LONGEST_HEAD: usize = 256 << 10;

/// A running server, ended by [`finish`](Self::finish) or by dropping it.
#[derive(Debug)]
pub(crate) struct Server {
    address: SocketAddr,
    shared: Arc<Shared>,
    running: Running,
}

#[derive(Debug)]
enum Running {
    /// A connected pair whose client end owns the address: bound, but nobody listens there.
    Refusing {
        _pair: (TcpStream, TcpStream),
    },
    /// A listener whose queue is full, so that further connections are not accepted. The thread
    /// keeps it until the sender is dropped, or for as long as the server has patience.
    Silent(Option<(Sender<()>, JoinHandle<()>)>),
    Listening(Option<JoinHandle<Vec<JoinHandle<()>>>>),
    /// The connections that were accepted.
    Closing(Vec<JoinHandle<()>>),
}

#[derive(Debug)]
struct Shared {
    exchanges: Vec<Exchange>,
    seen: Mutex<Vec<Recorded>>,
    /// How many connections are in use: those that only wait for a next request are not.
    connections: Mutex<u32>,
    /// Whether the acceptor ends once nobody waits to be accepted.
    closing: AtomicBool,
    /// Whether connections end once nothing more arrives.
    stop: AtomicBool,
    /// Whether a client waited longer than the server.
    outwaited: AtomicBool,
    began: Instant,
}

impl Shared {
    fn seen(&self) -> MutexGuard<'_, Vec<Recorded>> {
        self.seen.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn connections(&self) -> MutexGuard<'_, u32> {
        self.connections.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn update(&self, index: usize, change: impl FnOnce(&mut Recorded)) {
        if let Some(recorded) = self.seen().get_mut(index) {
            change(recorded);
        }
    }
}

impl Server {
    /// Starts a server on a free port.
    pub(crate) fn start(script: &Script) -> io::Result<Self> {
        let exchanges = match script {
            Script::Refuse | Script::Silent => Vec::new(),
            Script::Serve(exchanges) => exchanges.clone(),
        };
        let shared = Arc::new(Shared {
            exchanges,
            seen: Mutex::default(),
            connections: Mutex::default(),
            closing: AtomicBool::new(false),
            stop: AtomicBool::new(false),
            outwaited: AtomicBool::new(false),
            began: Instant::now(),
        });
        let (address, running) = match script {
            Script::Refuse => refuse()?,
            Script::Silent => be_silent(&shared)?,
            Script::Serve(_) => {
                let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
                let (address, shared) = (listener.local_addr()?, Arc::clone(&shared));
                let acceptor = thread::spawn(move || accept(&listener, &shared));
                (address, Running::Listening(Some(acceptor)))
            }
        };
        Ok(Self { address, shared, running })
    }

    pub(crate) fn address(&self) -> SocketAddr {
        self.address
    }

    /// Waits until the client has closed its connections, or only keeps them, and lets its executor
    /// run meanwhile.
    pub(crate) async fn connections_closed(&mut self) {
        self.stop_accepting();
        let until = Instant::now() + GRACE;
        poll_fn(|cx| {
            if *self.shared.connections() == 0 || Instant::now() >= until {
                return Poll::Ready(());
            }
            thread::sleep(Duration::from_millis(1));
            cx.waker().wake_by_ref();
            Poll::Pending
        })
        .await;
    }

    /// Ends the server, and returns the requests, and whether a client waited longer than the server.
    pub(crate) fn finish(mut self) -> (Vec<Recorded>, bool) {
        self.stop();
        let outwaited = self.shared.outwaited.load(Ordering::SeqCst);
        (std::mem::take(&mut *self.shared.seen()), outwaited)
    }

    fn stop(&mut self) {
        match &mut self.running {
            Running::Refusing { .. } => {}
            Running::Silent(keeper) => {
                if let Some((sender, keeper)) = keeper.take() {
                    drop(sender);
                    drop(keeper.join());
                }
            }
            Running::Listening(_) | Running::Closing(_) => self.stop_accepting(),
        }
        if let Running::Closing(connections) = &mut self.running {
            self.shared.stop.store(true, Ordering::SeqCst);
            for connection in connections.drain(..) {
                drop(connection.join());
            }
        }
    }

    /// Accepts what is waiting, and no more.
    fn stop_accepting(&mut self) {
        let Running::Listening(acceptor) = &mut self.running else { return };
        let Some(acceptor) = acceptor.take() else { return };
        self.shared.closing.store(true, Ordering::SeqCst);
        // Wakes the acceptor up.
        drop(TcpStream::connect(self.address));
        self.running = Running::Closing(acceptor.join().unwrap_or_default());
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.stop();
    }
}

fn refuse() -> io::Result<(SocketAddr, Running)> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
    let client = TcpStream::connect(listener.local_addr()?)?;
    let address = client.local_addr()?;
    Ok((address, Running::Refusing { _pair: (client, listener.accept()?.0) }))
}

fn be_silent(shared: &Arc<Shared>) -> io::Result<(SocketAddr, Running)> {
    let listener = Socket::new(Domain::IPV4, Type::STREAM, None)?;
    listener.bind(&SocketAddr::from((Ipv4Addr::LOCALHOST, 0)).into())?;
    listener.listen(0)?;
    let address = listener.local_addr()?.as_socket();
    let address = address.ok_or(io::ErrorKind::AddrNotAvailable)?;
    let mut queue = Vec::new();
    // A queue of length zero holds one or two.
    while let Ok(stream) = TcpStream::connect_timeout(&address, FULL) {
        queue.push(stream);
    }
    let (sender, stopped) = mpsc::channel::<()>();
    let shared = Arc::clone(shared);
    let keeper = thread::spawn(move || {
        if stopped.recv_timeout(PATIENCE) == Err(RecvTimeoutError::Timeout) {
            shared.outwaited.store(true, Ordering::SeqCst);
        }
        drop((listener, queue));
    });
    Ok((address, Running::Silent(Some((sender, keeper)))))
}

/// Accepts connections until the server is closing, those that came before included.
fn accept(listener: &TcpListener, shared: &Arc<Shared>) -> Vec<JoinHandle<()>> {
    let mut connections = Vec::new();
    loop {
        match listener.accept() {
            Ok((stream, _)) => {
                *shared.connections() += 1;
                let shared = Arc::clone(shared);
                connections.push(thread::spawn(move || {
                    // A client that closes the connection is part of the script.
                    drop(Connection::new(stream, &shared).and_then(|mut open| open.serve()));
                    *shared.connections() -= 1;
                }));
            }
            Err(_) if shared.closing.load(Ordering::SeqCst) => return connections,
            Err(_) => {}
        }
        if shared.closing.load(Ordering::SeqCst) && listener.set_nonblocking(true).is_err() {
            return connections;
        }
    }
}

struct Connection<'s> {
    stream: TcpStream,
    shared: &'s Shared,
    /// Bytes that were read and do not belong to a request yet.
    buffer: Vec<u8>,
    ends: Instant,
}

impl<'s> Connection<'s> {
    fn new(stream: TcpStream, shared: &'s Shared) -> io::Result<Self> {
        // Some systems hand down what is set for the listener.
        stream.set_nonblocking(false)?;
        stream.set_nodelay(true)?;
        stream.set_read_timeout(Some(TICK))?;
        stream.set_write_timeout(Some(LIFE))?;
        Ok(Self { stream, shared, buffer: Vec::new(), ends: Instant::now() + LIFE })
    }

    fn serve(&mut self) -> io::Result<()> {
        let mut is_kept = false;
        while let Some(head) = if is_kept { self.next_head()? } else { self.head()? } {
            is_kept = true;
            let recorded = Recorded {
                head,
                body: Vec::new(),
                complete: false,
                arrived: self.shared.began.elapsed(),
                response_began: None,
            };
            let framing = recorded.head.framing();
            let index = {
                let mut seen = self.shared.seen();
                seen.push(recorded);
                seen.len() - 1
            };
            let surprise = response(SURPRISE).header("x-should-retry", "false").empty();
            let exchange = self.shared.exchanges.get(index).unwrap_or(&surprise);
            let mut body = RequestBody { framing, index, read: 0, complete: false };
            if exchange.read == Extent::Whole {
                self.body(&mut body)?;
            }
            for act in &exchange.acts {
                match act {
                    Act::Close => return self.close(),
                    Act::Reset => return self.reset(),
                    Act::Drain => self.body(&mut body)?,
                    Act::Sleep(time) => thread::sleep(*time),
                    Act::Hold => return self.wait_for_the_client(),
                    Act::Send(bytes) => {
                        self.mark_response(index);
                        self.stream.write_all(bytes)?;
                    }
                    Act::Dribble { bytes, gap } => {
                        self.mark_response(index);
                        for byte in bytes {
                            thread::sleep(*gap);
                            self.stream.write_all(std::slice::from_ref(byte))?;
                        }
                    }
                }
            }
            if !body.complete {
                return self.hold();
            }
        }
        Ok(())
    }

    fn mark_response(&self, index: usize) {
        let now = self.shared.began.elapsed();
        self.shared.update(index, |recorded| {
            recorded.response_began.get_or_insert(now);
        });
    }

    /// Reads the head of the next request on a kept connection, which is not in use until then.
    fn next_head(&mut self) -> io::Result<Option<Head>> {
        *self.shared.connections() -= 1;
        let head = self.head();
        *self.shared.connections() += 1;
        head
    }

    /// Reads the head of the next request; `None` when the client closes the connection.
    fn head(&mut self) -> io::Result<Option<Head>> {
        loop {
            if let Some(head) = Head::parse(&self.buffer) {
                self.buffer.drain(..head.len);
                return Ok(Some(head));
            }
            if self.buffer.len() > LONGEST_HEAD || !self.fill()? {
                return Ok(None);
            }
        }
    }

    /// Reads what is left of a request's body.
    fn body(&mut self, body: &mut RequestBody) -> io::Result<()> {
        while !body.complete {
            let wanted = match body.framing {
                Framing::Length(len) => {
                    let missing = len.saturating_sub(body.read);
                    usize::try_from(missing).unwrap_or(usize::MAX).min(self.buffer.len())
                }
                Framing::Chunked => self.buffer.len(),
            };
            let taken: Vec<u8> = self.buffer.drain(..wanted).collect();
            body.read = body.read.saturating_add(taken.len() as u64);
            let framing = body.framing;
            let read = body.read;
            let mut complete = false;
            self.shared.update(body.index, |recorded| {
                recorded.body.extend_from_slice(&taken);
                complete = match framing {
                    Framing::Length(len) => read == len,
                    // Enough for a request that no case expects.
                    Framing::Chunked => find(&recorded.body, b"0\r\n\r\n").is_some(),
                };
                recorded.complete = complete;
            });
            body.complete = complete;
            if !complete && !self.fill()? {
                return Err(io::ErrorKind::UnexpectedEof.into());
            }
        }
        Ok(())
    }

    /// Reads into the buffer; `false` when the client has closed the connection or time is up.
    fn fill(&mut self) -> io::Result<bool> {
        let mut chunk = [0; 64 << 10];
        loop {
            match self.stream.read(&mut chunk) {
                Ok(0) => return Ok(false),
                Ok(count) => {
                    self.buffer.extend_from_slice(chunk.get(..count).unwrap_or_default());
                    return Ok(true);
                }
                Err(error) if is_tick(&error) => {
                    if self.shared.stop.load(Ordering::SeqCst) || Instant::now() >= self.ends {
                        return Ok(false);
                    }
                }
                Err(error) => return Err(error),
            }
        }
    }

    /// Reads and drops bytes until the client closes the connection.
    fn hold(&mut self) -> io::Result<()> {
        while self.fill()? {
            self.buffer.clear();
        }
        Ok(())
    }

    /// Like [`hold`](Self::hold), but not for long.
    fn wait_for_the_client(&mut self) -> io::Result<()> {
        let until = Instant::now() + PATIENCE;
        self.ends = self.ends.min(until);
        self.hold()?;
        if Instant::now() >= until {
            self.shared.outwaited.store(true, Ordering::SeqCst);
        }
        Ok(())
    }

    /// Closes so that everything sent arrives: unread bytes would turn the close into a reset.
    fn close(&mut self) -> io::Result<()> {
        self.stream.shutdown(Shutdown::Write)?;
        self.hold()
    }

    fn reset(&mut self) -> io::Result<()> {
        socket2::SockRef::from(&self.stream).set_linger(Some(Duration::ZERO))
    }
}

struct RequestBody {
    framing: Framing,
    /// Where it is recorded.
    index: usize,
    read: u64,
    complete: bool,
}

fn is_tick(error: &io::Error) -> bool {
    use io::ErrorKind::{Interrupted, TimedOut, WouldBlock};
    matches!(error.kind(), WouldBlock | TimedOut | Interrupted)
}
