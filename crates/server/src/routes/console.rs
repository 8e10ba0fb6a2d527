//! The console.

use axum::http::Method;
use axum::routing::{get, post};
use tower_http::compression::CompressionLayer;

use super::Access::{Public, SignedIn};
use super::{RouteInfo, page};
use crate::{assets, console};

const PROVIDERS_PAGE: &str = "/workspaces/{workspace}/infrastructure-providers";
const CLUSTERS_PAGE: &str = "/management-clusters";
const NEW_CLUSTER_PAGE: &str = "/management-clusters/new";
const CLUSTER_PAGE: &str = "/management-clusters/{cluster}";
const CHECK_CLUSTER: &str = "/management-clusters/{cluster}/check";
const EDIT_CLUSTER_PAGE: &str = "/management-clusters/{cluster}/edit";
const DELETE_CLUSTER_PAGE: &str = "/management-clusters/{cluster}/delete";
const NAMESPACES_PAGE: &str = "/workspaces/{workspace}/namespaces";
const MEMBERS_PAGE: &str = "/workspaces/{workspace}/people";
const NEW_PROVIDER_PAGE: &str = "/workspaces/{workspace}/infrastructure-providers/new";
const PROVIDER_PAGE: &str = "/workspaces/{workspace}/infrastructure-providers/{name}";
const CHECK_NOW: &str = "/workspaces/{workspace}/infrastructure-providers/{name}/check";
const EDIT_PAGE: &str = "/workspaces/{workspace}/infrastructure-providers/{name}/edit";

/// The forms whose addresses bring back what was typed into them.
pub(super) const BRING_BACK: [&str; 2] = [NEW_PROVIDER_PAGE, EDIT_PAGE];

const DELETE_PAGE: &str = "/workspaces/{workspace}/infrastructure-providers/{name}/delete";
const MAKE_USER_PAGE: &str = "/workspaces/{workspace}/make-a-user";
const PRINTED_USER_PAGE: &str = "/workspaces/{workspace}/make-a-user/with-another-tool";
const TAKE_BACK_PAGE: &str = "/workspaces/{workspace}/take-a-user-back";

pub(super) fn rows() -> Vec<RouteInfo> {
    vec![
        #[cfg(debug_assertions)]
        page(Method::GET, "/components", SignedIn, || {
            get(console::components::page)
        }),
        // The files have no secret. Pages stay as they are: how well one is compressed would tell
        // of what stands in it beside what a stranger put into its address.
        page(Method::GET, "/assets/{file}", Public, || {
            get(assets::asset).layer(CompressionLayer::new())
        }),
        page(Method::GET, "/setup", Public, || get(console::setup::page)),
        page(Method::POST, "/setup", Public, || {
            post(console::setup::submit)
        }),
        page(Method::GET, "/sign-in", Public, || {
            get(console::sign_in::page)
        }),
        page(Method::POST, "/sign-in", Public, || {
            post(console::sign_in::submit)
        }),
        page(Method::GET, "/sign-in/oidc", Public, || {
            get(console::sign_in_elsewhere::begin)
        }),
        page(Method::GET, "/sign-in/oidc/callback", Public, || {
            get(console::sign_in_elsewhere::back)
        }),
        page(Method::POST, "/sign-out", SignedIn, || {
            post(console::sign_out::submit)
        }),
        page(Method::GET, "/", SignedIn, || {
            get(console::workspaces::page)
        }),
        page(Method::GET, "/policies", SignedIn, || {
            get(console::policies::page)
        }),
        page(Method::POST, "/policies", SignedIn, || {
            post(console::policies::submit)
        }),
        page(Method::POST, "/workspaces", SignedIn, || {
            post(console::workspaces::submit)
        }),
        page(Method::GET, "/workspaces/{workspace}", SignedIn, || {
            get(console::workspaces::open)
        }),
        page(Method::GET, PROVIDERS_PAGE, SignedIn, || {
            get(console::providers::page)
        }),
        page(Method::GET, NEW_PROVIDER_PAGE, SignedIn, || {
            get(console::provider_form::new::page)
        }),
        page(Method::POST, NEW_PROVIDER_PAGE, SignedIn, || {
            post(console::provider_form::new::submit)
        }),
        page(Method::GET, PROVIDER_PAGE, SignedIn, || {
            get(console::provider::page)
        }),
        page(Method::POST, CHECK_NOW, SignedIn, || {
            post(console::check_now::submit)
        }),
        page(Method::GET, EDIT_PAGE, SignedIn, || {
            get(console::provider_form::edit::page)
        }),
        page(Method::POST, EDIT_PAGE, SignedIn, || {
            post(console::provider_form::edit::submit)
        }),
        page(Method::GET, DELETE_PAGE, SignedIn, || {
            get(console::delete_provider::page)
        }),
        page(Method::POST, DELETE_PAGE, SignedIn, || {
            post(console::delete_provider::submit)
        }),
        page(Method::GET, "/invitation", Public, || {
            get(console::invitation::page)
        }),
        page(Method::POST, "/invitation", Public, || {
            post(console::invitation::submit)
        }),
        page(Method::GET, "/people", SignedIn, || {
            get(console::people::page)
        }),
        page(Method::POST, "/people", SignedIn, || {
            post(console::people::invite)
        }),
        page(
            Method::POST,
            "/people/invitations/{id}/revoke",
            SignedIn,
            || post(console::people::revoke),
        ),
        page(Method::GET, "/people/{user}", SignedIn, || {
            get(console::people::user_page)
        }),
        page(Method::POST, "/people/{user}", SignedIn, || {
            post(console::people::edit_user)
        }),
        page(Method::POST, "/people/{user}/delete", SignedIn, || {
            post(console::people::delete_user)
        }),
        page(Method::GET, MEMBERS_PAGE, SignedIn, || {
            get(console::people::members_page)
        }),
        page(Method::POST, MEMBERS_PAGE, SignedIn, || {
            post(console::people::set_member)
        }),
        page(
            Method::POST,
            "/workspaces/{workspace}/people/remove",
            SignedIn,
            || post(console::people::remove_member),
        ),
        page(
            Method::POST,
            "/workspaces/{workspace}/people/invite",
            SignedIn,
            || post(console::people::invite_member),
        ),
        page(Method::GET, "/account", SignedIn, || {
            get(console::account::page)
        }),
        page(Method::POST, "/account/password", SignedIn, || {
            post(console::account::change_password)
        }),
        page(Method::POST, "/account/sessions/{id}/end", SignedIn, || {
            post(console::account::end_session)
        }),
        page(Method::POST, "/account/tokens", SignedIn, || {
            post(console::account::create_token)
        }),
        page(
            Method::POST,
            "/account/tokens/{id}/revoke",
            SignedIn,
            || post(console::account::revoke_token),
        ),
        page(Method::GET, MAKE_USER_PAGE, SignedIn, || {
            get(console::make_user::page)
        }),
        page(Method::POST, MAKE_USER_PAGE, SignedIn, || {
            post(console::make_user::submit)
        }),
        page(Method::GET, PRINTED_USER_PAGE, SignedIn, || {
            get(console::make_user::printed::page)
        }),
        page(Method::GET, TAKE_BACK_PAGE, SignedIn, || {
            get(console::take_back::page)
        }),
        page(Method::POST, TAKE_BACK_PAGE, SignedIn, || {
            post(console::take_back::submit)
        }),
        page(Method::GET, CLUSTERS_PAGE, SignedIn, || {
            get(console::clusters::page)
        }),
        page(Method::GET, NEW_CLUSTER_PAGE, SignedIn, || {
            get(console::clusters::new_page)
        }),
        page(Method::POST, NEW_CLUSTER_PAGE, SignedIn, || {
            post(console::clusters::new_cluster)
        }),
        page(Method::GET, CLUSTER_PAGE, SignedIn, || {
            get(console::clusters::cluster_page)
        }),
        page(Method::POST, CHECK_CLUSTER, SignedIn, || {
            post(console::clusters::check_cluster)
        }),
        page(Method::GET, EDIT_CLUSTER_PAGE, SignedIn, || {
            get(console::clusters::edit_page)
        }),
        page(Method::POST, EDIT_CLUSTER_PAGE, SignedIn, || {
            post(console::clusters::edit_cluster)
        }),
        page(Method::GET, DELETE_CLUSTER_PAGE, SignedIn, || {
            get(console::clusters::delete_page)
        }),
        page(Method::POST, DELETE_CLUSTER_PAGE, SignedIn, || {
            post(console::clusters::delete_cluster)
        }),
        page(Method::GET, NAMESPACES_PAGE, SignedIn, || {
            get(console::namespaces::page)
        }),
        page(Method::POST, NAMESPACES_PAGE, SignedIn, || {
            post(console::namespaces::submit)
        }),
        page(Method::GET, "/audit-log", SignedIn, || {
            get(console::audit_log::page)
        }),
    ]
}
