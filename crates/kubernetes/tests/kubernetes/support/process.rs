//! A program that ends with the test, and what it wrote.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

pub(super) struct Process {
    child: Child,
    log: PathBuf,
}

impl Process {
    /// Starts a program; what it writes goes to a file that is begun anew.
    pub(super) fn start(command: &mut Command, log: &Path) -> Self {
        let output = File::create(log).unwrap();
        let child = command
            .stdin(Stdio::null())
            .stdout(output.try_clone().unwrap())
            .stderr(output)
            .spawn()
            .expect("KUBEBUILDER_ASSETS has programs for this machine");
        Self {
            child,
            log: log.to_owned(),
        }
    }

    pub(super) fn log(&self) -> String {
        fs::read_to_string(&self.log).unwrap_or_default()
    }

    pub(super) fn has_ended(&mut self) -> bool {
        self.child.try_wait().unwrap().is_some()
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        // One that is gone already is as good as killed.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
