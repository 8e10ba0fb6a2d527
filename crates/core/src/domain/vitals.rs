//! How the installation stands at a moment, in numbers.

/// The numbers that are asked of the data, whichever process serves.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Vitals {
    /// Browsers that are signed in.
    pub sessions: u64,
    /// Checks that a process runs.
    pub checks_running: u64,
    /// Checks that no process runs any more, though nobody noted their end.
    pub checks_lapsed: u64,
    /// Entries of the audit log.
    pub audit_entries: u64,
}
