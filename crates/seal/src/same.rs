//! Comparing secrets.

use aws_lc_rs::constant_time::verify_slices_are_equal;
use secrecy::{ExposeSecret as _, SecretString};

/// Whether two secrets are the same, without showing either: the time taken
/// tells their lengths at most.
pub fn same_secret(one: &SecretString, other: &SecretString) -> bool {
    let (one, other) = (one.expose_secret(), other.expose_secret());
    verify_slices_are_equal(one.as_bytes(), other.as_bytes()).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_same_is_the_same() {
        let same = |one: &str, other: &str| same_secret(&one.into(), &other.into());
        assert!(same("", "") && same("secret", "secret"));
        assert!(!same("secret", "secreT") && !same("secret", "secre") && !same("", "s"));
    }
}
