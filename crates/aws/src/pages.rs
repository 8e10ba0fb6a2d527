//! Lists that AWS gives in pages.

use std::future::Future;

use commissary_core::ports::CloudError;

use crate::AwsSession;

/// More pages than any list of an account has; who goes on is not AWS.
const MAX_PAGES: usize = 500;

/// One page of a list.
pub(crate) struct ListPage<T> {
    pub(crate) items: Vec<T>,
    pub(crate) truncated: bool,
    pub(crate) marker: Option<String>,
}

/// Reads a list to its end. `page` asks for the page at a marker (IAM API Reference, "ListUsers":
/// `IsTruncated` and `Marker`).
pub(crate) async fn every_page<T, F, P>(
    session: &AwsSession,
    action: &'static str,
    mut page: F,
) -> Result<Vec<T>, CloudError>
where
    F: FnMut(Option<String>) -> P,
    P: Future<Output = Result<ListPage<T>, CloudError>>,
{
    let mut items = Vec::new();
    let mut marker = None;
    for _ in 0..MAX_PAGES {
        let mut next = page(marker).await?;
        items.append(&mut next.items);
        if !next.truncated {
            return Ok(items);
        }
        if next.marker.is_none() {
            return Err(session.nonsense(action, "its list says that it goes on, and not where"));
        }
        marker = next.marker;
    }
    Err(session.nonsense(action, "its list does not end"))
}

/// Reads a list of IAM to its end: `listed!(session, action, request, |page| items of it)`. The
/// operations are alike, but the SDK gives each a type of its own.
macro_rules! listed {
    ($session:expr, $action:expr, $request:expr, |$page:ident| $items:expr) => {{
        let (session, action, request) = ($session, $action, $request);
        $crate::pages::every_page(session, action, |marker| {
            let request = request.clone().set_marker(marker);
            async move {
                let $page = session.ask(action, request.send()).await?;
                Ok($crate::pages::ListPage {
                    truncated: $page.is_truncated(),
                    marker: $page.marker().map(str::to_owned),
                    items: $items,
                })
            }
        })
        .await
    }};
}
pub(crate) use listed;
