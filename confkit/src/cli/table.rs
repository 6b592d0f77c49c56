//! Rows in columns.

use crate::help::lines;
use crate::report::columns;

/// Blanks between two columns.
const GAP: &str = "  ";
/// No column of a table that has to be made narrower is narrower than this.
const LEAST: usize = 8;

/// A table with a name over each column.
pub(super) struct Table<const N: usize> {
    names: [&'static str; N],
    rows: Vec<[String; N]>,
}

impl<const N: usize> Table<N> {
    pub(super) fn new(names: [&'static str; N]) -> Self {
        Self { names, rows: Vec::new() }
    }

    pub(super) fn row(&mut self, row: [String; N]) {
        self.rows.push(row);
    }

    pub(super) fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// Writes the table. Where it is wider than there is room, cells are broken into lines.
    pub(super) fn rendered(&self, room: Option<usize>, is_coloured: bool) -> String {
        let natural: [usize; N] = std::array::from_fn(|at| {
            let cells = self.rows.iter().map(|row| columns(&row[at]));
            cells.max().unwrap_or(0).max(columns(self.names[at]))
        });
        let widths = room.map_or(natural, |room| fitted(natural, room));
        let mut text = line(self.names, &widths);
        if is_coloured {
            text = format!("\u{1b}[1m{}\u{1b}[0m\n", text.trim_end());
        }
        for row in &self.rows {
            let cells: [Vec<String>; N] = std::array::from_fn(|at| broken(&row[at], widths[at]));
            let height = cells.iter().map(Vec::len).max().unwrap_or(0);
            for at in 0..height {
                let cell = |column: usize| cells[column].get(at).map_or("", String::as_str);
                text.push_str(&line(std::array::from_fn(cell), &widths));
            }
        }
        text
    }
}

/// One line of cells that fit.
fn line<const N: usize>(cells: [&str; N], widths: &[usize; N]) -> String {
    let mut line = String::new();
    for (cell, width) in cells.into_iter().zip(widths) {
        line.push_str(cell);
        line.push_str(&" ".repeat(width.saturating_sub(columns(cell))));
        line.push_str(GAP);
    }
    format!("{}\n", line.trim_end())
}

fn broken(cell: &str, width: usize) -> Vec<String> {
    if columns(cell) <= width { vec![cell.to_owned()] } else { lines(cell, width) }
}

/// Makes the widest columns narrower, all of them equally, until the table fits.
fn fitted<const N: usize>(natural: [usize; N], room: usize) -> [usize; N] {
    let room = room.saturating_sub(GAP.len() * N.saturating_sub(1));
    let total = |most: usize| natural.iter().map(|&width| width.min(most)).sum::<usize>();
    let widest = natural.iter().copied().max().unwrap_or(0);
    let most = (LEAST..=widest).rev().find(|&most| total(most) <= room).unwrap_or(LEAST);
    let mut widths = natural.map(|width| width.min(most));
    // What is left over goes to the first columns that were cut.
    let mut left = room.saturating_sub(widths.iter().sum());
    for (width, natural) in widths.iter_mut().zip(natural) {
        let more = left.min(natural - *width);
        *width += more;
        left -= more;
    }
    widths
}
