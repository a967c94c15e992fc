//! Signals that end the program.

#[cfg(unix)]
use std::future::poll_fn;
use std::io;
#[cfg(unix)]
use std::task::Poll;

use tokio::runtime::{Builder, Runtime};

/// Receives signals from its creation on.
pub(crate) struct Stop {
    runtime: Runtime,
    signals: Signals,
}

#[cfg(unix)]
struct Signals {
    interrupt: tokio::signal::unix::Signal,
    terminate: tokio::signal::unix::Signal,
}

#[cfg(unix)]
impl Signals {
    fn new() -> io::Result<Self> {
        use tokio::signal::unix::{SignalKind, signal};
        let interrupt = signal(SignalKind::interrupt())?;
        Ok(Self { interrupt, terminate: signal(SignalKind::terminate())? })
    }

    async fn first(&mut self) {
        let Self { interrupt, terminate } = self;
        poll_fn(|context| {
            let interrupted = interrupt.poll_recv(context).is_ready();
            if interrupted || terminate.poll_recv(context).is_ready() {
                return Poll::Ready(());
            }
            Poll::Pending
        })
        .await;
    }
}

#[cfg(windows)]
struct Signals(tokio::signal::windows::CtrlC);

#[cfg(windows)]
impl Signals {
    fn new() -> io::Result<Self> {
        tokio::signal::windows::ctrl_c().map(Self)
    }

    async fn first(&mut self) {
        self.0.recv().await;
    }
}

impl Stop {
    pub(crate) fn new() -> io::Result<Self> {
        let runtime = Builder::new_current_thread().enable_all().build()?;
        let signals = {
            let _entered = runtime.enter();
            Signals::new()?
        };
        Ok(Self { runtime, signals })
    }

    /// Waits for Ctrl+C or, where it exists, SIGTERM.
    pub(crate) fn wait(self) {
        let Self { runtime, mut signals } = self;
        runtime.block_on(signals.first());
    }
}
