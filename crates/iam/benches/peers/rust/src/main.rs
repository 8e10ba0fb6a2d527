//! Measures the engines written in Rust on the workloads of a folder. Prints one JSON object a
//! line for each engine and workload.

mod iam_rs_peer;
mod ours;
mod timing;
mod workload;
mod yardstick;

use std::path::Path;

use anyhow::{Context as _, Result};
use timing::Contender;
use workload::Workload;

fn main() -> Result<()> {
    let folder = std::env::args().nth(1).context("usage: iam-bench FOLDER")?;
    for workload in Workload::read_all(Path::new(&folder))? {
        let contenders: Vec<Contender<'_>> = [
            ours::contenders(&workload)?,
            iam_rs_peer::contenders(&workload)?,
            yardstick::contenders(&workload)?,
        ]
        .into_iter()
        .flatten()
        .collect();
        timing::measure(&workload, contenders)?;
    }
    Ok(())
}
