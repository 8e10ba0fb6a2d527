//! A signer of its own, written from the description of Signature Version 4 and sharing nothing
//! with the code under test.

use hmac::{Hmac, KeyInit, Mac};
use jiff::Timestamp;
use sha2::{Digest, Sha256};

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Credentials {
    pub(crate) id: String,
    pub(crate) secret: String,
}

impl Credentials {
    /// Reads a profile of an AWS credentials file.
    pub(crate) fn of_profile(file: &str, profile: &str) -> Credentials {
        let section = file.split(&format!("[{profile}]\n")).nth(1).unwrap();
        let section = section.split('[').next().unwrap();
        let value = |name: &str| {
            let line = section.lines().find(|line| line.starts_with(name));
            line.unwrap().split(" = ").nth(1).unwrap().to_owned()
        };
        Credentials {
            id: value("aws_access_key_id"),
            secret: value("aws_secret_access_key"),
        }
    }
}

pub(crate) struct Signing<'a> {
    pub(crate) credentials: &'a Credentials,
    pub(crate) service: &'a str,
    pub(crate) region: &'a str,
    pub(crate) host: String,
    pub(crate) at: Timestamp,
}

impl Signing<'_> {
    /// The head of a POST of `body` to `/`.
    pub(crate) fn post(&self, body: &str) -> String {
        let kind = "application/x-www-form-urlencoded; charset=utf-8";
        let stamp = self.stamp();
        let names = "content-type;host;x-amz-date";
        let headers = format!(
            "content-type:{kind}\nhost:{}\nx-amz-date:{stamp}\n",
            self.host
        );
        let authorization = self.authorization("POST", "/", "", &headers, names, body);
        format!(
            "POST / HTTP/1.1\r\nHost: {}\r\nContent-Type: {kind}\r\nX-Amz-Date: {stamp}\r\n\
             Authorization: {authorization}\r\n",
            self.host
        )
    }

    /// The head of a GET with a query whose parts are encoded and in order.
    pub(crate) fn get(&self, query: &str) -> String {
        let stamp = self.stamp();
        let headers = format!("host:{}\nx-amz-date:{stamp}\n", self.host);
        let names = "host;x-amz-date";
        let authorization = self.authorization("GET", "/", query, &headers, names, "");
        format!(
            "GET /?{query} HTTP/1.1\r\nHost: {}\r\nX-Amz-Date: {stamp}\r\n\
             Authorization: {authorization}\r\n",
            self.host
        )
    }

    /// The head of a request of a JSON service to a path; `target` is the operation where the path
    /// does not say it.
    pub(crate) fn json(&self, method: &str, path: &str, target: &str, body: &str) -> String {
        let stamp = self.stamp();
        let names = "host;x-amz-date;x-amz-target";
        let headers = format!(
            "host:{}\nx-amz-date:{stamp}\nx-amz-target:{target}\n",
            self.host
        );
        let twice: Vec<String> = path.split('/').map(encode).collect();
        let authorization = self.authorization(method, &twice.join("/"), "", &headers, names, body);
        format!(
            "{method} {path} HTTP/1.1\r\nHost: {}\r\nContent-Type: application/x-amz-json-1.1\r\n\
             X-Amz-Date: {stamp}\r\nX-Amz-Target: {target}\r\nAuthorization: {authorization}\r\n",
            self.host
        )
    }

    fn stamp(&self) -> String {
        self.at.strftime("%Y%m%dT%H%M%SZ").to_string()
    }

    fn authorization(
        &self,
        method: &str,
        path: &str,
        query: &str,
        headers: &str,
        names: &str,
        body: &str,
    ) -> String {
        let canonical = format!(
            "{method}\n{path}\n{query}\n{headers}\n{names}\n{}",
            hash(body)
        );
        let date = self.at.strftime("%Y%m%d").to_string();
        let scope = format!("{date}/{}/{}/aws4_request", self.region, self.service);
        let to_sign = format!(
            "AWS4-HMAC-SHA256\n{}\n{scope}\n{}",
            self.stamp(),
            hash(&canonical)
        );
        let secret = format!("AWS4{}", self.credentials.secret).into_bytes();
        let key = [&date, self.region, self.service, "aws4_request"]
            .into_iter()
            .fold(secret, |key, part| mac(&key, part));
        let signature = hex(&mac(&key, &to_sign));
        format!(
            "AWS4-HMAC-SHA256 Credential={}/{scope}, SignedHeaders={names}, Signature={signature}",
            self.credentials.id
        )
    }
}

fn mac(key: &[u8], text: &str) -> Vec<u8> {
    let mut mac = Hmac::<Sha256>::new_from_slice(key).unwrap();
    mac.update(text.as_bytes());
    mac.finalize().into_bytes().to_vec()
}

fn hash(text: &str) -> String {
    hex(&Sha256::digest(text.as_bytes()))
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Percent-encodes all but the unreserved characters of RFC 3986.
pub(crate) fn encode(text: &str) -> String {
    text.bytes()
        .map(|byte| match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => {
                char::from(byte).to_string()
            }
            _ => format!("%{byte:02X}"),
        })
        .collect()
}
