//! A management cluster for one test: etcd and kube-apiserver on ports of their own, without
//! controllers. What a controller would do, the tests do.

mod assets;
mod capa;
mod cluster;
mod log;
mod process;
mod rbac;
mod start;
mod things;

pub(crate) use capa::Served;
pub(crate) use cluster::{ADMINISTRATOR, Cluster, STRANGER, capa_system};
pub(crate) use log::Request;
pub(crate) use start::{Options, until};
pub(crate) use things::{Binding, Kind, Things};
