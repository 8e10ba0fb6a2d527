//! The form of the tables of actions.

use crate::wire::service::Service;

/// An action of a service: what a call of it must say, what the right to it is asked for, and what
/// it answers.
///
/// `about` names resources (Service Authorization Reference, "Actions defined by …") in words of
/// their own:
///
/// | | |
/// |---|---|
/// | `*` | no resource |
/// | `vpc/*` | one that does not exist yet, as AWS names it |
/// | `subnet/{SubnetId}` | the one that a parameter names, once for each of its values; it must exist |
/// | `{LoadBalancerArn}` | the same, where the parameter holds the whole ARN or an id that tells its kind |
/// | `{A\|B}` | the values of `B` where there are none of `A` |
/// | `{A\|*}` | `*` where the parameter is not given; else nothing is asked for |
/// | `+cluster/{name}` | one that the call makes: it need not exist |
/// | `id {Bucket}` | nothing is asked for, but it must exist |
pub(crate) struct Row {
    pub(crate) service: Service,
    /// The action as policies name it, without prefix.
    pub(crate) name: &'static str,
    /// The operation on the wire where it is called otherwise, or the method and path of REST.
    pub(crate) call: &'static str,
    /// Parameters that must be there; `A|B` for one of several.
    pub(crate) needs: &'static [&'static str],
    pub(crate) about: &'static [&'static str],
    pub(crate) answer: Answer,
    /// Whether it takes `DryRun`.
    pub(crate) dry_run: bool,
    /// The parameter with a role that is handed to a service, and the service (`iam:PassRole`).
    pub(crate) passes: Option<(&'static str, &'static str)>,
    /// The action that must be allowed too when the call has tags.
    pub(crate) tags_by: Option<&'static str>,
}

/// What an allowed call is answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Answer {
    /// A list: its name, and the kind of what stands in it.
    List(&'static str, &'static str),
    /// A list, and more that is the same for everyone.
    Also(&'static str, &'static str, &'static str),
    /// What is told of the one thing that the call names.
    Shown,
    /// It would change something, and the sandbox keeps nothing that could change.
    Change,
}

impl Row {
    pub(super) const fn new(service: Service, name: &'static str, answer: Answer) -> Row {
        Row {
            service,
            name,
            call: "",
            needs: &[],
            about: &["*"],
            answer,
            dry_run: matches!(service, Service::Ec2),
            passes: None,
            tags_by: None,
        }
    }

    /// An action that changes something.
    pub(super) const fn change(
        service: Service,
        name: &'static str,
        needs: &'static [&'static str],
        about: &'static [&'static str],
    ) -> Row {
        Row::new(service, name, Answer::Change)
            .needs(needs)
            .about(about)
    }

    pub(super) const fn at(mut self, call: &'static str) -> Row {
        self.call = call;
        self
    }

    pub(super) const fn needs(mut self, needs: &'static [&'static str]) -> Row {
        self.needs = needs;
        self
    }

    pub(super) const fn about(mut self, about: &'static [&'static str]) -> Row {
        self.about = about;
        self
    }

    /// An action without the parameter `DryRun`, or with one although its service has none.
    pub(super) const fn dry_run(mut self, takes: bool) -> Row {
        self.dry_run = takes;
        self
    }

    pub(super) const fn passes(mut self, parameter: &'static str, service: &'static str) -> Row {
        self.passes = Some((parameter, service));
        self
    }

    pub(super) const fn tags_by(mut self, action: &'static str) -> Row {
        self.tags_by = Some(action);
        self
    }

    /// The action with its prefix.
    pub(crate) fn action(&self) -> String {
        format!("{}:{}", self.service.prefix(), self.name)
    }
}
