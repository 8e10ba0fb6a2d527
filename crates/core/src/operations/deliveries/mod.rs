//! Deliveries of providers to management clusters: seen, ordered, and done.

mod backoff;
mod order;
mod read;
mod reconcile;
mod serve;

pub use order::DeliveryOrder;
pub use read::{ClusterDeliveries, DeliveryStatus};
pub use serve::CLUSTER_LEASE;
