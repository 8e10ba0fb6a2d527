//! `commissary management-cluster check`.

use std::process::ExitCode;

use super::show::for_people;
use super::{PATH, findings};
use crate::client::Client;
use crate::failure::{DENIED, Failure};
use crate::output::Format;
use crate::progress::Waiting;
use serde_json::json;

/// Look whether providers can be delivered to a management cluster.
///
/// Exits with 3 if something stands in the way.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:\n  commissary management-cluster check capi-eu")]
pub(crate) struct CheckArgs {
    /// Its name.
    name: String,
}

pub(super) async fn run(
    args: CheckArgs,
    client: &Client,
    output: Format,
) -> Result<ExitCode, Failure> {
    let waiting = Waiting::new(&format!("asking `{}` what may be done there", args.name));
    let checked = client.post(&[PATH, &args.name, "check"], &json!({})).await;
    drop(waiting);
    let checked = checked?;
    output.print(&checked, for_people)?;
    Ok(match findings(&checked).is_empty() {
        true => ExitCode::SUCCESS,
        false => ExitCode::from(DENIED),
    })
}
