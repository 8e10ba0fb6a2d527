//! A cluster that is reached: what a provider has there is found, put and removed.

use async_trait::async_trait;
use commissary_core::domain::{
    ClusterAccess, IdentityName, NamespaceName, ProviderId, ServedKind, Standing, StandingObject,
    Versions, Wanted,
};
use commissary_core::ports::{DeliveryError, Heard, Reached};
use kube::api::{DeleteParams, DynamicObject, Patch, PatchParams, PostParams, Preconditions};
use kube::core::{ApiResource, DynamicResourceScope, GroupVersionKind, PartialObjectMeta};
use kube::{Api, Resource, ResourceExt as _};
use serde_json::{Value, json};

use crate::client::Session;
use crate::rights::INFRASTRUCTURE;
use crate::service_account::ServiceAccount;
use crate::{look, objects, watch};

/// A client of a cluster that knows in which versions its kinds are served.
pub(crate) struct Cluster {
    pub(crate) session: Session,
    pub(crate) capa_namespace: NamespaceName,
    kinds: Vec<ServedKind>,
}

/// The kind that is delivered.
const IDENTITY: &str = IdentityName::KIND;

/// Signs in and asks which kinds there are.
pub(crate) async fn reach(
    access: &ClusterAccess,
    inside: &ServiceAccount,
    capa_namespace: &NamespaceName,
) -> Result<Cluster, DeliveryError> {
    let session = Session::open(access, inside).await?;
    let kinds = look::kinds(&session).await?;
    Ok(Cluster {
        session,
        capa_namespace: capa_namespace.clone(),
        kinds,
    })
}

/// The shapes that objects are read in: whole, or their metadata only.
pub(crate) trait Read:
    Resource<DynamicType = ApiResource, Scope = DynamicResourceScope>
{
}
impl Read for DynamicObject {}
impl Read for PartialObjectMeta<DynamicObject> {}

/// Where one of the two objects is, and how it is spoken of.
struct Place {
    api: Api<DynamicObject>,
    name: String,
    /// Its kind and its name.
    shown: String,
}

impl Place {
    /// There is one already, and it is not the provider's.
    fn taken(&self) -> DeliveryError {
        DeliveryError::Taken {
            object: self.shown.clone(),
        }
    }
}

impl Cluster {
    /// The newest version of a kind that both sides know.
    pub(crate) fn version(&self, kind: &str) -> Result<&'static str, DeliveryError> {
        let served = self.kinds.iter().find(|served| served.kind == kind);
        let newest = served.and_then(ServedKind::newest);
        newest.ok_or_else(|| DeliveryError::KindMissing {
            kind: kind.to_owned(),
        })
    }

    pub(crate) fn secrets<K: Read>(&self, namespace: &NamespaceName) -> Api<K> {
        let kind = ApiResource::from_gvk(&GroupVersionKind::gvk("", "v1", "Secret"));
        Api::namespaced_with(self.session.client.clone(), namespace.as_str(), &kind)
    }

    /// The objects of a kind of CAPA in the whole cluster.
    pub(crate) fn all<K: Read>(&self, group: &str, kind: &str) -> Result<Api<K>, DeliveryError> {
        let version = self.version(kind)?;
        let kind = ApiResource::from_gvk(&GroupVersionKind::gvk(group, version, kind));
        Ok(Api::all_with(self.session.client.clone(), &kind))
    }

    pub(crate) fn identities<K: Read>(&self) -> Result<Api<K>, DeliveryError> {
        self.all(INFRASTRUCTURE, IDENTITY)
    }

    fn places(
        &self,
        identity: &IdentityName,
        namespace: &NamespaceName,
    ) -> Result<[Place; 2], DeliveryError> {
        let place = |api, kind| Place {
            api,
            name: identity.to_string(),
            shown: format!("{kind} `{identity}`"),
        };
        Ok([
            place(self.secrets(namespace), "Secret"),
            place(self.identities()?, IDENTITY),
        ])
    }

    async fn get(&self, place: &Place) -> Result<Option<DynamicObject>, DeliveryError> {
        let what = format!("get the {}", place.shown);
        let asked = place.api.get_opt(&place.name);
        self.session.answer(&what, asked).await
    }

    /// Leaves an object as it is wanted, with nothing beside it that must not be there; says in
    /// which version.
    async fn leave(
        &self,
        place: &Place,
        object: Value,
        standing: Option<&StandingObject>,
        surplus: &[&str],
    ) -> Result<String, DeliveryError> {
        let uid = match standing {
            Some(standing) => standing.uid.clone(),
            None => self.create(place, &object).await?,
        };
        let left = self.apply(place, object, &uid).await?;
        if !objects::has_surplus(&left, surplus) {
            return Ok(left.resource_version().unwrap_or_default());
        }
        let params = PatchParams {
            field_manager: Some(objects::MANAGER.to_owned()),
            ..PatchParams::default()
        };
        let what = format!("change the {}", place.shown);
        let change = Patch::Merge(objects::without(surplus));
        let asked = place.api.patch(&place.name, &params, &change);
        let left = self.session.answer(&what, asked).await?;
        Ok(left.resource_version().unwrap_or_default())
    }

    /// Makes an object that was not there; returns its uid. To apply it would write into one that
    /// came meanwhile. What changes later is left to what is applied: the cluster keeps apart what
    /// the same manager makes and what it applies, and what it made would stay when it is applied
    /// without.
    async fn create(&self, place: &Place, object: &Value) -> Result<String, DeliveryError> {
        let params = PostParams {
            field_manager: Some(objects::MANAGER.to_owned()),
            ..PostParams::default()
        };
        let asked = async {
            let bare = objects::bare(object);
            let bare = serde_json::from_value(bare).map_err(kube::Error::SerdeError)?;
            match place.api.create(&params, &bare).await {
                Err(kube::Error::Api(status)) if status.is_already_exists() => Ok(None),
                other => other.map(Some),
            }
        };
        let what = format!("create the {}", place.shown);
        let made = self.session.answer(&what, asked).await?;
        let made = made.ok_or_else(|| place.taken())?;
        Ok(made.uid().unwrap_or_default())
    }

    /// Applies an object over the one with this uid, which is the provider's or is taken over.
    async fn apply(
        &self,
        place: &Place,
        mut object: Value,
        uid: &str,
    ) -> Result<DynamicObject, DeliveryError> {
        if let Some(Value::Object(metadata)) = object.get_mut("metadata") {
            metadata.insert("uid".to_owned(), json!(uid));
        }
        let params = PatchParams::apply(objects::MANAGER).force();
        let what = format!("apply the {}", place.shown);
        let change = Patch::Apply(&object);
        let asked = place.api.patch(&place.name, &params, &change);
        self.session.answer(&what, asked).await
    }

    /// Removes an object if it is the provider's.
    async fn take_out(&self, place: &Place, provider: ProviderId) -> Result<(), DeliveryError> {
        let what = format!("get the {}", place.shown);
        let asked = place.api.get_metadata_opt(&place.name);
        let found: Option<PartialObjectMeta<DynamicObject>> =
            self.session.answer(&what, asked).await?;
        let Some(found) = found.filter(|found| objects::is_of(found, &provider.0.to_string()))
        else {
            return Ok(());
        };
        let params = DeleteParams {
            preconditions: Some(Preconditions {
                uid: found.uid(),
                resource_version: None,
            }),
            ..DeleteParams::default()
        };
        let what = format!("delete the {}", place.shown);
        let asked = place.api.delete(&place.name, &params);
        match self.session.answer(&what, asked).await {
            // Somebody was quicker.
            Err(DeliveryError::Refused { status: 404, .. }) => Ok(()),
            other => other.map(|_| ()),
        }
    }
}

#[async_trait]
impl Reached for Cluster {
    async fn find(&self, wanted: &Wanted) -> Result<Standing, DeliveryError> {
        let version = self.version(IDENTITY)?;
        let [secret, identity] = self.places(&wanted.identity, &wanted.secret_namespace)?;
        let (secret, identity) = (self.get(&secret).await?, self.get(&identity).await?);
        Ok(Standing {
            secret: secret.map(|found| objects::standing_secret(&found, wanted)),
            identity: identity.map(|found| objects::standing_identity(&found, wanted, version)),
        })
    }

    async fn put(
        &self,
        wanted: &Wanted,
        standing: &Standing,
        adopt: bool,
    ) -> Result<Versions, DeliveryError> {
        let version = self.version(IDENTITY)?;
        let [secret, identity] = self.places(&wanted.identity, &wanted.secret_namespace)?;
        // Both, before either is written.
        for (place, standing) in [(&secret, &standing.secret), (&identity, &standing.identity)] {
            if standing.as_ref().is_some_and(|there| !there.ours && !adopt) {
                return Err(place.taken());
            }
        }
        let fixed = |there: &StandingObject| !there.ours && there.fixed_otherwise;
        if standing.identity.as_ref().is_some_and(fixed) {
            return Err(DeliveryError::OtherSecret {
                identity: wanted.identity.to_string(),
            });
        }
        let surplus = objects::surplus_of_secret(wanted);
        let applied = objects::secret(wanted);
        let there = standing.secret.as_ref();
        let secret = match self.leave(&secret, applied, there, surplus).await {
            Err(DeliveryError::Refused { status: 404, .. }) => {
                return Err(DeliveryError::NamespaceMissing {
                    name: wanted.secret_namespace.to_string(),
                });
            }
            other => other?,
        };
        let surplus = objects::SURPLUS_OF_IDENTITY;
        let applied = objects::identity(wanted, version);
        let there = standing.identity.as_ref();
        let identity = match self.leave(&identity, applied, there, surplus).await {
            // The version was served a moment ago.
            Err(DeliveryError::Refused { status: 404, .. }) => {
                return Err(DeliveryError::KindMissing {
                    kind: IDENTITY.to_owned(),
                });
            }
            other => other?,
        };
        Ok(Versions { secret, identity })
    }

    async fn remove(
        &self,
        identity: &IdentityName,
        secret_namespace: &NamespaceName,
        provider: ProviderId,
    ) -> Result<(), DeliveryError> {
        let [secret, identity] = self.places(identity, secret_namespace)?;
        self.take_out(&identity, provider).await?;
        self.take_out(&secret, provider).await
    }

    async fn remove_secret(
        &self,
        identity: &IdentityName,
        secret_namespace: &NamespaceName,
        provider: ProviderId,
    ) -> Result<(), DeliveryError> {
        let [secret, _] = self.places(identity, secret_namespace)?;
        self.take_out(&secret, provider).await
    }

    async fn watch(&self, heard: &dyn Heard) -> DeliveryError {
        watch::watch(self, heard).await
    }
}
