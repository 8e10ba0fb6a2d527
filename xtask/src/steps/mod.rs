//! What the tasks are made of, one file per step.

pub(crate) mod bench;
pub(crate) mod browser;
pub(crate) mod fuzz;
pub(crate) mod kubernetes;
mod lints;
mod nextest;
mod node;
mod python;
pub(crate) mod reference;
pub(crate) mod schemathesis;
pub(crate) mod sizes;
mod stamp;

use anyhow::Result;

use crate::run::say;
use crate::tidy;

/// Everything that proves the project, the cheapest first.
pub(crate) fn everything() -> Result<()> {
    quick()?;
    let moto = python::MOTO.install()?;
    let aws_cli = python::AWS_CLI.install()?;
    let oidc = node::install(node::OIDC)?;
    let kubernetes = kubernetes::install()?;
    nextest::run(&[
        ("COMMISSARY_MOTO", &moto),
        ("COMMISSARY_AWS_CLI", &aws_cli),
        ("COMMISSARY_OIDC", &oidc),
        (kubernetes::ASSETS, &kubernetes),
    ])?;
    fuzz::briefly()?;
    schemathesis::run()?;
    browser::run()?;
    say("all of it passed");
    Ok(())
}

/// What needs no test to run.
pub(crate) fn quick() -> Result<()> {
    tidy::run()?;
    lints::run()
}
