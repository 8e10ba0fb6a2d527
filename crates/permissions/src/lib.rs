//! What each release of a Cluster API consumer needs from an AWS credential.
//!
//! A [`Release`] is data: its statements, the features they serve, and for each action the
//! requests its consumer really sends. [`Release::select`] chooses features; the [`Selection`]
//! gives the policy document to print and the requirements to check a credential against.
//!
//! ```
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let selection = commissary_permissions::release("kommander-2.2")?.select(&["ec2".to_owned()])?;
//! assert!(selection.policy().size() < 6_144);
//! assert!(selection.requirements().iter().any(|r| r.action == "ec2:RunInstances"));
//! # Ok(())
//! # }
//! ```
//!
//! This crate does no I/O and decides nothing: `commissary-iam` does.

mod account;
mod adds;
mod blueprint;
mod compare;
mod data;
mod document;
mod export;
mod kind;
mod parameter;
mod policies;
mod reason;
mod release;
mod requirement;
mod sample;
mod selection;

pub use account::{Prerequisite, PrerequisiteKind};
pub use adds::Adds;
pub use blueprint::{
    Blueprint, BlueprintError, ManagedPolicy, NodeRole, OWNER_TAG, SELF_CHECK_POLICY, Tag,
};
pub use compare::{Addition, Upgrade, Use, uses_of};
pub use document::PolicyDocument;
pub use export::Export;
pub use kind::ResourceKind;
pub use parameter::{NameError, Parameter};
pub use policies::{
    Depth, LeftWide, MANAGED_POLICY_LIMIT, Narrowing, NarrowingError, Part, Policies, PolicyOptions,
};
pub use reason::{Reason, When};
pub use release::{
    DEFAULT_RELEASE, Feature, Fix, Form, Release, UnknownRelease, release, releases,
};
pub use requirement::{Condition, Requirement};
pub use sample::{SampleRequest, Samples, Scope};
pub use selection::{Selection, UnknownFeature};
