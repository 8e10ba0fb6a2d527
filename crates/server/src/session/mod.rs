//! Who asks: the session cookie, the API token, and the guard before everything
//! that is not public.

mod cookie;
mod guard;
mod origin;
mod same_origin;

pub(crate) use cookie::{SESSION, cleared, cookie, set};
pub(crate) use guard::{SignedIn, guard, session_token};
pub(crate) use origin::CameFrom;
pub(crate) use same_origin::refuse_cross_site;
