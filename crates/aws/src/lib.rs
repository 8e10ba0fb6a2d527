//! The Cloud port over AWS: identify, bootstrap, check.
