//! `commissary man`.

use crate::support::{Done, commissary};

#[test]
fn every_command_has_a_manual_page() {
    let home = tempfile::tempdir().unwrap();
    let dir = home.path().join("new/man1");
    let run = |dir: &std::path::Path| {
        let output = commissary(home.path()).arg("man").arg(dir).output();
        Done::of(output.unwrap())
    };
    run(&dir).with_code(0);
    for page in [
        "commissary.1",
        "commissary-provider-update.1",
        "commissary-iam-simulate.1",
    ] {
        let text = std::fs::read_to_string(dir.join(page)).unwrap();
        assert!(text.contains(".SH SYNOPSIS"), "{page}: {text}");
    }
    let file = home.path().join("file");
    std::fs::write(&file, "").unwrap();
    let refused = run(&file);
    assert!(refused.err.contains("no manual pages"), "{}", refused.err);
    refused.with_code(1);
}
