//! Differences for people.

use std::fmt;

use super::{Differences, Side};

/// Lines are at most this wide, unless a path or a place alone is wider.
const WIDTH: usize = 80;

impl fmt::Display for Differences {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.list.len() {
            0 => return f.write_str("no setting differs"),
            1 => f.write_str("1 setting differs\n")?,
            count => writeln!(f, "{count} settings differ")?,
        }
        for difference in &*self.list {
            write!(f, "\n{}", difference.path)?;
            let sides = [('-', &difference.old), ('+', &difference.new)];
            for (mark, side) in sides {
                side.as_ref().map_or(Ok(()), |side| line(f, mark, side))?;
            }
        }
        Ok(())
    }
}

/// A value and its place; the place has a line of its own where both do not fit into one.
fn line(f: &mut fmt::Formatter<'_>, mark: char, side: &Side) -> fmt::Result {
    let place = side.origin.to_string();
    let length = side.value.chars().count() + place.chars().count() + "  - ".len() + "  ()".len();
    if length <= WIDTH {
        return write!(f, "\n  {mark} {}  ({place})", side.value);
    }
    write!(f, "\n  {mark} {}\n    ({place})", cut(&side.value, WIDTH - "  - ".len()))
}

/// The beginning of a text that is too long.
fn cut(text: &str, width: usize) -> String {
    if text.chars().count() <= width {
        return text.to_owned();
    }
    text.chars().take(width - 1).chain(['…']).collect()
}
