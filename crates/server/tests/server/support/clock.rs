//! Time and randomness that tests can rely on.

use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};

use commissary_core::ports::{Clock, Random};
use jiff::Timestamp;

/// Begins on 5 January 2026 at noon and goes on by a millisecond whenever it is asked.
pub(crate) struct SteppingClock(AtomicI64);

impl SteppingClock {
    pub(crate) fn new() -> Self {
        Self(AtomicI64::new(1_767_614_400_000))
    }

    pub(crate) fn advance_hours(&self, hours: i64) {
        self.0.fetch_add(hours * 3_600_000, Ordering::SeqCst);
    }
}

impl Clock for SteppingClock {
    fn now(&self) -> Timestamp {
        Timestamp::from_millisecond(self.0.fetch_add(1, Ordering::SeqCst)).unwrap()
    }
}

/// Never gives the same bytes twice (SplitMix64).
pub(crate) struct CountingRandom(AtomicU64);

impl CountingRandom {
    pub(crate) fn new() -> Self {
        Self(AtomicU64::new(1))
    }
}

impl Random for CountingRandom {
    fn fill(&self, bytes: &mut [u8]) {
        for chunk in bytes.chunks_mut(8) {
            let count = self.0.fetch_add(1, Ordering::SeqCst);
            let mut mixed = count.wrapping_mul(0x9e37_79b9_7f4a_7c15);
            mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
            mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
            let mixed = (mixed ^ (mixed >> 31)).to_le_bytes();
            chunk.copy_from_slice(&mixed[..chunk.len()]);
        }
    }
}
