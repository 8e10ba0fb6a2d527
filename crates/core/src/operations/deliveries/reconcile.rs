//! One delivery, made as it should be.

use super::super::Commissary;
use super::backoff;
use crate::Error;
use crate::domain::{AuditEvent, AuditOutcome, Delivery, ManagementCluster, NamespaceName, Wanted};
use crate::people::{Actor, Origin};
use crate::ports::{DeliveryError, Outcome, Reached, StoreError};

impl Commissary {
    /// Makes a delivery that is due as it should be, from whatever state it is in, and notes what
    /// came of it. What fails with it alone is noted and tried again later. A kill at any point
    /// leaves it due.
    ///
    /// # Errors
    /// The store cannot be read or written, or what nothing else in that cluster will go well
    /// with either.
    pub async fn deliver(
        &self,
        reached: &dyn Reached,
        cluster: &ManagementCluster,
        delivery: &Delivery,
    ) -> Result<Result<(), DeliveryError>, Error> {
        let step = Step {
            product: self,
            reached,
            cluster,
        };
        match step.done(delivery.clone()).await {
            Ok(()) => Ok(Ok(())),
            Err(Stopped::Store(StoreError::Gone)) => Ok(Ok(())),
            Err(Stopped::Store(error)) => Err(error.into()),
            Err(Stopped::Cluster(error)) if error.is_of_the_cluster() => Ok(Err(error)),
            Err(Stopped::Cluster(error)) => {
                step.failed(delivery, &error).await?;
                Ok(Ok(()))
            }
        }
    }
}

/// What keeps a delivery from its end.
enum Stopped {
    Store(StoreError),
    Cluster(DeliveryError),
}

impl From<StoreError> for Stopped {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

impl From<DeliveryError> for Stopped {
    fn from(error: DeliveryError) -> Self {
        Self::Cluster(error)
    }
}

struct Step<'a> {
    product: &'a Commissary,
    reached: &'a dyn Reached,
    cluster: &'a ManagementCluster,
}

impl Step<'_> {
    async fn done(&self, mut delivery: Delivery) -> Result<(), Stopped> {
        if delivery.removing {
            return self.removed(&delivery).await;
        }
        if delivery.secret_namespace != self.cluster.capa_namespace {
            self.moved(&mut delivery).await?;
        }
        // It went away, or lost its namespaces, since this was read: then it is to be removed.
        let Some(wanted) = self.wanted(&delivery).await? else {
            return Ok(());
        };
        let standing = self.reached.find(&wanted).await?;
        let generation = delivery.delivered.as_ref().map(|last| last.generation);
        let is_new = generation != Some(delivery.wanted);
        let action = match is_new {
            true => "delivery.deliver",
            false => "delivery.putBack",
        };
        if let Some(versions) = standing.as_wanted() {
            // Where it was put back, the process that did so was killed before it said so.
            let is_news = is_new || delivery.outstanding_drift().is_some();
            let audit = is_news.then(|| self.audit(&delivery, action));
            return self
                .note(&delivery, Outcome::Delivered(versions), audit)
                .await;
        }
        if !is_new {
            self.drifted(&delivery, standing.differences()).await?;
        }
        let versions = self.reached.put(&wanted, &standing, delivery.adopt);
        let versions = versions.await?;
        let audit = self.audit(&delivery, action);
        self.note(&delivery, Outcome::Delivered(versions), Some(audit))
            .await
    }

    /// Tells that somebody changed what was delivered, unless that is known: some of what is known
    /// may have been put back already.
    async fn drifted(&self, delivery: &Delivery, what: Vec<String>) -> Result<(), Stopped> {
        let known = delivery.outstanding_drift();
        if known.is_some_and(|drift| what.iter().all(|one| drift.what.contains(one))) {
            return Ok(());
        }
        let audit = self.audit(delivery, "delivery.drift");
        let audit = AuditEvent {
            target: format!("{}: {}", audit.target, what.join(", ")),
            ..audit
        };
        self.note(delivery, Outcome::Drifted(what), Some(audit))
            .await
    }

    async fn removed(&self, delivery: &Delivery) -> Result<(), Stopped> {
        let provider = delivery.owner.provider_id;
        let removed = self
            .reached
            .remove(&delivery.identity, &delivery.secret_namespace, provider);
        removed.await?;
        let audit = self.audit(delivery, "delivery.remove");
        self.note(delivery, Outcome::Removed, Some(audit)).await
    }

    /// CAPA runs in another namespace by now. What it no longer reads goes first, so that at any
    /// time one namespace may have the Secret, the one that is noted.
    async fn moved(&self, delivery: &mut Delivery) -> Result<(), Stopped> {
        let (from, to) = (&delivery.secret_namespace, &self.cluster.capa_namespace);
        let provider = delivery.owner.provider_id;
        let removed = self
            .reached
            .remove_secret(&delivery.identity, from, provider);
        removed.await?;
        let audit = self.audit(delivery, "delivery.move");
        let audit = AuditEvent {
            target: format!("{}: from `{from}` to `{to}`", audit.target),
            ..audit
        };
        let to: NamespaceName = to.clone();
        self.note(delivery, Outcome::Moved(to.clone()), Some(audit))
            .await?;
        delivery.secret_namespace = to;
        Ok(())
    }

    async fn wanted(&self, delivery: &Delivery) -> Result<Option<Wanted>, Stopped> {
        let store = &self.product.store;
        let all = store.namespaces(delivery.workspace_id).await?;
        let there = all.into_iter().find(|at| at.cluster_id == self.cluster.id);
        let Some(there) = there.filter(|at| !at.namespaces.is_empty()) else {
            return Ok(None);
        };
        Ok(Some(Wanted {
            identity: delivery.identity.clone(),
            secret_namespace: delivery.secret_namespace.clone(),
            owner: delivery.owner.clone(),
            key: store.access_key(delivery.owner.provider_id).await?,
            namespaces: there.namespaces,
        }))
    }

    async fn failed(&self, delivery: &Delivery, error: &DeliveryError) -> Result<(), Error> {
        let before = delivery.failure.as_ref().map_or(0, |last| last.attempts);
        let wait = backoff::after(before.saturating_add(1), self.product.random.as_ref());
        let outcome = Outcome::Failed {
            why: error.to_string(),
            conflict: error.is_conflict(),
            next_try: self.product.clock.now() + wait,
        };
        // Further ones of the same row are told by the status.
        let audit = (before == 0).then(|| AuditEvent {
            outcome: AuditOutcome::Refused,
            ..self.audit(delivery, "delivery.deliver")
        });
        match self.note(delivery, outcome, audit).await {
            Ok(()) | Err(Stopped::Store(StoreError::Gone)) | Err(Stopped::Cluster(_)) => Ok(()),
            Err(Stopped::Store(error)) => Err(error.into()),
        }
    }

    async fn note(
        &self,
        delivery: &Delivery,
        outcome: Outcome,
        audit: Option<AuditEvent>,
    ) -> Result<(), Stopped> {
        let now = self.product.clock.now();
        let store = &self.product.store;
        let noted = store.note_delivery(delivery, &outcome, now, audit.as_ref());
        Ok(noted.await?)
    }

    fn audit(&self, delivery: &Delivery, action: &str) -> AuditEvent {
        let process = Actor::process("serve", Origin::local());
        let target = format!(
            "{} as {} in {}",
            delivery.target(),
            delivery.identity,
            self.cluster.name
        );
        self.product
            .audit_in(&process, action, delivery.workspace_id, target)
    }
}
