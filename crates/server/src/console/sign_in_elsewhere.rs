//! `/sign-in/oidc`: away to the identity provider, and `/sign-in/oidc/callback`: back.

use askama::Template;
use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse as _, Redirect, Response};
use commissary_core::people::{CameBack, ProviderAnswer};
use zeroize::Zeroizing;

use super::render::{Base, page as render};
use crate::options::App;
use crate::problem::{Code, Problem};
use crate::query::Parameters;
use crate::session::{Browser, SIGN_IN, signed_in};
use crate::urls::safe_next;

/// The most characters that are shown of what the provider says.
const LONGEST_WORD: usize = 60;
const LONGEST_DESCRIPTION: usize = 300;

#[derive(Template)]
#[template(path = "signed_in.html")]
struct SignedInPage<'a> {
    base: Base,
    next: &'a str,
}

/// Sends the browser to the provider. It is a link and no form, for browsers hold a form to
/// this site wherever it is led on to (Content Security Policy Level 3, `form-action`).
pub(crate) async fn begin(
    State(app): State<App>,
    Browser { from, transport }: Browser,
    mut query: Parameters,
) -> Result<Response, Problem> {
    must_be_there(&app)?;
    let next = query.take("next")?.unwrap_or_default();
    query.finish("`next`")?;
    let product = &app.commissary;
    let away = product
        .begin_sign_in_elsewhere(safe_next(&next), &from)
        .await?;
    let cookie = SIGN_IN.set(&away.browser.hand_over(), transport)?;
    let mut response = Redirect::to(&away.address).into_response();
    response.headers_mut().append(header::SET_COOKIE, cookie);
    Ok(response)
}

/// Takes the browser back and signs it in. It goes on from a page of this site: a redirect
/// would still count as the provider's doing, and the session's cookie be left out of it
/// (RFC 6265bis, "Same-site and cross-site requests").
pub(crate) async fn back(
    State(app): State<App>,
    Browser { from, transport }: Browser,
    headers: HeaderMap,
    mut query: Parameters,
) -> Result<Response, Problem> {
    must_be_there(&app)?;
    let mut take = |name| query.take(name).map(Option::unwrap_or_default);
    let error = take("error")?;
    let answer = match error.as_str() {
        "" => ProviderAnswer::Code(Zeroizing::new(take("code")?)),
        error => ProviderAnswer::Error {
            code: plain(error, LONGEST_WORD),
            description: plain(&take("error_description")?, LONGEST_DESCRIPTION),
        },
    };
    let back = CameBack {
        state: Zeroizing::new(take("state")?),
        browser: Zeroizing::new(
            SIGN_IN
                .of(&headers, transport)
                .unwrap_or_default()
                .to_owned(),
        ),
        issuer: Some(take("iss")?).filter(|issuer| !issuer.is_empty()),
        answer,
    };
    let (begun, next) = app.commissary.end_sign_in_elsewhere(back, from).await?;
    let next = safe_next(&next);
    let template = SignedInPage {
        base: Base::of(&app),
        next,
    };
    let mut response = render(StatusCode::OK, &template)?;
    let answered = response.headers_mut();
    for line in signed_in(begun, transport)? {
        answered.append(header::SET_COOKIE, line);
    }
    answered.append(header::SET_COOKIE, SIGN_IN.cleared(transport)?);
    let refresh = HeaderValue::from_str(&format!("0; url={next}"));
    answered.insert(
        header::REFRESH,
        refresh.map_err(|error| Problem::internal(&error))?,
    );
    Ok(response)
}

fn must_be_there(app: &App) -> Result<(), Problem> {
    match app.commissary.identity_provider() {
        Some(_) => Ok(()),
        None => Err(Problem::new(
            Code::NotFound,
            "people sign in to this server with a password; no identity provider is set up",
        )),
    }
}

/// What the provider says, as text that can be shown.
fn plain(text: &str, longest: usize) -> String {
    let shown = text.chars().filter(|c| !c.is_control() && *c != '`');
    shown.take(longest).collect()
}
