//! Forms that are sent twice are done once: each carries an id that was made with its page. Whoever
//! presses the button twice, or sends a form again that went off already, is led to where the first
//! one led.

use std::time::Duration;

use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::request::Parts;
use axum::http::{StatusCode, header};
use axum::middleware::Next;
use axum::response::Response;
use commissary_core::domain::Repeated;

use super::{done, media_type, replayed, taken_apart, target};
use crate::api::events::wants_events;
use crate::console::unreadable;
use crate::forms::LedTo;
use crate::options::App;
use crate::problem::{Code, Problem};
use crate::running;
use crate::session::SignedIn;

/// The field that carries the id.
const ONCE: &str = "once";
/// How long an id is: a UUID in hexadecimal digits, which no browser encodes.
const LENGTH: usize = 32;

/// How often it is looked whether the first of two has come to its end.
const LOOK: Duration = Duration::from_millis(200);

/// Lets a form through once for each page that it was on.
pub(crate) async fn sent_once(
    State(app): State<App>,
    request: Request,
    next: Next,
) -> Result<Response, Problem> {
    if wants_events(request.headers()) {
        return Ok(next.run(request).await);
    }
    let arrived = taken_apart(request).await;
    let (parts, body) = arrived.map_err(|problem| match problem.code {
        Code::TooLarge | Code::MalformedBody => unreadable(problem.code),
        _ => problem,
    })?;
    let actor = parts.extensions.get::<SignedIn>().cloned();
    let (Some(key), Some(SignedIn(actor))) = (key_of(&parts, &body), actor) else {
        return Ok(next.run(Request::from_parts(parts, Body::from(body))).await);
    };
    let product = app.commissary.clone();
    loop {
        let asked = [
            target(&parts).as_bytes(),
            media_type(&parts).as_bytes(),
            &body,
        ];
        let (begun, known) = product.begin_request(&actor, &key, &asked).await?;
        return match known {
            Repeated::Running => {
                tokio::time::sleep(LOOK).await;
                continue;
            }
            Repeated::Answered(answer) => replayed(answer),
            Repeated::First => {
                let request = Request::from_parts(parts, Body::from(body));
                running::to_its_end(done(product, begun, request, next, leads_on)).await
            }
            // Sent again with something else in it, it is another form.
            Repeated::Other => Ok(next.run(Request::from_parts(parts, Body::from(body))).await),
            Repeated::Lost => Err(Problem::new(
                Code::RequestLost,
                "this form was sent before, and the server broke off before it was answered: it may be done, in part or not at all; look at what is there, then open the form anew if it is still needed",
            )),
        };
    }
}

/// A key of its own kind: the forms of a page carry one id, and are told apart by their addresses.
fn key_of(parts: &Parts, body: &[u8]) -> Option<String> {
    Some(format!("form:{} {}", id_in(body)?, parts.uri.path()))
}

/// The id that a form carries.
fn id_in(body: &[u8]) -> Option<&str> {
    let mut pairs = body.split(|byte| *byte == b'&');
    let id = pairs.find_map(|pair| pair.strip_prefix(ONCE.as_bytes())?.strip_prefix(b"="))?;
    let is_id = id.len() == LENGTH && id.iter().all(u8::is_ascii_hexdigit);
    std::str::from_utf8(id).ok().filter(|_| is_id)
}

/// Whether an answer leads elsewhere, and not to the form again: what a form that was done ends with.
fn leads_on(response: &Response) -> bool {
    response.status() == StatusCode::SEE_OTHER
        && response.headers().contains_key(header::LOCATION)
        && response.extensions().get::<LedTo>().is_none()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_id_is_found_among_the_fields() {
        let id = "0198c0de000070008000000000000001";
        assert_eq!(id_in(format!("a=b&once={id}&c=d").as_bytes()), Some(id));
        for other in ["", "once=", "once=x", "twice=1", &format!("xonce={id}")] {
            assert_eq!(id_in(other.as_bytes()), None, "{other}");
        }
    }
}
