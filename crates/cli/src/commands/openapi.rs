//! `commissary openapi`: the REST API as a document.

use std::process::ExitCode;

use crate::failure::Failure;

/// Print the REST API as an OpenAPI 3.1 document; a server has the same at
/// /api/openapi.json.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:\n  commissary openapi > openapi.json")]
pub(crate) struct OpenapiArgs {}

pub(crate) fn run(_: &OpenapiArgs) -> Result<ExitCode, Failure> {
    crate::output::print_text(commissary_server::openapi_text())?;
    Ok(ExitCode::SUCCESS)
}
