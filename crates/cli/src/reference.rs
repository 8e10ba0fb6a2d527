//! `docs/reference/commands.md` and `configuration.md` are made from the arguments;
//! these tests keep them the same. `BLESS=1 cargo test -p commissary-cli reference` writes it anew.

use std::fmt::Write as _;
use std::path::Path;

use clap::{Command, CommandFactory as _};

use crate::args::Args;

const FILE: &str = concat!(
    env!("CARGO_MANIFEST_DIR"),
    "/../../docs/reference/commands.md"
);

const CONFIGURATION: &str = concat!(
    env!("CARGO_MANIFEST_DIR"),
    "/../../docs/reference/configuration.md"
);

#[test]
fn the_reference_of_commands_is_up_to_date() {
    must_be(FILE, &reference());
}

#[test]
fn the_reference_of_the_configuration_is_up_to_date() {
    must_be(CONFIGURATION, &configuration());
}

fn must_be(file: &str, made: &str) {
    if std::env::var_os("BLESS").is_some() {
        std::fs::create_dir_all(Path::new(file).parent().unwrap()).unwrap();
        std::fs::write(file, made).unwrap();
    }
    let kept = std::fs::read_to_string(file).unwrap_or_default();
    assert!(
        kept == made,
        "{file} is not what the arguments say; write it anew with `BLESS=1 cargo test -p commissary-cli reference`"
    );
}

/// A row for each setting.
fn configuration() -> String {
    let mut text = "# Configuration\n\n\
        Made from the code. Each setting can be given as a flag of `commissary serve`, in the environment, and as a \
        key of the configuration file; the first of these counts. The settings `server`, `token-file` and `output` \
        are for all commands.\n\n\
        | key and flag | variable | default | meaning |\n|---|---|---|---|\n"
        .to_owned();
    let mut root = Args::command();
    root.build();
    for arg in crate::config::settings(&root) {
        let name = arg.get_long().unwrap_or_default();
        let variable = arg
            .get_env()
            .map(|name| format!("`{}`", name.to_string_lossy()));
        let default: Vec<_> = arg
            .get_default_values()
            .iter()
            .map(|v| v.to_string_lossy())
            .collect();
        let default = match default.join(", ").as_str() {
            "" => String::new(),
            default => format!("`{default}`"),
        };
        let help = arg.get_long_help().or_else(|| arg.get_help());
        let help = help
            .map(ToString::to_string)
            .unwrap_or_default()
            .replace('\n', " ");
        writeln!(
            text,
            "| `{name}` | {} | {default} | {help} |",
            variable.unwrap_or_default()
        )
        .unwrap();
    }
    text
}

fn reference() -> String {
    let mut text =
        "# Commands\n\nMade from the code; `commissary COMMAND --help` says the same.\n".to_owned();
    let mut root = Args::command().term_width(88);
    root.build();
    describe(&mut text, &mut root);
    text
}

/// The command's help as the terminal shows it, then its subcommands.
fn describe(text: &mut String, command: &mut Command) {
    let name = command.get_bin_name().unwrap_or("commissary").to_owned();
    let help = command.render_long_help().to_string();
    let help: Vec<&str> = help.trim_end().lines().map(str::trim_end).collect();
    write!(text, "\n## `{name}`\n\n```text\n{}\n```\n", help.join("\n")).unwrap();
    for subcommand in command.get_subcommands_mut() {
        describe(text, subcommand);
    }
}
