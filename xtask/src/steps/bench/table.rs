//! The table of what was measured.

use super::{Measured, Peer, ratio};

/// Prints the engines of each workload, and how many times as fast as each peer they are.
#[expect(clippy::print_stdout, reason = "this is the task's result")]
pub(super) fn print(measured: &[Measured]) {
    let mut workload = "";
    for one in measured
        .iter()
        .flat_map(|first| same_workload(measured, first))
    {
        if one.workload != workload {
            workload = &one.workload;
            println!("{}", heading(one));
        }
        println!("{}", row(measured, one));
    }
}

/// All engines on a workload, when given its first line; nothing when given another.
fn same_workload<'a>(measured: &'a [Measured], first: &Measured) -> Vec<&'a Measured> {
    let same = measured.iter().filter(|one| one.workload == first.workload);
    let same: Vec<&Measured> = same.collect();
    match same.first() {
        Some(one) if std::ptr::eq(*one, first) => same,
        _ => Vec::new(),
    }
}

fn heading(one: &Measured) -> String {
    let peers = Peer::ALL.map(|peer| format!("{:>20}", format!("× {}", peer.name())));
    format!(
        "\n{:<36} {:>12} {:>9} {}",
        format!("{}, {} requests", one.workload, one.requests),
        "decisions/s",
        "allowed",
        peers.concat()
    )
}

fn row(measured: &[Measured], one: &Measured) -> String {
    let ratios = Peer::ALL.map(|peer| match ratio(measured, one, peer) {
        Some(ratio) => format!("{:>20}", shown(ratio)),
        None => format!("{:>20}", "-"),
    });
    let engine = match &one.version {
        Some(version) => format!("{} ({version})", one.engine),
        None => one.engine.clone(),
    };
    format!(
        "{engine:<36} {:>12} {:>9} {}",
        thousands(one.decisions_per_second),
        one.allowed,
        ratios.concat()
    )
}

/// A ratio with two or three digits that say something.
fn shown(ratio: f64) -> String {
    match ratio {
        ..0.001 => format!("{ratio:.1e}"),
        ..0.1 => format!("{ratio:.4}"),
        ..10.0 => format!("{ratio:.2}"),
        _ => thousands(ratio),
    }
}

fn thousands(number: f64) -> String {
    let digits = format!("{number:.0}");
    let mut text = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::{shown, thousands};

    #[test]
    fn numbers() {
        assert_eq!(thousands(7_654_321.4), "7,654,321");
        assert_eq!(thousands(999.6), "1,000");
        assert_eq!(shown(0.000_51), "5.1e-4");
        assert_eq!(shown(0.051), "0.0510");
        assert_eq!(shown(0.764), "0.76");
        assert_eq!(shown(2_345.6), "2,346");
    }
}
