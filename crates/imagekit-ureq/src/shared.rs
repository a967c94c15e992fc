//! What the clones of a client share.

use ureq::Agent;

use crate::proto::event::Observer;
use crate::proto::pace::SharedPace;
use crate::proto::{CallOptions, Config};

/// What the clones of a client share.
pub(crate) struct Shared {
    pub(crate) config: Config,
    pub(crate) options: CallOptions,
    pub(crate) pace: Option<SharedPace>,
    pub(crate) observer: Option<Observer>,
    pub(crate) agent: Agent,
}
