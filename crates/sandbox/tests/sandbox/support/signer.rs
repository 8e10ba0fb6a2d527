//! A signer of its own, written from the description of Signature Version 4 and sharing nothing
//! with the code under test.

use hmac::{Hmac, KeyInit, Mac};
use jiff::Timestamp;
use sha2::{Digest, Sha256};

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Credentials {
    pub(crate) id: String,
    pub(crate) secret: String,
    pub(crate) token: Option<String>,
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
            token: None,
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
        self.head("POST", "/", "", &[("content-type", kind)], body)
    }

    /// The head of a GET with a query whose parts are encoded and in order.
    pub(crate) fn get(&self, query: &str) -> String {
        self.head("GET", "/", query, &[], "")
    }

    /// The head of any request; the path is encoded as it is to be sent, headers are in order and
    /// stand before `host`.
    pub(crate) fn head(
        &self,
        method: &str,
        path: &str,
        query: &str,
        more: &[(&str, &str)],
        body: &str,
    ) -> String {
        let stamp = self.stamp();
        let mut headers: Vec<(&str, &str)> = more.to_vec();
        headers.push(("host", &self.host));
        headers.push(("x-amz-date", &stamp));
        if let Some(token) = &self.credentials.token {
            headers.push(("x-amz-security-token", token));
        }
        headers.sort_unstable();
        let names: Vec<&str> = headers.iter().map(|(name, _)| *name).collect();
        let names = names.join(";");
        let lines: Vec<String> = headers.iter().map(|(n, v)| format!("{n}:{v}\n")).collect();
        let signed_path = match self.service {
            "s3" => path.to_owned(),
            _ => path.split('/').map(encode).collect::<Vec<_>>().join("/"),
        };
        let canonical = format!(
            "{method}\n{signed_path}\n{query}\n{}\n{names}\n{}",
            lines.concat(),
            hash(body)
        );
        let authorization = self.authorization(&canonical, &names);
        let target = if query.is_empty() {
            path.to_owned()
        } else {
            format!("{path}?{query}")
        };
        let sent: Vec<String> = headers
            .iter()
            .map(|(n, v)| format!("{n}: {v}\r\n"))
            .collect();
        format!(
            "{method} {target} HTTP/1.1\r\n{}Authorization: {authorization}\r\n",
            sent.concat()
        )
    }

    fn stamp(&self) -> String {
        self.at.strftime("%Y%m%dT%H%M%SZ").to_string()
    }

    fn authorization(&self, canonical: &str, names: &str) -> String {
        let date = self.at.strftime("%Y%m%d").to_string();
        let scope = format!("{date}/{}/{}/aws4_request", self.region, self.service);
        let to_sign = format!(
            "AWS4-HMAC-SHA256\n{}\n{scope}\n{}",
            self.stamp(),
            hash(canonical)
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
