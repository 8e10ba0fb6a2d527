//! What happens in a cluster to what was delivered, and who uses it.

use std::convert::Infallible;
use std::pin::pin;

use commissary_core::domain::{ClusterEvent, DeliveredKind, SeenObject};
use commissary_core::ports::{DeliveryError, Heard};
use futures::future::try_join4;
use futures::{Stream, StreamExt as _};
use kube::api::DynamicObject;
use kube::core::PartialObjectMeta;
use kube::runtime::watcher::{self, Event};
use kube::{Api, ResourceExt as _};

use crate::client::Session;
use crate::look::USERS;
use crate::reached::Cluster;
use crate::{failures, forms, users};

/// Tells until it cannot go on. Of what was delivered only the metadata is asked for: a watch
/// needs no keys.
pub(crate) async fn watch(cluster: &Cluster, heard: &dyn Heard) -> DeliveryError {
    let [clusters, control_planes] = USERS;
    let all = try_join4(
        follow_objects(
            cluster,
            Ok(cluster.secrets(&cluster.capa_namespace)),
            DeliveredKind::Secret,
            heard,
        ),
        follow_objects(
            cluster,
            cluster.identities(),
            DeliveredKind::Identity,
            heard,
        ),
        follow_users(cluster, clusters, heard),
        follow_users(cluster, control_planes, heard),
    );
    match all.await {
        Ok((never, ..)) => match never {},
        Err(error) => error,
    }
}

async fn follow_objects(
    cluster: &Cluster,
    api: Result<Api<PartialObjectMeta<DynamicObject>>, DeliveryError>,
    kind: DeliveredKind,
    heard: &dyn Heard,
) -> Result<Infallible, DeliveryError> {
    let ours = watcher::Config::default().labels(forms::MANAGED);
    let telling = Telling {
        all: |objects| ClusterEvent::Objects(kind, objects),
        one: ClusterEvent::Object,
        seen: |object: &PartialObjectMeta<DynamicObject>, gone: bool| SeenObject {
            kind,
            name: object.name_any(),
            version: object.resource_version().filter(|_| !gone),
        },
    };
    telling
        .follow(&cluster.session, watcher::watcher(api?, ours), heard)
        .await
}

async fn follow_users(
    cluster: &Cluster,
    (group, kind): (&'static str, &'static str),
    heard: &dyn Heard,
) -> Result<Infallible, DeliveryError> {
    let telling = Telling {
        all: |users| ClusterEvent::Users(kind, users),
        one: ClusterEvent::User,
        seen: |object: &DynamicObject, gone| users::seen(kind, object, gone),
    };
    let stream = watcher::watcher(cluster.all(group, kind)?, watcher::Config::default());
    telling.follow(&cluster.session, stream, heard).await
}

/// How objects are told of.
struct Telling<A, O, S> {
    all: A,
    one: O,
    seen: S,
}

impl<A, O, S> Telling<A, O, S> {
    async fn follow<K, T>(
        &self,
        session: &Session,
        stream: impl Stream<Item = Result<Event<K>, watcher::Error>>,
        heard: &dyn Heard,
    ) -> Result<Infallible, DeliveryError>
    where
        A: Fn(Vec<T>) -> ClusterEvent,
        O: Fn(T) -> ClusterEvent,
        S: Fn(&K, bool) -> T,
    {
        let Self { all, one, seen } = self;
        let mut stream = pin!(stream);
        let mut listed = Vec::new();
        loop {
            match stream.next().await {
                Some(Ok(Event::Init)) => listed.clear(),
                Some(Ok(Event::InitApply(object))) => listed.push(seen(&object, false)),
                Some(Ok(Event::InitDone)) => heard.hear(all(std::mem::take(&mut listed))).await,
                Some(Ok(Event::Apply(object))) => heard.hear(one(seen(&object, false))).await,
                Some(Ok(Event::Delete(object))) => heard.hear(one(seen(&object, true))).await,
                // The cluster forgot what was before: the library lists anew.
                Some(Err(watcher::Error::WatchError(status))) if status.code == 410 => {}
                Some(Err(error)) => return Err(told(session, error)),
                None => return Err(lost(session)),
            }
        }
    }
}

fn told(session: &Session, error: watcher::Error) -> DeliveryError {
    match error {
        watcher::Error::InitialListFailed(error)
        | watcher::Error::WatchStartFailed(error)
        | watcher::Error::WatchFailed(error) => {
            failures::told(&error, &session.server, "list and watch what it delivered")
        }
        _ => lost(session),
    }
}

fn lost(session: &Session) -> DeliveryError {
    DeliveryError::Unreachable {
        server: session.server.clone(),
        why: "it ended a watch".to_owned(),
    }
}
