//! Randomness.

/// Gives unpredictable bytes from the operating system.
pub trait Random: Send + Sync {
    /// Fills `bytes`.
    fn fill(&self, bytes: &mut [u8]);
}
