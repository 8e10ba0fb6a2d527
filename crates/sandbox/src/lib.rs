//! An AWS look-alike on loopback, for trying the product without an account.
//!
//! It holds one account with users, groups, roles, policies and access keys, answers IAM and STS as
//! AWS does, checks every signature, and decides every call with `commissary-iam`. Of the services
//! that Cluster API uses it plays the deciding alone: who may do it is told in the service's own
//! words, and who may finds an account that has next to nothing there. The AWS SDKs and the AWS CLI
//! work against it unchanged:
//!
//! ```no_run
//! # async fn run(
//! #     clock: commissary_sandbox::Clock,
//! #     random: commissary_sandbox::RandomSource,
//! # ) -> Result<(), Box<dyn std::error::Error>> {
//! let sandbox = commissary_sandbox::Sandbox::open("sandbox".as_ref(), clock, random)?;
//! let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
//! let paths = sandbox.write_profile(&format!("http://{}", listener.local_addr()?))?;
//! println!("export AWS_CONFIG_FILE={}", paths.config.display());
//! println!("export AWS_SHARED_CREDENTIALS_FILE={}", paths.credentials.display());
//! println!("export AWS_PROFILE=sandbox-admin");
//! sandbox.serve(listener, std::future::pending()).await?;
//! # Ok(())
//! # }
//! ```
//!
//! Every operation it has is in its answer to one that it has not (`InvalidAction`).

mod account;
mod authenticate;
mod authorize;
mod call;
mod controls;
mod endpoint;
mod error;
mod fault;
mod hex;
mod iam;
mod operations;
mod options;
mod private_file;
mod profile;
mod random;
mod route;
mod sandbox;
mod services;
mod signature;
mod sts;
mod wire;

pub use account::partition::Partition;
pub use controls::{Controls, ServedCall};
pub use endpoint::Clock;
pub use error::SandboxError;
pub use options::{Behaviour, SandboxOptions, Throttling};
pub use profile::ProfilePaths;
pub use random::RandomSource;
pub use sandbox::Sandbox;
pub use services::Order;
