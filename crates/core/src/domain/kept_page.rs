//! Pages that forms were answered with, kept for a while to be looked at.

use std::fmt;

use jiff::Timestamp;
use uuid::Uuid;
use zeroize::Zeroizing;

/// A page as it is kept.
#[derive(Clone, PartialEq, Eq)]
pub struct KeptPage {
    /// The status that it is shown with.
    pub status: u16,
    /// The page itself. It may hold a secret that is handed over once.
    pub html: Zeroizing<String>,
    /// What is told in its place from the second time on, where it is shown once.
    pub afterwards: Option<String>,
}

impl fmt::Debug for KeptPage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("KeptPage")
            .field("status", &self.status)
            .finish_non_exhaustive()
    }
}

/// A page that is to be kept.
#[derive(Debug)]
pub struct PageToKeep {
    /// Its identity.
    pub id: Uuid,
    /// For whom it was made, and who else does not see it.
    pub caller: String,
    /// The page.
    pub page: KeptPage,
    /// When it was made.
    pub made_at: Timestamp,
    /// When it goes.
    pub expires_at: Timestamp,
    /// How many pages are kept for this caller; older ones go.
    pub most: u32,
}

/// What became of a page that was kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PageKept {
    /// It is there.
    There(KeptPage),
    /// It was shown once, and this is told in its place.
    Shown(String),
}
