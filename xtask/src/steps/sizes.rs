//! Lines of code per crate.

use std::path::Path;

use anyhow::Result;

use crate::tidy::files;

#[expect(clippy::print_stdout, reason = "this is the task's result")]
pub(crate) fn run() -> Result<()> {
    println!(
        "{:<14} {:>6} {:>7} {:>8} {:>9}",
        "crate", "files", "code", "comments", "tests"
    );
    let mut crates: Vec<_> = std::fs::read_dir("crates")?.collect::<Result<_, _>>()?;
    crates.sort_by_key(std::fs::DirEntry::file_name);
    for entry in crates {
        let [files, code, comments, tests] = measure(&entry.path())?;
        let name = entry.file_name();
        println!(
            "{:<14} {files:>6} {code:>7} {comments:>8} {tests:>9}",
            name.display()
        );
    }
    Ok(())
}

/// Files, lines of code, lines of comment, lines of test code.
fn measure(folder: &Path) -> Result<[usize; 4]> {
    let mut sums = [0; 4];
    for file in files(folder, "rs")? {
        let text = std::fs::read_to_string(&file)?;
        let is_test = file.components().any(|part| part.as_os_str() == "tests")
            || file.file_name().is_some_and(|name| name == "tests.rs");
        let [count, code, comments, tests] = &mut sums;
        *count += 1;
        let mut in_tests = is_test;
        for line in text.lines().map(str::trim) {
            in_tests |= line == "#[cfg(test)]";
            match line {
                "" => {}
                comment if comment.starts_with("//") => *comments += 1,
                _ if in_tests => *tests += 1,
                _ => *code += 1,
            }
        }
    }
    Ok(sums)
}
