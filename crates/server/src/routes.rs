//! The table of everything that the server answers. The router is built from
//! it, so that what is not in it does not exist.

use axum::http::Method;
use axum::routing::{MethodRouter, delete, get, patch, post, put};

use crate::options::App;
use crate::{api, assets, console, health};

/// Who may ask.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    /// Anybody.
    Public,
    /// Whoever presents a token or a session that is known.
    SignedIn,
}

/// What a route belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Area {
    /// The REST API and what machines ask; errors are problem documents.
    Api,
    /// The console; errors are pages.
    Console,
}

/// One endpoint or page.
#[derive(Debug)]
pub struct RouteInfo {
    /// The method that it answers.
    pub method: Method,
    /// The template of its path, for example `/workspaces/{workspace}`.
    pub path: &'static str,
    /// Who may ask.
    pub access: Access,
    /// What it belongs to.
    pub area: Area,
    pub(crate) handler: fn() -> MethodRouter<App>,
}

/// Every route of the server.
pub fn routes() -> &'static [RouteInfo] {
    ROUTES
}

/// Whether problems at this path are told to machines.
pub(crate) fn is_api(path: &str) -> bool {
    let by_table = |route: &RouteInfo| route.area == Area::Api && route.path == path;
    path == "/api" || path.starts_with("/api/") || ROUTES.iter().any(by_table)
}

use Access::{Public, SignedIn};
use Area::{Api, Console};

type Handler = fn() -> MethodRouter<App>;

const fn on(
    method: Method,
    path: &'static str,
    access: Access,
    area: Area,
    handler: Handler,
) -> RouteInfo {
    RouteInfo {
        method,
        path,
        access,
        area,
        handler,
    }
}

const WORKSPACES: &str = "/api/v1/workspaces";
const WORKSPACE: &str = "/api/v1/workspaces/{workspace}";
const PROVIDERS: &str = "/api/v1/workspaces/{workspace}/infrastructure-providers";
const PROVIDER: &str = "/api/v1/workspaces/{workspace}/infrastructure-providers/{name}";
const CHECK: &str = "/api/v1/workspaces/{workspace}/infrastructure-providers/{name}/check";
const CHECKS: &str = "/api/v1/workspaces/{workspace}/infrastructure-providers/{name}/checks";
const CHECK_RUN: &str =
    "/api/v1/workspaces/{workspace}/infrastructure-providers/{name}/checks/{check}";
const CHECK_EVENTS: &str =
    "/api/v1/workspaces/{workspace}/infrastructure-providers/{name}/checks/{check}/events";
const CHECK_CANCEL: &str =
    "/api/v1/workspaces/{workspace}/infrastructure-providers/{name}/checks/{check}/cancel";

const ROTATION: &str = "/api/v1/root-key/rotation";
const ROTATION_STEP: &str = "/api/v1/root-key/rotation/step";
const AUDIT_EXPORT: &str = "/api/v1/audit-events/export";
const AUDIT_VERIFICATION: &str = "/api/v1/audit-events/verification";
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

const PROVIDERS_PAGE: &str = "/workspaces/{workspace}/infrastructure-providers";
const MEMBERS_PAGE: &str = "/workspaces/{workspace}/people";
const NEW_PROVIDER_PAGE: &str = "/workspaces/{workspace}/infrastructure-providers/new";
const PROVIDER_PAGE: &str = "/workspaces/{workspace}/infrastructure-providers/{name}";
const CHECK_NOW: &str = "/workspaces/{workspace}/infrastructure-providers/{name}/check";
const EDIT_PAGE: &str = "/workspaces/{workspace}/infrastructure-providers/{name}/edit";
const DELETE_PAGE: &str = "/workspaces/{workspace}/infrastructure-providers/{name}/delete";

const MAKE_USER_PAGE: &str = "/workspaces/{workspace}/make-a-user";
const PRINTED_USER_PAGE: &str = "/workspaces/{workspace}/make-a-user/with-another-tool";
const TAKE_BACK_PAGE: &str = "/workspaces/{workspace}/take-a-user-back";

static ROUTES: &[RouteInfo] = &[
    on(Method::GET, "/healthz", Public, Api, || {
        get(health::healthz)
    }),
    on(Method::GET, "/readyz", Public, Api, || get(health::readyz)),
    on(Method::GET, "/api/v1/whoami", SignedIn, Api, || {
        get(api::whoami)
    }),
    on(Method::GET, WORKSPACES, SignedIn, Api, || {
        get(api::workspaces::list_workspaces)
    }),
    on(Method::POST, WORKSPACES, SignedIn, Api, || {
        post(api::workspaces::create_workspace)
    }),
    on(Method::GET, WORKSPACE, SignedIn, Api, || {
        get(api::workspaces::show_workspace)
    }),
    on(Method::DELETE, WORKSPACE, SignedIn, Api, || {
        delete(api::workspaces::delete_workspace)
    }),
    on(Method::GET, PROVIDERS, SignedIn, Api, || {
        get(api::providers::list_providers)
    }),
    on(Method::POST, PROVIDERS, SignedIn, Api, || {
        post(api::providers::add_provider)
    }),
    on(Method::GET, PROVIDER, SignedIn, Api, || {
        get(api::providers::show_provider)
    }),
    on(Method::PATCH, PROVIDER, SignedIn, Api, || {
        patch(api::providers::update_provider)
    }),
    on(Method::DELETE, PROVIDER, SignedIn, Api, || {
        delete(api::providers::delete_provider)
    }),
    on(Method::GET, CHECK, SignedIn, Api, || {
        get(api::providers::latest_check)
    }),
    on(Method::POST, CHECK, SignedIn, Api, || {
        post(api::providers::check_provider)
    }),
    on(Method::GET, MEMBERS, SignedIn, Api, || {
        get(api::members::list_members)
    }),
    on(Method::PUT, MEMBER, SignedIn, Api, || {
        put(api::members::set_member)
    }),
    on(Method::DELETE, MEMBER, SignedIn, Api, || {
        delete(api::members::remove_member)
    }),
    on(Method::GET, USERS, SignedIn, Api, || {
        get(api::users::list_users)
    }),
    on(Method::GET, USER, SignedIn, Api, || {
        get(api::users::show_user)
    }),
    on(Method::PATCH, USER, SignedIn, Api, || {
        patch(api::users::update_user)
    }),
    on(Method::DELETE, USER, SignedIn, Api, || {
        delete(api::users::delete_user)
    }),
    on(Method::GET, INVITATIONS, SignedIn, Api, || {
        get(api::invitations::list_invitations)
    }),
    on(Method::POST, INVITATIONS, SignedIn, Api, || {
        post(api::invitations::create_invitation)
    }),
    on(Method::DELETE, INVITATION, SignedIn, Api, || {
        delete(api::invitations::revoke_invitation)
    }),
    on(Method::GET, TOKENS, SignedIn, Api, || {
        get(api::tokens::list_tokens)
    }),
    on(Method::POST, TOKENS, SignedIn, Api, || {
        post(api::tokens::create_token)
    }),
    on(Method::DELETE, TOKEN, SignedIn, Api, || {
        delete(api::tokens::revoke_token)
    }),
    on(Method::POST, LOGIN, Public, Api, || {
        post(api::tokens::log_in)
    }),
    on(Method::DELETE, LOGIN, SignedIn, Api, || {
        delete(api::tokens::log_out)
    }),
    on(Method::PUT, PASSWORD, SignedIn, Api, || {
        put(api::change_password)
    }),
    on(Method::GET, SESSIONS, SignedIn, Api, || {
        get(api::sessions::list_sessions)
    }),
    on(Method::DELETE, SESSION, SignedIn, Api, || {
        delete(api::sessions::end_session)
    }),
    on(Method::GET, CHECKS, SignedIn, Api, || {
        get(api::checks::list_checks)
    }),
    on(Method::POST, CHECKS, SignedIn, Api, || {
        post(api::checks::start_check)
    }),
    on(Method::GET, CHECK_RUN, SignedIn, Api, || {
        get(api::checks::show_check)
    }),
    on(Method::GET, CHECK_EVENTS, SignedIn, Api, || {
        get(api::checks::check_events)
    }),
    on(Method::POST, CHECK_CANCEL, SignedIn, Api, || {
        post(api::checks::cancel_check)
    }),
    on(Method::POST, BOOTSTRAP, SignedIn, Api, || {
        post(api::bootstrap::make_user)
    }),
    on(Method::POST, BOOTSTRAP_PLAN, SignedIn, Api, || {
        post(api::bootstrap::plan_user)
    }),
    on(Method::POST, BOOTSTRAP_UNDO, SignedIn, Api, || {
        post(api::bootstrap::undo_user)
    }),
    on(
        Method::GET,
        "/api/v1/releases/{release}/bootstrap",
        SignedIn,
        Api,
        || get(api::releases::release_bootstrap),
    ),
    on(Method::GET, "/api/v1/releases", SignedIn, Api, || {
        get(api::releases::list_releases)
    }),
    on(
        Method::GET,
        "/api/v1/releases/{release}/policy",
        SignedIn,
        Api,
        || get(api::releases::release_policy),
    ),
    on(Method::GET, "/api/v1/audit-events", SignedIn, Api, || {
        get(api::audit_events::list_audit_events)
    }),
    on(Method::GET, "/api/v1/root-key", SignedIn, Api, || {
        get(api::root_key::show_root_keys)
    }),
    on(Method::POST, ROTATION, SignedIn, Api, || {
        post(api::root_key::begin_key_rotation)
    }),
    on(Method::POST, ROTATION_STEP, SignedIn, Api, || {
        post(api::root_key::continue_key_rotation)
    }),
    on(Method::GET, AUDIT_EXPORT, SignedIn, Api, || {
        get(api::audit_events::export_audit_events)
    }),
    on(Method::GET, AUDIT_VERIFICATION, SignedIn, Api, || {
        get(api::audit_events::verify_audit_events)
    }),
    on(Method::GET, "/assets/{file}", Public, Console, || {
        get(assets::asset)
    }),
    on(Method::GET, "/setup", Public, Console, || {
        get(console::setup::page)
    }),
    on(Method::POST, "/setup", Public, Console, || {
        post(console::setup::submit)
    }),
    on(Method::GET, "/sign-in", Public, Console, || {
        get(console::sign_in::page)
    }),
    on(Method::POST, "/sign-in", Public, Console, || {
        post(console::sign_in::submit)
    }),
    on(Method::POST, "/sign-out", SignedIn, Console, || {
        post(console::sign_out::submit)
    }),
    on(Method::GET, "/", SignedIn, Console, || {
        get(console::workspaces::page)
    }),
    on(Method::POST, "/workspaces", SignedIn, Console, || {
        post(console::workspaces::submit)
    }),
    on(
        Method::GET,
        "/workspaces/{workspace}",
        SignedIn,
        Console,
        || get(console::workspaces::open),
    ),
    on(Method::GET, PROVIDERS_PAGE, SignedIn, Console, || {
        get(console::providers::page)
    }),
    on(Method::GET, NEW_PROVIDER_PAGE, SignedIn, Console, || {
        get(console::provider_form::new::page)
    }),
    on(Method::POST, NEW_PROVIDER_PAGE, SignedIn, Console, || {
        post(console::provider_form::new::submit)
    }),
    on(Method::GET, PROVIDER_PAGE, SignedIn, Console, || {
        get(console::provider::page)
    }),
    on(Method::POST, CHECK_NOW, SignedIn, Console, || {
        post(console::check_now::submit)
    }),
    on(Method::GET, EDIT_PAGE, SignedIn, Console, || {
        get(console::provider_form::edit::page)
    }),
    on(Method::POST, EDIT_PAGE, SignedIn, Console, || {
        post(console::provider_form::edit::submit)
    }),
    on(Method::GET, DELETE_PAGE, SignedIn, Console, || {
        get(console::delete_provider::page)
    }),
    on(Method::POST, DELETE_PAGE, SignedIn, Console, || {
        post(console::delete_provider::submit)
    }),
    on(Method::GET, "/invitation", Public, Console, || {
        get(console::invitation::page)
    }),
    on(Method::POST, "/invitation", Public, Console, || {
        post(console::invitation::submit)
    }),
    on(Method::GET, "/people", SignedIn, Console, || {
        get(console::people::page)
    }),
    on(Method::POST, "/people", SignedIn, Console, || {
        post(console::people::invite)
    }),
    on(
        Method::POST,
        "/people/invitations/{id}/revoke",
        SignedIn,
        Console,
        || post(console::people::revoke),
    ),
    on(Method::GET, "/people/{user}", SignedIn, Console, || {
        get(console::people::user_page)
    }),
    on(Method::POST, "/people/{user}", SignedIn, Console, || {
        post(console::people::edit_user)
    }),
    on(
        Method::POST,
        "/people/{user}/delete",
        SignedIn,
        Console,
        || post(console::people::delete_user),
    ),
    on(Method::GET, MEMBERS_PAGE, SignedIn, Console, || {
        get(console::people::members_page)
    }),
    on(Method::POST, MEMBERS_PAGE, SignedIn, Console, || {
        post(console::people::set_member)
    }),
    on(
        Method::POST,
        "/workspaces/{workspace}/people/remove",
        SignedIn,
        Console,
        || post(console::people::remove_member),
    ),
    on(
        Method::POST,
        "/workspaces/{workspace}/people/invite",
        SignedIn,
        Console,
        || post(console::people::invite_member),
    ),
    on(Method::GET, "/account", SignedIn, Console, || {
        get(console::account::page)
    }),
    on(Method::POST, "/account/password", SignedIn, Console, || {
        post(console::account::change_password)
    }),
    on(
        Method::POST,
        "/account/sessions/{id}/end",
        SignedIn,
        Console,
        || post(console::account::end_session),
    ),
    on(Method::POST, "/account/tokens", SignedIn, Console, || {
        post(console::account::create_token)
    }),
    on(
        Method::POST,
        "/account/tokens/{id}/revoke",
        SignedIn,
        Console,
        || post(console::account::revoke_token),
    ),
    on(Method::GET, MAKE_USER_PAGE, SignedIn, Console, || {
        get(console::make_user::page)
    }),
    on(Method::POST, MAKE_USER_PAGE, SignedIn, Console, || {
        post(console::make_user::submit)
    }),
    on(Method::GET, PRINTED_USER_PAGE, SignedIn, Console, || {
        get(console::make_user::printed::page)
    }),
    on(Method::GET, TAKE_BACK_PAGE, SignedIn, Console, || {
        get(console::take_back::page)
    }),
    on(Method::POST, TAKE_BACK_PAGE, SignedIn, Console, || {
        post(console::take_back::submit)
    }),
    on(Method::GET, "/audit-log", SignedIn, Console, || {
        get(console::audit_log::page)
    }),
];
