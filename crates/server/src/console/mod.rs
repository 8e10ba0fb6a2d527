//! The console: pages rendered on the server, one file per page, working
//! without scripts (Post/Redirect/Get).

mod choices;
mod every;
mod faults;
mod flash;
mod form;
mod moment;
mod one_time_link;
mod policy;
mod problem;
mod prose;
mod render;
mod shell;
mod status;
mod uses;
mod verbatim;

pub(crate) mod account;
pub(crate) mod audit_log;
pub(crate) mod check_now;
pub(crate) mod clusters;
#[cfg(debug_assertions)]
pub(crate) mod components;
pub(crate) mod delete_provider;
pub(crate) mod deliveries;
pub(crate) mod invitation;
pub(crate) mod make_user;
pub(crate) mod namespaces;
pub(crate) mod people;
pub(crate) mod policies;
pub(crate) mod provider;
pub(crate) mod provider_form;
pub(crate) mod providers;
pub(crate) mod setup;
pub(crate) mod sign_in;
pub(crate) mod sign_in_elsewhere;
pub(crate) mod sign_out;
pub(crate) mod take_back;
pub(crate) mod workspaces;

pub(crate) use flash::Message;
pub(crate) use form::{Form, shown_again, unreadable};
pub(crate) use problem::problem_page;
pub(crate) use render::{go_and_tell, html};
pub(crate) use verbatim::Verbatim;
