//! Pagination: `MaxItems` and `Marker` in, `IsTruncated` and `Marker` out.

use crate::fault::Fault;
use crate::wire::params::Params;
use crate::wire::xml::Xml;

/// Items per page when `MaxItems` is not given, and the most it may be (IAM API Reference).
const DEFAULT_ITEMS: usize = 100;
const MOST_ITEMS: usize = 1000;

/// One page of a listing, and the key it ended on when there is more.
pub(crate) struct Page<T> {
    pub(crate) items: Vec<T>,
    last_key: Option<String>,
}

impl<T> Page<T> {
    /// Cuts the page that `params` ask for out of `items`, which come in the order of their keys.
    ///
    /// The marker names the last key of the page before, so that items which come or go
    /// between two requests neither repeat nor hide others.
    pub(crate) fn cut(
        params: &Params,
        items: impl IntoIterator<Item = (String, T)>,
    ) -> Result<Page<T>, Fault> {
        let most = max_items(params)?;
        let after = marker(params)?;
        let mut rest = items
            .into_iter()
            .skip_while(|(key, _)| after.as_ref().is_some_and(|after| key <= after));
        let (keys, items): (Vec<String>, Vec<T>) = rest.by_ref().take(most).unzip();
        let last_key = rest.next().and_then(|_| keys.into_iter().next_back());
        Ok(Page { items, last_key })
    }

    /// Writes `IsTruncated`, and `Marker` when there is more.
    pub(crate) fn write_end(&self, xml: &mut Xml) {
        xml.text("IsTruncated", self.last_key.is_some());
        if let Some(key) = &self.last_key {
            let marker = crate::hex::encode(key.as_bytes());
            xml.text("Marker", marker);
        }
    }
}

fn max_items(params: &Params) -> Result<usize, Fault> {
    let Some(text) = params.get("MaxItems") else {
        return Ok(DEFAULT_ITEMS);
    };
    text.parse()
        .ok()
        .filter(|count| (1..=MOST_ITEMS).contains(count))
        .ok_or_else(|| {
            Fault::validation(format!(
                "1 validation error detected: Value '{text}' at 'maxItems' failed to satisfy \
                 constraint: Member must have value between 1 and {MOST_ITEMS}"
            ))
        })
}

fn marker(params: &Params) -> Result<Option<String>, Fault> {
    params
        .get("Marker")
        .map(|text| from_hex(text).ok_or_else(|| Fault::validation("Invalid Marker.")))
        .transpose()
}

fn from_hex(text: &str) -> Option<String> {
    crate::hex::decode(text).and_then(|bytes| String::from_utf8(bytes).ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(query: &str) -> Result<(Vec<u32>, String), Fault> {
        let items = (0..5).map(|index| (format!("{index:04}"), index));
        let page = Page::cut(&Params::parse(query, b"").unwrap(), items)?;
        let mut xml = Xml::default();
        page.write_end(&mut xml);
        Ok((page.items, xml.into_string()))
    }

    #[test]
    fn pages_follow_each_other_to_the_end() {
        let (first, end) = cut("MaxItems=3").unwrap();
        assert_eq!(first, [0, 1, 2]);
        assert_eq!(
            end,
            "<IsTruncated>true</IsTruncated><Marker>30303032</Marker>"
        );
        let (second, end) = cut("MaxItems=3&Marker=30303032").unwrap();
        assert_eq!(second, [3, 4]);
        assert_eq!(end, "<IsTruncated>false</IsTruncated>");
        assert_eq!(cut("MaxItems=5").unwrap().1, end);
    }

    #[test]
    fn refuses_bad_sizes_and_markers() {
        for query in [
            "MaxItems=0",
            "MaxItems=1001",
            "MaxItems=x",
            "Marker=zz",
            "Marker=3",
        ] {
            assert!(cut(query).is_err(), "{query}");
        }
    }
}
