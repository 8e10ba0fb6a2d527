//! Where the programs are.

use std::path::PathBuf;

/// The path of `etcd` or `kube-apiserver`.
pub(super) fn program(name: &str) -> PathBuf {
    let folder = std::env::var_os("KUBEBUILDER_ASSETS").unwrap_or_else(|| {
        panic!(
            "KUBEBUILDER_ASSETS names no folder with etcd and kube-apiserver: run `cargo xtask \
             kubernetes`, which makes them and prints the line that sets it"
        )
    });
    let program = PathBuf::from(folder).join(name);
    assert!(
        program.exists(),
        "there is no `{}`: run `cargo xtask kubernetes`, which makes it",
        program.display()
    );
    program
}
