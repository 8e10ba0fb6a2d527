//! How fast a contender answers.

use std::time::{Duration, Instant};

use anyhow::Result;
use serde_json::json;

use crate::workload::Workload;

const ROUNDS: usize = 9;
const ROUND: Duration = Duration::from_millis(150);

/// An engine with a policy, ready to be asked for the request of a number.
pub(crate) struct Contender<'a> {
    pub(crate) name: &'static str,
    /// That of another's engine.
    pub(crate) version: Option<&'static str>,
    /// Answers whether it is allowed.
    pub(crate) ask: Box<dyn Fn(usize) -> bool + 'a>,
}

impl<'a> Contender<'a> {
    pub(crate) fn new(name: &'static str, ask: impl Fn(usize) -> bool + 'a) -> Self {
        Self {
            name,
            version: None,
            ask: Box::new(ask),
        }
    }

    /// Decisions per second over one round of whole passes.
    fn round(&self, requests: usize) -> f64 {
        let mut decisions = 0_u32;
        let start = Instant::now();
        while start.elapsed() < ROUND {
            for number in 0..requests {
                std::hint::black_box((self.ask)(std::hint::black_box(number)));
                decisions += 1;
            }
        }
        f64::from(decisions) / start.elapsed().as_secs_f64()
    }
}

/// Measures the contenders in turn, round by round, so that what disturbs the machine disturbs all
/// of them; prints the median of each.
pub(crate) fn measure(workload: &Workload, contenders: Vec<Contender<'_>>) -> Result<()> {
    let count = workload.requests.len();
    let mut rates = vec![Vec::new(); contenders.len()];
    // The first round only warms up.
    for round in 0..=ROUNDS {
        for (contender, rates) in contenders.iter().zip(&mut rates) {
            let rate = contender.round(count);
            if round > 0 {
                rates.push(rate);
            }
        }
    }
    for (contender, rates) in contenders.iter().zip(&mut rates) {
        rates.sort_by(f64::total_cmp);
        let line = json!({
            "engine": contender.name,
            "version": contender.version,
            "workload": workload.name,
            "decisionsPerSecond": rates[rates.len() / 2],
            "allowed": (0..count).filter(|number| (contender.ask)(*number)).count(),
            "requests": count,
        });
        println!("{line}");
    }
    Ok(())
}
