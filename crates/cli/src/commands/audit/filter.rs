//! Which entries are wanted.

/// Which entries are wanted; a `*` at the end of a text stands for any rest.
#[derive(Debug, clap::Args)]
#[command(next_help_heading = "Filter")]
pub(super) struct FilterArgs {
    /// Who did it.
    #[arg(long, value_name = "NAME")]
    actor: Option<String>,
    /// What was done, for example `provider.add` or `provider.*`.
    #[arg(long, value_name = "ACTION")]
    action: Option<String>,
    /// What it was done to, for example `team-a/prod` or `team-a/*`.
    #[arg(long, value_name = "TARGET")]
    target: Option<String>,
    /// The workspace concerned. Its admins may read its entries; all others
    /// are for global administrators.
    #[arg(long, short, value_name = "NAME")]
    workspace: Option<String>,
    /// How it ended.
    #[arg(long, value_parser = ["done", "refused"])]
    outcome: Option<String>,
    /// Not before this day or moment (UTC), like 2026-03-04 or 2026-03-04T05:06:07Z.
    #[arg(long, value_name = "WHEN")]
    since: Option<String>,
    /// Before this moment, or to the end of this day.
    #[arg(long, value_name = "WHEN")]
    until: Option<String>,
}

impl FilterArgs {
    /// The filter as the API takes it.
    pub(super) fn query(&self) -> Vec<(&'static str, &str)> {
        let given = [
            ("actor", &self.actor),
            ("action", &self.action),
            ("target", &self.target),
            ("workspace", &self.workspace),
            ("outcome", &self.outcome),
            ("since", &self.since),
            ("until", &self.until),
        ];
        let given = given.into_iter();
        given
            .filter_map(|(name, value)| Some((name, value.as_deref()?)))
            .collect()
    }
}
