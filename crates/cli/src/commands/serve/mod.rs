//! `commissary serve`: the product in one process.

mod announce;
mod limits;
mod listen;
mod local;
mod log;
mod oidc;
mod ports;
mod sandbox;
mod signals;
mod transport;

use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;

use commissary_aws::{AwsCloud, SessionOptions};
use commissary_core::Commissary;
use commissary_kubernetes::{KubernetesDelivery, ServiceAccount};
use commissary_server::{Metrics, TlsListener, over_tls};
use commissary_store::{OpenOptions, SqlStore};

pub(crate) use ports::{SystemClock, SystemRandom};

use crate::failure::Failure;
use crate::paths;

/// Run the server: REST API and console.
///
/// The data lies in one folder; the root key that seals the secrets may lie
/// elsewhere. On the first run a one-time link to set up the administrator is
/// printed.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  commissary serve                     against real AWS (AWS_ENDPOINT_URL is honoured)
  commissary serve --sandbox           with an AWS look-alike on this machine
  commissary serve --listen 0.0.0.0:8443 --tls-cert server.pem --tls-key server.key
  commissary serve --print-config      what is set, and by what")]
pub(crate) struct ServeArgs {
    /// The address to listen on.
    #[arg(
        long,
        env = "COMMISSARY_LISTEN",
        default_value = "127.0.0.1:8080",
        value_name = "ADDR"
    )]
    listen: SocketAddr,
    /// The folder to keep data in [default: below the home directory].
    #[arg(long, env = "COMMISSARY_DATA_DIR", value_name = "DIR")]
    data_dir: Option<PathBuf>,
    /// The file of the root key that seals secrets [default: root.key in the data folder].
    #[arg(long, env = "COMMISSARY_ROOT_KEY", value_name = "FILE")]
    root_key: Option<PathBuf>,
    /// Start an AWS look-alike and use it instead of AWS.
    #[arg(long)]
    sandbox: bool,
    /// The folder with the token of the service account that this server runs as, and the authority of
    /// its cluster, for a management cluster that is reached from inside.
    #[arg(
        long,
        env = "COMMISSARY_SERVICE_ACCOUNT_DIR",
        default_value = ServiceAccount::FOLDER,
        value_name = "DIR"
    )]
    service_account_dir: PathBuf,
    /// How much is logged to standard error.
    #[arg(long, value_enum, default_value_t, env = "COMMISSARY_LOG")]
    log: log::Level,
    /// Log as JSON, one object per line.
    #[arg(long, env = "COMMISSARY_LOG_JSON")]
    log_json: bool,
    /// Show every setting, its value and where that came from, and end.
    #[arg(long)]
    pub(crate) print_config: bool,
    #[command(flatten)]
    transport: transport::TransportArgs,
    #[command(flatten)]
    limits: limits::LimitArgs,
    #[command(flatten)]
    elsewhere: oidc::OidcArgs,
    #[command(flatten)]
    played: sandbox::SandboxArgs,
}

pub(crate) async fn run(args: ServeArgs) -> Result<ExitCode, Failure> {
    log::start(args.log, args.log_json);
    let dir = match args.data_dir {
        Some(dir) => dir,
        None => paths::default_data_dir(args.sandbox)?,
    };
    let root_key = args.root_key.unwrap_or_else(|| dir.join("root.key"));
    let certificate = args.transport.certificate(args.listen)?;
    let listener = listen::bind(args.listen, "--listen").await?;
    let store = SqlStore::open(OpenOptions {
        dir: dir.clone(),
        root_key,
    })
    .await
    .map_err(|error| Failure::failed(error.to_string()))?;
    let shutdown = signals::Shutdown::listen()?;
    let address = listen::reached_by(listen::address(&listener)?);
    let scheme = if certificate.is_some() {
        "https"
    } else {
        "http"
    };
    let base = format!("{scheme}://{address}");
    let elsewhere = args.elsewhere.elsewhere(args.listen, &base)?;
    let sandbox = match args.sandbox {
        true => Some(sandbox::start(args.played, &dir, &base).await?),
        false => None,
    };
    let endpoint = sandbox.as_ref().map(|sandbox| sandbox.endpoint.clone());
    let store = Arc::new(store);
    let inside = ServiceAccount {
        folder: args.service_account_dir,
    };
    let metrics = Metrics::default();
    let meter = Arc::new(metrics.clone());
    let aws = Arc::new(AwsCloud::with_options(SessionOptions {
        endpoint,
        honours_dry_runs: sandbox.is_some(),
        meter: meter.clone(),
        ..SessionOptions::default()
    }));
    let app = Commissary::new(
        store.clone(),
        aws.clone(),
        aws,
        Arc::new(KubernetesDelivery { inside }),
        Arc::new(ports::SystemClock),
        Arc::new(ports::SystemRandom),
    )
    .counted_by(meter);
    let app = match elsewhere {
        Some(elsewhere) => app.with_identity_provider(elsewhere),
        None => app,
    };
    local::write_token(&app, &dir, address).await?;
    let setup = app
        .open_setup()
        .await
        .map_err(|error| Failure::failed(error.to_string()))?;
    interrupt_abandoned(&app).await?;
    let runs = commissary_server::Runs::default();
    let limits = args.limits.limits();
    let options = commissary_server::Options {
        version: env!("CARGO_PKG_VERSION"),
        notice: sandbox
            .as_ref()
            .map(|_| announce::SANDBOX_NOTICE.to_owned()),
        runs: runs.clone(),
        limits,
        metrics,
    };
    let router = commissary_server::router(app.clone(), options);
    announce::ready(&base, &dir, setup, sandbox.as_ref())?;
    let router = args.transport.proxies().before(router);
    let deliveries = commissary_server::Deliveries::start(app);
    let stop = shutdown.requested();
    let served = match certificate {
        None => commissary_server::serve(listener, router, runs, limits, stop).await,
        Some(certificate) => {
            let listener = TlsListener::new(listener, &certificate)
                .map_err(|error| Failure::failed(error.to_string()))?;
            tokio::spawn(certificate.keep_up());
            commissary_server::serve(listener, over_tls(router), runs, limits, stop).await
        }
    };
    deliveries.stop().await;
    store.close().await;
    served.map_err(|error| Failure::failed(format!("the server stopped: {error}")))?;
    crate::output::say("stopped");
    Ok(ExitCode::SUCCESS)
}

/// Notes the checks that were under way when the process before this one ended.
async fn interrupt_abandoned(app: &Commissary) -> Result<(), Failure> {
    let abandoned = app
        .interrupt_abandoned_checks()
        .await
        .map_err(|error| Failure::failed(error.to_string()))?;
    if abandoned > 0 {
        tracing::warn!(
            checks = abandoned,
            "checks were interrupted when the server last stopped; start them again"
        );
    }
    Ok(())
}
