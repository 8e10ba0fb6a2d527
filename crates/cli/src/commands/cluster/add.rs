//! `commissary management-cluster add`.

use std::process::ExitCode;

use serde_json::{Map, json};

use super::certificate::CertificateArgs;
use super::way::WayArgs;
use super::{PATH, tell_saved};
use crate::client::Client;
use crate::failure::Failure;
use crate::output::Format;
use crate::progress::Waiting;

/// Add a management cluster.
///
/// The server asks the cluster for its version, for the kinds of Cluster API Provider AWS and for
/// each right that it needs there; what is missing is told and does not block saving. A cluster
/// that lets nobody in is not saved. The kubeconfig is sealed and never shown again.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  commissary management-cluster rbac | kubectl apply -f -       the rights that it needs, first
  commissary management-cluster add capi-eu --kubeconfig capi-eu.yaml
  commissary management-cluster add capi-eu --kubeconfig ~/.kube/config --context capi-eu
  kubectl config view --raw --flatten --minify | commissary management-cluster add capi-eu --kubeconfig -
  commissary management-cluster add here --in-cluster           where the server runs")]
pub(crate) struct AddArgs {
    /// The cluster's name: lower-case letters, digits and `-`.
    name: String,
    #[command(flatten)]
    way: WayArgs,
    #[command(flatten)]
    certificate: CertificateArgs,
}

pub(super) async fn run(
    args: AddArgs,
    client: &Client,
    output: Format,
) -> Result<ExitCode, Failure> {
    if !args.way.is_named() {
        return Err(Failure::usage("how is the cluster reached?").with_hint(
            "name a kubeconfig with --kubeconfig FILE, or --in-cluster where the server runs in it",
        ));
    }
    let mut fields = Map::from_iter([("name".to_owned(), json!(args.name))]);
    args.way.write(&mut fields);
    args.certificate.write(&args.way, &mut fields)?;
    let body = args.way.body(fields)?;
    let waiting = Waiting::new(&format!("asking `{}` what may be done there", args.name));
    let saved = client.start(&[PATH], body).await;
    drop(waiting);
    tell_saved(&saved?, "saved", output)?;
    Ok(ExitCode::SUCCESS)
}
