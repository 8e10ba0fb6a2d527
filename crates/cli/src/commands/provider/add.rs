//! `commissary provider add aws`.

use std::process::ExitCode;

use commissary_core::domain::{AccessKey, Region};
use serde_json::{Map, Value, json};

use super::{keys, providers, status, text};
use crate::client::Client;
use crate::failure::Failure;
use crate::output::{Format, say};
use crate::progress::Waiting;

/// Add an AWS account with a static access key.
///
/// The secret key is never an argument, where every process could read it: it is
/// asked for without showing it, read from a file or standard input, or taken
/// from an AWS profile.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  commissary provider add aws prod -w team-a                    asks for the keys
  commissary provider add aws prod -w team-a --from-profile Kommander
  commissary provider add aws prod -w team-a --access-key-id AKIA… --secret-key-file - < secret.txt")]
pub(super) struct AddAwsArgs {
    /// The provider's name; consider one that matches the AWS user.
    name: String,
    #[command(flatten)]
    keys: keys::KeyArgs,
    #[command(flatten)]
    settings: Settings,
    /// Save without asking AWS who the keys are, for when it cannot be reached.
    #[arg(long)]
    verify_later: bool,
}

/// What a provider is for.
#[derive(Debug, Default, clap::Args)]
pub(crate) struct Settings {
    /// The region that AWS is asked in [default: us-east-1].
    #[arg(long, value_name = "REGION")]
    pub(crate) region: Option<String>,
    /// The release that will use the credential.
    #[arg(long, value_name = "ID")]
    pub(crate) release: Option<String>,
    /// A feature that clusters need, more than once if need be.
    #[arg(long = "feature", value_name = "ID", value_delimiter = ',')]
    pub(crate) features: Vec<String>,
}

impl Settings {
    /// The same, in the region of the profile that the keys came from if none was given.
    pub(super) fn or_in(mut self, region: Option<Region>) -> Self {
        self.region = self.region.or(region.map(|region| region.to_string()));
        self
    }

    /// Writes those that were given.
    pub(super) fn write(&self, fields: &mut Map<String, Value>) {
        if let Some(region) = &self.region {
            fields.insert("region".to_owned(), json!(region));
        }
        if let Some(release) = &self.release {
            fields.insert("release".to_owned(), json!(release));
        }
        if !self.features.is_empty() {
            fields.insert("features".to_owned(), json!(self.features));
        }
    }
}

pub(super) async fn run(
    args: AddAwsArgs,
    workspace: &str,
    client: &Client,
    output: Format,
) -> Result<ExitCode, Failure> {
    let keys::ReadKeys {
        key,
        trimmed,
        region,
    } = keys::read(&args.keys).await?;
    let settings = args.settings.or_in(region);
    keys::tell_trimmed(&trimmed);
    let verify = if args.verify_later { "later" } else { "now" };
    let added = send_provider(client, workspace, &args.name, &key, &settings, verify).await?;
    output.print(&added, |added| {
        format!("{} is saved: {}", described(added), status(added))
    })?;
    Ok(ExitCode::SUCCESS)
}

/// Saves a provider at the server and tells its notices.
pub(crate) async fn send_provider(
    client: &Client,
    workspace: &str,
    name: &str,
    key: &AccessKey,
    settings: &Settings,
    verify: &str,
) -> Result<Value, Failure> {
    let mut fields = Map::new();
    fields.insert("name".to_owned(), json!(name));
    fields.insert("type".to_owned(), json!("aws"));
    fields.insert("verify".to_owned(), json!(verify));
    settings.write(&mut fields);
    let body = commissary_aws::provider_body(fields, key);
    let waiting = Waiting::new("asking AWS who the keys are");
    let added = client
        .follow(&providers(workspace), Some(body), &|event| {
            waiting.say_check(event)
        })
        .await?;
    drop(waiting);
    tell_notices(&added);
    Ok(added)
}

/// Tells what people should know about a provider that was saved.
pub(super) fn tell_notices(saved: &Value) {
    let notices = saved.get("notices").and_then(Value::as_array);
    for notice in notices.into_iter().flatten() {
        say(text(notice, "message"));
    }
}

/// A provider in words.
pub(super) fn described(provider: &Value) -> String {
    let name = text(provider, "name");
    match text(provider, "principalArn") {
        "" => format!("the provider `{name}`"),
        arn => format!("the provider `{name}` ({arn})"),
    }
}
