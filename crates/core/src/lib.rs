//! The domain of Commissary: workspaces, infrastructure providers, permission
//! reports, people, and the operations on them.
//!
//! Data flows one way: an edge (command line, server) calls an operation of
//! [`Commissary`] with an [`Actor`]; the operation asks [`authorize`], works on
//! the types of [`domain`] and reaches the world only through [`ports`].
//! Nothing here knows HTTP, SQL, AWS or Kubernetes.

mod authorize;
pub mod domain;
mod error;
mod hex;
mod operations;
pub mod people;
pub mod ports;

pub use authorize::{Action, authorize};
pub use error::{Error, FieldError};
pub use operations::{
    Beat, BegunCheck, BegunRequest, CLUSTER_LEASE, CheckHow, ClusterChange, ClusterDeliveries,
    ClusterSaved, Commissary, DeliveryOrder, DeliveryStatus, Expiry, ExportWish, LEASE, Listed,
    NewAccess, NewApiToken, NewCheck, NewCluster, NewInvitation, NewProvider, NewStaticCredential,
    NewUser, Notice, ProviderChange, ProviderSaved, REQUEST_LEASE, Removal, SealedExportWish,
    SignInElsewhere, UserEdit, UserGone, UserMade, UserPlanned, UserToGo, Verify, WishedKey,
    audit_event,
};
pub use people::{Actor, Origin, Role};
