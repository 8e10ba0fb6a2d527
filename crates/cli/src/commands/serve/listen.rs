//! Taking an address to listen on.

use std::io::ErrorKind;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};

use tokio::net::TcpListener;

use crate::failure::{CONFLICT, Failure};

/// Listens on `address`; `flag` is what chooses another one.
pub(super) async fn bind(address: SocketAddr, flag: &str) -> Result<TcpListener, Failure> {
    TcpListener::bind(address)
        .await
        .map_err(|error| {
            match error.kind() {
        ErrorKind::AddrInUse => Failure::new(
            CONFLICT,
            format!("the address {address} is in use by another process"),
        )
        .with_hint(format!(
            "stop that process, or choose another address with {flag}; port 0 takes any free one"
        )),
        ErrorKind::PermissionDenied => {
            Failure::failed(format!("you may not listen on {address}"))
                .with_hint("ports below 1024 are reserved; choose a higher one")
        }
        ErrorKind::AddrNotAvailable => {
            Failure::failed(format!("this machine has no address {}", address.ip()))
        }
        _ => Failure::failed(format!("cannot listen on {address}: {error}")),
    }
        })
}

/// The address that was taken, with its real port.
pub(super) fn address(listener: &TcpListener) -> Result<SocketAddr, Failure> {
    listener
        .local_addr()
        .map_err(|error| Failure::failed(format!("the system does not tell the address: {error}")))
}

/// How programs on this machine reach an address that was taken.
pub(super) fn reached_by(address: SocketAddr) -> SocketAddr {
    let loopback: IpAddr = match address.ip() {
        IpAddr::V4(ip) if ip.is_unspecified() => Ipv4Addr::LOCALHOST.into(),
        IpAddr::V6(ip) if ip.is_unspecified() => Ipv6Addr::LOCALHOST.into(),
        ip => ip,
    };
    SocketAddr::new(loopback, address.port())
}
