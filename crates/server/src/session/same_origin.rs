//! Another site must not act through somebody's browser (OWASP Cheat Sheet
//! Series, "Cross-Site Request Forgery Prevention": Fetch Metadata, with the
//! origin as fallback for browsers and connections without it).

use axum::extract::Request;
use axum::http::{HeaderMap, header};
use axum::middleware::Next;
use axum::response::Response;

use super::SESSION;
use crate::problem::{Code, Problem};

/// Refuses a request that may change something, comes by browser and was not
/// caused by a page of this server. A request with an `Authorization` header is
/// not concerned: no page of another site can add one.
pub(crate) async fn refuse_cross_site(request: Request, next: Next) -> Result<Response, Problem> {
    if request.method().is_safe() || is_own(request.headers()) {
        return Ok(next.run(request).await);
    }
    Err(Problem::new(
        Code::CrossSite,
        "this request was not caused by a page of this server; open the console and try again there",
    ))
}

fn is_own(headers: &HeaderMap) -> bool {
    let text = |name| headers.get(name).and_then(|value| value.to_str().ok());
    if headers.contains_key(header::AUTHORIZATION) {
        return true;
    }
    if let Some(site) = headers.get("sec-fetch-site") {
        return site == "same-origin" || site == "none";
    }
    if headers.contains_key(header::ORIGIN) {
        let origin = text(header::ORIGIN).and_then(|origin| origin.split_once("://"));
        let host = text(header::HOST);
        return matches!((origin, host), (Some((_, origin)), Some(host)) if origin.eq_ignore_ascii_case(host));
    }
    // Every browser names the origin of a POST. What has neither header is no
    // browser, and then a session cookie has no business being there.
    !SESSION.is_in(headers)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn own(lines: &[(&'static str, &'static str)]) -> bool {
        let mut headers = HeaderMap::new();
        for (name, value) in lines {
            headers.insert(*name, value.parse().unwrap());
        }
        is_own(&headers)
    }

    #[test]
    fn what_another_site_causes_is_told_from_what_a_page_here_causes() {
        let host = ("host", "commissary.example:8080");
        let cookie = ("cookie", "commissary-session=x");
        for (expected, lines) in [
            (true, vec![cookie, ("sec-fetch-site", "same-origin")]),
            (true, vec![cookie, ("sec-fetch-site", "none")]),
            (false, vec![cookie, ("sec-fetch-site", "same-site")]),
            (false, vec![("sec-fetch-site", "cross-site")]),
            (
                true,
                vec![cookie, host, ("origin", "http://commissary.example:8080")],
            ),
            (
                true,
                vec![cookie, host, ("origin", "https://Commissary.example:8080")],
            ),
            (
                false,
                vec![cookie, host, ("origin", "http://commissary.example")],
            ),
            (false, vec![cookie, host, ("origin", "http://evil.example")]),
            (false, vec![cookie, host, ("origin", "null")]),
            (false, vec![cookie, ("origin", "http://evil.example")]),
            (false, vec![cookie, host]),
            (true, vec![host]),
            (
                true,
                vec![
                    host,
                    ("authorization", "Bearer x"),
                    ("sec-fetch-site", "cross-site"),
                ],
            ),
        ] {
            assert_eq!(own(&lines), expected, "{lines:?}");
        }
    }
}
