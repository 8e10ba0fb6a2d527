//! The console.

use axum::http::Method;
use axum::routing::{get, post};
use tower_http::compression::CompressionLayer;

use super::Access::{Public, SignedIn};
use super::{RouteInfo, form, page};
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

const DELETE_PAGE: &str = "/workspaces/{workspace}/infrastructure-providers/{name}/delete";
const DELIVER_AGAIN: &str =
    "/workspaces/{workspace}/infrastructure-providers/{name}/deliveries/{cluster}/again";
const CONFLICT_PAGE: &str =
    "/workspaces/{workspace}/infrastructure-providers/{name}/deliveries/{cluster}/conflict";
const MAKE_USER_PAGE: &str = "/workspaces/{workspace}/make-a-user";
const PRINTED_USER_PAGE: &str = "/workspaces/{workspace}/make-a-user/with-another-tool";
const TAKE_BACK_PAGE: &str = "/workspaces/{workspace}/take-a-user-back";

// The fields that pages take back from their addresses.
const NAME: &[&str] = &["name"];
const CONFIRM: &[&str] = &["confirm"];
const REVIEWED: &[&str] = &["release", "feature", "against", "policy"];
const PROVIDER: &[&str] = &[
    "name",
    "accessKeyId",
    "region",
    "release",
    "of",
    "features.",
    "verify",
    "seen",
];
const CHECK: &[&str] = &["rungs", "probeExisting", "administrator.accessKeyId"];
const INVITATION: &[&str] = &["name", "administrator", "role", "otherRoles"];
const MEMBER: &[&str] = &["name", "role"];
const TOKEN: &[&str] = &["name", "scope", "days", "workspace", "otherWorkspaces"];
const USER: &[&str] = &[
    "administrator.accessKeyId",
    "userName",
    "policyName",
    "provider",
    "region",
    "release",
    "features.",
    "path",
    "permissionsBoundary",
    "tags",
    "selfCheck",
    "nodeRoles",
    "key",
    "replaceKey",
    "changeOthers",
];
const USER_TO_GO: &[&str] = &[
    "administrator.accessKeyId",
    "userName",
    "policyName",
    "region",
    "provider",
    "deleteProvider",
    "confirm",
];
const CLUSTER: &[&str] = &[
    "name",
    "connection",
    "context",
    "capaNamespace",
    "noSealingCertificate",
    "verify",
    "seen",
];
const NAMESPACES: &[&str] = &["cluster", "namespaces"];
const IDENTITY_NAME: &[&str] = &["identityName"];

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
        form("/setup", Public, "/setup", &[], || {
            post(console::setup::submit)
        }),
        page(Method::GET, "/sign-in", Public, || {
            get(console::sign_in::page)
        }),
        form("/sign-in", Public, "/sign-in", &[], || {
            post(console::sign_in::submit)
        }),
        page(Method::GET, "/sign-in/oidc", Public, || {
            get(console::sign_in_elsewhere::begin)
        }),
        page(Method::GET, "/sign-in/oidc/callback", Public, || {
            get(console::sign_in_elsewhere::back)
        }),
        form("/sign-out", SignedIn, "/", &[], || {
            post(console::sign_out::submit)
        }),
        page(Method::GET, "/", SignedIn, || {
            get(console::workspaces::page)
        }),
        page(Method::GET, "/policies", SignedIn, || {
            get(console::policies::page)
        }),
        form("/policies", SignedIn, "/policies", REVIEWED, || {
            post(console::policies::submit)
        }),
        form("/workspaces", SignedIn, "/", NAME, || {
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
        form(
            NEW_PROVIDER_PAGE,
            SignedIn,
            NEW_PROVIDER_PAGE,
            PROVIDER,
            || post(console::provider_form::new::submit),
        ),
        page(Method::GET, PROVIDER_PAGE, SignedIn, || {
            get(console::provider::page)
        }),
        form(CHECK_NOW, SignedIn, PROVIDER_PAGE, CHECK, || {
            post(console::check_now::submit)
        }),
        page(Method::GET, EDIT_PAGE, SignedIn, || {
            get(console::provider_form::edit::page)
        }),
        form(EDIT_PAGE, SignedIn, EDIT_PAGE, PROVIDER, || {
            post(console::provider_form::edit::submit)
        }),
        page(Method::GET, DELETE_PAGE, SignedIn, || {
            get(console::delete_provider::page)
        }),
        form(DELETE_PAGE, SignedIn, DELETE_PAGE, CONFIRM, || {
            post(console::delete_provider::submit)
        }),
        form(DELIVER_AGAIN, SignedIn, PROVIDER_PAGE, &[], || {
            post(console::deliveries::deliver_again)
        }),
        page(Method::GET, CONFLICT_PAGE, SignedIn, || {
            get(console::deliveries::conflict_page)
        }),
        form(
            CONFLICT_PAGE,
            SignedIn,
            CONFLICT_PAGE,
            IDENTITY_NAME,
            || post(console::deliveries::decide_conflict),
        ),
        page(Method::GET, "/invitation", Public, || {
            get(console::invitation::page)
        }),
        form("/invitation", Public, "/invitation", &[], || {
            post(console::invitation::submit)
        }),
        page(Method::GET, "/people", SignedIn, || {
            get(console::people::page)
        }),
        form("/people", SignedIn, "/people", INVITATION, || {
            post(console::people::invite)
        }),
        form(
            "/people/invitations/{id}/revoke",
            SignedIn,
            "/people",
            &[],
            || post(console::people::revoke),
        ),
        page(Method::GET, "/people/{user}", SignedIn, || {
            get(console::people::user_page)
        }),
        form("/people/{user}", SignedIn, "/people/{user}", &[], || {
            post(console::people::edit_user)
        }),
        form(
            "/people/{user}/delete",
            SignedIn,
            "/people/{user}",
            CONFIRM,
            || post(console::people::delete_user),
        ),
        page(Method::GET, MEMBERS_PAGE, SignedIn, || {
            get(console::people::members_page)
        }),
        form(MEMBERS_PAGE, SignedIn, MEMBERS_PAGE, MEMBER, || {
            post(console::people::set_member)
        }),
        form(
            "/workspaces/{workspace}/people/remove",
            SignedIn,
            MEMBERS_PAGE,
            &[],
            || post(console::people::remove_member),
        ),
        form(
            "/workspaces/{workspace}/people/invitations/{id}/revoke",
            SignedIn,
            MEMBERS_PAGE,
            &[],
            || post(console::people::revoke_member_invitation),
        ),
        form(
            "/workspaces/{workspace}/people/invite",
            SignedIn,
            MEMBERS_PAGE,
            MEMBER,
            || post(console::people::invite_member),
        ),
        page(Method::GET, "/account", SignedIn, || {
            get(console::account::page)
        }),
        form("/account/password", SignedIn, "/account", &[], || {
            post(console::account::change_password)
        }),
        form(
            "/account/sessions/{id}/end",
            SignedIn,
            "/account",
            &[],
            || post(console::account::end_session),
        ),
        form("/account/tokens", SignedIn, "/account", TOKEN, || {
            post(console::account::create_token)
        }),
        form(
            "/account/tokens/{id}/revoke",
            SignedIn,
            "/account",
            &[],
            || post(console::account::revoke_token),
        ),
        page(Method::GET, MAKE_USER_PAGE, SignedIn, || {
            get(console::make_user::page)
        }),
        form(MAKE_USER_PAGE, SignedIn, MAKE_USER_PAGE, USER, || {
            post(console::make_user::submit)
        }),
        page(Method::GET, PRINTED_USER_PAGE, SignedIn, || {
            get(console::make_user::printed::page)
        }),
        page(Method::GET, TAKE_BACK_PAGE, SignedIn, || {
            get(console::take_back::page)
        }),
        form(TAKE_BACK_PAGE, SignedIn, TAKE_BACK_PAGE, USER_TO_GO, || {
            post(console::take_back::submit)
        }),
        page(Method::GET, CLUSTERS_PAGE, SignedIn, || {
            get(console::clusters::page)
        }),
        page(Method::GET, NEW_CLUSTER_PAGE, SignedIn, || {
            get(console::clusters::new_page)
        }),
        form(
            NEW_CLUSTER_PAGE,
            SignedIn,
            NEW_CLUSTER_PAGE,
            CLUSTER,
            || post(console::clusters::new_cluster),
        ),
        page(Method::GET, CLUSTER_PAGE, SignedIn, || {
            get(console::clusters::cluster_page)
        }),
        form(CHECK_CLUSTER, SignedIn, CLUSTER_PAGE, &[], || {
            post(console::clusters::check_cluster)
        }),
        page(Method::GET, EDIT_CLUSTER_PAGE, SignedIn, || {
            get(console::clusters::edit_page)
        }),
        form(
            EDIT_CLUSTER_PAGE,
            SignedIn,
            EDIT_CLUSTER_PAGE,
            CLUSTER,
            || post(console::clusters::edit_cluster),
        ),
        page(Method::GET, DELETE_CLUSTER_PAGE, SignedIn, || {
            get(console::clusters::delete_page)
        }),
        form(
            DELETE_CLUSTER_PAGE,
            SignedIn,
            DELETE_CLUSTER_PAGE,
            CONFIRM,
            || post(console::clusters::delete_cluster),
        ),
        page(Method::GET, NAMESPACES_PAGE, SignedIn, || {
            get(console::namespaces::page)
        }),
        form(
            NAMESPACES_PAGE,
            SignedIn,
            NAMESPACES_PAGE,
            NAMESPACES,
            || post(console::namespaces::submit),
        ),
        page(Method::GET, "/audit-log", SignedIn, || {
            get(console::audit_log::page)
        }),
    ]
}
