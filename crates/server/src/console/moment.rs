//! Points in time as pages show them.

use jiff::Timestamp;

/// A point in time: for machines, and for people without a script's help. The
/// script shows it in the reader's own words.
#[derive(Debug, Clone)]
pub(crate) struct Moment {
    pub(crate) machine: String,
    pub(crate) people: String,
}

impl Moment {
    pub(crate) fn of(at: Timestamp) -> Self {
        Self {
            machine: at.to_string(),
            people: at.strftime("%-d %b %Y, %H:%M UTC").to_string(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_readers_get_the_same_moment() {
        let moment = Moment::of("2026-03-04T05:06:07Z".parse().unwrap());
        assert_eq!(moment.machine, "2026-03-04T05:06:07Z");
        assert_eq!(moment.people, "4 Mar 2026, 05:06 UTC");
    }
}
