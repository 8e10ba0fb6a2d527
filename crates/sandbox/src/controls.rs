//! The sandbox's hand wheels, for whoever runs it.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError, RwLock};

use crate::account::scps::ServiceControlPolicies;
use crate::endpoint::Endpoint;
use crate::error::SandboxError;
use crate::options::Behaviour;

/// A call that was answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ServedCall {
    /// The action as policies name it; only the service where no operation could be told.
    pub action: String,
    /// The HTTP status of the answer.
    pub status: u16,
    /// The error code of a refusal, as the service words it.
    pub code: Option<String>,
}

/// Counts and remembers calls, and holds how they are dealt with.
pub(crate) struct Desk {
    behaviour: RwLock<Behaviour>,
    count: AtomicU64,
    under_way: AtomicUsize,
    calls: Mutex<Vec<ServedCall>>,
}

/// A call that is under way until it is dropped.
pub(crate) struct UnderWay<'a>(&'a AtomicUsize);

impl Drop for UnderWay<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::SeqCst);
    }
}

impl Desk {
    pub(crate) fn new(behaviour: Behaviour) -> Desk {
        Desk {
            behaviour: RwLock::new(behaviour),
            count: AtomicU64::new(0),
            under_way: AtomicUsize::new(0),
            calls: Mutex::default(),
        }
    }

    pub(crate) fn behaviour(&self) -> Behaviour {
        *self
            .behaviour
            .read()
            .unwrap_or_else(PoisonError::into_inner)
    }

    /// Takes a call in, and tells whether it is to be throttled.
    pub(crate) fn take_in(&self) -> (UnderWay<'_>, bool) {
        let number = self.count.fetch_add(1, Ordering::SeqCst) + 1;
        let others = self.under_way.fetch_add(1, Ordering::SeqCst);
        let throttling = self.behaviour().throttling;
        let by_number = throttling
            .every
            .is_some_and(|every| number.is_multiple_of(u64::from(every.get())));
        let by_crowd = throttling.beyond.is_some_and(|most| others >= most.get());
        (UnderWay(&self.under_way), by_number || by_crowd)
    }

    pub(crate) fn note(&self, call: impl FnOnce() -> ServedCall) {
        if self.behaviour().record {
            self.calls
                .lock()
                .unwrap_or_else(PoisonError::into_inner)
                .push(call());
        }
    }
}

/// A handle on a sandbox, also while it serves.
#[derive(Clone)]
pub struct Controls {
    pub(crate) endpoint: Arc<Endpoint>,
}

impl Controls {
    /// How calls are dealt with.
    pub fn behaviour(&self) -> Behaviour {
        self.endpoint.desk.behaviour()
    }

    /// Deals otherwise with the calls to come.
    pub fn set_behaviour(&self, behaviour: Behaviour) {
        let desk = &self.endpoint.desk;
        *desk
            .behaviour
            .write()
            .unwrap_or_else(PoisonError::into_inner) = behaviour;
    }

    /// Replaces the service control policies of the account: the texts of policy documents by
    /// level, root first. Without levels the account is in no organisation.
    ///
    /// # Errors
    /// When one is no policy, or the account cannot be written.
    pub fn set_service_control_policies(&self, levels: &[Vec<String>]) -> Result<(), SandboxError> {
        let scps = ServiceControlPolicies::read(levels)?;
        self.endpoint.set_scps(scps)
    }

    /// How many calls arrived, throttled ones too.
    pub fn count(&self) -> u64 {
        self.endpoint.desk.count.load(Ordering::SeqCst)
    }

    /// The calls that were answered since [`Behaviour::record`] was set or this was asked last.
    pub fn calls(&self) -> Vec<ServedCall> {
        let mut calls = self
            .endpoint
            .desk
            .calls
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        std::mem::take(&mut *calls)
    }
}
