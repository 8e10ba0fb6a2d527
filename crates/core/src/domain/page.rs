//! Lists in pages.

/// Which part of a list is wanted.
#[derive(Debug, Clone)]
pub struct PageRequest {
    limit: u32,
    after: Option<String>,
}

impl PageRequest {
    /// The most items that a page holds.
    pub const MAX_LIMIT: u32 = 200;

    /// A page of at most `limit` items (kept between 1 and [`Self::MAX_LIMIT`])
    /// that follow the item whose key is `after`.
    pub fn new(limit: u32, after: Option<String>) -> Self {
        Self {
            limit: limit.clamp(1, Self::MAX_LIMIT),
            after,
        }
    }

    /// The first page, as large as pages get.
    pub fn first() -> Self {
        Self::new(Self::MAX_LIMIT, None)
    }

    /// The most items to return.
    pub fn limit(&self) -> u32 {
        self.limit
    }

    /// The key of the last item already seen.
    pub fn after(&self) -> Option<&str> {
        self.after.as_deref()
    }
}

/// A part of a list.
#[derive(Debug, Clone)]
pub struct Page<T> {
    /// The items, in the list's order.
    pub items: Vec<T>,
    /// The key to ask the next page with; none on the last page.
    pub next: Option<String>,
}

impl<T> Page<T> {
    /// Asks for what follows, as much as a page holds; none after the last page.
    pub fn following(&self) -> Option<PageRequest> {
        let last = self.next.clone()?;
        Some(PageRequest::new(PageRequest::MAX_LIMIT, Some(last)))
    }

    /// Makes a page from up to `limit + 1` items: the one too many only tells
    /// that there is more.
    pub fn from_one_more(mut items: Vec<T>, limit: u32, key: impl Fn(&T) -> String) -> Self {
        let limit = limit as usize;
        let more = items.len() > limit;
        items.truncate(limit);
        let next = if more { items.last().map(key) } else { None };
        Self { items, next }
    }
}
