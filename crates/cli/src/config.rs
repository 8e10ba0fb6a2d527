//! The configuration file: what flags and environment leave open.
//!
//! The file's values become the defaults of the arguments, so that flags come
//! before the environment, that before the file, and what is in the file is
//! read and refused as if it had been typed.

mod file;
mod shown;

use std::ffi::OsString;
use std::path::PathBuf;

use clap::parser::ValueSource;
use clap::{Arg, ArgAction, ArgMatches, Command, CommandFactory as _, FromArgMatches as _};

use crate::args::Args;
use crate::failure::Failure;
use crate::paths;
use file::Settings;

/// The subcommand that the file is about.
const SERVE: &str = "serve";
/// Others that work on the same data, and take what they know of it.
const BESIDE: [&str; 3] = ["backup", "doctor", "restore"];
/// Arguments that are no settings.
const NO_SETTINGS: [&str; 4] = ["help", "version", "config", "print_config"];

/// The arguments, and where each value came from.
pub(crate) struct Parsed {
    pub(crate) args: Args,
    pub(crate) sources: Sources,
}

/// Where the values came from.
pub(crate) struct Sources {
    matches: ArgMatches,
    settings: Option<Settings>,
}

/// Reads arguments, environment and file. Ends the process where the arguments
/// are wrong or ask for help.
///
/// # Errors
/// The file cannot be read, or has a key that is not known.
pub(crate) fn parse() -> Result<Parsed, Failure> {
    let settings = file_named(std::env::args_os())
        .or_else(file_by_default)
        .map(|path| Settings::read(&path))
        .transpose()?;
    let mut command = Args::command();
    if let Some(settings) = &settings {
        settings.must_be_known(&known(&command))?;
        command = with_defaults(command, settings);
    }
    let matches = command.get_matches();
    let args = Args::from_arg_matches(&matches).unwrap_or_else(|error| error.exit());
    Ok(Parsed {
        args,
        sources: Sources { matches, settings },
    })
}

/// The file that is named: by the flag, else by the environment.
fn file_named(args: impl Iterator<Item = OsString>) -> Option<PathBuf> {
    let mut args = args.take_while(|arg| arg != "--");
    let mut named = None;
    while let Some(arg) = args.next() {
        if arg == "--config" {
            named = args.next();
        } else if let Some(path) = arg.to_str().and_then(|arg| arg.strip_prefix("--config=")) {
            named = Some(path.into());
        }
    }
    let named = named.or_else(|| std::env::var_os("COMMISSARY_CONFIG"));
    named.filter(|path| !path.is_empty()).map(PathBuf::from)
}

/// The file in its own place, if there is one.
fn file_by_default() -> Option<PathBuf> {
    paths::default_config_file().filter(|path| path.exists())
}

/// Every argument that can stand in the file.
pub(crate) fn settings(command: &Command) -> Vec<&Arg> {
    let serve = command.find_subcommand(SERVE);
    let of_serve = serve.into_iter().flat_map(Command::get_arguments);
    let all = of_serve.chain(command.get_arguments());
    all.filter(|arg| arg.get_long().is_some() && !NO_SETTINGS.contains(&arg.get_id().as_str()))
        .collect()
}

fn known(command: &Command) -> Vec<String> {
    let names = settings(command).into_iter().filter_map(Arg::get_long);
    names.map(str::to_owned).collect()
}

fn with_defaults(command: Command, settings: &Settings) -> Command {
    let fill = |arg: Arg| match arg.get_long().and_then(|name| settings.get(name)) {
        Some(values) if matches!(arg.get_action(), ArgAction::SetTrue | ArgAction::Set) => {
            let last = values.last().cloned().unwrap_or_default();
            arg.default_value(last)
        }
        Some(values) => arg.default_values(values.to_vec()),
        None => arg,
    };
    let command = command.mut_args(fill);
    BESIDE
        .into_iter()
        .chain([SERVE])
        .fold(command, |command, name| {
            command.mut_subcommand(name, |subcommand| subcommand.mut_args(fill))
        })
}

impl Sources {
    /// Where a value of `serve` came from, in words.
    fn of(&self, arg: &Arg) -> String {
        let serve = self.matches.subcommand_matches(SERVE);
        let source = serve.and_then(|matches| matches.value_source(arg.get_id().as_str()));
        let name = arg.get_long().unwrap_or_default();
        match (source, &self.settings) {
            (Some(ValueSource::CommandLine), _) => format!("flag --{name}"),
            (Some(ValueSource::EnvVariable), _) => {
                let variable = arg.get_env().unwrap_or_default();
                format!("environment {}", variable.to_string_lossy())
            }
            (Some(ValueSource::DefaultValue), Some(settings)) if settings.get(name).is_some() => {
                format!("file {}", settings.path().display())
            }
            (Some(_), _) => "default".to_owned(),
            (None, _) => "not set".to_owned(),
        }
    }
}
