//! `docs/reference/problems.md` is made from the table of codes; this test keeps the
//! two the same. `BLESS=1 cargo test -p commissary-server problems` writes it anew.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use super::code::ALL;

const FILE: &str = concat!(
    env!("CARGO_MANIFEST_DIR"),
    "/../../docs/reference/problems.md"
);

const HEAD: &str = "\
# Problems

Made from the code. Every refusal is `application/problem+json` (RFC 9457). Its `code` is one of
these and stays what it is; `type` is `urn:commissary:problem:` with the code; `detail` is a
sentence for people; `errors` names the fields at fault, where there are any; `requestId` is found
in the log and in the audit log.
";

#[test]
fn the_reference_of_problems_is_up_to_date() {
    let mut made = HEAD.to_owned();
    for code in ALL {
        let (name, status, title) = (code.name(), code.status().as_u16(), code.title());
        let remedy = code.remedy();
        write!(made, "\n## `{name}`\n\n{status}: {title}.\n\n{remedy}\n").unwrap();
    }
    if std::env::var_os("BLESS").is_some() {
        std::fs::write(FILE, &made).unwrap();
    }
    let kept = std::fs::read_to_string(FILE).unwrap_or_default();
    assert!(
        kept == made,
        "docs/reference/problems.md is not what the code says; write it anew with `BLESS=1 cargo test -p commissary-server problems`"
    );
}

#[test]
fn every_code_has_a_name_of_its_own() {
    let names: BTreeSet<&str> = ALL.iter().map(|code| code.name()).collect();
    assert_eq!(names.len(), ALL.len());
    // As many as the last one's place says.
    assert_eq!(super::Code::Internal as usize + 1, ALL.len());
}
