//! Many short words on few lines.

/// How wide a line may be.
const WIDTH: usize = 100;

/// Words parted by commas, broken where a line is full; lines after the first begin below the
/// first word, which stands `indent` columns in.
pub(super) fn flow(words: &[String], indent: usize) -> String {
    let mut text = String::new();
    let mut column = indent;
    for (place, word) in words.iter().enumerate() {
        let comma = usize::from(place + 1 < words.len());
        let width = word.chars().count() + comma;
        if column > indent && column + 1 + width > WIDTH {
            text.push('\n');
            text.push_str(&" ".repeat(indent));
            column = indent;
        } else if column > indent {
            text.push(' ');
            column += 1;
        }
        text.push_str(word);
        if comma > 0 {
            text.push(',');
        }
        column += width;
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_filled_and_never_too_long() {
        let words: Vec<String> = (0..60).map(|n| format!("ec2:Action{n}")).collect();
        let text = flow(&words, 20);
        let lines: Vec<&str> = text.lines().collect();
        assert!(lines.len() > 8 && lines.len() < 14, "{}", lines.len());
        assert!(
            lines
                .iter()
                .skip(1)
                .all(|line| line.starts_with(&" ".repeat(20)))
        );
        assert!(lines.iter().skip(1).all(|line| line.len() <= WIDTH));
        let joined: Vec<&str> = text.split(',').map(str::trim).collect();
        assert_eq!(joined, words);
        assert_eq!(flow(&["x".repeat(300)], 4).lines().count(), 1);
    }
}
