//! How the server is reached: over TLS, behind a proxy, or in clear text.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;

use commissary_server::{Certificate, TlsFiles, TrustedProxies};
use ipnet::IpNet;

use crate::failure::Failure;

/// How the server is reached.
#[derive(Debug, clap::Args)]
#[command(next_help_heading = "Transport")]
pub(super) struct TransportArgs {
    /// The certificate to serve over TLS, in PEM form, with those that signed it after it. It and
    /// its key are read anew when they change.
    #[arg(long, env = "COMMISSARY_TLS_CERT", value_name = "FILE")]
    tls_cert: Option<PathBuf>,
    /// The certificate's private key, in PEM form.
    #[arg(long, env = "COMMISSARY_TLS_KEY", value_name = "FILE")]
    tls_key: Option<PathBuf>,
    /// The network of a proxy in front that is believed to say where requests come from (the
    /// `Forwarded` or `X-Forwarded-` headers); may be given often.
    #[arg(
        long,
        env = "COMMISSARY_TRUSTED_PROXY",
        value_delimiter = ',',
        value_name = "CIDR"
    )]
    trusted_proxy: Vec<IpNet>,
    /// Listen beyond this machine without TLS: whoever is on the way can read passwords, tokens
    /// and keys.
    #[arg(long, env = "COMMISSARY_ALLOW_CLEAR_TEXT")]
    allow_clear_text: bool,
}

impl TransportArgs {
    /// The certificate, if there is one; refuses what would be readable on the way.
    pub(super) fn certificate(
        &self,
        listen: SocketAddr,
    ) -> Result<Option<Arc<Certificate>>, Failure> {
        let files = match (&self.tls_cert, &self.tls_key) {
            (Some(certificate), Some(key)) => TlsFiles {
                certificate: certificate.clone(),
                key: key.clone(),
            },
            (None, None) if listen.ip().is_loopback() || self.allow_clear_text => {
                return Ok(None);
            }
            (None, None) => {
                return Err(Failure::usage(format!(
                    "{listen} can be reached from other machines, and without TLS whoever is on the way reads passwords, tokens and keys"
                ))
                .with_hint("give --tls-cert and --tls-key, listen on 127.0.0.1 behind a proxy that adds TLS, or say --allow-clear-text"));
            }
            (Some(_), None) => return Err(Failure::usage("--tls-cert needs --tls-key")),
            (None, Some(_)) => return Err(Failure::usage("--tls-key needs --tls-cert")),
        };
        let certificate = Certificate::load(files);
        certificate
            .map(Some)
            .map_err(|error| Failure::failed(error.to_string()))
    }

    /// The proxies that are believed.
    pub(super) fn proxies(&self) -> TrustedProxies {
        TrustedProxies::new(self.trusted_proxy.clone())
    }
}
