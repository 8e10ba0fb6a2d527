//! How many calls are under way at a time: more while AWS answers, half as many when it asks to
//! slow down. Pure; the clock is the caller's.

use std::time::Duration;

/// Calls under way in the beginning.
const AT_FIRST: f64 = 4.0;
/// Calls under way at most.
const MOST: f64 = 16.0;
/// The first pause; each further one that follows at once is twice as long.
const PAUSE: Duration = Duration::from_millis(250);
/// The longest pause.
const LONGEST: Duration = Duration::from_secs(8);

/// A window that grows by one for each round of answers and halves when AWS is limiting the rate
/// (additive increase, multiplicative decrease).
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Pace {
    window: f64,
    most: f64,
    pause: Duration,
}

impl Default for Pace {
    fn default() -> Self {
        Self {
            window: AT_FIRST,
            most: MOST,
            pause: PAUSE,
        }
    }
}

impl Pace {
    /// One that never has more than so many under way.
    pub(crate) fn at_most(most: u8) -> Self {
        let most = f64::from(most);
        Self {
            window: AT_FIRST.min(most),
            most,
            pause: PAUSE,
        }
    }

    /// How many calls may be under way.
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "the window lies between 1 and 16"
    )]
    pub(crate) fn window(&self) -> usize {
        self.window as usize
    }

    /// A call was answered.
    pub(crate) fn answered(&mut self) {
        self.window = (self.window + 1.0 / self.window).min(self.most);
        self.pause = PAUSE;
    }

    /// AWS asks to slow down; returns how long nothing is to be sent. Calls that were refused
    /// together come back apart: `spread` tells them from each other.
    pub(crate) fn throttled(&mut self, spread: usize) -> Duration {
        self.window = (self.window / 2.0).max(1.0);
        let pause = self.pause;
        self.pause = (pause * 2).min(LONGEST);
        let share = u32::try_from(spread % 8).unwrap_or(0);
        pause + pause * share / 8
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_grows_slowly_and_halves_at_once() {
        let mut pace = Pace::default();
        assert_eq!(pace.window(), 4);
        for _ in 0..500 {
            pace.answered();
        }
        assert_eq!(pace.window(), 16);
        assert_eq!(pace.throttled(0), PAUSE);
        assert_eq!(pace.window(), 8);
        let pauses: Vec<Duration> = (0..20).map(|_| pace.throttled(0)).collect();
        assert_eq!(pace.window(), 1);
        assert!(pauses.windows(2).all(|pair| pair[0] <= pair[1]));
        assert_eq!(pauses.last(), Some(&LONGEST));
        pace.answered();
        assert_eq!(pace.throttled(0), PAUSE);
    }

    #[test]
    fn calls_come_back_apart() {
        let pauses: Vec<Duration> = (0..4).map(|n| Pace::default().throttled(n)).collect();
        assert!(pauses.windows(2).all(|pair| pair[0] < pair[1]));
    }
}
