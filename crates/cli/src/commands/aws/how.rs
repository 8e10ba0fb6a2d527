//! How a check goes about it: arguments that several commands share.

use commissary_core::domain::{CheckOptions, Rung};

/// How far a check may go.
#[derive(Debug, clap::Args)]
pub(crate) struct HowArgs {
    /// Use these ways to find out only: `simulation`, `policies`, `probes`.
    #[arg(long, value_name = "WAY", value_delimiter = ',', value_parser = rung, conflicts_with = "skip")]
    only: Vec<Rung>,
    /// Leave out these ways to find out.
    #[arg(long, value_name = "WAY", value_delimiter = ',', value_parser = rung)]
    skip: Vec<Rung>,
    /// Name resources of the account in dry runs, which decides more; they stay as they are.
    #[arg(long)]
    probe_existing: bool,
    /// Make dry runs on an endpoint that is not AWS's own; some emulators do not only pretend.
    #[arg(long)]
    dry_run_elsewhere: bool,
}

impl HowArgs {
    /// The options of a check.
    pub(crate) fn options(&self) -> CheckOptions {
        let wanted = |rung: &Rung| {
            let only = self.only.is_empty() || self.only.contains(rung);
            only && !self.skip.contains(rung)
        };
        CheckOptions {
            rungs: Rung::ALL.into_iter().filter(wanted).collect(),
            probe_existing: self.probe_existing,
            dry_run_elsewhere: self.dry_run_elsewhere,
        }
    }
}

/// Who the credential is, is asked in any case.
fn rung(text: &str) -> Result<Rung, String> {
    let ways = Rung::ALL.into_iter().filter(|rung| *rung != Rung::Identity);
    let mut ways = ways.collect::<Vec<_>>();
    ways.iter()
        .position(|rung| rung.id() == text)
        .map(|place| ways.swap_remove(place))
        .ok_or_else(|| {
            let ids: Vec<String> = ways.iter().map(|rung| format!("`{}`", rung.id())).collect();
            format!(
                "there is no way called `{text}`; there are {}",
                ids.join(", ")
            )
        })
}
