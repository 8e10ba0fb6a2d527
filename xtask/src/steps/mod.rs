//! What the tasks are made of, one file per step.

pub(crate) mod bench;
pub(crate) mod browser;
pub(crate) mod fuzz;
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
    nextest::run(&moto, &aws_cli, &oidc)?;
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
