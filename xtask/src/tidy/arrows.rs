//! Which crate may depend on which, and who may use a heavy dependency.

use std::collections::BTreeMap;

use anyhow::{Context as _, Result};
use serde::Deserialize;

use super::Faults;
use crate::run::{cargo, read};

/// The arrows between the rooms (`ARCHITECTURE.md`, "The rooms"). Data flows
/// one way: edge, core, ports.
const ARROWS: &[(&str, &[&str])] = &[
    ("iam", &[]),
    ("seal", &[]),
    ("permissions", &["iam"]),
    ("core", &["permissions", "iam"]),
    ("store", &["core", "seal"]),
    ("aws", &["core", "permissions", "iam"]),
    ("oidc", &["core"]),
    ("kubernetes", &["core", "seal"]),
    ("sandbox", &["iam"]),
    ("server", &["core", "permissions"]),
    (
        "cli",
        &[
            "aws",
            "core",
            "iam",
            "kubernetes",
            "oidc",
            "permissions",
            "sandbox",
            "seal",
            "server",
            "store",
        ],
    ),
];

/// Heavy or delicate dependencies and the only room that may name each.
const FENCED: &[(&str, &str)] = &[
    ("aws-config", "aws"),
    ("aws-sdk-iam", "aws"),
    ("aws-sdk-sts", "aws"),
    ("aws-smithy-http-client", "aws"),
    ("aws-lc-rs", "seal"),
    ("sqlx", "store"),
    ("kube", "kubernetes"),
    ("k8s-openapi", "kubernetes"),
    ("openidconnect", "oidc"),
    ("askama", "server"),
    ("argon2", "core"),
];

#[derive(Deserialize)]
struct Metadata {
    packages: Vec<Package>,
}

#[derive(Deserialize)]
struct Package {
    name: String,
    dependencies: Vec<Dependency>,
}

#[derive(Deserialize)]
struct Dependency {
    name: String,
    /// None for an ordinary dependency, else `dev` or `build`.
    kind: Option<String>,
}

pub(super) fn check() -> Result<Faults> {
    let text = read(cargo().args(["metadata", "--no-deps", "--locked", "--format-version", "1"]))?;
    let metadata: Metadata = serde_json::from_str(&text).context("cargo's metadata")?;
    let arrows: BTreeMap<_, _> = ARROWS.iter().copied().collect();
    let mut faults = Faults::new();
    for package in &metadata.packages {
        let Some(room) = package.name.strip_prefix("commissary-") else {
            continue;
        };
        let Some(allowed) = arrows.get(room) else {
            faults.push(format!(
                "crates/{room}: a room without arrows; add it to xtask/src/tidy/arrows.rs"
            ));
            continue;
        };
        for dependency in package.dependencies.iter().filter(|d| d.kind.is_none()) {
            faults.extend(fault(room, allowed, &dependency.name));
        }
    }
    Ok(faults)
}

fn fault(room: &str, allowed: &[&str], dependency: &str) -> Option<String> {
    if let Some(other) = dependency.strip_prefix("commissary-") {
        let wrong = !allowed.contains(&other);
        return wrong
            .then(|| format!("crates/{room} depends on crates/{other}: against the arrows"));
    }
    let (_, keeper) = FENCED.iter().find(|(name, _)| *name == dependency)?;
    let wrong = *keeper != room;
    wrong.then(|| format!("crates/{room} names `{dependency}`: only crates/{keeper} may"))
}
