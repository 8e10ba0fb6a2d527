//! How a sandbox is to behave.

use std::num::{NonZeroU32, NonZeroUsize};
use std::time::Duration;

use crate::account::partition::Partition;
use crate::services::Order;

/// How a sandbox is to behave. What is not chosen is as in an ordinary account that AWS answers
/// for promptly.
#[derive(Debug, Clone, Default)]
pub struct SandboxOptions {
    /// The partition of a new account; `None` takes the commercial one, and whichever an account
    /// that is already there has.
    pub partition: Option<Partition>,
    /// The service control policies of the account by level, root first, as the texts of policy
    /// documents. With any it is a member account, and they hold for its root user too; with an
    /// empty list of levels it is in no organisation. `None` leaves those that the account has.
    pub service_control_policies: Option<Vec<Vec<String>>>,
    /// What the sandbox does to the calls that it serves.
    pub behaviour: Behaviour,
}

/// What a sandbox does to the calls that it serves; it can be changed while it runs.
#[derive(Debug, Clone, Copy, Default)]
pub struct Behaviour {
    /// What is told first of a call without right about a thing that is not there.
    pub order: Order,
    /// Whether the account has a few things besides identities: a VPC with what belongs to it, an
    /// instance, load balancers, a cluster and more. They never change.
    pub resources: bool,
    /// How long each answer is held back.
    pub latency: Option<Duration>,
    /// Which calls are told to slow down.
    pub throttling: Throttling,
    /// Whether calls are remembered one by one, for [`Controls::calls`](crate::Controls::calls).
    pub record: bool,
}

/// Which calls are told to slow down, in the words of their service. Those that are throttled are
/// neither authenticated nor decided.
#[derive(Debug, Clone, Copy, Default)]
pub struct Throttling {
    /// Every call whose number is a multiple of this.
    pub every: Option<NonZeroU32>,
    /// Every call while so many are under way.
    pub beyond: Option<NonZeroUsize>,
}
