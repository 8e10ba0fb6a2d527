//! A whole server in a temporary directory.

mod accounts;
mod answer;
mod clock;
mod cloud;
pub(crate) mod deliveries;
mod document;
mod logs;
mod people;
mod reached;
mod world;

pub(crate) use accounts::{Luck, TableAccounts};
pub(crate) use answer::{Answer, events};
pub(crate) use cloud::{SECRET, TOKEN, key};
pub(crate) use document::{Answered, Document};
pub(crate) use logs::logged;
pub(crate) use people::{come, root};
pub(crate) use reached::TableReached;
pub(crate) use world::{Caller, PASSWORD, World, decoded, percent, provider_body, provider_form};
