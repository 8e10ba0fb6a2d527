//! The commissary command.
fn main() {}
