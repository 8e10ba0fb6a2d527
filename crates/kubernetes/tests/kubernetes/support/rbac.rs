//! The manifest that the product prints, and the service account in it.

use commissary_kubernetes::rbac;
use k8s_openapi::api::authentication::v1::TokenRequest;
use k8s_openapi::api::core::v1::ServiceAccount;
use kube::api::{DynamicObject, PostParams};
use kube::core::{ApiResource, GroupVersionKind};
use kube::{Api, Client};

use super::cluster::capa_system;

/// Creates everything in the manifest; returns a token of the service account.
pub(super) async fn service_account(client: &Client) -> String {
    let manifest = rbac(&capa_system());
    for item in manifest["items"].as_array().unwrap() {
        let object: DynamicObject = serde_json::from_value(item.clone()).unwrap();
        let kind = GroupVersionKind::try_from(object.types.as_ref().unwrap()).unwrap();
        let resource = ApiResource::from_gvk(&kind);
        let objects: Api<DynamicObject> = match &object.metadata.namespace {
            Some(namespace) => Api::namespaced_with(client.clone(), namespace, &resource),
            None => Api::all_with(client.clone(), &resource),
        };
        objects
            .create(&PostParams::default(), &object)
            .await
            .unwrap();
    }
    let accounts: Api<ServiceAccount> = Api::namespaced(client.clone(), capa_system().as_str());
    let (post, asked) = (PostParams::default(), TokenRequest::default());
    let answer = accounts
        .create_token_request("commissary", &post, &asked)
        .await;
    answer.unwrap().status.unwrap().token
}
