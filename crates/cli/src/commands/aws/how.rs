//! How a check goes about it: arguments that several commands share.

use commissary_core::domain::{CheckOptions, Rung};

/// How far a check may go.
#[derive(Debug, clap::Args)]
pub(crate) struct HowArgs {
    /// Use these ways to find out only: `identity` (which is asked in any case), `simulation`,
    /// `policies`, `probes`.
    #[arg(long, value_name = "WAY", value_delimiter = ',', value_parser = rung, conflicts_with = "skip")]
    only: Vec<Rung>,
    /// Leave out these ways to find out.
    #[arg(long, value_name = "WAY", value_delimiter = ',', value_parser = rung_to_skip)]
    skip: Vec<Rung>,
    /// Name resources of the account in dry runs, which decides more; they stay as they are.
    #[arg(long)]
    probe_existing: bool,
}

impl HowArgs {
    /// The options of a check.
    pub(crate) fn options(&self, dry_run_elsewhere: bool) -> CheckOptions {
        let wanted = |rung: &Rung| {
            let only = self.only.is_empty() || self.only.contains(rung);
            only && !self.skip.contains(rung)
        };
        CheckOptions {
            rungs: Rung::ALL.into_iter().filter(wanted).collect(),
            probe_existing: self.probe_existing,
            dry_run_elsewhere,
        }
    }
}

fn rung(text: &str) -> Result<Rung, String> {
    one_of(&Rung::ALL, text)
}

/// Who the credential is, is asked in any case.
fn rung_to_skip(text: &str) -> Result<Rung, String> {
    let [Rung::Identity, rest @ ..] = &Rung::ALL else {
        return one_of(&Rung::ALL, text);
    };
    match text == Rung::Identity.id() {
        true => Err("who the credential is must be asked in any case".to_owned()),
        false => one_of(rest, text),
    }
}

fn one_of(ways: &[Rung], text: &str) -> Result<Rung, String> {
    let found = ways.iter().find(|rung| rung.id() == text);
    found.copied().ok_or_else(|| {
        let ids: Vec<String> = ways.iter().map(|rung| format!("`{}`", rung.id())).collect();
        format!(
            "there is no way called `{text}`; there are {}",
            ids.join(", ")
        )
    })
}

#[cfg(test)]
mod tests {
    use clap::Parser as _;

    use super::*;

    #[derive(Debug, clap::Parser)]
    struct Line {
        #[command(flatten)]
        how: HowArgs,
    }

    fn rungs(arguments: &[&str]) -> Result<Vec<Rung>, String> {
        let line = std::iter::once(&"check").chain(arguments);
        let line = Line::try_parse_from(line).map_err(|error| error.to_string())?;
        Ok(line.how.options(false).rungs.into_iter().collect())
    }

    #[test]
    fn ways_are_chosen_by_name() {
        assert_eq!(rungs(&[]).unwrap(), Rung::ALL);
        assert_eq!(rungs(&["--only", "identity"]).unwrap(), [Rung::Identity]);
        assert_eq!(
            rungs(&["--only", "policies,probes"]).unwrap(),
            [Rung::Policies, Rung::Probes]
        );
        assert_eq!(
            rungs(&["--skip", "simulation,policies"]).unwrap(),
            [Rung::Identity, Rung::Probes]
        );
    }

    #[test]
    fn what_is_no_way_is_told() {
        let wrong = |arguments: &[&str]| rungs(arguments).unwrap_err();
        assert!(wrong(&["--only", "Probes"]).contains("`probes`"));
        assert!(wrong(&["--skip", "identity"]).contains("in any case"));
        assert!(wrong(&["--skip", "policy"]).contains("there is no way called `policy`"));
        assert!(!wrong(&["--only", "probes", "--skip", "policies"]).is_empty());
    }
}
