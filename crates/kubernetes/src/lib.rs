//! The port [`Delivery`] over Kubernetes: management clusters, looked at and delivered to.
//!
//! This is one of the few crates that may expose a secret: to sign in at a cluster, and to hand
//! a credential over to it. Nothing that a cluster or a library says is repeated as it is: it
//! may hold what was sent.
//!
//! [`Delivery`]: commissary_core::ports::Delivery

mod certificate;
mod client;
mod delivery;
mod export;
mod failures;
mod forms;
mod kubeconfig;
mod look;
mod manifest;
mod objects;
mod reached;
mod rights;
mod sealed;
mod service_account;
mod users;
mod watch;
mod wire;

pub use delivery::KubernetesDelivery;
pub use kubeconfig::inlined;
pub use manifest::{rbac, yaml as rbac_yaml};
pub use service_account::ServiceAccount;
pub use wire::cluster_body;
