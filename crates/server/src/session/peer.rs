//! Where a request comes from.

use std::convert::Infallible;
use std::net::SocketAddr;

use axum::extract::{ConnectInfo, FromRequestParts};
use axum::http::request::Parts;

/// The caller's address for the audit log, or `unknown` when the server does
/// not listen on a socket.
#[derive(Debug, Clone)]
pub(crate) struct Peer(pub(crate) String);

impl Peer {
    pub(crate) fn of(extensions: &axum::http::Extensions) -> Self {
        let address = extensions.get::<ConnectInfo<SocketAddr>>();
        Self(address.map_or_else(
            || "unknown".to_owned(),
            |ConnectInfo(address)| address.ip().to_canonical().to_string(),
        ))
    }
}

impl<S: Sync> FromRequestParts<S> for Peer {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        Ok(Self::of(&parts.extensions))
    }
}
