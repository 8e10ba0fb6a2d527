//! Behind a proxy: who is believed to say where a request comes from.

use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;

use axum::Router;
use axum::extract::{ConnectInfo, Request};
use axum::http::{HeaderMap, HeaderName, HeaderValue, header};
use axum::middleware::{Next, from_fn};
use axum::response::Response;
use ipnet::IpNet;

use crate::session::Transport;

/// The addresses of the proxies in front that are believed.
#[derive(Debug, Clone, Default)]
pub struct TrustedProxies(Arc<[IpNet]>);

impl TrustedProxies {
    /// Believes whoever calls from one of these networks.
    pub fn new(networks: Vec<IpNet>) -> Self {
        Self(networks.into())
    }

    fn include(&self, address: IpAddr) -> bool {
        let address = address.to_canonical();
        self.0.iter().any(|network| network.contains(&address))
    }

    /// The router behind these proxies. What others say of themselves is not
    /// believed: their requests come from where they come from, in clear text.
    pub fn before(self, router: Router) -> Router {
        router.layer(from_fn(move |request: Request, next: Next| {
            let proxies = self.clone();
            async move { proxies.pass(request, next).await }
        }))
    }

    async fn pass(self, mut request: Request, next: Next) -> Response {
        let peer = request.extensions().get::<ConnectInfo<SocketAddr>>();
        let peer = peer.map(|ConnectInfo(address)| *address);
        if let Some(peer) = peer.filter(|peer| self.include(peer.ip())) {
            let said = Said::by(request.headers());
            if let Some(address) = self.caller(&said.addresses) {
                let caller = ConnectInfo(SocketAddr::new(address, peer.port()));
                request.extensions_mut().insert(caller);
            }
            if said
                .proto
                .is_some_and(|proto| proto.eq_ignore_ascii_case("https"))
            {
                request.extensions_mut().insert(Transport::Tls);
            }
            let host = said.host.and_then(|host| HeaderValue::from_str(&host).ok());
            if let Some(host) = host {
                request.headers_mut().insert(header::HOST, host);
            }
        }
        next.run(request).await
    }

    /// The right-most address that is no proxy of ours: what stands left of it was
    /// said by that one. An entry that is no address ends the looking.
    fn caller(&self, addresses: &[Option<IpAddr>]) -> Option<IpAddr> {
        let mut furthest = None;
        for address in addresses.iter().rev() {
            let address = (*address)?;
            furthest = Some(address);
            if !self.include(address) {
                break;
            }
        }
        furthest
    }
}

/// What the headers of a request say.
#[derive(Debug, Default, PartialEq, Eq)]
struct Said {
    /// From the first hop to the last; nothing where it is no address.
    addresses: Vec<Option<IpAddr>>,
    proto: Option<String>,
    host: Option<String>,
}

impl Said {
    /// `Forwarded` (RFC 7239) where there is one, else the `X-Forwarded-` headers.
    /// Of several values the last counts: the nearest proxy wrote it.
    fn by(headers: &HeaderMap) -> Self {
        let values = |name: HeaderName| {
            let lines = headers.get_all(name).into_iter();
            let lines = lines.filter_map(|line| line.to_str().ok());
            let values: Vec<String> = lines
                .flat_map(|line| line.split(','))
                .map(|value| value.trim().to_owned())
                .collect();
            values
        };
        let forwarded = values(header::FORWARDED);
        if forwarded.is_empty() {
            let addresses = values(HeaderName::from_static("x-forwarded-for"));
            return Self {
                addresses: addresses.iter().map(|text| address_of(text)).collect(),
                proto: values(HeaderName::from_static("x-forwarded-proto")).pop(),
                host: values(HeaderName::from_static("x-forwarded-host")).pop(),
            };
        }
        let addresses = forwarded.iter().map(|hop| {
            let address = parameter(hop, "for");
            address.and_then(|text| address_of(&text))
        });
        let last = forwarded.last();
        Self {
            addresses: addresses.collect(),
            proto: last.and_then(|hop| parameter(hop, "proto")),
            host: last.and_then(|hop| parameter(hop, "host")),
        }
    }
}

/// A parameter of an element of `Forwarded`.
fn parameter(hop: &str, name: &str) -> Option<String> {
    let pairs = hop
        .split(';')
        .filter_map(|pair| pair.trim().split_once('='));
    let mut found = pairs.filter(|(key, _)| key.eq_ignore_ascii_case(name));
    found
        .next()
        .map(|(_, value)| value.trim_matches('"').to_owned())
}

/// An address, with or without a port and brackets.
fn address_of(text: &str) -> Option<IpAddr> {
    let text = text.trim_matches('"');
    let ip = text.parse::<IpAddr>().ok();
    let ip = ip.or_else(|| text.parse::<SocketAddr>().ok().map(|address| address.ip()));
    let ip = ip.or_else(|| text.strip_prefix('[')?.strip_suffix(']')?.parse().ok());
    ip.map(|ip| ip.to_canonical())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(lines: &[(&'static str, &str)]) -> Said {
        let mut headers = HeaderMap::new();
        for (name, value) in lines {
            headers.append(*name, HeaderValue::from_str(value).unwrap());
        }
        Said::by(&headers)
    }

    fn proxies() -> TrustedProxies {
        let networks = ["10.0.0.0/8", "fd00::/8"];
        TrustedProxies::new(networks.map(|text| text.parse().unwrap()).to_vec())
    }

    #[test]
    fn the_right_most_address_that_is_no_proxy_is_the_caller() {
        for (header, caller) in [
            ("203.0.113.7", Some("203.0.113.7")),
            // What the caller wrote itself stands left of its own address.
            ("127.0.0.1, 203.0.113.7", Some("203.0.113.7")),
            ("127.0.0.1, 203.0.113.7, 10.1.2.3", Some("203.0.113.7")),
            ("10.9.9.9, 10.1.2.3", Some("10.9.9.9")),
            ("203.0.113.7:4711", Some("203.0.113.7")),
            ("[2001:db8::1]:4711", Some("2001:db8::1")),
            ("::ffff:203.0.113.7", Some("203.0.113.7")),
            ("nonsense", None),
            ("203.0.113.7, unknown", None),
        ] {
            let said = said(&[("x-forwarded-for", header)]);
            let expected = caller.map(|text| text.parse().unwrap());
            assert_eq!(proxies().caller(&said.addresses), expected, "{header}");
        }
        let lines = [
            ("x-forwarded-for", "1.1.1.1"),
            ("x-forwarded-for", "203.0.113.7"),
        ];
        let expected: IpAddr = "203.0.113.7".parse().unwrap();
        assert_eq!(proxies().caller(&said(&lines).addresses), Some(expected));
    }

    #[test]
    fn the_standard_header_counts_before_the_others() {
        let said = said(&[
            (
                "forwarded",
                "for=192.0.2.1;proto=http, For=\"[2001:db8::1]:47\";Proto=https;host=\"commissary.example\"",
            ),
            ("x-forwarded-for", "1.1.1.1"),
            ("x-forwarded-proto", "http"),
        ]);
        assert_eq!(said.proto.as_deref(), Some("https"));
        assert_eq!(said.host.as_deref(), Some("commissary.example"));
        let expected: IpAddr = "2001:db8::1".parse().unwrap();
        assert_eq!(proxies().caller(&said.addresses), Some(expected));
    }
}
