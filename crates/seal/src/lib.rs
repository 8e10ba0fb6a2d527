//! Envelope encryption of secrets.
