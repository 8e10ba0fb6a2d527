//! The Cloud port over AWS: identify, check, bootstrap.
//!
//! [`AwsCloud`] is what the domain asks. The command line uses the parts directly: an
//! [`AwsSession`] says who calls, [`check`] runs the verification ladder.
//!
//! This is one of the few crates that may expose a secret: to sign with it, and to hand it over
//! where a person asked for it.

mod bootstrap;
mod cloud;
mod credentials_file;
mod document;
mod error;
mod identify;
mod ladder;
mod pages;
mod principal;
mod probes;
mod session;
mod signed;
mod wire;

pub use bootstrap::{BootstrapPlan, Patience, UndoPlan, delete_key, wait_until_usable};
pub use cloud::AwsCloud;
pub use credentials_file::{CredentialsFile, CredentialsFileError};
pub use ladder::{CheckError, check};
pub use session::{
    AwsSession, SessionError, SessionOptions, Timeouts, configured_region, profile_key,
};
pub use wire::{check_body, provider_body, reveal, reveal_json};
