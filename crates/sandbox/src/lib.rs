//! An AWS look-alike on loopback, for trying the product without an account.
