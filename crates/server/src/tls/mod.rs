//! TLS in the server itself: certificate and key from files, read anew when
//! they change, without dropping a connection.

mod certificate;
mod listener;

use std::path::PathBuf;

use axum::{Extension, Router};

pub use certificate::{Certificate, TlsFiles};
pub use listener::TlsListener;

use crate::session::Transport;

/// The router, whose every request comes over TLS.
pub fn over_tls(router: Router) -> Router {
    router.layer(Extension(Transport::Tls))
}

/// Why TLS cannot be had. Each says what to do.
#[derive(Debug, thiserror::Error)]
pub enum TlsError {
    /// A file cannot be read.
    #[error("the file `{}` cannot be read: {why}", .path.display())]
    NotRead {
        /// The file that was given.
        path: PathBuf,
        /// What the system said.
        why: std::io::Error,
    },
    /// The certificate file holds none.
    #[error("the file `{}` holds no certificate; give one in PEM form, the server's own first and then those that signed it", .0.display())]
    NoCertificate(PathBuf),
    /// The key file holds none.
    #[error("the file `{}` holds no private key; give one in PEM form, without a password", .0.display())]
    NoKey(PathBuf),
    /// The two do not belong together, or are of a kind that is not known.
    #[error("the certificate `{}` and the key `{}` cannot be used together: {why}", .files.certificate.display(), .files.key.display())]
    NoPair {
        /// The files that were given.
        files: TlsFiles,
        /// What is wrong with them.
        why: String,
    },
}
