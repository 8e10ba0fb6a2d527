//! Where a provider can be used: the management clusters, how it stands in each, and who uses it
//! there.

use commissary_core::domain::{
    Delivery, DeliveryState, Drift, IdentityName, IdentityUser, NamespaceName, PageRequest,
    UserCondition,
};
use commissary_core::{Action, DeliveryStatus};

use crate::console::moment::Moment;
use crate::console::prose::{Prose, prose};
use crate::console::shell::Visitor;
use crate::console::status::StatusWords;
use crate::options::App;
use crate::problem::Problem;
use crate::urls;

/// How many users of one cluster the page shows.
const USERS: usize = 50;

/// The places as the page lists them.
pub(super) struct Places {
    pub(super) all: Vec<Place>,
    /// What is to be done where there are none.
    pub(super) first: Option<First>,
    /// In how many seconds it is worth looking again.
    pub(super) again_in: Option<u32>,
}

/// What leads to the first place.
pub(super) enum First {
    AddCluster,
    /// Name namespaces on the page of this address.
    NameNamespaces(String),
    /// Ask who may: the page of this address tells which there are.
    Ask(String),
}

/// One management cluster.
pub(super) struct Place {
    /// What the snippet to copy is called in the page.
    pub(super) id: String,
    pub(super) cluster: String,
    /// Its page, for whom there is one.
    pub(super) href: Option<String>,
    pub(super) status: StatusWords,
    pub(super) namespaces: Vec<String>,
    pub(super) delivered: Option<Arrived>,
    pub(super) failure: Option<Prose>,
    pub(super) next_try: Option<Moment>,
    pub(super) drift: Option<DriftView>,
    /// What a cluster says to use it.
    pub(super) reference: String,
    pub(super) users: Vec<UserRow>,
    pub(super) more_users: usize,
    pub(super) findings: Vec<Prose>,
    /// Where the visitor has it delivered again, if they may.
    pub(super) again: Option<String>,
    /// Where the visitor decides about what stands in the way, if they may and it does.
    pub(super) conflict: Option<String>,
}

/// What arrived last.
pub(super) struct Arrived {
    pub(super) at: Moment,
    pub(super) generation: u32,
    /// The one that is under way.
    pub(super) next: Option<u32>,
}

/// What somebody else changed there.
pub(super) struct DriftView {
    pub(super) at: Moment,
    pub(super) what: Vec<Prose>,
    pub(super) put_back: Option<Moment>,
}

/// Who uses it.
pub(super) struct UserRow {
    pub(super) kind: String,
    pub(super) name: String,
    pub(super) namespace: String,
    pub(super) region: String,
    pub(super) phase: &'static str,
    pub(super) conditions: Vec<ConditionView>,
}

/// What Cluster API Provider AWS says about it.
pub(super) struct ConditionView {
    pub(super) class: &'static str,
    pub(super) words: String,
    pub(super) reason: Option<String>,
}

impl Places {
    pub(super) async fn of(
        visitor: &Visitor,
        app: &App,
        (workspace, name): (&str, &str),
    ) -> Result<Self, Problem> {
        let (product, actor) = (&app.commissary, &visitor.actor);
        let statuses = product.list_deliveries(actor, workspace, name).await?;
        let may_deliver = visitor.may_in(Action::DeliverProvider, workspace).await?;
        let sees_clusters = visitor.must(Action::ReadClusters).is_ok();
        let place = |(number, status): (usize, &DeliveryStatus)| {
            let cluster = status.cluster.as_str();
            let may = may_deliver && !status.delivery.removing;
            let delivery = urls::delivery(workspace, name, cluster);
            Place {
                id: format!("identity-ref-{number}"),
                href: sees_clusters.then(|| urls::cluster(cluster)),
                again: may.then(|| format!("{delivery}/again")),
                conflict: (may && status.delivery.is_in_conflict())
                    .then(|| format!("{delivery}/conflict")),
                ..Place::of(status)
            }
        };
        let first = match statuses.is_empty() {
            true => Some(First::of(visitor, app, workspace).await?),
            false => None,
        };
        Ok(Self {
            all: statuses.iter().enumerate().map(place).collect(),
            first,
            again_in: statuses.iter().filter_map(again_in).min(),
        })
    }
}

impl First {
    async fn of(visitor: &Visitor, app: &App, workspace: &str) -> Result<Self, Problem> {
        let namespaces = urls::namespaces(workspace);
        if !visitor.may_in(Action::SetNamespaces, workspace).await? {
            return Ok(Self::Ask(namespaces));
        }
        let (product, actor) = (&app.commissary, &visitor.actor);
        let one = PageRequest::new(1, None);
        let clusters = product.list_clusters(actor, &one).await?;
        Ok(match clusters.items.is_empty() {
            true => Self::AddCluster,
            false => Self::NameNamespaces(namespaces),
        })
    }
}

impl Place {
    fn of(status: &DeliveryStatus) -> Self {
        let delivery = &status.delivery;
        let users = status.users.iter();
        let (failure, next_try) = match status.failure() {
            Some((why, next)) => (Some(prose(why)), next.map(Moment::of)),
            None => (None, None),
        };
        Self {
            id: String::new(),
            cluster: status.cluster.to_string(),
            href: None,
            status: StatusWords::of_delivery(status.state()),
            namespaces: status
                .namespaces
                .iter()
                .map(NamespaceName::to_string)
                .collect(),
            delivered: arrived(delivery),
            failure,
            next_try,
            drift: delivery.drift.as_ref().map(DriftView::of),
            reference: reference(&delivery.identity),
            users: users.clone().take(USERS).map(UserRow::of).collect(),
            more_users: users.len().saturating_sub(USERS),
            findings: status.findings().iter().map(|found| prose(found)).collect(),
            again: None,
            conflict: None,
        }
    }
}

fn arrived(delivery: &Delivery) -> Option<Arrived> {
    let delivered = delivery.delivered.as_ref()?;
    let is_last = delivered.generation == delivery.wanted;
    Some(Arrived {
        at: Moment::of(delivered.at),
        generation: delivered.generation,
        next: (!is_last && !delivery.removing).then_some(delivery.wanted),
    })
}

impl DriftView {
    fn of(drift: &Drift) -> Self {
        Self {
            at: Moment::of(drift.at),
            what: drift.what.iter().map(|what| prose(what)).collect(),
            put_back: drift.put_back_at.map(Moment::of),
        }
    }
}

impl UserRow {
    fn of(user: &IdentityUser) -> Self {
        Self {
            kind: user.kind.clone(),
            name: user.name.clone(),
            namespace: user.namespace.clone(),
            region: user.region.clone().unwrap_or_default(),
            phase: user.phase.word(),
            conditions: user.conditions.iter().map(ConditionView::of).collect(),
        }
    }
}

impl ConditionView {
    fn of(condition: &UserCondition) -> Self {
        let class = match condition.status.as_str() {
            "True" => "good",
            "False" => "bad",
            _ => "unknown",
        };
        Self {
            class,
            words: format!("{} {}", condition.name, condition.status),
            reason: condition.reason.clone(),
        }
    }
}

/// What is under way is there in a moment; what failed, or was changed by somebody, takes longer.
fn again_in(status: &DeliveryStatus) -> Option<u32> {
    match status.state() {
        DeliveryState::Pending | DeliveryState::Removing => Some(2),
        DeliveryState::Drifted | DeliveryState::Failed => Some(10),
        DeliveryState::Delivered | DeliveryState::Conflict => None,
    }
}

/// What stands in the `spec` of a cluster that uses an identity. A name that could be read as
/// something else than text stands in quotes.
fn reference(identity: &IdentityName) -> String {
    let name = identity.as_str();
    let is_text = name.starts_with(|first: char| first.is_ascii_alphabetic()) && name.contains('-');
    let name = match is_text {
        true => name.to_owned(),
        false => format!("\"{name}\""),
    };
    format!(
        "identityRef:\n  kind: {}\n  name: {name}",
        IdentityName::KIND
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_copied_is_read_as_text() {
        for (name, written) in [
            ("team-a-prod", "team-a-prod"),
            ("1e3", "\"1e3\""),
            ("2026-11-29", "\"2026-11-29\""),
            ("null", "\"null\""),
        ] {
            let identity = IdentityName::parse(name).unwrap();
            let snippet = reference(&identity);
            assert!(
                snippet.ends_with(&format!("\n  name: {written}")),
                "{snippet}"
            );
        }
    }
}
