//! How a provider is to be checked: the form on its page, and how the check gets on.

use std::collections::BTreeSet;

use commissary_core::domain::{CheckOptions, Provider, Rung, SecretInput};
use commissary_core::{CheckHow, NewStaticCredential};
use commissary_permissions::{ResourceKind, Selection, release};

use crate::console::faults::Faults;
use crate::console::form::{Form, shown_again};
use crate::forms::FORM;
use crate::query::Parameters;

/// What a form that was sent holds in any case.
const SENT: &str = "ways";

/// The form as it is shown; no secret is in it.
pub(crate) struct CheckForm {
    rungs: BTreeSet<Rung>,
    pub(super) probe_existing: bool,
    pub(super) access_key_id: String,
    pub(super) faults: Faults,
}

impl Default for CheckForm {
    fn default() -> Self {
        let CheckOptions {
            rungs,
            probe_existing,
            ..
        } = CheckOptions::default();
        Self {
            rungs,
            probe_existing,
            access_key_id: String::new(),
            faults: Faults::default(),
        }
    }
}

/// A way to find out that may be left out.
pub(super) struct Way {
    pub(super) id: &'static str,
    pub(super) title: &'static str,
    pub(super) hint: &'static str,
    pub(super) chosen: bool,
}

/// A resource kind of which a check tells how it gets on.
pub(crate) struct Kind {
    pub(crate) id: &'static str,
    pub(crate) title: &'static str,
    pub(crate) total: usize,
}

impl CheckForm {
    /// Reads what is chosen and no secret: `take` gives every value of a field.
    fn take(mut take: impl FnMut(&str) -> Vec<String>) -> Self {
        let chosen = take("rungs");
        let is_chosen = |rung: &Rung| {
            *rung == Rung::Identity || chosen.iter().any(|chosen| chosen == rung.id())
        };
        Self {
            rungs: Rung::ALL.into_iter().filter(is_chosen).collect(),
            probe_existing: take("probeExisting").iter().any(|yes| yes == "true"),
            access_key_id: String::new(),
            faults: Faults::default(),
        }
    }

    /// Reads what the address brings back.
    pub(super) fn of_query(query: &mut Parameters) -> Self {
        let brought = query.brought(FORM) == "check";
        let access_key_id = shown_again(&query.brought("administrator.accessKeyId"));
        let chosen = Self::take(|field| query.take_all(field));
        match brought {
            true => Self {
                access_key_id,
                ..chosen
            },
            false => Self::default(),
        }
    }

    /// Reads a form that was sent: what to show again, and how to check.
    pub(crate) fn read(mut form: Form) -> (Self, CheckHow) {
        let all = form.take(SENT).is_empty();
        let Self {
            rungs,
            probe_existing,
            ..
        } = Self::take(|field| form.take_all(field));
        let rungs = if all { Self::default().rungs } else { rungs };
        let access_key_id = form.take("administrator.accessKeyId");
        let secret = SecretInput::new(form.take("administrator.secretAccessKey"));
        let token = SecretInput::new(form.take("administrator.sessionToken"));
        let shown = Self {
            rungs: rungs.clone(),
            probe_existing,
            access_key_id: shown_again(&access_key_id),
            faults: Faults::default(),
        };
        let is_lent = !access_key_id.trim().is_empty() || !secret.is_blank() || !token.is_blank();
        let how = CheckHow {
            options: CheckOptions {
                rungs,
                probe_existing,
                ..CheckOptions::default()
            },
            administrator: is_lent.then_some(NewStaticCredential {
                access_key_id,
                secret_access_key: secret,
                session_token: Some(token),
            }),
        };
        (shown, how)
    }

    /// The same with what was wrong with it.
    pub(crate) fn with(self, faults: Faults) -> Self {
        Self { faults, ..self }
    }

    pub(super) fn ways(&self) -> Vec<Way> {
        let way = |(rung, title, hint): (Rung, _, _)| Way {
            id: rung.id(),
            title,
            hint,
            chosen: self.rungs.contains(&rung),
        };
        WAYS.map(way).into()
    }

    /// Whether the form is shown opened.
    pub(super) fn is_open(&self) -> bool {
        let other = Self::default();
        self.lends() || self.rungs != other.rungs || self.probe_existing
    }

    /// Whether the administrator's keys are shown opened.
    pub(super) fn lends(&self) -> bool {
        self.faults.any() || !self.access_key_id.is_empty()
    }
}

/// The ways that may be left out. Who the credential is must be asked in any case.
const WAYS: [(Rung, &str, &str); 3] = [
    (
        Rung::Simulation,
        "Policy simulation",
        "AWS simulates each permission; the user needs iam:SimulatePrincipalPolicy on itself",
    ),
    (
        Rung::Policies,
        "Reading the policies",
        "They are decided here, and name the statement that denies",
    ),
    (
        Rung::Probes,
        "Probing",
        "Calls with the keys themselves that can change nothing: EC2's dry runs, and lists",
    ),
];

/// The resource kinds of what is chosen, in the report's order.
pub(crate) fn kinds(selection: &Selection<'_>) -> Vec<Kind> {
    let requirements = selection.requirements();
    let total = |kind| requirements.iter().filter(|one| one.serves(kind)).count();
    let kinds = ResourceKind::ALL.into_iter().map(|kind| Kind {
        id: kind.id(),
        title: kind.title(),
        total: total(kind),
    });
    kinds.filter(|kind| kind.total > 0).collect()
}

/// Those of a provider; none where its release is not known any more.
pub(super) fn kinds_of(provider: &Provider) -> Vec<Kind> {
    let selection = release(&provider.release).ok();
    let selection = selection.and_then(|release| release.select(&provider.features).ok());
    selection.map_or_else(Vec::new, |selection| kinds(&selection))
}
