//! `docs/reference/lint.md` is made from the codes; this test keeps the two the same.
//! `BLESS=1 cargo test -p commissary-iam --test lint page` writes it anew.

use std::fmt::Write as _;

use commissary_iam::lint::{Attachment, Code};

const FILE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/reference/lint.md");

#[test]
fn the_reference_of_codes_is_up_to_date() {
    let made = page();
    if std::env::var_os("BLESS").is_some() {
        std::fs::write(FILE, &made).unwrap();
    }
    let kept = std::fs::read_to_string(FILE).unwrap_or_default();
    assert!(
        kept == made,
        "docs/reference/lint.md is not what the code says; write it anew with `BLESS=1 cargo test -p commissary-iam --test lint page`"
    );
}

fn page() -> String {
    let mut text = "\
# Lint: the codes

What `commissary iam lint` finds in a policy. Made from the code; codes are stable. An error makes
the command end with exit code 1; warnings and notes do not.

| code | severity | what it means |
|---|---|---|
"
    .to_owned();
    for code in Code::ALL {
        writeln!(
            text,
            "| `{code}` | {} | {} |",
            code.severity(),
            code.summary()
        )
        .unwrap();
    }
    text.push_str(
        "
## Size

IAM's limits, in characters; white space between the elements does not count. Choose with
`--attach`.

| attached as | limit |
|---|---|
",
    );
    for attachment in Attachment::ALL {
        writeln!(text, "| `{}` | {} |", attachment.name(), attachment.limit()).unwrap();
    }
    text.push_str(
        "
The inline policies of a user, a group or a role share one limit. The policy of a resource, which
names principals, has a limit of its service's own, which is not checked.

## What the findings rest on

Which actions, resource types and condition keys exist is read from a copy of AWS's \"Service
Authorization Reference\" that comes with the program; `crates/iam/data/README.md` names its
origin. AWS adds actions, and some work otherwise than documented: what depends on a resource type
is a warning, never an error, and a condition key that is only not listed with an action is not
reported.
",
    );
    text
}
