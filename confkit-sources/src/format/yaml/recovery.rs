//! What is done when the parser gives up: where people look for the mistake, and where to go on.

use super::messages::{Fault, Mistake};
use super::reader::Reader;

impl Reader<'_> {
    /// Notes what the parser did not like; tells where the reading can go on.
    #[cold]
    pub(super) fn broken(&mut self, mistake: Mistake) -> Option<usize> {
        let at = mistake.span.start.min(self.text.len());
        let was_drained = self.drains;
        let next = self.next_key(&mistake, at);
        if !(was_drained && mistake.fault == Fault::UnknownAnchor) {
            let mistake = self.placed(mistake.fault, at);
            self.note(mistake);
        }
        self.passed = next.unwrap_or(at);
        self.open.clear();
        next
    }

    /// The mistake where people look for it, which is not always where the parser gave up.
    fn placed(&self, fault: Fault, at: usize) -> Mistake {
        let rest = &self.text[at..];
        let one = |at: usize| at..at + self.text[at..].chars().next().map_or(0, char::len_utf8);
        let inside = self.open.last().filter(|open| open.is_flow);
        match (fault, inside) {
            (Fault::OpenQuote, _) => {
                let before = &self.text[self.passed.min(at)..at];
                Mistake::new(fault, one(at - before.len() + before.find(['"', '\'']).unwrap_or(before.len())))
            }
            (Fault::Indentation, Some(_)) if closes(rest) => {
                Mistake::new(Fault::BracketIndentation, one(at + blanks(rest)))
            }
            (Fault::Indentation | Fault::OpenBracket, Some(open)) => {
                Mistake::new(Fault::OpenBracket, one(open.start))
            }
            (Fault::Tab, _) => {
                let line = self.text[..at].rfind('\n').map_or(0, |newline| newline + 1);
                let before = self.text[line..at].find('\t').map(|tab| line + tab);
                Mistake::new(fault, one(before.unwrap_or(at + rest.find('\t').unwrap_or(0))))
            }
            (Fault::NoColon | Fault::Sibling | Fault::Indentation, _) => {
                Mistake::new(fault, self.shown(&(at..at)))
            }
            _ => Mistake::new(fault, one(at)),
        }
    }

    /// The next line that begins with a key of the outermost table, if there is one.
    fn next_key(&self, mistake: &Mistake, at: usize) -> Option<usize> {
        let is_in_table = self.open.first().is_some_and(|root| root.is_table && !root.is_flow);
        let ends = matches!(mistake.fault, Fault::OpenBracket | Fault::TooDeep | Fault::WrongEnd);
        if ends || !is_in_table {
            return None;
        }
        let starts_line = at == 0 || self.text.as_bytes()[at - 1] == b'\n';
        let is_next = starts_line && matches!(mistake.fault, Fault::OpenQuote | Fault::Indentation);
        let mut from = if is_next { at } else { at + self.text[at..].find('\n')? + 1 };
        while let Some(line) = self.text[from..].lines().next() {
            let is_key = line.starts_with(|c: char| c.is_alphanumeric() || matches!(c, '"' | '\'' | '_'));
            if is_key && line.contains(':') {
                return Some(from);
            }
            from += self.text[from..].find('\n')? + 1;
        }
        None
    }
}

/// Whether the next thing in a text is the end of a list or table in brackets.
fn closes(rest: &str) -> bool {
    rest[blanks(rest)..].starts_with([']', '}'])
}

fn blanks(rest: &str) -> usize {
    rest.len() - rest.trim_start().len()
}
