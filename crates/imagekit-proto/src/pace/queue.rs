//! Calls that wait for their turn, in the order in which they asked.

use std::collections::VecDeque;
use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use super::{Pace, PaceOptions, Pacer, Permission, Permit, RateClass};
use crate::meta::Meta;

/// How late a call may ask again before those behind it are served first.
const GRACE: Duration = Duration::from_millis(20);

/// The shortest sleep of a call that has others ahead.
const SHORTEST: Duration = Duration::from_millis(5);

/// The shortest sleep of any call: an implementation of [`Pace`] that asks for none must not make
/// its callers spin.
const TICK: Duration = Duration::from_millis(1);

/// A [`Pace`] that many calls share, with the queue of those that wait for their turn.
///
/// Clones share the pace and the queue. A client makes one of its [`PaceOptions`]; give clients of
/// one adapter clones of the same one when they use the same account. Clocks differ between
/// adapters, so it is not for clients of both.
///
/// Calls need no thread, timer or waker for it: each sleeps on its own, half of the time to its turn
/// until it is the first, then all of it.
#[derive(Clone)]
pub struct SharedPace(Arc<Mutex<Queue>>);

struct Queue {
    pace: Box<dyn Pace + Send>,
    next_ticket: u64,
    /// Those that wait, by class and in the order of their tickets.
    waiting: [VecDeque<Waiting>; 3],
}

/// A call that waits.
#[derive(Clone, Copy)]
struct Waiting {
    ticket: u64,
    /// When it last asked.
    asked: Duration,
    /// When it asks again.
    due: Duration,
}

impl Waiting {
    /// Whether it is going to take its turn: it did not miss the time at which it was to ask again.
    /// A time of asking that lies ahead is from before the clock was set back, and tells nothing.
    fn is_present(&self, now: Duration) -> bool {
        self.asked <= now && now <= self.due.saturating_add(GRACE)
    }
}

/// Whether a call may send.
pub(crate) enum Asked {
    /// Now.
    Granted,
    /// Not before it has asked again, after `sleep`; as things stand, its turn comes after `turn`.
    Wait { turn: Duration, sleep: Duration },
}

impl SharedPace {
    /// Creates one of a pace: of your own, or a [`Pacer`].
    pub fn new(pace: impl Pace + Send + 'static) -> Self {
        Self(Arc::new(Mutex::new(Queue {
            pace: Box::new(pace),
            next_ticket: 0,
            waiting: Default::default(),
        })))
    }

    fn lock(&self) -> MutexGuard<'_, Queue> {
        // A pace of the user's may have panicked: its state is the user's concern, the queue is
        // whole.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl From<PaceOptions> for SharedPace {
    fn from(options: PaceOptions) -> Self {
        Self::new(Pacer::new(options))
    }
}

impl fmt::Debug for SharedPace {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SharedPace").finish_non_exhaustive()
    }
}

impl Queue {
    fn line(&mut self, class: RateClass) -> &mut VecDeque<Waiting> {
        let [read, write, upload] = &mut self.waiting;
        match class {
            RateClass::Read => read,
            RateClass::Write => write,
            RateClass::Upload => upload,
        }
    }

    fn ask(&mut self, now: Duration, class: RateClass, ticket: Option<u64>) -> (Permission, usize) {
        let line = self.line(class);
        let place = place(line, ticket);
        let ahead = line.iter().take(place).filter(|waiting| waiting.is_present(now)).count();
        (self.pace.poll_permit(now, class, ahead), ahead)
    }

    /// Notes that a call asks again after `sleep`, and returns its ticket.
    fn wait(
        &mut self,
        now: Duration,
        class: RateClass,
        ticket: Option<u64>,
        sleep: Duration,
    ) -> u64 {
        let number = ticket.unwrap_or(self.next_ticket);
        let waiting = Waiting { ticket: number, asked: now, due: now.saturating_add(sleep) };
        let line = self.line(class);
        match line.get_mut(place(line, ticket)) {
            Some(known) => *known = waiting,
            None => line.push_back(waiting),
        }
        self.next_ticket = self.next_ticket.max(number + 1);
        number
    }

    fn leave(&mut self, class: RateClass, ticket: u64) {
        let line = self.line(class);
        line.remove(place(line, Some(ticket)));
    }
}

/// Returns the index of a ticket; of a call without one, the end of the line.
fn place(line: &VecDeque<Waiting>, ticket: Option<u64>) -> usize {
    ticket.map_or(line.len(), |ticket| line.partition_point(|waiting| waiting.ticket < ticket))
}

/// The place of one call in the queue, and its permit.
pub(crate) struct Turn {
    shared: SharedPace,
    class: RateClass,
    ticket: Option<u64>,
    permit: Option<Permit>,
}

impl Turn {
    pub(crate) fn new(shared: SharedPace, class: RateClass) -> Self {
        Self { shared, class, ticket: None, permit: None }
    }

    /// Asks for the permit to send one request. The call keeps its place until it has one.
    pub(crate) fn ask(&mut self, now: Duration) -> Asked {
        let mut queue = self.shared.lock();
        let (permission, ahead) = queue.ask(now, self.class, self.ticket);
        let turn = match permission {
            Permission::Sleep(turn) => turn.max(TICK),
            Permission::Granted(permit) => {
                self.permit = Some(permit);
                if let Some(ticket) = self.ticket.take() {
                    queue.leave(self.class, ticket);
                }
                return Asked::Granted;
            }
        };
        let sleep = if ahead == 0 { turn } else { (turn / 2).clamp(SHORTEST, turn.max(SHORTEST)) };
        self.ticket = Some(queue.wait(now, self.class, self.ticket, sleep));
        Asked::Wait { turn, sleep }
    }

    /// Reports the response to the request that was sent with the permit.
    pub(crate) fn on_response(&mut self, now: Duration, meta: &Meta) {
        if let Some(permit) = self.permit.take() {
            self.shared.lock().pace.on_response(now, permit, meta);
        }
    }
}

/// Gives up the place.
impl Drop for Turn {
    fn drop(&mut self) {
        if let Some(ticket) = self.ticket.take() {
            self.shared.lock().leave(self.class, ticket);
        }
    }
}
