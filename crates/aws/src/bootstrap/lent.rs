//! The `Accounts` port over AWS: a bootstrap with a key that was lent.

use async_trait::async_trait;
use commissary_core::domain::{
    AccessKey, BootstrapEvent, BootstrapOutcome, BootstrapRequest, Identity, Planned, Region,
    UndoRequest,
};
use commissary_core::ports::{Accounts, BootstrapError, CloudError, Keeper, Lent};

use super::usable::Patience;
use super::{BootstrapPlan, UndoPlan, wait_until_usable};
use crate::{AwsCloud, AwsSession};

impl AwsCloud {
    async fn session_of(&self, lent: &Lent) -> AwsSession {
        AwsSession::from_key(&lent.key, &lent.region, self.options()).await
    }
}

#[async_trait]
impl Accounts for AwsCloud {
    async fn plan_user(
        &self,
        lent: &Lent,
        request: BootstrapRequest,
    ) -> Result<Planned, BootstrapError> {
        let plan = BootstrapPlan::prepare(&self.session_of(lent).await, request).await?;
        Ok(plan.planned().clone())
    }

    async fn make_user(
        &self,
        lent: &Lent,
        request: BootstrapRequest,
        keeper: &dyn Keeper,
    ) -> Result<BootstrapOutcome, BootstrapError> {
        let session = self.session_of(lent).await;
        let plan = BootstrapPlan::prepare(&session, request).await?;
        keeper.planned(plan.planned()).await?;
        plan.apply(&session, keeper).await
    }

    async fn plan_undo(
        &self,
        lent: &Lent,
        request: UndoRequest,
    ) -> Result<Planned, BootstrapError> {
        let plan = UndoPlan::prepare(&self.session_of(lent).await, request).await?;
        Ok(plan.planned().clone())
    }

    async fn undo(
        &self,
        lent: &Lent,
        request: UndoRequest,
        tell: &(dyn Fn(BootstrapEvent) + Send + Sync),
    ) -> Result<Planned, BootstrapError> {
        let session = self.session_of(lent).await;
        let plan = UndoPlan::prepare(&session, request).await?;
        let planned = plan.planned().clone();
        plan.apply(&session, tell).await?;
        Ok(planned)
    }

    async fn wait_until_usable(
        &self,
        key: &AccessKey,
        region: &Region,
        tell: &(dyn Fn(u64) + Send + Sync),
    ) -> Result<Identity, CloudError> {
        let tell = |waited: std::time::Duration| tell(waited.as_secs());
        wait_until_usable(key, region, self.options(), Patience::NEW_KEY, tell).await
    }

    async fn let_settle(&self) {
        tokio::time::sleep(Patience::BETWEEN_CHECKS).await;
    }
}
