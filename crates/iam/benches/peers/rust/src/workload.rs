//! What all engines are asked.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use anyhow::{Context as _, Result};
use serde::Deserialize;
use serde_json::Value;

/// One identity policy and the requests before it.
#[derive(Deserialize)]
pub(crate) struct Workload {
    pub(crate) name: String,
    pub(crate) principal: String,
    pub(crate) policy: Value,
    pub(crate) requests: Vec<Asked>,
}

#[derive(Deserialize)]
pub(crate) struct Asked {
    pub(crate) action: String,
    pub(crate) resource: String,
    pub(crate) context: BTreeMap<String, Given>,
}

/// The value of a context key: single-valued keys have a string, others a list.
#[derive(Deserialize)]
#[serde(untagged)]
pub(crate) enum Given {
    One(String),
    Many(Vec<String>),
}

impl Workload {
    /// All workloads of the folder, in the order of the file names.
    pub(crate) fn read_all(folder: &Path) -> Result<Vec<Self>> {
        let shown = folder.display();
        let entries = fs::read_dir(folder).with_context(|| format!("`{shown}`"))?;
        let mut files = Vec::new();
        for entry in entries {
            files.push(entry?.path());
        }
        files.sort();
        let read = |file| -> Result<Self> { Ok(serde_json::from_slice(&fs::read(file)?)?) };
        files
            .iter()
            .map(|file| read(file).with_context(|| format!("`{}`", file.display())))
            .collect()
    }
}

impl Given {
    pub(crate) fn values(&self) -> &[String] {
        match self {
            Self::One(value) => std::slice::from_ref(value),
            Self::Many(values) => values,
        }
    }
}
