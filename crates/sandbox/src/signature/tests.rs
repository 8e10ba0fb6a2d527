use axum::http::{HeaderMap, HeaderName, HeaderValue};

use super::*;

/// The credentials, request and signature of the example in AWS's documentation of Signature
/// Version 4 (`ListUsers`, 30 August 2015).
const SECRET: &str = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";
const SIGNATURE: &str = "5d672d79c15b13162d9279b0855cfba6789a8edb4c82c400e06b5924a6f2b5d7";
const AUTHORIZATION: &str = "AWS4-HMAC-SHA256 \
    Credential=AKIDEXAMPLE/20150830/us-east-1/iam/aws4_request, \
    SignedHeaders=content-type;host;x-amz-date, Signature=";
const QUERY: &str = "Action=ListUsers&Version=2010-05-08";

fn secret() -> SecretKey {
    serde_json::from_value(SECRET.into()).unwrap()
}

fn headers(authorization: &str) -> HeaderMap {
    [
        (
            "content-type",
            "application/x-www-form-urlencoded; charset=utf-8",
        ),
        ("host", "iam.amazonaws.com"),
        ("x-amz-date", "20150830T123600Z"),
        ("authorization", authorization),
    ]
    .into_iter()
    .map(|(name, value)| {
        let value = HeaderValue::from_str(value).unwrap();
        (HeaderName::from_static(name), value)
    })
    .collect()
}

/// Reads and verifies the example, changed by `change`, at `now`.
fn check_at(now: &str, change: impl Fn(&mut HeaderMap)) -> Result<(), Fault> {
    let mut headers = headers(&format!("{AUTHORIZATION}{SIGNATURE}"));
    change(&mut headers);
    let request = Request {
        method: "GET",
        path: "/",
        query: QUERY,
        headers: &headers,
        body: b"",
    };
    Presented::read(&request, "iam", now.parse().unwrap())?.verify(&request, &secret())
}

fn check(change: impl Fn(&mut HeaderMap)) -> Result<(), Fault> {
    check_at("2015-08-30T12:36:00Z", change)
}

fn set(headers: &mut HeaderMap, name: &'static str, value: &str) {
    headers.insert(name, HeaderValue::from_str(value).unwrap());
}

fn code(result: Result<(), Fault>) -> Option<Code> {
    result.err().map(|fault| fault.code)
}

#[test]
fn the_documented_example_verifies() {
    check(|_| ()).unwrap();
}

/// The canonical request joins runs of spaces and trims, so that proxies may do so.
#[test]
fn white_space_in_signed_headers_does_not_matter() {
    check(|headers| {
        set(
            headers,
            "content-type",
            "  application/x-www-form-urlencoded;   charset=utf-8 ",
        );
    })
    .unwrap();
}

#[test]
fn nothing_that_was_signed_may_change() {
    for (name, value) in [
        ("host", "iam.example.com"),
        ("content-type", "text/plain"),
        ("x-amz-date", "20150830T123601Z"),
    ] {
        let result = check(|headers| set(headers, name, value));
        assert_eq!(code(result), Some(Code::SignatureDoesNotMatch), "{name}");
    }
    let other = format!("{AUTHORIZATION}{}", SIGNATURE.replace('5', "6"));
    let short = format!("{AUTHORIZATION}5d67");
    for authorization in [other, short] {
        let result = check(|headers| set(headers, "authorization", &authorization));
        assert_eq!(code(result), Some(Code::SignatureDoesNotMatch));
    }
}

#[test]
fn a_header_that_was_signed_must_be_there() {
    let result = check(|headers| {
        headers.remove("content-type");
    });
    assert_eq!(code(result), Some(Code::SignatureDoesNotMatch));
}

#[test]
fn the_body_and_the_method_are_signed_too() {
    let headers = headers(&format!("{AUTHORIZATION}{SIGNATURE}"));
    for (method, query, body) in [
        ("POST", QUERY, &b""[..]),
        ("GET", QUERY, b"x"),
        ("GET", "Action=ListGroups&Version=2010-05-08", b""),
    ] {
        let request = Request {
            method,
            path: "/",
            query,
            headers: &headers,
            body,
        };
        let now = "2015-08-30T12:36:00Z".parse().unwrap();
        let presented = Presented::read(&request, "iam", now).unwrap();
        let result = presented.verify(&request, &secret());
        assert_eq!(code(result), Some(Code::SignatureDoesNotMatch));
    }
}

#[test]
fn the_scope_must_be_the_services_and_the_days() {
    for (from, to) in [
        ("/iam/", "/sts/"),
        ("us-east-1", "nowhere"),
        ("us-east-1", "us-east-"),
        ("aws4_request", "aws5_request"),
        ("20150830", "20150829"),
        ("20150830", "2015083"),
        ("content-type;host;", "content-type;"),
    ] {
        let authorization = format!("{AUTHORIZATION}{SIGNATURE}").replace(from, to);
        let result = check(|headers| set(headers, "authorization", &authorization));
        assert_eq!(code(result), Some(Code::SignatureDoesNotMatch), "{to}");
    }
}

#[test]
fn an_incomplete_signature_is_told_so() {
    for authorization in [
        "AWS4-HMAC-SHA256 Credential=a/20150830/us-east-1/iam/aws4_request, Signature=00",
        "AWS4-HMAC-SHA256 Credential=a/us-east-1/iam/aws4_request, SignedHeaders=host, Signature=00",
        "AWS4-HMAC-SHA256 Credential=a/20150830/us-east-1/iam/aws4_request, SignedHeaders=host, Signature=zz",
        "AWS4-HMAC-SHA256 Credential=a/20150830/us-east-1/iam/aws4_request, SignedHeaders=x;host, Signature=00",
        "AWS4-HMAC-SHA256 Credential=a/20150830/us-east-1/iam/aws4_request, SignedHeaders=Host, Signature=00",
        "AWS4-HMAC-SHA256 ",
    ] {
        let result = check(|headers| set(headers, "authorization", authorization));
        assert_eq!(
            code(result),
            Some(Code::IncompleteSignature),
            "{authorization}"
        );
    }
    for date in ["2015-08-30T12:36:00Z", "20150830T126000Z", "now"] {
        let result = check(|headers| set(headers, "x-amz-date", date));
        assert_eq!(code(result), Some(Code::IncompleteSignature), "{date}");
    }
    let result = check(|headers| {
        headers.remove("x-amz-date");
    });
    assert_eq!(code(result), Some(Code::IncompleteSignature));
}

#[test]
fn other_schemes_are_no_authentication() {
    for authorization in ["Bearer abc", "AWS AKID:sig", "AWS4-HMAC-SHA256-X a=b", ""] {
        let result = check(|headers| set(headers, "authorization", authorization));
        assert_eq!(code(result), Some(Code::MissingAuthenticationToken));
    }
}

#[test]
fn a_quarter_of_an_hour_is_the_most_that_clocks_may_differ() {
    for (now, expected) in [
        ("2015-08-30T12:51:00Z", None),
        ("2015-08-30T12:51:01Z", Some(Code::RequestExpired)),
        ("2015-08-30T12:21:00Z", None),
        ("2015-08-30T12:20:59Z", Some(Code::RequestExpired)),
    ] {
        assert_eq!(code(check_at(now, |_| ())), expected, "{now}");
    }
}

#[test]
fn a_secret_is_not_shown() {
    assert!(!format!("{:?}", secret()).contains("wJalr"));
}

proptest::proptest! {
    #[test]
    fn any_header_is_read_or_refused(rest in "[ -~]{0,80}", date in "[ -~]{0,20}") {
        let result = check(|headers| {
            set(headers, "authorization", &format!("AWS4-HMAC-SHA256 {rest}"));
            set(headers, "x-amz-date", &date);
        });
        proptest::prop_assert!(result.is_err());
    }
}
