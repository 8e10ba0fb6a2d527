//! The reference data of `crates/iam`: which actions, resource types and condition keys AWS's
//! services have. Made from two published packages whose versions are locked in
//! `xtask/reference`; to take newer ones, change the locks and run this again.

mod install;
mod read;
mod render;

use std::fs;
use std::path::Path;

use anyhow::Result;

use crate::run::{root, say};

const TARGET: &str = "crates/iam/data";

/// Slow and small: it is packed once and unpacked often.
const BEST: u8 = 10;

pub(crate) fn run() -> Result<()> {
    let packages = install::packages()?;
    let source = read::source(&packages)?;
    let text = render::render(&source)?;
    let target = root()?.join(TARGET);
    fs::create_dir_all(target.join("licenses"))?;
    let packed = miniz_oxide::deflate::compress_to_vec_zlib(text.as_bytes(), BEST);
    fs::write(target.join("reference.txt.zlib"), &packed)?;
    // Beside the packages, for whoever wants to read or compare it.
    fs::write(packages.folder.join("reference.txt"), &text)?;
    for (licence, name) in [
        (packages.iam_data.join("LICENSE.txt"), "iam-data.txt"),
        (packages.policy_sentry_licence()?, "policy_sentry.txt"),
    ] {
        copy_text(&licence, &target.join("licenses").join(name))?;
    }
    let actions = source.services.iter().map(|service| service.actions.len());
    say(&format!(
        "{TARGET}/reference.txt.zlib: {} services, {} actions, {} bytes, {} unpacked",
        source.services.len(),
        actions.sum::<usize>(),
        packed.len(),
        text.len()
    ));
    Ok(())
}

/// Copies a text so that it ends in one line feed, as every text here does.
fn copy_text(from: &Path, to: &Path) -> Result<()> {
    let text = fs::read_to_string(from)?;
    Ok(fs::write(to, format!("{}\n", text.trim_end()))?)
}
