//! What has to be reached.

use anyhow::{Context as _, Result, bail};

use super::{Measured, Peer, ratio};

const SEED: &str = "seed";
const OURS: &str = "commissary";
const EXPLAINED: &str = "commissary, explained";

/// On the requests of the seed: an engine of ours has to be so many times as fast as a peer.
const TARGETS: [(&str, Peer, f64); 4] = [
    (OURS, Peer::IamRs, 80.0),
    (OURS, Peer::IamSimulate, 2_000.0),
    (OURS, Peer::Yardstick, 0.5),
    (EXPLAINED, Peer::IamRsExplained, 10.0),
];

/// A hundred times the statements, about as many of which name each action, may cost so many times
/// as much: caches are finite.
const SMALL: &str = "10 statements";
const LARGE: &str = "1000 statements";
const GROWTH: f64 = 3.0;

/// Prints each target and whether it is reached.
#[expect(clippy::print_stdout, reason = "this is the task's result")]
pub(super) fn check(measured: &[Measured]) -> Result<()> {
    let mut missed = 0;
    let mut judge = |reached: bool, text: String| {
        missed += usize::from(!reached);
        println!("{}: {text}", if reached { "reached" } else { "MISSED" });
    };
    println!();
    for (engine, peer, least) in TARGETS {
        let one = find(measured, engine, SEED)?;
        let ratio = ratio(measured, one, peer)
            .with_context(|| format!("`{}` was not measured", peer.name()))?;
        let text = format!(
            "{engine} is {ratio:.2} times as fast as {} on the seed, wanted {least}",
            peer.name()
        );
        judge(ratio >= least, text);
    }
    let small = find(measured, OURS, SMALL)?.decisions_per_second;
    let large = find(measured, OURS, LARGE)?.decisions_per_second;
    let growth = small / large;
    let text = format!(
        "a decision takes {growth:.2} times as long on {LARGE} as on {SMALL}, wanted at most {GROWTH}"
    );
    judge(growth <= GROWTH, text);
    if missed > 0 {
        bail!("targets missed: {missed}; when the machine is busy, run this again on a quiet one");
    }
    Ok(())
}

fn find<'a>(measured: &'a [Measured], engine: &str, workload: &str) -> Result<&'a Measured> {
    measured
        .iter()
        .find(|one| one.engine == engine && one.workload == workload)
        .with_context(|| format!("`{engine}` was not measured on `{workload}`"))
}
