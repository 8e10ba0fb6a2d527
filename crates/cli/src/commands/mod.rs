//! One file per command.

pub(crate) mod audit;
pub(crate) mod aws;
pub(crate) mod backup;
pub(crate) mod cluster;
pub(crate) mod completions;
pub(crate) mod doctor;
pub(crate) mod iam;
pub(crate) mod key;
pub(crate) mod login;
pub(crate) mod man;
mod member;
mod namespaces;
pub(crate) mod openapi;
pub(crate) mod provider;
pub(crate) mod serve;
pub(crate) mod token;
pub(crate) mod user;
pub(crate) mod workspace;

use std::process::ExitCode;

use crate::args::{Args, Command};
use crate::client::Client;
use crate::config::Parsed;
use crate::failure::Failure;

/// Does what the arguments say.
pub(crate) async fn run(parsed: Parsed) -> Result<ExitCode, Failure> {
    let Args {
        command,
        server,
        output,
        ..
    } = parsed.args;
    if !command.prints_report() {
        output.without_report()?;
    }
    match command {
        Command::Serve(args) if args.print_config => {
            parsed.sources.print(output)?;
            Ok(ExitCode::SUCCESS)
        }
        Command::Serve(args) => serve::run(*args).await,
        Command::Workspace(command) => {
            workspace::run(command, &Client::connect(&server)?, output).await
        }
        Command::Provider(args) => provider::run(args, &Client::connect(&server)?, output).await,
        Command::ManagementCluster(command) => cluster::run(command, &server, output).await,
        Command::Login(args) => login::login(args, &server).await,
        Command::Logout(_) => login::logout(&server).await,
        Command::User(command) => user::run(command, &Client::connect(&server)?, output).await,
        Command::Token(command) => token::run(command, &Client::connect(&server)?, output).await,
        Command::Audit(command) => audit::run(command, &server, output).await,
        Command::Doctor(args) => doctor::run(args, output).await,
        Command::Backup(args) => backup::back_up(args, output).await,
        Command::Restore(args) => backup::run_restore(args, output).await,
        Command::Key(command) => key::run(command, &Client::connect(&server)?, output).await,
        Command::Aws(command) => aws::run(command, &server, output).await,
        Command::Iam(command) => iam::run(command, output),
        Command::Completions(args) => completions::run(&args),
        Command::Man(args) => man::run(&args),
        Command::Openapi(args) => openapi::run(&args),
    }
}
