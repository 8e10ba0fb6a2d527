//! Query parameters, read strictly: what is not known is told, not ignored.

use axum::extract::{FromRequestParts, Query};
use axum::http::request::Parts;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use commissary_core::domain::PageRequest;

use crate::problem::Problem;

/// The parameters of a request's query, in order.
pub(crate) struct Parameters(Vec<(String, String)>);

impl<S: Sync> FromRequestParts<S> for Parameters {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Problem> {
        let Query(pairs) = Query::try_from_uri(&parts.uri).map_err(|_| {
            Problem::at(
                "query",
                "the query cannot be read; write it as `name=value&name=value`, percent-encoded",
            )
        })?;
        Ok(Self(pairs))
    }
}

impl Parameters {
    /// No parameters at all.
    pub(crate) fn none() -> Self {
        Self(Vec::new())
    }

    /// Whether there are none.
    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Takes every value of a parameter.
    pub(crate) fn take_all(&mut self, name: &str) -> Vec<String> {
        let (taken, left) = std::mem::take(&mut self.0)
            .into_iter()
            .partition(|(key, _)| key == name);
        self.0 = left;
        let taken: Vec<(String, String)> = taken;
        taken.into_iter().map(|(_, value)| value).collect()
    }

    /// Takes the value of a parameter that may be given once.
    pub(crate) fn take(&mut self, name: &str) -> Result<Option<String>, Problem> {
        let mut values = self.take_all(name);
        let value = values.pop();
        match values.is_empty() {
            true => Ok(value),
            false => Err(Problem::at(name, format!("give `{name}` only once"))),
        }
    }

    /// Takes what the address brings back of a field; empty if nothing.
    pub(crate) fn brought(&mut self, field: &str) -> String {
        self.take_all(field).pop().unwrap_or_default()
    }

    /// Ends the reading.
    ///
    /// # Errors
    /// A parameter is left that nobody asked for.
    pub(crate) fn finish(self, known: &str) -> Result<(), Problem> {
        match self.0.first() {
            None => Ok(()),
            Some(_) => Err(Problem::at(
                "query",
                format!("the query has a parameter that is not known here; known: {known}"),
            )),
        }
    }

    /// Takes `limit` and `cursor`, the parameters of every list.
    pub(crate) fn take_page(&mut self, default_limit: u32) -> Result<PageRequest, Problem> {
        let max = PageRequest::MAX_LIMIT;
        let limit = match self.take("limit")? {
            None => default_limit,
            Some(text) => text
                .parse()
                .ok()
                .filter(|limit| (1..=max).contains(limit))
                .ok_or_else(|| Problem::at("limit", format!("give a `limit` from 1 to {max}")))?,
        };
        let after = match self.take("cursor")? {
            None => None,
            Some(cursor) => Some(key_of(&cursor).ok_or_else(|| {
                let message = "this is not a cursor; use `next` of the page before as it is";
                Problem::at("cursor", message)
            })?),
        };
        Ok(PageRequest::new(limit, after))
    }
}

/// What stands for a place in a list; programs hand it back as it is.
pub(crate) fn cursor(key: &str) -> String {
    URL_SAFE_NO_PAD.encode(key)
}

fn key_of(cursor: &str) -> Option<String> {
    let bytes = URL_SAFE_NO_PAD.decode(cursor).ok()?;
    String::from_utf8(bytes).ok().filter(|key| !key.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parameters(pairs: &[(&str, &str)]) -> Parameters {
        let owned = |(key, value): &(&str, &str)| ((*key).to_owned(), (*value).to_owned());
        Parameters(pairs.iter().map(owned).collect())
    }

    #[test]
    fn a_cursor_comes_back_as_the_key_it_stands_for() {
        let mut query = parameters(&[("cursor", &cursor("team-é")), ("limit", "7")]);
        let page = query.take_page(50).unwrap();
        assert_eq!((page.limit(), page.after()), (7, Some("team-é")));
        assert!(query.finish("none").is_ok());
    }

    #[test]
    fn what_cannot_be_meant_is_told() {
        for pairs in [
            [("limit", "0")],
            [("limit", "201")],
            [("limit", "many")],
            [("cursor", "%%")],
            [("cursor", "")],
        ] {
            assert!(parameters(&pairs).take_page(50).is_err(), "{pairs:?}");
        }
        assert!(parameters(&[("a", "1"), ("a", "2")]).take("a").is_err());
        assert!(parameters(&[("a", "1")]).finish("`b`").is_err());
    }
}
