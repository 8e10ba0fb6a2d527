//! `…/infrastructure-providers/{name}/deliveries`.

pub(crate) mod list;
pub(crate) mod order;

pub(crate) use list::list_deliveries;
pub(crate) use order::order_delivery;
