//! What the domain needs from the world, as traits. Each is implemented in a
//! crate of its own and handed in by the binary.

mod accounts;
mod bootstrap_error;
mod clock;
mod cloud;
mod cluster_store;
mod delivery;
mod delivery_store;
mod identity_provider;
mod meter;
mod people_store;
mod random;
mod store;

pub use accounts::{Accounts, Keeper, Lent, UserProgress};
pub use bootstrap_error::BootstrapError;
pub use clock::Clock;
pub use cloud::{Cloud, CloudError, Progress, Silent};
pub use cluster_store::ClusterStore;
pub use delivery::{Delivery, DeliveryError, Heard, NotSealed, Reached};
pub use delivery_store::{DeliveryStore, Outcome};
pub use identity_provider::{IdentityElsewhere, IdentityError, IdentityProvider};
pub use meter::{CallOutcome, Happening, Meter, SignInRefusal};
pub use people_store::{PeopleStore, SetupLink};
pub use random::Random;
pub use store::{Begun, Store, StoreError};
