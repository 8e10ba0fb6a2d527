//! `commissary management-cluster update`.

use std::process::ExitCode;

use serde_json::{Map, json};

use super::certificate::{CertificateArgs, write_none};
use super::way::WayArgs;
use super::{PATH, tell_saved};
use crate::client::Client;
use crate::failure::Failure;
use crate::output::{Format, text};
use crate::progress::Waiting;

/// Change the kubeconfig, the name, CAPA's namespace or the sealing certificate of a management
/// cluster.
///
/// What is not named stays as it is. A new kubeconfig is tried first and then takes the place of
/// the old one, which is gone. When somebody else changes the cluster at the same time, nothing is
/// saved and the command exits with 7.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  commissary management-cluster update capi-eu --kubeconfig new.yaml
  commissary management-cluster update capi-eu --rename capi-west
  kubeseal --fetch-cert | commissary management-cluster update capi-eu --sealing-certificate -")]
pub(crate) struct UpdateArgs {
    /// Its name.
    name: String,
    /// Another name.
    #[arg(long, value_name = "NAME")]
    rename: Option<String>,
    #[command(flatten)]
    way: WayArgs,
    #[command(flatten)]
    certificate: CertificateArgs,
    /// Take the sealing certificate away: nothing can be exported sealed for this cluster then.
    #[arg(long, conflicts_with = "sealing_certificate")]
    no_sealing_certificate: bool,
}

pub(super) async fn run(
    args: UpdateArgs,
    client: &Client,
    output: Format,
) -> Result<ExitCode, Failure> {
    let mut fields = Map::new();
    if let Some(name) = &args.rename {
        fields.insert("name".to_owned(), json!(name));
    }
    if args.no_sealing_certificate {
        write_none(&mut fields);
    }
    if !args.way.write(&mut fields) && !args.certificate.is_named() {
        return Err(Failure::usage("there is nothing to change").with_hint(
            "name what is to change: --kubeconfig, --in-cluster, --capa-namespace, --sealing-certificate or --rename",
        ));
    }
    let path = [PATH, args.name.as_str()];
    // Read first: a name that is not there is told before a file is read.
    let seen = client.get(&path).await?;
    args.certificate.write(&args.way, &mut fields)?;
    let body = args.way.body(fields)?;
    let waiting = Waiting::new(&format!("changing `{}`", args.name));
    let saved = client.patch_seen(&path, text(&seen, "etag"), body).await;
    drop(waiting);
    tell_saved(&saved?, "changed", output)?;
    Ok(ExitCode::SUCCESS)
}
