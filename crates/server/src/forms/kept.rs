//! The page that a form was answered with, by its address.

use axum::extract::{Request, State};
use axum::http::{StatusCode, Uri};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Redirect, Response};
use commissary_core::domain::PageKept;
use uuid::Uuid;

use crate::console::{Message, go_and_tell, html};
use crate::options::App;
use crate::problem::Problem;
use crate::session::SignedIn;

/// The parameter that names it.
const KEPT: &str = "kept";

/// What is told where it is not kept any more.
const GONE: &str = "what was shown here is not kept any more; what you see is how it stands now";

/// The address of a page that was kept.
pub(super) fn address_of(page: &str, id: Uuid) -> String {
    format!("{page}?{KEPT}={}", id.simple())
}

fn named_in(address: &Uri) -> Option<Uuid> {
    let id = address.query()?.strip_prefix(KEPT)?.strip_prefix('=')?;
    Uuid::try_parse(id).ok()
}

/// Shows the page that the address names, if it names one; without it, the page that the form
/// stands on.
pub(crate) async fn kept(
    State(app): State<App>,
    request: Request,
    next: Next,
) -> Result<Response, Problem> {
    let Some(id) = named_in(request.uri()) else {
        return Ok(next.run(request).await);
    };
    let signed_in = request.extensions().get::<SignedIn>();
    let actor = signed_in.map(|SignedIn(actor)| actor);
    let page = request.uri().path();
    match (app.commissary.kept_page(actor, id).await?, actor) {
        (Some(PageKept::There(kept)), _) => {
            let status = StatusCode::from_u16(kept.status);
            let status = status.map_err(|error| Problem::internal(&error))?;
            Ok(html(status, (*kept.html).clone()))
        }
        (Some(PageKept::Shown(told)), _) => go_and_tell(page, &[Message::attention(told)]),
        (None, Some(_)) => go_and_tell(page, &[Message::attention(GONE)]),
        (None, None) => Ok(Redirect::to(page).into_response()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_names_a_page_alone() {
        let id = Uuid::from_u128(7);
        let address = address_of("/people", id);
        assert_eq!(named_in(&address.parse().unwrap()), Some(id));
        for other in [
            "/people",
            "/people?kept=x",
            "/people?cursor=a",
            "/people?kept",
        ] {
            assert_eq!(named_in(&Uri::from_static(other)), None, "{other}");
        }
    }
}
