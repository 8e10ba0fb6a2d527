//! The table of everything that the server answers. The router is built from
//! it, so that what is not in it does not exist.

use axum::http::Method;
use axum::routing::{MethodRouter, delete, get, patch, post, put};

use crate::describe::Operation;
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
    /// How the document describes it; the console's are not in it.
    pub(crate) describe: Option<fn() -> Operation>,
}

impl RouteInfo {
    /// Whether it belongs to the API and reads nothing from the query. Whoever asks whether the
    /// server is well may add what it likes.
    pub(crate) fn refuses_parameters(&self) -> bool {
        let asks_nothing = |describe: fn() -> Operation| describe().asks_nothing();
        self.path.starts_with("/api/") && self.describe.is_some_and(asks_nothing)
    }
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

type Handler = fn() -> MethodRouter<App>;

const fn page(method: Method, path: &'static str, access: Access, handler: Handler) -> RouteInfo {
    RouteInfo {
        method,
        path,
        access,
        area: Area::Console,
        handler,
        describe: None,
    }
}

const fn endpoint(
    method: Method,
    path: &'static str,
    access: Access,
    describe: fn() -> Operation,
    handler: Handler,
) -> RouteInfo {
    RouteInfo {
        method,
        path,
        access,
        area: Area::Api,
        handler,
        describe: Some(describe),
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
    page(Method::GET, "/assets/{file}", Public, || get(assets::asset)),
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
    page(Method::POST, "/sign-out", SignedIn, || {
        post(console::sign_out::submit)
    }),
    page(Method::GET, "/", SignedIn, || {
        get(console::workspaces::page)
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
    page(Method::GET, "/audit-log", SignedIn, || {
        get(console::audit_log::page)
    }),
];
