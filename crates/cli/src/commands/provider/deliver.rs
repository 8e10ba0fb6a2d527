//! `commissary provider deliver`.

use std::process::ExitCode;

use serde_json::json;

use super::{deliveries, provider};
use crate::client::Client;
use crate::failure::Failure;
use crate::output::Format;

/// Deliver a provider to a management cluster at once, under another name, or over what is there.
///
/// Providers are delivered by themselves wherever their workspace has namespaces. This is for one
/// that failed: it is tried again without waiting. `provider show` tells what came of it.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  commissary provider deliver prod --workspace team-a --management-cluster capi-eu
  commissary provider deliver prod -w team-a --management-cluster capi-eu --identity-name team-a
  commissary provider deliver prod -w team-a --management-cluster capi-eu --adopt")]
pub(super) struct DeliverArgs {
    /// Its name.
    name: String,
    /// The management cluster.
    #[arg(long, value_name = "NAME")]
    management_cluster: String,
    /// Another name of the identity and its Secret there; only until it was delivered.
    #[arg(long, value_name = "NAME")]
    identity_name: Option<String>,
    /// Take over an identity and a Secret of that name that somebody else made.
    #[arg(long)]
    adopt: bool,
}

pub(super) async fn run(
    args: DeliverArgs,
    workspace: &str,
    client: &Client,
    output: Format,
) -> Result<ExitCode, Failure> {
    let body = json!({
        "managementCluster": args.management_cluster,
        "identityName": args.identity_name,
        "adopt": args.adopt,
    });
    let [a, b, c, d] = provider(workspace, &args.name);
    let ordered = client.post(&[a, b, c, d, "deliveries"], &body).await?;
    output.print(&ordered, |ordered| {
        deliveries::listed(std::slice::from_ref(ordered))
    })?;
    Ok(ExitCode::SUCCESS)
}
