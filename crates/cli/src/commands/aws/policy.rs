//! `commissary aws policy`: the policy that clusters need.

use std::process::ExitCode;

use clap::{Subcommand, ValueEnum};
use commissary_permissions::releases;
use serde_json::{Value, json};

use super::needs::NeedsArgs;
use crate::failure::Failure;
use crate::output::{Format, print_text, table};

/// What to do with policies.
#[derive(Debug, Subcommand)]
pub(crate) enum PolicyCommand {
    /// Print the smallest policy for a release and its features.
    #[command(after_help = "\
Examples:
  commissary aws policy print --release kommander-2.2
  commissary aws policy print --format compact > policy.json
  commissary aws policy print --feature ec2 --feature spot")]
    Print {
        #[command(flatten)]
        needs: NeedsArgs,
        /// Over several lines, or on one as the AWS CLI takes it.
        #[arg(long, value_enum, default_value_t)]
        format: Layout,
    },
    /// List the releases whose permissions are known, with their features.
    Releases,
}

/// How a policy is laid out.
#[derive(Debug, Clone, Copy, Default, ValueEnum)]
pub(crate) enum Layout {
    /// Indented, for people.
    #[default]
    Pretty,
    /// One line without white space.
    Compact,
}

pub(super) fn run(command: PolicyCommand, output: Format) -> Result<ExitCode, Failure> {
    match command {
        PolicyCommand::Print { needs, format } => {
            let policy = needs.selection()?.policy();
            print_text(&match format {
                Layout::Pretty => policy.to_pretty(),
                Layout::Compact => policy.to_compact(),
            })?;
        }
        PolicyCommand::Releases => output.print(&known_releases(), for_people)?,
    }
    Ok(ExitCode::SUCCESS)
}

fn known_releases() -> Value {
    let items = releases().iter().map(|release| {
        let features = release.features().iter().map(|feature| {
            json!({ "id": feature.id(), "title": feature.title(), "default": feature.default })
        });
        json!({
            "id": release.id(),
            "title": release.title(),
            "source": release.source(),
            "features": features.collect::<Vec<_>>(),
        })
    });
    json!({ "items": items.collect::<Vec<_>>() })
}

fn for_people(known: &Value) -> String {
    let text = |value: &Value, field: &str| {
        let field = value.get(field).and_then(Value::as_str);
        field.unwrap_or_default().to_owned()
    };
    let list = |value: &Value, field: &str| {
        let list = value.get(field).and_then(Value::as_array).cloned();
        list.unwrap_or_default()
    };
    let rows = list(known, "items").into_iter().flat_map(|release| {
        let features = list(&release, "features").into_iter();
        let row = move |feature: Value| {
            vec![
                text(&release, "id"),
                text(&feature, "id"),
                text(&feature, "title"),
            ]
        };
        features.map(row).collect::<Vec<_>>()
    });
    table(
        &["release", "feature", "what it is for"],
        rows.collect(),
        "no releases are known",
    )
}
