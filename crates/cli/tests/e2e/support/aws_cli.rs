//! The AWS CLI, which is not ours, against an endpoint.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

use super::{Done, Server};

/// An AWS CLI with an administrator's credentials, and a folder to run things in.
pub(crate) struct AwsCli {
    pub(crate) folder: tempfile::TempDir,
    aws: PathBuf,
    settings: Vec<(OsString, OsString)>,
}

impl AwsCli {
    pub(crate) fn new(endpoint: &str, region: &str) -> Self {
        let secret = "0123456789abcdefghij0123456789abcdefghij";
        Self::with([
            ("AWS_ENDPOINT_URL", endpoint),
            ("AWS_ACCESS_KEY_ID", "AKIAIOSFODNN7EXAMPLE"),
            ("AWS_SECRET_ACCESS_KEY", secret),
            ("AWS_DEFAULT_REGION", region),
        ])
    }

    /// As the administrator of a server's sandbox.
    pub(crate) fn beside(server: &Server) -> Self {
        let command = server.elsewhere();
        let settings = command.get_envs().filter_map(|(name, value)| {
            let is_of_aws = name.to_string_lossy().starts_with("AWS_");
            is_of_aws.then_some((name, value?))
        });
        Self::with(settings)
    }

    fn with<T: Into<OsString>>(settings: impl IntoIterator<Item = (T, T)>) -> Self {
        let aws = std::env::var_os("COMMISSARY_AWS_CLI").expect(
            "COMMISSARY_AWS_CLI names no AWS CLI: run the tests with `cargo xtask test`, which installs one",
        );
        Self {
            folder: tempfile::tempdir().unwrap(),
            aws: PathBuf::from(aws),
            settings: settings
                .into_iter()
                .map(|(name, value)| (name.into(), value.into()))
                .collect(),
        }
    }

    /// What an AWS command answers.
    #[track_caller]
    pub(crate) fn json(&self, args: &[&str]) -> Value {
        Done::of(self.aws(args).output().unwrap()).json()
    }

    /// An AWS command.
    pub(crate) fn aws(&self, args: &[&str]) -> Command {
        let mut command = self.command(&self.aws);
        command.args(args);
        command
    }

    /// Runs a script that calls `aws`.
    pub(crate) fn script(&self, file: &Path, args: &[&str]) -> Done {
        let mut command = self.command(Path::new("sh"));
        Done::of(command.arg(file).args(args).output().unwrap())
    }

    fn command(&self, program: &Path) -> Command {
        let folder = self.aws.parent().unwrap().to_owned();
        let path = std::env::var_os("PATH").unwrap_or_default();
        let paths = std::iter::once(folder).chain(std::env::split_paths(&path));
        let mut command = Command::new(program);
        command
            .env_clear()
            .env("HOME", self.folder.path())
            .env("PATH", std::env::join_paths(paths).unwrap())
            .envs(self.settings.iter().cloned())
            .env("AWS_EC2_METADATA_DISABLED", "true")
            .env("LC_ALL", "C.UTF-8")
            .current_dir(self.folder.path());
        command
    }
}
