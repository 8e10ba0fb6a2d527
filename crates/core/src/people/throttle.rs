//! How often sign-in may be tried.
//!
//! Guessing has to be slow whoever guesses, and nobody may be locked out of an
//! account by others guessing at it. So attempts pass *gates*, and which ones
//! depends on where an attempt comes from:
//!
//! - From a *known place*, an address or a browser that the account was signed in
//!   from before, there is one gate for this account at this place. Whatever
//!   strangers do elsewhere does not close it. (OWASP describes the browser's half
//!   as "device cookies".)
//! - From anywhere else there are two: one of the account, which all strangers
//!   share and which makes a thousand machines no faster than one, and one of the
//!   address, which makes trying many accounts as slow.
//!
//! A gate lets some attempts through, then closes after each failure for twice as
//! long as before, up to a quarter of an hour, and forgets a day after the last
//! failure. An attempt at a closed gate is refused before the password is looked
//! at, is not counted, and so does not keep the gate closed. An attempt is counted
//! before the password is looked at and forgiven when it was right: a hundred at
//! once are a hundred attempts. Success does not open the gate of an address, or
//! whoever has an account could guess at others between two sign-ins.
//!
//! The gate of an account is there for names that nobody has as well, so that it
//! does not tell which exist; what is kept of a name is too little to tell which
//! one was typed, for it may have been a password.

use std::net::{IpAddr, Ipv6Addr};

use jiff::{SignedDuration, Timestamp};
use sha2::{Digest as _, Sha256};

use super::TokenHash;
use crate::hex::hex;

/// How long a gate remembers after its last failure.
pub const GATE_MEMORY: SignedDuration = SignedDuration::from_hours(24);
/// How long a place stays known after the last sign-in from it.
pub const PLACE_MEMORY: SignedDuration = SignedDuration::from_hours(24 * 90);
/// The longest that a gate stays closed.
const LONGEST_WAIT: SignedDuration = SignedDuration::from_mins(15);
/// Names are told apart by as many bits of their hash.
const NAME_BITS: u32 = 20;

/// What counts failed attempts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Gate {
    /// What tells it from others.
    pub key: String,
    /// Failures that close nothing.
    free: u32,
    /// Whether a success opens it again.
    pub forgives: bool,
}

impl Gate {
    /// The gate of an address from where sign-ins come back that were never begun.
    pub(crate) fn of_strangers(address: &str) -> Self {
        Self {
            key: format!("back at address {}", network(address)),
            free: 20,
            forgives: false,
        }
    }
}

/// How a gate stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct GateState {
    /// Failures so far.
    pub failures: u32,
    /// When the last one was.
    pub last_at: Timestamp,
    /// When the next attempt is let through.
    pub opens_at: Timestamp,
}

impl Gate {
    /// How the gate stands after an attempt that is taken to fail, counted at
    /// `now` on top of `before`.
    ///
    /// # Errors
    /// The gate is closed until then.
    pub fn attempt(
        &self,
        before: Option<GateState>,
        now: Timestamp,
    ) -> Result<GateState, Timestamp> {
        let before = before.filter(|state| state.last_at + GATE_MEMORY > now);
        if let Some(closed) = before.filter(|state| state.opens_at > now) {
            return Err(closed.opens_at);
        }
        let failures = before.map_or(1, |state| state.failures.saturating_add(1));
        Ok(GateState {
            failures,
            last_at: now,
            opens_at: now + self.wait(failures),
        })
    }

    fn wait(&self, failures: u32) -> SignedDuration {
        let Some(doublings) = failures.checked_sub(self.free) else {
            return SignedDuration::ZERO;
        };
        let seconds = 1_i64.checked_shl(doublings.min(30)).unwrap_or(i64::MAX);
        SignedDuration::from_secs(seconds).min(LONGEST_WAIT)
    }
}

/// Where an attempt comes from, as far as an account can know it.
#[derive(Debug, Clone)]
pub struct Places {
    /// The network of the address.
    pub address: String,
    /// The browser, by the mark that it was given at an earlier sign-in.
    pub browser: Option<String>,
}

impl Places {
    /// The places of an address and of the mark that a browser presented.
    pub fn new(address: &str, mark: Option<&TokenHash>) -> Self {
        Self {
            address: format!("address {}", network(address)),
            browser: mark.and_then(Self::browser_of),
        }
    }

    /// A browser as a place.
    pub(crate) fn browser_of(mark: &TokenHash) -> Option<String> {
        Some(format!("browser {}", hex(mark.as_bytes())))
    }

    /// Each place.
    pub fn each(&self) -> impl Iterator<Item = &str> {
        let browser = self.browser.as_deref();
        browser.into_iter().chain([self.address.as_str()])
    }

    /// The gates that an attempt at the account `name` must pass; `known` is the
    /// place that the account knows.
    pub fn gates(&self, name: &str, known: Option<&str>) -> Vec<Gate> {
        let account = account(name);
        let gate = |key, free, forgives| Gate {
            key,
            free,
            forgives,
        };
        match known {
            Some(place) => vec![gate(format!("{account} at {place}"), 5, true)],
            None => vec![
                gate(account, 5, true),
                gate(self.address.clone(), 20, false),
            ],
        }
    }
}

/// A name as a gate knows it.
fn account(name: &str) -> String {
    let digest = Sha256::digest(name.to_lowercase().as_bytes());
    let first = digest
        .iter()
        .take(4)
        .fold(0_u32, |sum, byte| sum << 8 | u32::from(*byte));
    format!("account {:05x}", first >> (u32::BITS - NAME_BITS))
}

/// An address as a place: of IPv6 the first half, for the second is the
/// customer's to choose (RFC 6177, "IPv6 Address Assignment to End Sites").
fn network(address: &str) -> String {
    match address.parse() {
        Ok(IpAddr::V6(v6)) => {
            let network = v6.to_bits() & (u128::MAX << 64);
            format!("{}/64", Ipv6Addr::from_bits(network))
        }
        _ => address.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn second(second: i64) -> Timestamp {
        Timestamp::new(1_790_000_000 + second, 0).unwrap()
    }

    fn gate(known: bool) -> Gate {
        let places = Places::new("192.0.2.7", None);
        let known = known.then_some(places.address.as_str());
        places.gates("ada", known).remove(0)
    }

    #[test]
    fn waits_double_up_to_a_quarter_of_an_hour_and_are_forgotten_after_a_day() {
        let gate = gate(false);
        let mut state = None;
        let mut now = second(0);
        let mut waits = Vec::new();
        for _ in 0..18 {
            let after = gate.attempt(state, now).unwrap();
            waits.push((after.opens_at - now).get_seconds());
            now = after.opens_at;
            state = Some(after);
        }
        assert_eq!(
            waits,
            [
                0, 0, 0, 0, 1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 900, 900, 900, 900
            ]
        );
        let later = now + GATE_MEMORY;
        assert_eq!(gate.attempt(state, later).unwrap().failures, 1);
    }

    #[test]
    fn an_attempt_at_a_closed_gate_is_not_counted() {
        let gate = gate(true);
        let closed = GateState {
            failures: 9,
            last_at: second(0),
            opens_at: second(60),
        };
        for at in [1, 30, 59] {
            assert_eq!(gate.attempt(Some(closed), second(at)), Err(second(60)));
        }
        assert_eq!(gate.attempt(Some(closed), second(60)).unwrap().failures, 10);
    }

    #[test]
    fn strangers_and_known_places_pass_different_gates() {
        let places = Places::new("2001:db8:1:2:3:4:5:6", Some(&TokenHash::of("mark")));
        let keys = |known| -> Vec<String> {
            let gates = places.gates("Ada", known).into_iter();
            gates.map(|gate| gate.key).collect()
        };
        let strange = keys(None);
        assert_eq!(strange[1], "address 2001:db8:1:2::/64");
        assert_eq!(strange[0], account("ada"));
        let known = keys(places.browser.as_deref());
        assert_eq!(known.len(), 1);
        assert!(!strange.contains(&known[0]));
        assert!(!known[0].contains("mark"));
    }
}
