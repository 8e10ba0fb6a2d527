//! Requests whose answers are looked at whole, headers included.

use std::io::{Read as _, Write as _};
use std::net::TcpStream;

use super::search::percent_encoded;
use crate::support::Server;

/// Sends a request and returns the whole answer.
pub(super) fn asked(
    server: &Server,
    method: &str,
    path: &str,
    headers: &str,
    body: &str,
) -> String {
    let address = server.base.trim_start_matches("http://");
    let mut stream = TcpStream::connect(address).unwrap();
    let length = body.len();
    let request = format!(
        "{method} {path} HTTP/1.1\r\nhost: {address}\r\nconnection: close\r\n\
         content-length: {length}\r\n{headers}\r\n{body}"
    );
    stream.write_all(request.as_bytes()).unwrap();
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).unwrap();
    String::from_utf8_lossy(&answer).into_owned()
}

/// Sends a form of the console.
pub(super) fn sent(server: &Server, path: &str, cookie: &str, fields: &[(&str, &str)]) -> String {
    let pairs: Vec<String> = fields
        .iter()
        .map(|(name, value)| format!("{name}={}", percent_encoded(value)))
        .collect();
    let headers = format!(
        "content-type: application/x-www-form-urlencoded\r\nsec-fetch-site: same-origin\r\n{cookie}"
    );
    asked(server, "POST", path, &headers, &pairs.join("&"))
}
