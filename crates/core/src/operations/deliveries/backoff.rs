//! How long it takes until something that failed is tried again.

use jiff::SignedDuration;

use crate::ports::Random;

/// After the first failure.
const FIRST: SignedDuration = SignedDuration::from_secs(2);
/// At most.
const LONGEST: SignedDuration = SignedDuration::from_mins(5);

/// How long to wait after so many failures in a row: twice as long each time, and somewhere in the
/// second half of that, so that what failed together is not tried together.
pub(super) fn after(failures: u32, random: &dyn Random) -> SignedDuration {
    let factor = 1_i32.checked_shl(failures.saturating_sub(1)).unwrap_or(0);
    let whole = match factor {
        1..=1024 => (FIRST * factor).min(LONGEST),
        _ => LONGEST,
    };
    let mut byte = [0_u8];
    random.fill(&mut byte);
    let [byte] = byte;
    whole / 2 + whole * i32::from(byte) / 512
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Always(u8);

    impl Random for Always {
        fn fill(&self, bytes: &mut [u8]) {
            bytes.fill(self.0);
        }
    }

    #[test]
    fn each_failure_doubles_it_up_to_five_minutes() {
        for (failures, least) in [(0, 1), (1, 1), (2, 2), (8, 128), (9, 150), (u32::MAX, 150)] {
            let soonest = after(failures, &Always(0));
            assert_eq!(soonest, SignedDuration::from_secs(least), "{failures}");
            let latest = after(failures, &Always(u8::MAX));
            assert!(latest > soonest && latest < soonest * 2, "{failures}");
        }
    }
}
