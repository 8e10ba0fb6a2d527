//! What is asked for, and whether it can be meant.

use commissary_permissions as permissions;

use crate::Error;
use crate::domain::{
    AccessKeyId, BootstrapRequest, Interrupted, KeyWish, Partition, ProviderName, Region, UserWish,
    Words, blueprint_fault, given,
};
use crate::error::FieldError;
use crate::operations::add_provider::{NewStaticCredential, chosen};
use crate::operations::check_provider::administrator;
use crate::operations::input::kept;
use crate::ports::Lent;

/// A user as it is asked for, nothing checked yet.
pub struct NewUser {
    /// An administrator's keys; they are used for this once and not kept.
    pub administrator: NewStaticCredential,
    /// Names and options.
    pub wish: UserWish,
    /// The region that clusters will be built in; [`Region::DEFAULT`] if none.
    pub region: Option<String>,
    /// The release that will use it; the catalogue's default if none.
    pub release: Option<String>,
    /// The features that its clusters need; empty means the release's defaults.
    pub features: Vec<String>,
    /// When an access key is made.
    pub key: WishedKey,
    /// Whether things that a bootstrap did not make may be changed.
    pub change_others: bool,
    /// The name of the provider that its key becomes; that of the user if none.
    pub provider: Option<String>,
    /// How the choices are called where this was asked for.
    pub words: Words,
}

/// When an access key is made, as asked for.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum WishedKey {
    /// Where the user has none.
    #[default]
    IfNone,
    /// Beside the one that it has.
    Another,
    /// In place of the one with this id.
    InPlaceOf(String),
}

/// A user that is to go, nothing checked yet.
pub struct UserToGo {
    /// An administrator's keys; they are used for this once and not kept.
    pub administrator: NewStaticCredential,
    /// Where the cloud is asked; [`Region::DEFAULT`] if none.
    pub region: Option<String>,
    /// The user's name.
    pub user_name: String,
    /// The name that its policies are called after.
    pub policy_name: String,
}

/// The same, checked as far as it can be before the account is asked.
pub(super) struct Wanted {
    pub(super) lent: Lent,
    pub(super) name: ProviderName,
    pub(super) release: String,
    pub(super) features: Vec<String>,
    pub(super) key: KeyWish,
    pub(super) wish: UserWish,
    change_others: bool,
    words: Words,
}

impl NewUser {
    /// Checks every field, so that all faults are told at once.
    pub(super) fn checked(self) -> Result<Wanted, Error> {
        let mut faults = Vec::new();
        let lent = lent(self.administrator, self.region.as_deref(), &mut faults);
        let name = given(self.provider.as_deref()).unwrap_or(&self.wish.user_name);
        let name =
            ProviderName::parse(name).map_err(|fault| FieldError::new("provider", fault.message));
        let name = kept(name, &mut faults);
        let choice = chosen(self.release.as_deref(), &self.features);
        let choice = kept(choice, &mut faults);
        let key = match self.key {
            WishedKey::IfNone => Some(KeyWish::IfNone),
            WishedKey::Another => Some(KeyWish::Another),
            WishedKey::InPlaceOf(id) => {
                let id = AccessKeyId::parse(&id)
                    .map_err(|fault| FieldError::new("replaceKey", fault.message));
                kept(id, &mut faults).map(KeyWish::InPlaceOf)
            }
        };
        let (Some(lent), Some(name), Some((release, features)), Some(key), true) =
            (lent, name, choice, key, faults.is_empty())
        else {
            return Err(Error::Invalid(faults));
        };
        let wanted = Wanted {
            lent,
            name,
            release,
            features,
            key,
            wish: self.wish,
            change_others: self.change_others,
            words: self.words,
        };
        // What IAM would refuse is told before it is asked.
        let partition = wanted.lent.region.partition();
        let blueprint = wanted.blueprint(&partition)?;
        let checked = blueprint.check();
        checked.map_err(|error| Error::Invalid(vec![blueprint_fault(&error)]))?;
        Ok(wanted)
    }
}

impl Wanted {
    fn blueprint(&self, partition: &Partition) -> Result<permissions::Blueprint, Error> {
        let release = permissions::release(&self.release)
            .map_err(|error| Error::invalid("release", error.to_string()))?;
        let selection = release
            .select(&self.features)
            .map_err(|error| Error::invalid("features", error.to_string()))?;
        Ok(self.wish.blueprint(&selection, partition))
    }

    /// The request for the account, with the key that is kept already and what was noted.
    pub(super) fn request(
        &self,
        partition: &Partition,
        kept: Option<&AccessKeyId>,
        interrupted: Option<Interrupted>,
        now: jiff::Timestamp,
    ) -> Result<BootstrapRequest, Error> {
        Ok(BootstrapRequest {
            blueprint: self.blueprint(partition)?,
            policy_name: self.wish.policy_name.clone(),
            move_user: self.wish.path.is_some(),
            change_others: self.change_others,
            key: self.key.clone(),
            interrupted,
            kept: kept.map(ToString::to_string).into_iter().collect(),
            now,
            words: self.words,
        })
    }
}

/// The administrator's keys and where they are used.
pub(super) fn lent(
    credential: NewStaticCredential,
    region: Option<&str>,
    faults: &mut Vec<FieldError>,
) -> Option<Lent> {
    let key = match administrator(credential) {
        Ok(key) => Some(key),
        Err(Error::Invalid(mut more)) => {
            faults.append(&mut more);
            None
        }
        Err(_) => None,
    };
    let region = region.filter(|text| !text.trim().is_empty());
    let region = kept(Region::parse(region.unwrap_or(Region::DEFAULT)), faults);
    Some(Lent {
        key: key?,
        region: region?,
    })
}
