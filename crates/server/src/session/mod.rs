//! Who asks: the session cookie, the API token, and the guard before everything
//! that is not public.

mod cookie;
mod guard;
mod jar;
mod origin;
mod same_origin;
mod sign_in_from;

pub(crate) use cookie::{cleared, cookie, set};
pub(crate) use guard::{SignedIn, guard};
pub use jar::Transport;
pub(crate) use jar::{BROWSER, SESSION, SIGN_IN, signed_in};
pub(crate) use origin::CameFrom;
pub(crate) use same_origin::refuse_cross_site;
pub(crate) use sign_in_from::{Browser, welcome};
