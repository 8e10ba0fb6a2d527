//! Address ranges hold what a mask of their bits says; the first line is the range, the second
//! the address.
#![no_main]

use std::net::{Ipv4Addr, Ipv6Addr};

use iam_fuzz::{holds, lines};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let [range, address] = lines(text);
    let expected = contains(range, address);
    assert_eq!(holds("IpAddress", range, address), expected);
    assert_eq!(holds("NotIpAddress", range, address), !expected);
    assert_eq!(
        holds("IpAddress", address, address),
        bits(address).is_some()
    );
});

/// The address as the bits of its family, the family's width first.
fn bits(text: &str) -> Option<(u32, u128)> {
    if let Ok(address) = text.parse::<Ipv4Addr>() {
        return Some((32, u32::from(address).into()));
    }
    let address = text.parse::<Ipv6Addr>().ok()?;
    Some((128, address.into()))
}

fn contains(range: &str, address: &str) -> bool {
    let (network, prefix) = match range.split_once('/') {
        Some((network, prefix)) => (network, Some(prefix)),
        None => (range, None),
    };
    let (Some((width, network)), Some((family, address))) = (bits(network), bits(address)) else {
        return false;
    };
    let prefix = match prefix {
        Some(text) if text.starts_with('+') => None,
        Some(text) => text.parse::<u32>().ok(),
        None => Some(width),
    };
    width == family
        && prefix.is_some_and(|prefix| {
            prefix <= width
                && (0..prefix).all(|bit| {
                    let mask = 1_u128 << (width - 1 - bit);
                    network & mask == address & mask
                })
        })
}
