//! A text as lines, and how a changed text is put back into it.
//!
//! What edits a text sees it without byte order mark and with `\n` at every line's end. From what
//! comes back only the lines that the edit may touch are taken; all others keep every byte.

use std::collections::BTreeSet;

const MARK: &str = "\u{feff}";
/// Texts are compared in a table of this many cells at most.
const MOST_CELLS: usize = 1 << 23;

/// A text cut into lines.
pub(super) struct Lines<'t> {
    has_mark: bool,
    /// Each line with what ends it.
    lines: Vec<(&'t str, &'static str)>,
}

/// The lines that an edit may change.
#[derive(Debug, Default)]
pub(super) struct Scope {
    pub(super) own: BTreeSet<usize>,
    /// Those of them that have to go, such as comments of what is removed.
    pub(super) gone: BTreeSet<usize>,
}

impl<'t> Lines<'t> {
    pub(super) fn of(text: &'t str) -> Self {
        let content = text.strip_prefix(MARK);
        let has_mark = content.is_some();
        let lines = content.unwrap_or(text).split_inclusive('\n').map(cut).collect();
        Self { has_mark, lines }
    }

    /// The text as those see it that edit it.
    pub(super) fn plain(&self) -> String {
        self.lines.iter().flat_map(|(line, end)| [*line, if end.is_empty() { "" } else { "\n" }]).collect()
    }

    pub(super) fn len(&self) -> usize {
        self.lines.len()
    }

    pub(super) fn line(&self, number: usize) -> &'t str {
        self.lines.get(number).map_or("", |(line, _)| line)
    }

    pub(super) fn is_blank(&self, number: usize) -> bool {
        self.line(number).trim().is_empty()
    }

    /// What new lines end with: what the first line ends with.
    pub(super) fn end(&self) -> &'static str {
        self.lines.first().map(|(_, end)| *end).filter(|end| !end.is_empty()).unwrap_or("\n")
    }

    /// The text with the lines of `edited` in it where they differ; `None` if lines differ that the
    /// edit has no business with. Comments and blank lines among those stay as they are.
    pub(super) fn patched(
        &self,
        edited: &str,
        scope: &Scope,
        is_comment: impl Fn(&str) -> bool,
    ) -> Option<String> {
        let edited = edited.strip_prefix(MARK).unwrap_or(edited);
        let new: Vec<&str> = edited.split_inclusive('\n').map(|line| cut(line).0).collect();
        let cost = |at: usize| match self.line(at) {
            _ if scope.own.contains(&at) => 1,
            line if line.trim().is_empty() || is_comment(line) => 8,
            _ => FOREIGN,
        };
        let is_same = |at: usize, number: usize| self.line(at) == new[number];
        let taken = align(self.len(), new.len(), cost, is_same)?;
        let mut made: Vec<(&str, &'static str)> = Vec::with_capacity(new.len());
        for step in taken {
            match step {
                Taken::Old(at) | Taken::Dropped(at) if scope.gone.contains(&at) => {}
                Taken::Old(at) => made.push(self.lines[at]),
                Taken::New(number) => made.push((new[number], self.end())),
                Taken::Dropped(at) if scope.own.contains(&at) => {}
                Taken::Dropped(at) if cost(at) < FOREIGN => made.push(self.lines[at]),
                Taken::Dropped(_) => return None,
            }
        }
        // A blank line at the end would be the end of the line that is open.
        while self.is_open() && made.last().is_some_and(|(line, end)| line.is_empty() && !end.is_empty()) {
            made.pop();
        }
        Some(self.joined(&made))
    }

    /// Whether the last line has no end.
    fn is_open(&self) -> bool {
        self.lines.last().is_some_and(|(_, end)| end.is_empty())
    }

    /// Puts lines together; the text ends with a line's end if it did before.
    fn joined(&self, lines: &[(&str, &'static str)]) -> String {
        let is_open = self.is_open();
        let mut text = String::new();
        if self.has_mark {
            text.push_str(MARK);
        }
        for (number, (line, end)) in lines.iter().enumerate() {
            text.push_str(line);
            match *end {
                _ if is_open && number + 1 == lines.len() => {}
                "" => text.push_str(self.end()),
                end => text.push_str(end),
            }
        }
        text
    }
}

/// A line without its end, and the end.
fn cut(line: &str) -> (&str, &'static str) {
    match line.strip_suffix('\n') {
        None => (line, ""),
        Some(line) => match line.strip_suffix('\r') {
            Some(line) => (line, "\r\n"),
            None => (line, "\n"),
        },
    }
}

/// The cost of a line that has to stay.
const FOREIGN: u32 = 1 << 12;

/// Where a line of the result comes from.
enum Taken {
    /// From both texts.
    Old(usize),
    New(usize),
    Dropped(usize),
}

/// Finds the cheapest way from old lines to new ones; `None` where that is too much work.
fn align(
    old: usize,
    new: usize,
    cost: impl Fn(usize) -> u32,
    is_same: impl Fn(usize, usize) -> bool,
) -> Option<Vec<Taken>> {
    let least = old.min(new);
    // Lines that may be dropped are aligned with care: the one of two equal lines that stays is not
    // just the first. In long texts, whose ends alone are enough work, it is.
    let ends = |least_cost: u32| {
        let front = (0..least).take_while(|&at| cost(at) > least_cost && is_same(at, at)).count();
        let is_back = |at: &usize| {
            let (at, number) = (old - 1 - at, new - 1 - at);
            cost(at) > least_cost && is_same(at, number)
        };
        (front, (0..least - front).take_while(is_back).count())
    };
    let is_work = |(front, back): (usize, usize)| {
        let cells = (old - front - back + 1).checked_mul(new - front - back + 1);
        cells.is_none_or(|cells| cells > MOST_CELLS)
    };
    let (front, back) = [1, 0].map(ends).into_iter().find(|ends| !is_work(*ends))?;
    let (rows, columns) = (old - front - back, new - front - back);
    // Costs of the way from each pair of lines to the end.
    let width = columns + 1;
    let mut costs = vec![0u32; (rows + 1) * width];
    for row in (0..=rows).rev() {
        for column in (0..=columns).rev() {
            let drop = |costs: &[u32]| costs[(row + 1) * width + column] + cost(front + row);
            let add = |costs: &[u32]| costs[row * width + column + 1] + 1;
            let keep = |costs: &[u32]| costs[(row + 1) * width + column + 1];
            costs[row * width + column] = match (row < rows, column < columns) {
                (false, false) => 0,
                (true, false) => drop(&costs),
                (false, true) => add(&costs),
                (true, true) => {
                    let changed = drop(&costs).min(add(&costs));
                    if is_same(front + row, front + column) { changed.min(keep(&costs)) } else { changed }
                }
            };
        }
    }
    let mut taken: Vec<Taken> = (0..front).map(Taken::Old).collect();
    let (mut row, mut column) = (0, 0);
    // Whether what is new stands for a line that went; then comments and blank lines follow it.
    let mut replaces = false;
    while row < rows || column < columns {
        let here = costs[row * width + column];
        let is_kept = row < rows
            && column < columns
            && is_same(front + row, front + column)
            && here == costs[(row + 1) * width + column + 1];
        if is_kept {
            taken.push(Taken::Old(front + row));
            (row, column) = (row + 1, column + 1);
            replaces = false;
            continue;
        }
        let drops = row < rows && here == costs[(row + 1) * width + column] + cost(front + row);
        let adds = column < columns && here == costs[row * width + column + 1] + 1;
        if drops && !(adds && replaces && cost(front + row) > 1) {
            taken.push(Taken::Dropped(front + row));
            replaces |= cost(front + row) == 1;
            row += 1;
        } else {
            taken.push(Taken::New(front + column));
            column += 1;
        }
    }
    taken.extend((old - back..old).map(Taken::Old));
    Some(taken)
}
