//! The way to AWS, and the clock beside AWS's.

use std::time::Duration;

use commissary_core::ports::Clock as _;
use jiff::fmt::rfc2822;

use super::Finding;
use crate::commands::serve::SystemClock;

/// How far a clock may be off before AWS refuses signed requests (IAM User Guide,
/// "AWS Signature Version 4 for API requests": five minutes), and before one should know.
const REFUSED: u64 = 300;
const TOLD: u64 = 30;
const PATIENCE: Duration = Duration::from_secs(10);
/// Where STS is asked when no provider names a region.
const ANYWHERE: &str = "us-east-1";

/// Asks the STS of each region for nothing, and looks at the time it tells.
pub(super) async fn look(regions: &[String]) -> Vec<Finding> {
    let regions = match regions {
        [] => vec![ANYWHERE.to_owned()],
        regions => regions.to_vec(),
    };
    let client = reqwest::Client::builder().timeout(PATIENCE).build();
    let Ok(client) = client else {
        let mend = "see that the system's certificates are installed";
        return vec![Finding::broken("aws", "no HTTP client can be made", mend)];
    };
    let mut findings = Vec::new();
    for region in &regions {
        findings.extend(ask(&client, region).await);
    }
    findings
}

async fn ask(client: &reqwest::Client, region: &str) -> Vec<Finding> {
    let endpoint = endpoint(region);
    let answer = client.head(&endpoint).send().await;
    let Ok(answer) = answer else {
        let said = format!("STS of `{region}` cannot be reached at {endpoint}");
        let mend = "let this machine reach it, or set HTTPS_PROXY; providers can be neither verified nor checked until then";
        return vec![Finding::broken("aws", said, mend)];
    };
    let mut findings = vec![Finding::ok(
        "aws",
        format!("STS of `{region}` answers at {endpoint}"),
    )];
    let date = answer.headers().get(reqwest::header::DATE);
    let told = date.and_then(|date| rfc2822::parse(date.to_str().ok()?).ok());
    if let Some(told) = told {
        let apart = told
            .timestamp()
            .as_second()
            .abs_diff(SystemClock.now().as_second());
        findings.push(clock(apart));
    }
    findings
}

fn clock(apart: u64) -> Finding {
    let said = format!("this machine's clock and AWS's are {apart} seconds apart");
    let mend = "set the clock by NTP";
    match apart {
        REFUSED.. => Finding::broken(
            "clock",
            format!("{said}, and AWS refuses what is signed"),
            mend,
        ),
        TOLD.. => Finding::warning("clock", said, mend),
        _ => Finding::ok("clock", said),
    }
}

/// Where STS of a region is (AWS General Reference, "AWS Security Token Service
/// endpoints and quotas"), unless the SDK's own setting says otherwise.
fn endpoint(region: &str) -> String {
    let set = ["AWS_ENDPOINT_URL_STS", "AWS_ENDPOINT_URL"].into_iter();
    let set = set.filter_map(|name| std::env::var(name).ok());
    set.into_iter()
        .find(|url| !url.is_empty())
        .unwrap_or_else(|| {
            let suffix = if region.starts_with("cn-") { ".cn" } else { "" };
            format!("https://sts.{region}.amazonaws.com{suffix}/")
        })
}
