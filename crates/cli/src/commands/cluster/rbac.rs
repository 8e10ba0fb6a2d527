//! `commissary management-cluster rbac`.

use std::process::ExitCode;

use commissary_core::domain::{ManagementCluster, NamespaceName};

use crate::failure::Failure;
use crate::output::{Format, print_text};

/// Print the manifest of a service account with the rights that are needed in a management
/// cluster, and no others; needs no server.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  commissary management-cluster rbac | kubectl apply -f -
  commissary management-cluster rbac --capa-namespace capa --output json")]
pub(crate) struct RbacArgs {
    /// The namespace of CAPA's manager.
    #[arg(long, value_name = "NAMESPACE", default_value = ManagementCluster::CAPA_NAMESPACE)]
    capa_namespace: String,
}

pub(super) fn run(args: &RbacArgs, output: Format) -> Result<ExitCode, Failure> {
    let namespace = NamespaceName::parse(&args.capa_namespace)
        .map_err(|fault| Failure::usage(fault.message))?;
    match output {
        Format::Json => {
            output.print(&commissary_kubernetes::rbac(&namespace), |_| String::new())?
        }
        _ => print_text(&commissary_kubernetes::rbac_yaml(&namespace))?,
    }
    Ok(ExitCode::SUCCESS)
}
