//! The server from outside: through its router, with the real store and a cloud
//! that answers by table.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "tests"
)]

mod api_bodies;
mod api_bootstrap;
mod api_checks;
mod api_clusters;
mod api_events;
mod api_export;
mod api_lists;
mod api_providers;
mod api_releases;
mod api_updates;
mod api_workspaces;
mod audit_log;
mod authorization;
mod components;
mod console_brought_back;
mod console_check;
mod console_edit;
mod console_form;
mod console_kept;
mod console_make_user;
mod console_needs;
mod console_once;
mod console_pages;
mod console_people;
mod console_places;
mod console_provider;
mod console_workspaces;
mod headers;
mod hostile;
mod limits;
mod metrics;
mod paging;
mod people;
mod raw_http;
mod repeats;
mod request_ids;
mod sealing;
mod secrets;
mod serving;
mod sessions;
mod sign_in;
mod sign_in_wall;
mod support;
mod tls;
