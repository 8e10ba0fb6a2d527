//! The `commissary` command: arguments, wiring, output.
//!
//! `serve` puts the product together and serves it; `workspace` and `provider`
//! are clients of a server's REST API; `aws` and `iam` need no server.

mod args;
mod client;
mod commands;
mod config;
mod failure;
mod output;
mod paths;
mod progress;
#[cfg(test)]
mod reference;
mod removal;

use std::process::ExitCode;

fn main() -> ExitCode {
    let parsed = match config::parse() {
        Ok(parsed) => parsed,
        Err(failure) => {
            output::report_failure(&failure);
            return ExitCode::from(failure.exit_code());
        }
    };
    let runtime = match tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
    {
        Ok(runtime) => runtime,
        Err(error) => {
            anstream::eprintln!("error: the system gives no threads: {error}");
            return ExitCode::from(failure::FAILED);
        }
    };
    match runtime.block_on(commands::run(parsed)) {
        Ok(code) => code,
        Err(failure) => {
            output::report_failure(&failure);
            ExitCode::from(failure.exit_code())
        }
    }
}
