//! Cookies: read from a request, written to a response (RFC 6265).

use axum::http::{HeaderMap, HeaderValue, header};

use crate::problem::Problem;

/// The value of a cookie of the request.
pub(crate) fn cookie<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|line| line.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find(|(key, _)| *key == name)
        .map(|(_, value)| value)
}

/// A `Set-Cookie` value that no script can read and no other site can send.
/// It lasts as long as the browser runs.
pub(crate) fn set(name: &str, value: &str) -> Result<HeaderValue, Problem> {
    set_for(name, value, SameSite::Strict, None, false)
}

/// Which requests that another site causes take a cookie along.
#[derive(Debug, Clone, Copy)]
pub(super) enum SameSite {
    /// None.
    Strict,
    /// Those that only lead here.
    Lax,
}

/// The same that other sites may lead here with, lasts for some seconds, or travels over
/// TLS only.
pub(super) fn set_for(
    name: &str,
    value: &str,
    same_site: SameSite,
    life: Option<u32>,
    tls: bool,
) -> Result<HeaderValue, Problem> {
    let life = life.map_or_else(String::new, |seconds| format!("; Max-Age={seconds}"));
    let secure = if tls { "; Secure" } else { "" };
    let line = format!("{name}={value}; HttpOnly; SameSite={same_site:?}; Path=/{life}{secure}");
    let mut header = HeaderValue::from_str(&line)
        .map_err(|_| Problem::internal(&format!("the cookie `{name}` cannot be written")))?;
    header.set_sensitive(true);
    Ok(header)
}

/// A `Set-Cookie` value that removes a cookie.
pub(crate) fn cleared(name: &str) -> Result<HeaderValue, Problem> {
    set_for(name, "", SameSite::Strict, Some(0), false)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(lines: &[&'static str]) -> HeaderMap {
        let mut headers = HeaderMap::new();
        for line in lines {
            headers.append(header::COOKIE, HeaderValue::from_static(line));
        }
        headers
    }

    #[test]
    fn a_cookie_is_found_among_others() {
        let headers = headers(&["a=1; commissary-session=cmss_x=y;b", "c=2"]);
        assert_eq!(cookie(&headers, "commissary-session"), Some("cmss_x=y"));
        assert_eq!(cookie(&headers, "c"), Some("2"));
        assert_eq!(cookie(&headers, "session"), None);
    }

    #[test]
    fn scripts_and_other_sites_are_kept_out() {
        let header = set("commissary-session", "t").unwrap();
        let line = header.to_str().unwrap();
        assert_eq!(
            line,
            "commissary-session=t; HttpOnly; SameSite=Strict; Path=/"
        );
        assert!(set("commissary-session", "a\r\nSet-Cookie: b").is_err());
        let gone = cleared("commissary-session").unwrap();
        assert!(gone.to_str().unwrap().ends_with("; Max-Age=0"));
    }
}
