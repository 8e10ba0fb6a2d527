//! Where a request comes from.

use std::convert::Infallible;
use std::net::SocketAddr;

use axum::extract::{ConnectInfo, FromRequestParts};
use axum::http::Extensions;
use axum::http::request::Parts;
use commissary_core::Origin;

use crate::layers::RequestId;

/// Where a request comes from, for who has not signed in: an actor has its own.
/// The address is `unknown` when the server does not listen on a socket.
#[derive(Debug, Clone)]
pub(crate) struct CameFrom(pub(crate) Origin);

impl CameFrom {
    pub(crate) fn of(extensions: &Extensions) -> Self {
        let address = extensions.get::<ConnectInfo<SocketAddr>>();
        let request_id = extensions.get::<RequestId>();
        Self(Origin {
            address: address.map_or_else(
                || "unknown".to_owned(),
                |ConnectInfo(address)| address.ip().to_canonical().to_string(),
            ),
            request_id: request_id.map(|RequestId(id)| id.clone()),
        })
    }
}

impl<S: Sync> FromRequestParts<S> for CameFrom {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        Ok(Self::of(&parts.extensions))
    }
}
