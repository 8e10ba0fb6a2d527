//! Names in the path of a request.

use axum::extract::{FromRequestParts, Path};
use axum::http::request::Parts;
use serde::de::DeserializeOwned;
use uuid::Uuid;

use crate::problem::{Code, Problem};

/// The id in a path. What is no id names nothing.
pub(crate) struct Id(pub(crate) Uuid);

impl<S: Send + Sync> FromRequestParts<S> for Id {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let Names(id) = Names::<String>::from_request_parts(parts, state).await?;
        id.parse().map(Self).map_err(|_| {
            let message = "there is nothing at this address; it ends with an id that is none";
            Problem::new(Code::NotFound, message)
        })
    }
}

/// The names in a path, decoded. What cannot be decoded names nothing.
pub(crate) struct Names<T>(pub(crate) T);

impl<T, S> FromRequestParts<S> for Names<T>
where
    T: DeserializeOwned + Send,
    S: Send + Sync,
{
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        match Path::<T>::from_request_parts(parts, state).await {
            Ok(Path(names)) => Ok(Self(names)),
            Err(_) => Err(Problem::new(
                Code::NotFound,
                "there is nothing at this address; its path cannot be read",
            )),
        }
    }
}
