//! The REST API, and what machines ask.

use axum::http::Method;
use axum::routing::{delete, get, patch, post, put};

use super::Access::{Public, SignedIn};
use super::{RouteInfo, endpoint};
use crate::{api, health, metrics};

const WORKSPACES: &str = "/api/v1/workspaces";
const WORKSPACE: &str = "/api/v1/workspaces/{workspace}";
const PROVIDERS: &str = "/api/v1/workspaces/{workspace}/infrastructure-providers";
const PROVIDER: &str = "/api/v1/workspaces/{workspace}/infrastructure-providers/{name}";
const EXPORT: &str = "/api/v1/workspaces/{workspace}/infrastructure-providers/{name}/export";
const CHECK: &str = "/api/v1/workspaces/{workspace}/infrastructure-providers/{name}/check";
const DELIVERIES: &str =
    "/api/v1/workspaces/{workspace}/infrastructure-providers/{name}/deliveries";
const CHECKS: &str = "/api/v1/workspaces/{workspace}/infrastructure-providers/{name}/checks";
const CHECK_RUN: &str =
    "/api/v1/workspaces/{workspace}/infrastructure-providers/{name}/checks/{check}";
const CHECK_EVENTS: &str =
    "/api/v1/workspaces/{workspace}/infrastructure-providers/{name}/checks/{check}/events";
const CHECK_CANCEL: &str =
    "/api/v1/workspaces/{workspace}/infrastructure-providers/{name}/checks/{check}/cancel";
const KEY_CHECKS: &str = "/api/v1/workspaces/{workspace}/key-checks";
const ROTATION: &str = "/api/v1/root-key/rotation";
const ROTATION_STEP: &str = "/api/v1/root-key/rotation/step";
const AUDIT_EXPORT: &str = "/api/v1/audit-events/export";
const AUDIT_VERIFICATION: &str = "/api/v1/audit-events/verification";
const CLUSTERS: &str = "/api/v1/management-clusters";
const CLUSTER: &str = "/api/v1/management-clusters/{cluster}";
const CLUSTER_CHECK: &str = "/api/v1/management-clusters/{cluster}/check";
const CLUSTER_RBAC: &str = "/api/v1/management-clusters/{cluster}/rbac";
const NAMESPACES: &str = "/api/v1/workspaces/{workspace}/namespaces";
const NAMESPACES_THERE: &str = "/api/v1/workspaces/{workspace}/namespaces/{cluster}";
const MEMBERS: &str = "/api/v1/workspaces/{workspace}/members";
const MEMBER: &str = "/api/v1/workspaces/{workspace}/members/{user}";
const USERS: &str = "/api/v1/users";
const USER: &str = "/api/v1/users/{user}";
const INVITATIONS: &str = "/api/v1/invitations";
const INVITATION: &str = "/api/v1/invitations/{id}";
const TOKENS: &str = "/api/v1/tokens";
const TOKEN: &str = "/api/v1/tokens/{id}";
const LOGIN: &str = "/api/v1/login";
const PASSWORD: &str = "/api/v1/account/password";
const SESSIONS: &str = "/api/v1/sessions";
const SESSION: &str = "/api/v1/sessions/{id}";
const BOOTSTRAP: &str = "/api/v1/workspaces/{workspace}/bootstrap";
const BOOTSTRAP_PLAN: &str = "/api/v1/workspaces/{workspace}/bootstrap/plan";
const BOOTSTRAP_UNDO: &str = "/api/v1/workspaces/{workspace}/bootstrap/undo";

pub(super) fn rows() -> Vec<RouteInfo> {
    vec![
        endpoint(
            Method::GET,
            "/healthz",
            Public,
            health::about_healthz,
            || get(health::healthz),
        ),
        endpoint(Method::GET, "/readyz", Public, health::about_readyz, || {
            get(health::readyz)
        }),
        endpoint(Method::GET, "/metrics", SignedIn, metrics::about, || {
            get(metrics::metrics)
        }),
        endpoint(
            Method::GET,
            "/api/openapi.json",
            Public,
            api::openapi::about,
            || get(api::openapi::document),
        ),
        endpoint(
            Method::GET,
            "/api/v1/whoami",
            SignedIn,
            api::whoami::about,
            || get(api::whoami),
        ),
        endpoint(
            Method::GET,
            WORKSPACES,
            SignedIn,
            api::workspaces::list::about,
            || get(api::workspaces::list_workspaces),
        ),
        endpoint(
            Method::POST,
            WORKSPACES,
            SignedIn,
            api::workspaces::create::about,
            || post(api::workspaces::create_workspace),
        ),
        endpoint(
            Method::GET,
            WORKSPACE,
            SignedIn,
            api::workspaces::show::about,
            || get(api::workspaces::show_workspace),
        ),
        endpoint(
            Method::DELETE,
            WORKSPACE,
            SignedIn,
            api::workspaces::delete::about,
            || delete(api::workspaces::delete_workspace),
        ),
        endpoint(
            Method::GET,
            PROVIDERS,
            SignedIn,
            api::providers::list::about,
            || get(api::providers::list_providers),
        ),
        endpoint(
            Method::POST,
            PROVIDERS,
            SignedIn,
            api::providers::add::about,
            || post(api::providers::add_provider),
        ),
        endpoint(
            Method::GET,
            PROVIDER,
            SignedIn,
            api::providers::show::about,
            || get(api::providers::show_provider),
        ),
        endpoint(
            Method::PATCH,
            PROVIDER,
            SignedIn,
            api::providers::update::about,
            || patch(api::providers::update_provider),
        ),
        endpoint(
            Method::DELETE,
            PROVIDER,
            SignedIn,
            api::providers::delete::about,
            || delete(api::providers::delete_provider),
        ),
        endpoint(
            Method::GET,
            EXPORT,
            SignedIn,
            api::providers::export::about,
            || get(api::providers::export_provider),
        ),
        endpoint(
            Method::POST,
            EXPORT,
            SignedIn,
            api::providers::export_sealed::about,
            || post(api::providers::export_sealed_provider),
        ),
        endpoint(
            Method::GET,
            CHECK,
            SignedIn,
            api::providers::latest_check::about,
            || get(api::providers::latest_check),
        ),
        endpoint(
            Method::POST,
            CHECK,
            SignedIn,
            api::providers::check::about,
            || post(api::providers::check_provider),
        ),
        endpoint(
            Method::POST,
            KEY_CHECKS,
            SignedIn,
            api::providers::check_keys::about,
            || post(api::providers::check_keys),
        ),
        endpoint(
            Method::GET,
            DELIVERIES,
            SignedIn,
            api::deliveries::list::about,
            || get(api::deliveries::list_deliveries),
        ),
        endpoint(
            Method::POST,
            DELIVERIES,
            SignedIn,
            api::deliveries::order::about,
            || post(api::deliveries::order_delivery),
        ),
        endpoint(
            Method::GET,
            CLUSTERS,
            SignedIn,
            api::clusters::list::about,
            || get(api::clusters::list_clusters),
        ),
        endpoint(
            Method::POST,
            CLUSTERS,
            SignedIn,
            api::clusters::add::about,
            || post(api::clusters::add_cluster),
        ),
        endpoint(
            Method::GET,
            CLUSTER,
            SignedIn,
            api::clusters::show::about,
            || get(api::clusters::show_cluster),
        ),
        endpoint(
            Method::PATCH,
            CLUSTER,
            SignedIn,
            api::clusters::update::about,
            || patch(api::clusters::update_cluster),
        ),
        endpoint(
            Method::DELETE,
            CLUSTER,
            SignedIn,
            api::clusters::delete::about,
            || delete(api::clusters::delete_cluster),
        ),
        endpoint(
            Method::POST,
            CLUSTER_CHECK,
            SignedIn,
            api::clusters::check::about,
            || post(api::clusters::check_cluster),
        ),
        endpoint(
            Method::GET,
            CLUSTER_RBAC,
            SignedIn,
            api::clusters::rbac::about,
            || get(api::clusters::cluster_rbac),
        ),
        endpoint(
            Method::GET,
            NAMESPACES,
            SignedIn,
            api::namespaces::list::about,
            || get(api::namespaces::list_namespaces),
        ),
        endpoint(
            Method::PUT,
            NAMESPACES_THERE,
            SignedIn,
            api::namespaces::set::about,
            || put(api::namespaces::set_namespaces),
        ),
        endpoint(
            Method::GET,
            MEMBERS,
            SignedIn,
            api::members::list::about,
            || get(api::members::list_members),
        ),
        endpoint(
            Method::PUT,
            MEMBER,
            SignedIn,
            api::members::set::about,
            || put(api::members::set_member),
        ),
        endpoint(
            Method::DELETE,
            MEMBER,
            SignedIn,
            api::members::remove::about,
            || delete(api::members::remove_member),
        ),
        endpoint(
            Method::GET,
            USERS,
            SignedIn,
            api::users::list::about,
            || get(api::users::list_users),
        ),
        endpoint(Method::GET, USER, SignedIn, api::users::show::about, || {
            get(api::users::show_user)
        }),
        endpoint(
            Method::PATCH,
            USER,
            SignedIn,
            api::users::update::about,
            || patch(api::users::update_user),
        ),
        endpoint(
            Method::DELETE,
            USER,
            SignedIn,
            api::users::delete::about,
            || delete(api::users::delete_user),
        ),
        endpoint(
            Method::GET,
            INVITATIONS,
            SignedIn,
            api::invitations::list::about,
            || get(api::invitations::list_invitations),
        ),
        endpoint(
            Method::POST,
            INVITATIONS,
            SignedIn,
            api::invitations::create::about,
            || post(api::invitations::create_invitation),
        ),
        endpoint(
            Method::DELETE,
            INVITATION,
            SignedIn,
            api::invitations::revoke::about,
            || delete(api::invitations::revoke_invitation),
        ),
        endpoint(
            Method::GET,
            TOKENS,
            SignedIn,
            api::tokens::list::about,
            || get(api::tokens::list_tokens),
        ),
        endpoint(
            Method::POST,
            TOKENS,
            SignedIn,
            api::tokens::create::about,
            || post(api::tokens::create_token),
        ),
        endpoint(
            Method::DELETE,
            TOKEN,
            SignedIn,
            api::tokens::revoke::about,
            || delete(api::tokens::revoke_token),
        ),
        endpoint(
            Method::POST,
            LOGIN,
            Public,
            api::tokens::log_in::about,
            || post(api::tokens::log_in),
        ),
        endpoint(
            Method::DELETE,
            LOGIN,
            SignedIn,
            api::tokens::log_out::about,
            || delete(api::tokens::log_out),
        ),
        endpoint(
            Method::PUT,
            PASSWORD,
            SignedIn,
            api::password::about,
            || put(api::change_password),
        ),
        endpoint(
            Method::GET,
            SESSIONS,
            SignedIn,
            api::sessions::list::about,
            || get(api::sessions::list_sessions),
        ),
        endpoint(
            Method::DELETE,
            SESSION,
            SignedIn,
            api::sessions::end::about,
            || delete(api::sessions::end_session),
        ),
        endpoint(
            Method::GET,
            CHECKS,
            SignedIn,
            api::checks::list::about,
            || get(api::checks::list_checks),
        ),
        endpoint(
            Method::POST,
            CHECKS,
            SignedIn,
            api::checks::start::about,
            || post(api::checks::start_check),
        ),
        endpoint(
            Method::GET,
            CHECK_RUN,
            SignedIn,
            api::checks::show::about,
            || get(api::checks::show_check),
        ),
        endpoint(
            Method::GET,
            CHECK_EVENTS,
            SignedIn,
            api::checks::events::about,
            || get(api::checks::check_events),
        ),
        endpoint(
            Method::POST,
            CHECK_CANCEL,
            SignedIn,
            api::checks::cancel::about,
            || post(api::checks::cancel_check),
        ),
        endpoint(
            Method::POST,
            BOOTSTRAP,
            SignedIn,
            api::bootstrap::make::about,
            || post(api::bootstrap::make_user),
        ),
        endpoint(
            Method::POST,
            BOOTSTRAP_PLAN,
            SignedIn,
            api::bootstrap::plan::about,
            || post(api::bootstrap::plan_user),
        ),
        endpoint(
            Method::POST,
            BOOTSTRAP_UNDO,
            SignedIn,
            api::bootstrap::undo::about,
            || post(api::bootstrap::undo_user),
        ),
        endpoint(
            Method::GET,
            "/api/v1/releases/{release}/bootstrap",
            SignedIn,
            api::releases::bootstrap::about,
            || get(api::releases::release_bootstrap),
        ),
        endpoint(
            Method::GET,
            "/api/v1/releases",
            SignedIn,
            api::releases::list::about,
            || get(api::releases::list_releases),
        ),
        endpoint(
            Method::GET,
            "/api/v1/releases/{release}/policy",
            SignedIn,
            api::releases::policy::about,
            || get(api::releases::release_policy),
        ),
        endpoint(
            Method::GET,
            "/api/v1/audit-events",
            SignedIn,
            api::audit_events::list::about,
            || get(api::audit_events::list_audit_events),
        ),
        endpoint(
            Method::GET,
            "/api/v1/root-key",
            SignedIn,
            api::root_key::about_show,
            || get(api::root_key::show_root_keys),
        ),
        endpoint(
            Method::POST,
            ROTATION,
            SignedIn,
            api::root_key::about_begin,
            || post(api::root_key::begin_key_rotation),
        ),
        endpoint(
            Method::POST,
            ROTATION_STEP,
            SignedIn,
            api::root_key::about_continue,
            || post(api::root_key::continue_key_rotation),
        ),
        endpoint(
            Method::GET,
            AUDIT_EXPORT,
            SignedIn,
            api::audit_events::export::about,
            || get(api::audit_events::export_audit_events),
        ),
        endpoint(
            Method::GET,
            AUDIT_VERIFICATION,
            SignedIn,
            api::audit_events::verify::about,
            || get(api::audit_events::verify_audit_events),
        ),
    ]
}
