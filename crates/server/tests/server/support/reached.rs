//! A management cluster that answers by table: what becomes of a delivery is said beforehand. What
//! a real one does is in the tests of the adapter and of the binary.

use async_trait::async_trait;
use commissary_core::domain::{
    IdentityName, NamespaceName, ProviderId, Standing, StandingObject, Versions, Wanted,
};
use commissary_core::ports::{DeliveryError, Heard, Reached};

/// What is found there, and what comes of a try to change it.
#[derive(Default)]
pub(crate) struct TableReached {
    /// What differs from what was delivered; none where nothing is there.
    pub(crate) differences: Option<Vec<String>>,
    /// Why nothing can be put there.
    pub(crate) refusal: Option<DeliveryError>,
}

#[async_trait]
impl Reached for TableReached {
    async fn find(&self, _: &Wanted) -> Result<Standing, DeliveryError> {
        let object = self.differences.as_ref().map(|differences| StandingObject {
            ours: true,
            uid: "1".to_owned(),
            version: "1".to_owned(),
            differences: differences.clone(),
            fixed_otherwise: false,
        });
        Ok(Standing {
            secret: object.clone(),
            identity: object.map(|object| StandingObject {
                differences: Vec::new(),
                ..object
            }),
        })
    }

    async fn put(&self, _: &Wanted, _: &Standing, _: bool) -> Result<Versions, DeliveryError> {
        match &self.refusal {
            Some(refusal) => Err(refusal.clone()),
            None => Ok(Versions {
                secret: "2".to_owned(),
                identity: "2".to_owned(),
            }),
        }
    }

    async fn remove(
        &self,
        _: &IdentityName,
        _: &NamespaceName,
        _: ProviderId,
    ) -> Result<(), DeliveryError> {
        Ok(())
    }

    async fn remove_secret(
        &self,
        _: &IdentityName,
        _: &NamespaceName,
        _: ProviderId,
    ) -> Result<(), DeliveryError> {
        Ok(())
    }

    async fn watch(&self, _: &dyn Heard) -> DeliveryError {
        DeliveryError::NoAccess("nobody watches a table".to_owned())
    }
}
