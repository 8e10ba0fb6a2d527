//! A report for CI: SARIF 2.1.0 (OASIS Static Analysis Results Interchange Format).

use commissary_core::domain::{
    AccountNeed, Excess, Finding, PermissionReport, Presence, Remedy, Risk, Severity, Verdict,
};
use serde_json::{Map, Value, json};

use super::words::{self, action_on, reason};

const SCHEMA: &str =
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

/// The whole log: one run, with a rule for each denied action and each kind of other finding.
pub(super) fn log(report: &PermissionReport) -> Value {
    let mut run = Run::new(report);
    for finding in &report.findings {
        run.add_finding(finding);
    }
    if let Some(excess) = &report.excess {
        run.add_excess(excess);
    }
    for need in &report.account {
        run.add_need(need);
    }
    json!({"$schema": SCHEMA, "version": "2.1.0", "runs": [run.finished(report)]})
}

/// A rule of the run.
struct Rule {
    id: String,
    level: &'static str,
    title: String,
    help: &'static str,
}

struct Run {
    rules: Vec<Rule>,
    results: Vec<Value>,
    location: Value,
}

/// What a result is about: how it is told from others in the next run, and its text.
struct About<'a> {
    fingerprint: String,
    message: String,
    properties: Map<String, Value>,
    level: Option<&'a str>,
}

impl Run {
    fn new(report: &PermissionReport) -> Self {
        let arn = &report.identity.principal_arn;
        let name = arn.rsplit([':', '/']).next().unwrap_or(arn);
        Self {
            rules: Vec::new(),
            results: Vec::new(),
            location: json!({"logicalLocations": [
                {"name": name, "fullyQualifiedName": arn, "kind": "principal"}
            ]}),
        }
    }

    fn add_finding(&mut self, finding: &Finding) {
        let rule = match &finding.verdict {
            Verdict::Allowed => return,
            Verdict::Denied { .. } => Rule {
                id: format!("denied/{}", finding.action),
                level: "error",
                title: format!("`{}` is denied", finding.action),
                help: "Clusters need the action and AWS would deny it. `commissary aws check --fix` prints what would mend it.",
            },
            Verdict::Conditional { .. } => Rule {
                id: "conditional".to_owned(),
                level: "warning",
                title: "A requirement hangs on a context key".to_owned(),
                help: "Whether AWS allows it depends on the value of a context key that is not known beforehand.",
            },
            Verdict::Unverifiable { .. } => Rule {
                id: "unverifiable".to_owned(),
                level: "note",
                title: "A requirement could not be verified".to_owned(),
                help: "It is not known to be denied. The message says what would settle it.",
            },
        };
        let verdict = rule.id.split('/').next().unwrap_or_default().to_owned();
        let mut properties = Map::new();
        properties.insert("requirement".to_owned(), json!(finding.requirement));
        properties.insert("resourceKind".to_owned(), json!(finding.kind));
        properties.insert("resource".to_owned(), json!(finding.resource));
        if let Verdict::Denied { by } = &finding.verdict {
            properties.insert("by".to_owned(), json!(by));
        }
        self.add(
            rule,
            About {
                fingerprint: format!("{verdict}/{}", finding.requirement),
                message: format!(
                    "{} ({}) is {verdict}: {}",
                    action_on(finding),
                    finding.kind.title(),
                    reason(finding)
                ),
                properties,
                level: None,
            },
        );
    }

    fn add_excess(&mut self, excess: &Excess) {
        for risk in &excess.risks {
            self.add_risk(risk);
        }
        let Some(line) = excess.line() else {
            return;
        };
        let is_known = excess.unknown.is_none();
        let id = if is_known { "actions" } else { "unknown" };
        let mut properties = Map::new();
        properties.insert("excess".to_owned(), json!(excess));
        self.add(
            Rule {
                id: format!("too-much/{id}"),
                level: "note",
                title: match is_known {
                    true => "More is allowed than clusters need".to_owned(),
                    false => "What is allowed beyond what clusters need is not known".to_owned(),
                },
                help: "A credential should be allowed what its clusters need and nothing else.",
            },
            About {
                fingerprint: format!("too-much/{id}"),
                message: format!("Beyond the requirements: {line}"),
                properties,
                level: None,
            },
        );
    }

    fn add_risk(&mut self, risk: &Risk) {
        let actions = match risk.actions.is_empty() {
            true => String::new(),
            false => format!(" ({})", risk.actions.join(", ")),
        };
        self.add(
            Rule {
                id: format!("too-much/{}", risk.id),
                level: match risk.severity {
                    Severity::Critical => "error",
                    Severity::High | Severity::Medium => "warning",
                },
                title: format!("The credential is dangerous: {}", risk.id),
                help: "A credential should be allowed what its clusters need and nothing else.",
            },
            About {
                fingerprint: format!("too-much/{}", risk.id),
                message: format!("{}{actions}", risk.what),
                properties: Map::new(),
                level: None,
            },
        );
    }

    fn add_need(&mut self, need: &AccountNeed) {
        let level = match &need.presence {
            Presence::Present => return,
            Presence::Missing { .. } if need.is_in_the_way() => "warning",
            Presence::Missing { .. } | Presence::Unknown { .. } => "note",
        };
        let (word, sentence) = words::presence(need);
        let kind = need.kind.title();
        self.add(
            Rule {
                id: format!("account/{}", kind.replace(' ', "-")),
                level: "warning",
                title: format!("The account must have this {kind}"),
                help: "Clusters run with it, besides what the credential may do.",
            },
            About {
                fingerprint: format!("account/{}", need.name),
                message: format!("The {kind} `{}` is {word}: {sentence}", need.name),
                properties: Map::new(),
                level: Some(level),
            },
        );
    }

    fn add(&mut self, rule: Rule, about: About<'_>) {
        let level = about.level.unwrap_or(rule.level);
        let known = self.rules.iter().position(|known| known.id == rule.id);
        let id = rule.id.clone();
        let index = known.unwrap_or_else(|| {
            self.rules.push(rule);
            self.rules.len() - 1
        });
        let mut result = json!({
            "ruleId": id,
            "ruleIndex": index,
            "level": level,
            "message": {"text": about.message},
            "locations": [self.location],
            "partialFingerprints": {"commissary/v1": about.fingerprint},
        });
        if let (Some(result), false) = (result.as_object_mut(), about.properties.is_empty()) {
            result.insert("properties".to_owned(), Value::Object(about.properties));
        }
        self.results.push(result);
    }

    fn finished(self, report: &PermissionReport) -> Value {
        let rules: Vec<Value> = self
            .rules
            .iter()
            .map(|rule| {
                json!({
                    "id": rule.id,
                    "shortDescription": {"text": rule.title},
                    "help": {"text": rule.help},
                    "defaultConfiguration": {"level": rule.level},
                })
            })
            .collect();
        let (_, title, why) = words::verdict(report);
        json!({
            "tool": {"driver": {
                "name": "commissary",
                "semanticVersion": env!("CARGO_PKG_VERSION"),
                "rules": rules,
            }},
            "automationDetails": {"id": format!(
                "commissary/check/{}/{}/",
                report.release, report.identity.account_id
            )},
            "invocations": [{
                "executionSuccessful": true,
                "endTimeUtc": report.at.strftime("%Y-%m-%dT%H:%M:%SZ").to_string(),
            }],
            "results": self.results,
            "properties": {
                "verdict": format!("{title}: {why}"),
                "summary": report.summary(),
                "fix": Remedy::of(report),
            },
        })
    }
}
