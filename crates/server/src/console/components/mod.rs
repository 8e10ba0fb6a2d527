//! `/components`, in development builds only: every component of the console in every state,
//! from the macros that the pages are made of.

use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use commissary_core::domain::{PermissionReport, ProviderQueryInput, ProviderStatus};
use commissary_core::{FieldError, Role};
use commissary_permissions::{DEFAULT_RELEASE, release};
use jiff::Timestamp;

use super::faults::Faults;
use super::flash::Message;
use super::moment::Moment;
use super::people::Given;
use super::policy::{PolicyView, Takes, takes};
use super::prose::{Prose, prose};
use super::provider::{Change, PastCheck, ReportView, view};
use super::providers::{Chip, Choice, Heading, Row};
use super::render::page as render;
use super::shell::{Crumb, Section, Shell, Visitor};
use super::status::StatusWords;
use super::uses::Uses;
use crate::options::App;
use crate::problem::{Code, Problem};
use crate::query::Parameters;

/// A report with every verdict that there is.
const REPORT: &str = include_str!("report.json");

/// How something stands: class and words.
const STATES: [(&str, &str); 4] = [
    ("good", "ready"),
    ("bad", "50 missing"),
    ("open", "107 of 114 verified"),
    ("unknown", "not verified"),
];

#[derive(Template)]
#[template(path = "components.html")]
struct ComponentsPage {
    shell: Shell,
    states: [(&'static str, &'static str); 4],
    report: ReportView,
    checks: Vec<PastCheck>,
    moment: Moment,
    /// A sentence about something that was done.
    done: Prose,
    /// Whether somebody is a global administrator, and their roles.
    rights: [(bool, Vec<Given>); 3],
    /// The faults of a form that is in order, of one with a fault, and of one that failed whole.
    sound: Faults,
    faulty: Faults,
    failed: Faults,
    /// What depends on something, and that nobody ticked that it goes all the same.
    uses: Uses,
    unticked: Faults,
    chips: Vec<Chip>,
    headings: Vec<Heading>,
    rows: Vec<Row>,
    /// The policy of a few features and the one of all; what each feature takes of the first.
    policy: PolicyView,
    large: PolicyView,
    features: Vec<Takes>,
}

pub(crate) async fn page(
    visitor: Visitor,
    State(_): State<App>,
    query: Parameters,
) -> Result<Response, Problem> {
    query.finish("none")?;
    let report: PermissionReport =
        serde_json::from_str(REPORT).map_err(|error| Problem::internal(&error))?;
    let way = vec![Crumb::to("A step", "/"), Crumb::here("Components")];
    let mut shell = visitor.shell(Section::Workspaces, way).await?;
    shell.messages = vec![
        Message::done("the workspace `team-a` is ready"),
        Message::attention("AWS at `sts.amazonaws.com` did not answer"),
    ];
    let choice = Choice::of(&ProviderQueryInput::default());
    let counts = [
        ProviderStatus::Invalid,
        ProviderStatus::Missing,
        ProviderStatus::NotVerified,
        ProviderStatus::PartlyVerified,
        ProviderStatus::Ready,
    ];
    let release = release(DEFAULT_RELEASE).map_err(|error| Problem::internal(&error))?;
    let some = release.select(&["eks".to_owned()]);
    let some = some.map_err(|error| Problem::internal(&error))?;
    let template = ComponentsPage {
        policy: PolicyView::of(&some),
        large: PolicyView::of(&release.with_all_features()),
        features: takes(&some).into_iter().map(|(_, takes)| takes).collect(),
        shell,
        states: STATES,
        moment: Moment::of(report.at),
        done: prose("the workspace `team-a` is ready"),
        rights: [
            (true, Vec::new()),
            (false, ["team-a", "team-b"].map(given).into()),
            (false, Vec::new()),
        ],
        sound: Faults::default(),
        faulty: Faults::of_one(Some(FieldError::new(
            "with-fault",
            "choose another name: `prod` is taken",
        ))),
        failed: Faults::of(Problem::new(
            Code::AwsUnavailable,
            "AWS at `sts.amazonaws.com` did not answer",
        ))?,
        uses: Uses::of(
            &["the AWSCluster `staging/blue` (eu-west-1, ready)".to_owned()],
            false,
        ),
        unticked: Faults::of_one(Some(FieldError::new("force", "it is in use"))),
        chips: choice.chips(&counts.map(|status| (status, 1200))),
        headings: choice.headings(),
        rows: STATES.map(|state| row(state, report.at)).into(),
        report: view(&report),
        checks: STATES.map(|state| past(state, report.at)).into(),
    };
    render(StatusCode::OK, &template)
}

fn given(workspace: &str) -> Given {
    Given {
        workspace: workspace.to_owned(),
        role: Role::Operator,
    }
}

/// A check that ended like that.
fn past((class, words): (&'static str, &str), at: Timestamp) -> PastCheck {
    let change = |(class, words, count): (_, _, usize)| Change {
        class,
        words,
        actions: vec!["ec2:CreateNetworkInterface".to_owned(); count],
    };
    let changes = match class {
        "bad" => vec![("denied", "lost", 2), ("allowed", "gained", 12)],
        "open" => vec![("unverifiable", "newly unverifiable", 1)],
        _ => Vec::new(),
    };
    PastCheck {
        at: Moment::of(at),
        by: "admin".to_owned(),
        status: StatusWords {
            class,
            words: words.to_owned(),
        },
        said: changes
            .is_empty()
            .then(|| prose("AWS at `sts.amazonaws.com` did not answer")),
        changes: changes.into_iter().map(change).collect(),
    }
}

/// A provider that stands like that; what is not known of it is left out where nobody verified it.
fn row((class, words): (&'static str, &str), at: Timestamp) -> Row {
    let known = class != "unknown";
    Row {
        name: format!("provider-that-is-{class}"),
        href: "/components".to_owned(),
        account: known.then(|| "123456789012".to_owned()),
        status: StatusWords {
            class,
            words: words.to_owned(),
        },
        key_since: Moment::of(at),
        checked: known.then(|| Moment::of(at)),
        created: Moment::of(at),
    }
}
