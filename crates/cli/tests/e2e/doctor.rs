//! The doctor's look at the certificate and at the clock. There is no server and no
//! data here: what it says of these is not looked at.

use std::io::{BufRead as _, BufReader, Write as _};
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::thread;

use jiff::fmt::rfc2822;
use jiff::{SignedDuration, Timestamp};
use serde_json::Value;

use crate::support::{Done, commissary};

const DAY: i64 = 24;

/// The moment so many hours from now.
#[expect(clippy::disallowed_methods, reason = "a test has no Clock port")]
fn hours_from_now(hours: i64) -> Timestamp {
    Timestamp::now() + SignedDuration::from_hours(hours)
}

/// A certificate that is good between two moments, to the day, and its key.
fn files(dir: &Path, name: &str, (from, to): (i64, i64)) -> (PathBuf, PathBuf) {
    let day = |hours| {
        let day = hours_from_now(hours)
            .to_zoned(jiff::tz::TimeZone::UTC)
            .date();
        let part = |part: i8| u8::try_from(part).unwrap();
        rcgen::date_time_ymd(day.year().into(), part(day.month()), part(day.day()))
    };
    let mut params = rcgen::CertificateParams::new(["localhost".to_owned()]).unwrap();
    params.not_before = day(from);
    params.not_after = day(to);
    let key = rcgen::KeyPair::generate().unwrap();
    let made = params.self_signed(&key).unwrap();
    let at = |end: &str| dir.join(format!("{name}.{end}"));
    std::fs::write(at("pem"), made.pem()).unwrap();
    std::fs::write(at("key"), key.serialize_pem()).unwrap();
    (at("pem"), at("key"))
}

/// Something that answers as AWS does as far as the time goes: its clock is so many
/// hours off. It answers until the test ends.
fn clock(off: SignedDuration) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    thread::spawn(move || {
        for stream in listener.incoming() {
            let mut stream = stream.unwrap();
            let mut lines = BufReader::new(stream.try_clone().unwrap()).lines();
            while lines
                .next()
                .is_some_and(|line| line.is_ok_and(|line| !line.is_empty()))
            {}
            let told = hours_from_now(0) + off;
            let date = rfc2822::DateTimePrinter::new();
            let date = date.timestamp_to_rfc9110_string(&told).unwrap();
            let head = format!(
                "HTTP/1.1 302 Found\r\ndate: {date}\r\ncontent-length: 0\r\nconnection: close\r\n\r\n"
            );
            // One that went away needs no answer.
            let _ = stream.write_all(head.as_bytes());
        }
    });
    format!("http://{address}")
}

/// What the doctor finds, as one look at a thing each.
fn examined(dir: &Path, endpoint: &str, args: &[&str]) -> Value {
    let mut command = commissary(dir);
    command.env("AWS_ENDPOINT_URL", endpoint);
    command.args(["doctor", "--output", "json", "--data-dir"]);
    command.arg(dir.join("none")).args(args);
    let done = Done::of(command.output().unwrap());
    serde_json::from_str(&done.with_code(1)).unwrap()
}

fn finding(found: &Value, check: &str) -> (String, String) {
    let mut findings = found["findings"].as_array().unwrap().iter();
    let finding = findings.find(|finding| finding["check"] == check);
    let finding = finding.unwrap_or_else(|| panic!("no {check}: {found}"));
    let state = finding["state"].as_str().unwrap().to_owned();
    (state, format!("{} {}", finding["said"], finding["mend"]))
}

#[test]
fn the_certificate_is_told_to_be_over_early_late_or_not_the_keys() {
    let home = tempfile::tempdir().unwrap();
    let dir = home.path();
    let endpoint = clock(SignedDuration::ZERO);
    let good = files(dir, "good", (-DAY, 100 * DAY));
    let other = files(dir, "other", (-DAY, 100 * DAY));
    let garbage = dir.join("garbage.pem");
    std::fs::write(&garbage, "no certificate").unwrap();
    let missing = dir.join("missing.pem");
    let look = |certificate: &Path, key: &Path| {
        let (certificate, key) = (certificate.to_str().unwrap(), key.to_str().unwrap());
        let args = ["--tls-cert", certificate, "--tls-key", key];
        finding(&examined(dir, &endpoint, &args), "certificate")
    };
    for (certificate, key, state, said) in [
        (&good.0, &good.1, "ok", "is good until"),
        (&good.0, &other.1, "broken", "cannot be used together"),
        (&garbage, &good.1, "broken", "holds no certificate"),
        (&missing, &good.1, "broken", "cannot be read"),
        (&good.0, &missing, "broken", "cannot be read"),
    ] {
        let (found, told) = look(certificate, key);
        assert_eq!(found, state, "{told}");
        assert!(told.contains(said), "{told}");
    }
    for (name, validity, state, said) in [
        ("over", (-90 * DAY, -2 * DAY), "broken", "ended at"),
        ("ends-soon", (-90 * DAY, 5 * DAY), "warning", "renew it"),
        ("early", (2 * DAY, 90 * DAY), "broken", "is not good before"),
    ] {
        let (certificate, key) = files(dir, name, validity);
        let (found, told) = look(&certificate, &key);
        assert_eq!(found, state, "{name}: {told}");
        assert!(told.contains(said), "{name}: {told}");
    }
    let alone = ["--tls-cert", good.0.to_str().unwrap()];
    let (found, told) = finding(&examined(dir, &endpoint, &alone), "certificate");
    assert_eq!(found, "broken");
    assert!(told.contains("give --tls-cert and --tls-key"), "{told}");
}

#[test]
fn a_clock_that_is_off_is_told_in_either_direction() {
    let home = tempfile::tempdir().unwrap();
    for (off, state, said) in [
        (SignedDuration::ZERO, "ok", "seconds apart"),
        (SignedDuration::from_mins(2), "warning", "NTP"),
        (SignedDuration::from_mins(-2), "warning", "NTP"),
        (SignedDuration::from_hours(1), "broken", "AWS refuses"),
        (SignedDuration::from_hours(-1), "broken", "AWS refuses"),
    ] {
        let found = examined(home.path(), &clock(off), &[]);
        let (found, told) = finding(&found, "clock");
        assert_eq!(found, state, "{off:?}: {told}");
        assert!(told.contains(said), "{off:?}: {told}");
    }
}
