//! `docs/reference/commands.md` is made from the arguments; this test keeps the
//! two the same. `BLESS=1 cargo test -p commissary-cli reference` writes it anew.

use std::fmt::Write as _;
use std::path::Path;

use clap::{Command, CommandFactory as _};

use crate::args::Args;

const FILE: &str = concat!(
    env!("CARGO_MANIFEST_DIR"),
    "/../../docs/reference/commands.md"
);

#[test]
fn the_reference_of_commands_is_up_to_date() {
    let made = reference();
    if std::env::var_os("BLESS").is_some() {
        std::fs::create_dir_all(Path::new(FILE).parent().unwrap()).unwrap();
        std::fs::write(FILE, &made).unwrap();
    }
    let kept = std::fs::read_to_string(FILE).unwrap_or_default();
    assert!(
        kept == made,
        "docs/reference/commands.md is not what the arguments say; write it anew with `BLESS=1 cargo test -p commissary-cli reference`"
    );
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
