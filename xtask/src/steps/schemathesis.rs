//! The API tried by schemathesis against a running server with a sandbox: signed in as a global
//! administrator, then signed out. The document that it reads is the one that the server serves.

use std::fs;
use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use anyhow::{Context as _, Result, bail};

use super::browser::built;
use super::python;
use crate::run::{cache, remade, root, run as run_command, say};

const FOLDER: &str = "tests/schemathesis";

/// Who tries the API, and how many cases it makes up for each operation.
const RUNS: [(&str, bool, u32); 2] = [("signed in", true, 12), ("signed out", false, 4)];

pub(crate) fn run() -> Result<()> {
    let program = python::SCHEMATHESIS.install()?;
    let binary = built()?;
    for (who, signed_in, examples) in RUNS {
        say(&format!("schemathesis, {who}"));
        let server = Server::start(&binary, &who.replace(' ', "-"))?;
        run_command(&mut server.tried_by(&program, signed_in, examples)?)?;
    }
    Ok(())
}

/// A server with an empty data folder; it ends when it is dropped.
struct Server {
    child: Child,
    base: String,
    data: PathBuf,
}

impl Server {
    fn start(binary: &Path, name: &str) -> Result<Self> {
        let data = cache()?.join("schemathesis-data").join(name);
        remade(&data)?;
        let log = fs::File::create(data.with_extension("log"))?;
        let mut child = Command::new(binary)
            .args(["serve", "--sandbox", "--listen", "127.0.0.1:0"])
            .args(["--sandbox-listen", "127.0.0.1:0", "--data-dir"])
            .arg(&data)
            .env("HOME", &data)
            .stdout(Stdio::piped())
            .stderr(log)
            .spawn()
            .context("the server cannot be started")?;
        let output = child.stdout.take().context("the server has no output")?;
        // From here on it is ended whatever happens.
        let mut server = Self {
            child,
            base: String::new(),
            data,
        };
        for line in BufReader::new(output).lines() {
            let line = line?;
            if let Some(base) = line.trim().strip_prefix("console ") {
                base.trim()
                    .trim_end_matches('/')
                    .clone_into(&mut server.base);
            }
            if line.contains("Ctrl-C stops it.") {
                return Ok(server);
            }
        }
        let log = fs::read_to_string(server.data.with_extension("log"))?;
        bail!("{log}\nthe server ended before it was ready")
    }

    fn tried_by(&self, program: &Path, signed_in: bool, examples: u32) -> Result<Command> {
        let folder = root()?.join(FOLDER);
        let mut command = Command::new(program);
        command
            .arg("--config-file")
            .arg(folder.join("schemathesis.toml"))
            .arg("run")
            .arg(format!("{}/api/openapi.json", self.base))
            .args(["--max-examples", &examples.to_string()])
            // It leaves notes for another run behind, where it is run.
            .current_dir(&self.data)
            .env("PYTHONPATH", &folder)
            .env("PYTHONDONTWRITEBYTECODE", "1")
            .env("COMMISSARY_BASE", &self.base)
            .env("COMMISSARY_DATA", &self.data)
            .env_remove("COMMISSARY_TOKEN");
        if signed_in {
            let token = fs::read_to_string(self.data.join("admin.token"))?;
            command.env("COMMISSARY_TOKEN", token.trim());
        }
        Ok(command)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // It may have ended already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
