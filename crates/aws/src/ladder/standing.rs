//! What is settled by now, by resource kind, for people who wait.

use std::sync::{Mutex, PoisonError};

use commissary_core::domain::{CheckEvent, KindProgress};
use commissary_core::ports::Progress;
use commissary_permissions::{Requirement, ResourceKind};

use super::judge::Judgement;

/// Tells how the resource kinds stand, whenever something was settled.
pub(super) struct Standing<'a> {
    requirements: &'a [Requirement],
    /// One for each requirement: whether it is settled.
    settled: Mutex<Vec<bool>>,
    progress: &'a dyn Progress,
}

impl<'a> Standing<'a> {
    pub(super) fn new(requirements: &'a [Requirement], progress: &'a dyn Progress) -> Self {
        Self {
            requirements,
            settled: Mutex::new(vec![false; requirements.len()]),
            progress,
        }
    }

    /// Tells all kinds, of which nothing is settled yet.
    pub(super) fn begin(&self) {
        self.tell(&vec![false; self.requirements.len()], |_| true);
    }

    /// Asks of each requirement that is not settled yet, by its place, how it was judged.
    pub(super) fn judged(&self, judgement: impl Fn(usize) -> Option<Judgement>) {
        let mut settled = self.settled.lock().unwrap_or_else(PoisonError::into_inner);
        let before = settled.clone();
        for (place, settled) in settled.iter_mut().enumerate() {
            *settled = *settled || matches!(judgement(place), Some(Judgement::Settled { .. }));
        }
        let is_new = |place: usize| before.get(place) != settled.get(place);
        self.tell(&settled, is_new);
    }

    /// Tells the kinds that requirements serve of which `is_new` says so.
    fn tell(&self, settled: &[bool], is_new: impl Fn(usize) -> bool) {
        let kinds = ResourceKind::ALL.into_iter().filter_map(|kind| {
            let serving = || {
                let requirements = self.requirements.iter().enumerate();
                requirements.filter(move |(_, requirement)| requirement.serves(kind))
            };
            serving()
                .any(|(place, _)| is_new(place))
                .then(|| KindProgress {
                    kind,
                    settled: serving()
                        .filter(|(place, _)| settled.get(*place) == Some(&true))
                        .count(),
                    total: serving().count(),
                })
        });
        let kinds: Vec<KindProgress> = kinds.collect();
        if !kinds.is_empty() {
            self.progress.tell(CheckEvent::Settled { kinds });
        }
    }
}
