//! A pace that is watched.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use imagekit_proto::Meta;
use imagekit_proto::pace::{Pace, PaceOptions, Pacer, Permission, Permit, RateClass};

/// A pace that records what it grants and hears.
#[derive(Clone, Debug)]
pub struct WatchedPace(Arc<Mutex<Watched>>);

#[derive(Debug)]
struct Watched {
    pacer: Pacer,
    /// What callers are asked to wait as long as nothing is granted.
    refusal: Option<Duration>,
    granted: Vec<Permit>,
    statuses: Vec<u16>,
    /// How many callers asked in vain; the most that were ahead of one.
    waits: usize,
    most_ahead: usize,
}

impl WatchedPace {
    /// Creates one that paces by `options`.
    pub fn new(options: PaceOptions) -> Self {
        Self(Arc::new(Mutex::new(Watched {
            pacer: Pacer::new(options),
            refusal: None,
            granted: Vec::new(),
            statuses: Vec::new(),
            waits: 0,
            most_ahead: 0,
        })))
    }

    /// Creates one without a limit, so that nothing waits.
    pub fn unlimited() -> Self {
        let reads = PaceOptions::default().start(RateClass::Read, None);
        Self::new(reads.start(RateClass::Write, None))
    }

    /// Grants nothing, and asks for waits of `wait`, until [`admit`](Self::admit) is called.
    pub fn refuse(&self, wait: Duration) {
        self.lock().refusal = Some(wait);
    }

    /// Grants permits again.
    pub fn admit(&self) {
        self.lock().refusal = None;
    }

    /// Returns the permits that it granted, in order.
    pub fn granted(&self) -> Vec<Permit> {
        self.lock().granted.clone()
    }

    /// Returns how many permits it granted for reads, writes and uploads.
    pub fn permits(&self) -> [usize; 3] {
        let granted = self.granted();
        [RateClass::Read, RateClass::Write, RateClass::Upload]
            .map(|class| granted.iter().filter(|permit| permit.class == class).count())
    }

    /// Returns the statuses of the responses that it heard of, in order.
    pub fn statuses(&self) -> Vec<u16> {
        self.lock().statuses.clone()
    }

    /// Returns how often a caller asked in vain.
    pub fn waits(&self) -> usize {
        self.lock().waits
    }

    /// Returns the greatest number of callers that were ahead of one.
    pub fn most_ahead(&self) -> usize {
        self.lock().most_ahead
    }

    fn lock(&self) -> MutexGuard<'_, Watched> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Pace for WatchedPace {
    fn poll_permit(&mut self, now: Duration, class: RateClass, ahead: usize) -> Permission {
        let mut watched = self.lock();
        watched.most_ahead = watched.most_ahead.max(ahead);
        let permission = match watched.refusal {
            Some(wait) => Permission::Sleep(wait),
            None => watched.pacer.poll_permit(now, class, ahead),
        };
        match permission {
            Permission::Granted(permit) => watched.granted.push(permit),
            Permission::Sleep(_) => watched.waits += 1,
        }
        permission
    }

    fn on_response(&mut self, now: Duration, permit: Permit, meta: &Meta) {
        let mut watched = self.lock();
        watched.statuses.push(meta.status.as_u16());
        watched.pacer.on_response(now, permit, meta);
    }
}
