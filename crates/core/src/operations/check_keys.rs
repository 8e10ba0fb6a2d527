//! Check keys that are no provider's, before one is made of them. They are not kept, nor is the report.

use super::Commissary;
use super::add_provider::{NewStaticCredential, chosen};
use super::check_provider::{Lent, Subject, Wanted};
use super::input::kept;
use crate::domain::{AccessKey, CheckEvent, PermissionReport, Region};
use crate::error::FieldError;
use crate::people::Actor;
use crate::ports::Progress;
use crate::{Action, Error};

/// Keys that are to be checked, and what they are wanted for, nothing checked yet.
pub struct NewCheck {
    /// The keys.
    pub credential: NewStaticCredential,
    /// The region; [`Region::DEFAULT`] if none.
    pub region: Option<String>,
    /// The release that will use them; the catalogue's default if none.
    pub release: Option<String>,
    /// The features that clusters need; empty means the release's defaults.
    pub features: Vec<String>,
}

/// The same, read.
pub(super) struct CheckWish {
    pub(super) key: AccessKey,
    /// The fields that white space was removed from.
    pub(super) trimmed: Vec<&'static str>,
    pub(super) region: Region,
    /// The release and its features.
    pub(super) choice: (String, Vec<String>),
}

impl NewCheck {
    /// Checks every field, so that all faults are told at once.
    pub(super) fn read(self, faults: &mut Vec<FieldError>) -> Option<CheckWish> {
        let region = self
            .region
            .as_deref()
            .filter(|text| !text.trim().is_empty());
        let region = kept(Region::parse(region.unwrap_or(Region::DEFAULT)), faults);
        let choice = kept(chosen(self.release.as_deref(), &self.features), faults);
        let NewStaticCredential {
            access_key_id,
            secret_access_key,
            session_token,
        } = self.credential;
        let key = AccessKey::parse(&access_key_id, secret_access_key, session_token)
            .map_err(|mut more| faults.append(&mut more))
            .ok();
        let (key, trimmed) = key?;
        Some(CheckWish {
            key,
            trimmed,
            region: region?,
            choice: choice?,
        })
    }
}

impl Commissary {
    /// Asks AWS who the keys are, and climbs the ladder with them. Nothing is kept but the entry in
    /// the audit log.
    ///
    /// # Errors
    /// The input is at fault, AWS refuses the keys or cannot be asked, the actor may not.
    pub async fn check_keys(
        &self,
        actor: &Actor,
        workspace: &str,
        new: NewCheck,
        progress: &dyn Progress,
    ) -> Result<PermissionReport, Error> {
        let workspace = self
            .workspace_for(actor, Action::AddProvider, workspace)
            .await?;
        let mut faults = Vec::new();
        let wish = new.read(&mut faults).ok_or(Error::Invalid(faults))?;
        progress.tell(CheckEvent::Identifying);
        let identity = self.identified(&wish.key, &wish.region).await?;
        let target = format!("{}/{}", workspace.name, identity.principal_arn);
        let audit = self.audit_in(actor, "keys.check", workspace.id, target);
        self.store.append_audit(&audit).await?;
        let (release, features) = &wish.choice;
        let wanted = Wanted {
            region: &wish.region,
            release,
            features,
        };
        let subject = Subject {
            key: &wish.key,
            identity,
            lent: &Lent::default(),
        };
        self.climbed(wanted, subject, progress).await
    }
}
