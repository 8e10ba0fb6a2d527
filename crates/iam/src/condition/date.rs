//! Dates of the date operators: the W3C profile of ISO 8601, or seconds since 1970.
//! Source: "IAM JSON policy elements: Condition operators", section on date operators.

/// A moment: seconds since 1970-01-01T00:00:00Z, and nanoseconds within the second.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Instant {
    seconds: i64,
    nanoseconds: u32,
}

impl Instant {
    /// Reads `2026`, `2026-11`, `2026-11-23`, `2026-11-23T21:13Z`, `2026-11-23T21:13:05.25+01:00`
    /// or `1795468385`. A time without a zone is in UTC. Four digits are a year.
    pub(super) fn parse(text: &str) -> Option<Self> {
        if let Some(instant) = epoch(text) {
            return Some(instant);
        }
        let (date, time) = match text.split_once(['T', 't']) {
            Some((date, time)) => (date, Some(time)),
            None => (text, None),
        };
        let (days, is_full) = days(date)?;
        let (seconds, nanoseconds) = match time {
            Some(time) if is_full => clock(time)?,
            Some(_) => return None,
            None => (0, 0),
        };
        Some(Self {
            seconds: days * 86_400 + seconds,
            nanoseconds,
        })
    }
}

fn epoch(text: &str) -> Option<Instant> {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, "0"));
    let magnitude = whole.strip_prefix('-').unwrap_or(whole);
    let is_year = magnitude.len() == 4 && magnitude.len() == text.len();
    if is_year || !digits(magnitude) || magnitude.len() > 15 {
        return None;
    }
    Some(Instant {
        seconds: whole.parse().ok()?,
        nanoseconds: nanoseconds(fraction)?,
    })
}

/// Days since 1970-01-01, and whether the date names a day.
fn days(date: &str) -> Option<(i64, bool)> {
    let mut parts = date.split('-');
    let year = number(parts.next()?, 4)?;
    let month = parts.next();
    let day = parts.next();
    if parts.next().is_some() {
        return None;
    }
    let month_number = month.map_or(Some(1), |text| number(text, 2))?;
    let day_number = day.map_or(Some(1), |text| number(text, 2))?;
    let valid = (1..=12).contains(&month_number)
        && (1..=days_in_month(year, month_number)).contains(&day_number);
    valid.then(|| {
        (
            days_from_civil(year, month_number, day_number),
            day.is_some(),
        )
    })
}

fn days_in_month(year: i64, month: i64) -> i64 {
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    match month {
        2 if leap => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// Counts years from March, so that the leap day comes last.
fn days_from_civil(year: i64, month: i64, day: i64) -> i64 {
    let (year, month) = if month > 2 {
        (year, month - 3)
    } else {
        (year - 1, month + 9)
    };
    let day_of_year = (153 * month + 2) / 5 + day - 1;
    let leap_days = year.div_euclid(4) - year.div_euclid(100) + year.div_euclid(400);
    // 719468 days lie between 0000-03-01 and 1970-01-01.
    365 * year + leap_days + day_of_year - 719_468
}

/// Seconds since midnight UTC, and nanoseconds.
fn clock(text: &str) -> Option<(i64, u32)> {
    let (time, offset) = split_zone(text)?;
    let mut parts = time.split(':');
    let hour = number(parts.next()?, 2)?;
    let minute = number(parts.next()?, 2)?;
    let (second, fraction) = match parts.next() {
        Some(text) => text.split_once('.').unwrap_or((text, "0")),
        None => ("00", "0"),
    };
    let second = number(second, 2)?;
    let valid = parts.next().is_none() && hour < 24 && minute < 60 && second <= 60;
    if !valid {
        return None;
    }
    Some((
        hour * 3600 + minute * 60 + second - offset,
        nanoseconds(fraction)?,
    ))
}

/// The time without its zone, and the zone's offset from UTC in seconds.
fn split_zone(text: &str) -> Option<(&str, i64)> {
    if let Some(time) = text.strip_suffix(['Z', 'z']) {
        return Some((time, 0));
    }
    let Some(sign) = text.find(['+', '-']) else {
        return Some((text, 0));
    };
    let zone = text.get(sign + 1..)?;
    let (hours, minutes) = zone.split_once(':').or_else(|| zone.split_at_checked(2))?;
    let (hours, minutes) = (number(hours, 2)?, number(minutes, 2)?);
    let offset = hours * 3600 + minutes * 60;
    let east = text.get(sign..)?.starts_with('+');
    (hours < 24 && minutes < 60).then_some((text.get(..sign)?, if east { offset } else { -offset }))
}

fn nanoseconds(fraction: &str) -> Option<u32> {
    if !digits(fraction) {
        return None;
    }
    let nine = fraction.bytes().chain(std::iter::repeat(b'0')).take(9);
    Some(nine.fold(0, |sum, digit| sum * 10 + u32::from(digit - b'0')))
}

fn number(text: &str, length: usize) -> Option<i64> {
    (text.len() == length && digits(text)).then(|| text.parse().ok())?
}

fn digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::Instant;

    fn seconds(text: &str) -> Option<i64> {
        Instant::parse(text).map(|instant| instant.seconds)
    }

    #[test]
    fn the_forms_of_the_profile_and_the_epoch() {
        for (text, expected) in [
            ("1970-01-01T00:00:00Z", 0),
            ("2000-02-29", 951_782_400),
            ("2026-11-23T21:13:05Z", 1_795_468_385),
            ("2026-11-23T22:13:05+01:00", 1_795_468_385),
            ("2026-11-23T15:43:05.000-0530", 1_795_468_385),
            ("2026-11-23T21:13Z", 1_795_468_380),
            ("2026-11-23T21:13:05", 1_795_468_385),
            ("2026-11", 1_793_491_200),
            ("2026", 1_767_225_600),
            ("1969-12-31T23:59:59Z", -1),
            ("0000-03-01", -62_162_035_200),
            ("1795468385", 1_795_468_385),
            ("-5", -5),
            ("0", 0),
        ] {
            assert_eq!(seconds(text), Some(expected), "{text}");
        }
    }

    #[test]
    fn fractions_are_compared() {
        let earlier = Instant::parse("2026-01-01T00:00:00.25Z").unwrap();
        let later = Instant::parse("2026-01-01T00:00:00.3Z").unwrap();
        assert!(earlier < later);
        assert_eq!(earlier.nanoseconds, 250_000_000);
    }

    #[test]
    fn what_is_no_date() {
        for wrong in [
            "",
            "today",
            "2026-13-01",
            "2026-02-29",
            "2026-1-1",
            "2026-01-01T24:00:00Z",
            "2026-01-01T00:60Z",
            "2026-01T00:00Z",
            "2026-01-01T",
            "2026-01-01T00:00:00+1",
            "2026-01-01-01",
            "1e9",
            "--5",
            "20261123T211305Z",
            "2026-01-01T00:00:00é",
            "2026-01-01T00:00:00+éa",
        ] {
            assert_eq!(Instant::parse(wrong), None, "{wrong}");
        }
    }
}
