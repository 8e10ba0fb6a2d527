//! What answers in place of AWS may be anything.

#![expect(clippy::unwrap_used, reason = "tests")]

use std::time::{Duration, Instant};

use axum::Router;
use axum::http::{StatusCode, header};
use axum::response::IntoResponse;
use commissary_aws::{AwsCloud, SessionOptions, Timeouts};
use commissary_core::domain::{
    AccessKey, CheckOptions, CheckRequest, CheckResult, Identity, Partition, Region, SecretInput,
    Verdict,
};
use commissary_core::ports::{Cloud as _, CloudError, Silent};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpListener;

const SECRET: &str = "canary/canary/canary/canary/canary/canary";
const TOKEN: &str = "canary-token-canary-token-canary-token";

fn key() -> AccessKey {
    let input = |text: &str| SecretInput::new(text.to_owned());
    let parsed = AccessKey::parse("ASIAIOSFODNN7EXAMPLE", input(SECRET), Some(input(TOKEN)));
    parsed.unwrap().0
}

fn region() -> Region {
    Region::parse("us-east-1").unwrap()
}

fn cloud(endpoint: &str) -> AwsCloud {
    AwsCloud::with_options(SessionOptions {
        endpoint: Some(endpoint.to_owned()),
        timeouts: Timeouts {
            connect: Duration::from_millis(300),
            attempt: Duration::from_millis(400),
            operation: Duration::from_secs(12),
            check: Duration::from_secs(15),
        },
        honours_dry_runs: true,
        ..SessionOptions::default()
    })
}

/// What identify says; within the time that it may take, and without the secrets.
async fn said(endpoint: &str) -> CloudError {
    let began = Instant::now();
    let error = cloud(endpoint)
        .identify(&key(), &region())
        .await
        .unwrap_err();
    assert!(
        began.elapsed() < Duration::from_secs(20),
        "{:?}",
        began.elapsed()
    );
    for text in [error.to_string(), format!("{error:?}")] {
        assert!(!text.contains("canary"), "{text}");
        assert!(!text.contains("user:"), "{text}");
    }
    error
}

/// A server that answers every request so.
async fn always(status: u16, kind: &'static str, body: impl Into<String>) -> String {
    let (status, body) = (StatusCode::from_u16(status).unwrap(), body.into());
    let answer =
        move || async move { (status, [(header::CONTENT_TYPE, kind)], body).into_response() };
    serve(Router::new().fallback(answer)).await
}

async fn serve(router: Router) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let endpoint = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(async move { axum::serve(listener, router).await });
    endpoint
}

/// A server that writes these bytes to whoever connects, and closes.
async fn raw(bytes: &'static [u8]) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let endpoint = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            let mut request = [0_u8; 1_024];
            let _ = stream.read(&mut request).await;
            let _ = stream.write_all(bytes).await;
        }
    });
    endpoint
}

fn fault(code: &str, message: &str) -> String {
    format!(
        r#"<ErrorResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><Error><Type>Sender</Type><Code>{code}</Code><Message>{message}</Message></Error><RequestId>1</RequestId></ErrorResponse>"#
    )
}

fn caller(arn: &str, account: &str) -> String {
    format!(
        r#"<GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><GetCallerIdentityResult><Arn>{arn}</Arn><UserId>AIDA</UserId><Account>{account}</Account></GetCallerIdentityResult></GetCallerIdentityResponse>"#
    )
}

#[tokio::test]
async fn what_does_not_speak_as_aws_is_not_aws() {
    let html = "<html><body>captive portal</body></html>";
    let arn = "arn:aws:iam::123456789012:user/a";
    let empty = r#"<GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><GetCallerIdentityResult/></GetCallerIdentityResponse>"#;
    for endpoint in [
        always(200, "text/html", html).await,
        always(403, "text/html", html).await,
        always(502, "text/html", html).await,
        always(404, "text/plain", "404 page not found").await,
        always(200, "application/json", r#"{"hello": "world"}"#).await,
        always(200, "text/xml", "").await,
        always(200, "text/xml", "<a><b></a>").await,
        always(
            200,
            "text/xml",
            "<ListUsersResponse><ListUsersResult/></ListUsersResponse>",
        )
        .await,
        always(200, "text/xml", empty).await,
        always(200, "text/xml", caller("Kommander", "123456789012")).await,
        always(200, "text/xml", caller(arn, "210987654321")).await,
    ] {
        let error = said(&endpoint).await;
        let CloudError::Nonsense {
            endpoint: named, ..
        } = &error
        else {
            panic!("{error:?}");
        };
        assert_eq!(*named, endpoint);
    }
}

#[tokio::test]
async fn who_does_not_answer_is_given_up_in_time() {
    let hangs = || async {
        std::future::pending::<()>().await;
    };
    let endpoint = serve(Router::new().fallback(hangs)).await;
    let error = said(&endpoint).await;
    assert!(
        matches!(&error, CloudError::TimedOut { endpoint: named, .. } if *named == endpoint),
        "{error:?}"
    );
    // An address that takes no connections and refuses none (RFC 5737).
    let error = said("http://192.0.2.1:81").await;
    assert!(
        matches!(
            error,
            CloudError::TimedOut { .. } | CloudError::Unreachable { .. }
        ),
        "{error:?}"
    );
}

#[tokio::test]
async fn who_is_not_there_is_named_without_user_information() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    drop(listener);
    let error = said(&format!("http://user:canary@127.0.0.1:{port}/path")).await;
    let expected = CloudError::Unreachable {
        endpoint: format!("http://127.0.0.1:{port}"),
        why: "the connection was refused".to_owned(),
    };
    assert_eq!(error, expected);
    for endpoint in [
        "http://no-such-host.invalid",
        "no url at all",
        "https://127.0.0.1:1",
        &raw(b"SSH-2.0-OpenSSH_9.2p1\r\n").await,
        &raw(b"").await,
        &raw(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n<GetCall").await,
    ] {
        let error = said(endpoint).await;
        assert!(
            matches!(
                error,
                CloudError::Unreachable { .. } | CloudError::Nonsense { .. }
            ),
            "{endpoint}: {error:?}"
        );
    }
}

#[tokio::test]
async fn throttling_ends_when_the_attempts_do() {
    for (status, code) in [
        (503, "SlowDown"),
        (400, "Throttling"),
        (400, "ThrottlingException"),
    ] {
        let endpoint = always(status, "text/xml", fault(code, "Rate exceeded")).await;
        let error = said(&endpoint).await;
        assert_eq!(error, CloudError::Throttled { endpoint });
    }
}

#[tokio::test]
async fn refusals_of_aws_are_sorted() {
    let quoted = format!("The Canonical String should have been x-amz-security-token:{TOKEN}");
    for (code, message, expected) in [
        (
            "InvalidClientTokenId",
            "The security token is invalid",
            CloudError::BadSessionToken,
        ),
        (
            "ExpiredToken",
            "The security token has expired",
            CloudError::BadSessionToken,
        ),
        (
            "SignatureDoesNotMatch",
            quoted.as_str(),
            CloudError::WrongSecret,
        ),
    ] {
        let endpoint = always(403, "text/xml", fault(code, message)).await;
        assert_eq!(said(&endpoint).await, expected);
    }
    let expired = "Signature expired: 20260101T000000Z is now earlier than 20260102T000000Z";
    let endpoint = always(403, "text/xml", fault("SignatureDoesNotMatch", expired)).await;
    assert!(said(&endpoint).await.to_string().contains("clock"));
    let endpoint = always(500, "text/xml", fault("InternalFailure", "try later")).await;
    let error = said(&endpoint).await;
    assert!(
        matches!(&error, CloudError::Refused { code, .. } if code == "InternalFailure"),
        "{error:?}"
    );
}

fn request() -> CheckRequest {
    let release = commissary_permissions::release("kommander-2.2").unwrap();
    CheckRequest {
        identity: Identity {
            account_id: "123456789012".into(),
            principal_arn: "arn:aws:iam::123456789012:user/Kommander".into(),
            user_id: "AIDA".into(),
            partition: Partition::new("aws"),
        },
        region: region(),
        requirements: release.select(&[]).unwrap().requirements(),
        options: CheckOptions::default(),
    }
}

async fn checked(endpoint: &str) -> CheckResult {
    let result = cloud(endpoint)
        .check(&key(), None, &request(), &Silent)
        .await
        .unwrap();
    assert_eq!(result.findings.len(), 114);
    let unverifiable = |verdict: &Verdict| matches!(verdict, Verdict::Unverifiable { .. });
    assert!(
        result
            .findings
            .iter()
            .all(|finding| unverifiable(&finding.verdict))
    );
    result
}

/// STS can be reached and IAM cannot, as in a closed network with an endpoint for STS only.
#[tokio::test]
async fn a_check_without_iam_is_unverifiable_and_waits_once() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let endpoint = format!("http://{}", listener.local_addr().unwrap());
    drop(listener);
    let result = checked(&endpoint).await;
    assert!(
        result.rungs[1].said.contains("cannot be reached"),
        "{}",
        result.rungs[1].said
    );
    assert!(
        result.rungs[2].said.starts_with("not tried"),
        "{}",
        result.rungs[2].said
    );
}

#[tokio::test]
async fn a_check_against_nonsense_is_unverifiable() {
    let page = always(200, "text/html", "<html>proxy</html>").await;
    let result = checked(&page).await;
    for rung in &result.rungs[1..] {
        let told = ["is not AWS", "AWS answered 0 calls"];
        assert!(
            !rung.gave_evidence && told.iter().any(|words| rung.said.contains(words)),
            "{}",
            rung.said
        );
    }
    let endless = r#"<ListUserPoliciesResponse xmlns="https://iam.amazonaws.com/doc/2010-05-08/"><ListUserPoliciesResult><PolicyNames/><IsTruncated>true</IsTruncated><Marker>on</Marker></ListUserPoliciesResult></ListUserPoliciesResponse>"#;
    let endless = always(200, "text/xml", endless).await;
    let result = checked(&endless).await;
    assert!(!result.rungs[2].gave_evidence, "{}", result.rungs[2].said);
    assert!(
        result.rungs[2].said.contains("does not end"),
        "{}",
        result.rungs[2].said
    );
}

/// A credential that AWS refuses in the middle of a check ends it: nothing was verified.
#[tokio::test]
async fn a_credential_that_ends_during_a_check_ends_the_check() {
    let endpoint = always(403, "text/xml", fault("ExpiredToken", "expired")).await;
    let error = cloud(&endpoint)
        .check(&key(), None, &request(), &Silent)
        .await
        .unwrap_err();
    assert_eq!(error, CloudError::BadSessionToken);
}
