//! What people see while they wait: one line on standard error that changes on
//! a terminal, and a line per step elsewhere.

use std::io::IsTerminal as _;
use std::time::Duration;

use commissary_core::domain::CheckEvent;
use commissary_core::ports::Progress;
use indicatif::{ProgressBar, ProgressStyle};

/// A line that tells what is going on.
pub(crate) struct Waiting {
    bar: Option<ProgressBar>,
}

impl Waiting {
    /// Begins to tell.
    pub(crate) fn new(text: &str) -> Self {
        let waiting = Self {
            bar: std::io::stderr().is_terminal().then(spinner),
        };
        waiting.say(text);
        waiting
    }

    /// Tells what is going on now.
    pub(crate) fn say(&self, text: &str) {
        match &self.bar {
            Some(bar) => bar.set_message(text.to_owned()),
            None => anstream::eprintln!("{text}"),
        }
    }

    /// Tells what a check is doing.
    pub(crate) fn say_check(&self, event: &CheckEvent) {
        let Some(sentence) = sentence(event) else {
            return;
        };
        // Off a terminal a line per request would be a flood.
        let counting = matches!(event, CheckEvent::Simulating { done, .. } | CheckEvent::Probing { done, .. } if *done > 0);
        if self.bar.is_some() || !counting {
            self.say(&sentence);
        }
    }
}

impl Drop for Waiting {
    fn drop(&mut self) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
    }
}

impl Progress for Waiting {
    fn tell(&self, event: CheckEvent) {
        self.say_check(&event);
    }
}

fn spinner() -> ProgressBar {
    let bar = ProgressBar::new_spinner();
    if let Ok(style) = ProgressStyle::with_template("{spinner} {msg} ({elapsed})") {
        bar.set_style(style);
    }
    bar.enable_steady_tick(Duration::from_millis(120));
    bar
}

/// What an event says in the one line that there is.
fn sentence(event: &CheckEvent) -> Option<String> {
    Some(match event {
        CheckEvent::Identifying => "asking AWS who the credential is".to_owned(),
        CheckEvent::Identified { principal_arn } => format!("AWS says: {principal_arn}"),
        CheckEvent::Simulating { done, total } => {
            format!("simulating the requirements: {done} of {total}")
        }
        CheckEvent::Probing { done, total } => {
            format!("asking AWS with the credential itself: {done} of {total}")
        }
        CheckEvent::ReadingPolicies => "reading the principal's policies".to_owned(),
        CheckEvent::Deciding => "deciding the requirements by the policies".to_owned(),
        CheckEvent::Settled { .. } => return None,
    })
}
