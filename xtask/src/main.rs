//! Development tasks. `cargo xtask test` is the one command that proves the
//! project: it installs what the tests need, says what it does, and runs
//! everything.

mod run;
mod steps;
mod tidy;

use std::process::ExitCode;

use anyhow::{Result, bail};

const USAGE: &str = "\
usage: cargo xtask TASK

  test     install what the tests need, then run everything (this is CI)
  check    formatting, lints, docs and house rules only; quick
  tidy     the house rules only: arrows, fences, sizes
  browser  the browser tests only
  schemathesis
           the API tried by its document, signed in and signed out
  kubernetes
           etcd and kube-apiserver for the tests of crates/kubernetes; says where
  bench    how fast policies are decided, beside other engines
  bench check
           what a check costs behind a slow network, beside the AWS CLI
  bench console
           what the console's pages cost over the wire and with many providers
  bench deliver
           what it costs to deliver a thousand providers, beside kubectl
  fuzz [SECONDS]
           the fuzz targets of crates/iam, each for so long (20)
  sizes    lines of code per crate
  reference
           make the reference data of crates/iam anew";

fn main() -> ExitCode {
    match task() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            run::say(&format!("{error:#}"));
            ExitCode::FAILURE
        }
    }
}

fn task() -> Result<()> {
    std::env::set_current_dir(run::root()?)?;
    let mut args = std::env::args().skip(1);
    match (args.next().as_deref(), args.next().as_deref()) {
        (Some("test"), None) => steps::everything(),
        (Some("check"), None) => steps::quick(),
        (Some("tidy"), None) => tidy::run(),
        (Some("bench"), None) => steps::bench::run(),
        (Some("bench"), Some("check")) => steps::bench::check(),
        (Some("bench"), Some("console")) => steps::bench::console(),
        (Some("browser"), None) => steps::browser::run(),
        (Some("schemathesis"), None) => steps::schemathesis::run(),
        (Some("kubernetes"), None) => steps::kubernetes::run(),
        (Some("bench"), Some("deliver")) => steps::bench::deliver(),
        (Some("fuzz"), seconds) => steps::fuzz::run(seconds),
        (Some("reference"), None) => steps::reference::run(),
        (Some("sizes"), None) => steps::sizes::run(),
        _ => bail!("{USAGE}"),
    }
}
