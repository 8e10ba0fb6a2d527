//! The sandbox beside the server.

use std::net::SocketAddr;
use std::num::NonZeroU32;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use commissary_core::ports::{Clock as _, Random as _};
use commissary_sandbox::{
    Behaviour, Order, Partition, Sandbox, SandboxError, SandboxOptions, Throttling,
};

use super::listen;
use super::ports::{SystemClock, SystemRandom};
use crate::failure::Failure;

/// How the sandbox is to behave.
#[derive(Debug, clap::Args)]
#[command(next_help_heading = "Sandbox")]
pub(super) struct SandboxArgs {
    /// The loopback address of the sandbox.
    #[arg(
        id = "sandbox_listen",
        long = "sandbox-listen",
        default_value = "127.0.0.1:8090",
        requires = "sandbox",
        value_name = "ADDR"
    )]
    listen: SocketAddr,
    /// The partition that a new account is in [default: aws].
    #[arg(long = "sandbox-partition", requires = "sandbox", value_name = "NAME")]
    partition: Option<PartitionName>,
    /// What is told first of a call without right about a thing that is not there.
    #[arg(
        long = "sandbox-order",
        default_value = "right-first",
        requires = "sandbox",
        value_name = "ORDER"
    )]
    order: OrderName,
    /// Let the account have a few things that never change: a VPC, an instance, a cluster, ….
    #[arg(long = "sandbox-resources", requires = "sandbox")]
    resources: bool,
    /// Service control policies of the account, as JSON: for each level, the root's first, a list
    /// of policy documents. They stay until others are given; `[]` takes them away.
    #[arg(long = "sandbox-scps", requires = "sandbox", value_name = "FILE")]
    scps: Option<PathBuf>,
    /// How long every answer is held back, in milliseconds.
    #[arg(long = "sandbox-latency", requires = "sandbox", value_name = "MS")]
    latency: Option<u64>,
    /// Throttle every Nth call.
    #[arg(long = "sandbox-throttle", requires = "sandbox", value_name = "N")]
    throttle: Option<NonZeroU32>,
}

#[derive(Debug, Clone, Copy, clap::ValueEnum)]
enum PartitionName {
    Aws,
    AwsCn,
    AwsUsGov,
}

#[derive(Debug, Clone, Copy, clap::ValueEnum)]
enum OrderName {
    /// The right: a denial is told before a not-found.
    RightFirst,
    /// The thing: a made-up name decides nothing.
    ResourceFirst,
}

impl SandboxArgs {
    fn options(&self) -> Result<SandboxOptions, Failure> {
        Ok(SandboxOptions {
            partition: self.partition.map(|name| match name {
                PartitionName::Aws => Partition::Aws,
                PartitionName::AwsCn => Partition::China,
                PartitionName::AwsUsGov => Partition::GovCloud,
            }),
            service_control_policies: self.scps.as_deref().map(read_scps).transpose()?,
            behaviour: Behaviour {
                order: match self.order {
                    OrderName::RightFirst => Order::RightFirst,
                    OrderName::ResourceFirst => Order::ResourceFirst,
                },
                resources: self.resources,
                latency: self.latency.map(Duration::from_millis),
                throttling: Throttling {
                    every: self.throttle,
                    beyond: None,
                },
                record: false,
            },
        })
    }
}

/// The texts of the policies in a file, by level.
fn read_scps(path: &Path) -> Result<Vec<Vec<String>>, Failure> {
    let text = std::fs::read_to_string(path)
        .map_err(|error| Failure::failed(format!("cannot read `{}`: {error}", path.display())))?;
    let levels: Vec<Vec<serde_json::Value>> = serde_json::from_str(&text).map_err(|error| {
        Failure::usage(format!(
            "`{}` is not a list of lists of policy documents: {error}",
            path.display()
        ))
    })?;
    let texts = levels
        .into_iter()
        .map(|level| level.iter().map(ToString::to_string).collect());
    Ok(texts.collect())
}

/// A sandbox that is running.
pub(super) struct Running {
    /// Where it answers.
    pub(super) endpoint: String,
    /// The account that it plays.
    pub(super) account_id: String,
    /// A shell file that points every AWS tool at it, and the command line at the server.
    pub(super) env_file: PathBuf,
}

/// Starts the sandbox as `args` say, its account kept below `dir`;
/// `server` is where the product itself is reached.
pub(super) async fn start(args: SandboxArgs, dir: &Path, server: &str) -> Result<Running, Failure> {
    let address = args.listen;
    if !address.ip().is_loopback() {
        return Err(Failure::usage(format!(
            "the sandbox answers this machine only; {address} is not a loopback address"
        )));
    }
    let options = args.options()?;
    let listener = listen::bind(address, "--sandbox-listen").await?;
    let endpoint = format!("http://{}", listen::address(&listener)?);
    let failed = |error: SandboxError| Failure::failed(error.to_string());
    // The env file is read from other folders.
    let dir = &std::fs::canonicalize(dir).map_err(|error| {
        Failure::failed(format!("`{}` cannot be found: {error}", dir.display()))
    })?;
    let sandbox = Sandbox::open_with(
        &dir.join("sandbox"),
        Arc::new(|| SystemClock.now()),
        Arc::new(|bytes: &mut [u8]| SystemRandom.fill(bytes)),
        options,
    )
    .map_err(failed)?;
    let profile = sandbox.write_profile(&endpoint).map_err(failed)?;
    let running = Running {
        account_id: sandbox.account_id().to_owned(),
        env_file: dir.join("sandbox/env"),
        endpoint,
    };
    let exports = [
        ("AWS_CONFIG_FILE", profile.config.display().to_string()),
        (
            "AWS_SHARED_CREDENTIALS_FILE",
            profile.credentials.display().to_string(),
        ),
        ("AWS_PROFILE", "sandbox-admin".to_owned()),
        ("AWS_ENDPOINT_URL", running.endpoint.clone()),
        ("AWS_REGION", sandbox.partition().region().to_owned()),
        ("COMMISSARY_SERVER", server.to_owned()),
    ];
    let lines = exports.map(|(name, value)| format!("export {name}={}\n", quoted(&value)));
    // A proxy of the environment would look for the sandbox on its own machine.
    let direct = ["NO_PROXY", "no_proxy"]
        .map(|name| format!("export {name}=\"127.0.0.1,::1${{{name}:+,${name}}}\"\n"));
    std::fs::write(&running.env_file, lines.concat() + &direct.concat()).map_err(|error| {
        Failure::failed(format!(
            "`{}` cannot be written: {error}",
            running.env_file.display()
        ))
    })?;
    tokio::spawn(async move {
        // It plays AWS until the process ends: what the server finishes may need it.
        if let Err(error) = sandbox.serve(listener, std::future::pending()).await {
            tracing::error!(%error, "the sandbox stopped");
        }
    });
    Ok(running)
}

/// A value for a POSIX shell.
pub(super) fn quoted(value: &str) -> String {
    format!("'{}'", value.replace('\'', r"'\''"))
}
