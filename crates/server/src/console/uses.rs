//! What depends on something that is to go, and the tick by which it goes all the same.

use commissary_core::Removal;
use commissary_core::domain::ClusterDelivery;

use super::form::Form;
use super::prose::{Prose, prose};

/// How many a page names.
pub(crate) const NAMED: u32 = 20;

/// What depends on it, as a form tells it.
#[derive(Default)]
pub(crate) struct Uses {
    pub(crate) lines: Vec<Prose>,
    /// Whether there are more than the lines tell.
    pub(crate) more: bool,
    /// Whether it is to go all the same.
    pub(crate) forced: bool,
}

impl Uses {
    /// Of phrases, of which the first are told.
    pub(crate) fn of(phrases: &[String], forced: bool) -> Self {
        let named = phrases.iter().take(NAMED as usize);
        Self {
            lines: named.map(|phrase| prose(phrase)).collect(),
            more: phrases.len() > NAMED as usize,
            forced,
        }
    }
}

/// A delivery, as one tells that something depends on a management cluster.
pub(crate) fn delivered(there: &ClusterDelivery) -> String {
    let target = there.delivery.target();
    match there.users {
        0 => format!("`{target}`"),
        1 => format!("`{target}`, used by 1 cluster"),
        users => format!("`{target}`, used by {users} clusters"),
    }
}

/// How something is to be removed, as a form says it.
pub(crate) fn removal(form: &mut Form) -> Removal {
    Removal {
        typed: form.take("confirm"),
        force: is_forced(form),
    }
}

/// Whether the tick is set.
pub(crate) fn is_forced(form: &mut Form) -> bool {
    form.take("force") == "true"
}
