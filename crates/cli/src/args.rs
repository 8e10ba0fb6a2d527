//! The command line as data.

use std::path::PathBuf;

use clap::{Parser, Subcommand};

use crate::client::ServerArgs;
use crate::commands::{
    audit, aws, backup, cluster, completions, doctor, iam, key, login, man, openapi, provider,
    serve, token, user, workspace,
};
use crate::output::Format;

/// Turns an AWS account into an infrastructure provider that Kubernetes clusters
/// can be built with, and proves what its credential may do.
#[derive(Debug, Parser)]
#[command(
    name = "commissary",
    version,
    propagate_version = true,
    disable_help_subcommand = true,
    after_help = EXAMPLES
)]
pub(crate) struct Args {
    #[command(subcommand)]
    pub(crate) command: Command,

    #[command(flatten)]
    pub(crate) server: ServerArgs,

    /// A configuration file in TOML [default: commissary/config.toml in the folder
    /// for configuration, if it is there].
    #[arg(long, global = true, env = "COMMISSARY_CONFIG", value_name = "FILE")]
    pub(crate) config: Option<PathBuf>,

    /// How results are printed.
    #[arg(
        long,
        short,
        global = true,
        value_enum,
        default_value_t,
        env = "COMMISSARY_OUTPUT"
    )]
    pub(crate) output: Format,
}

const EXAMPLES: &str = "\
Examples:
  commissary serve --sandbox                       try everything, no AWS account needed
  commissary aws policy print                      the smallest policy that works
  commissary aws bootstrap --register team-a/prod  make the user and save it as a provider
  commissary aws check --profile Kommander         what may this credential do?

Exit codes: 0 done, 1 failed, 2 usage, 3 requirements denied, 4 unverifiable
(with --strict), 5 not signed in or not allowed, 6 not found, 7 conflict.";

/// What to do.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    Serve(Box<serve::ServeArgs>),
    /// Workspaces of a server.
    #[command(subcommand)]
    Workspace(workspace::WorkspaceCommand),
    Provider(provider::ProviderArgs),
    /// Kubernetes clusters that run Cluster API and use the providers.
    #[command(subcommand)]
    ManagementCluster(cluster::ClusterCommand),
    Login(login::LoginArgs),
    Logout(login::LogoutArgs),
    /// Who may sign in.
    #[command(subcommand)]
    User(user::UserCommand),
    /// Tokens for programs.
    #[command(subcommand)]
    Token(token::TokenCommand),
    /// Users, policies and credentials in AWS; needs no server.
    #[command(subcommand)]
    Aws(aws::AwsCommand),
    /// Who did what.
    #[command(subcommand)]
    Audit(audit::AuditCommand),
    /// The root key that seals the secrets of a server.
    #[command(subcommand)]
    Key(key::KeyCommand),
    Doctor(doctor::DoctorArgs),
    Backup(backup::BackupArgs),
    Restore(backup::RestoreArgs),
    /// What policies mean: decide, test, compare; needs no server and no AWS account.
    #[command(subcommand)]
    Iam(iam::IamCommand),
    Completions(completions::CompletionsArgs),
    Man(man::ManArgs),
    Openapi(openapi::OpenapiArgs),
}

impl Command {
    /// Whether it prints the report of a check, which has forms of its own.
    pub(crate) fn prints_report(&self) -> bool {
        match self {
            Self::Aws(command) => matches!(command, aws::AwsCommand::Check(_)),
            Self::Provider(args) => args.prints_report(),
            _ => false,
        }
    }
}
