//! What stood elsewhere before a file was migrated.

use confkit_sources::path::{self, Segment};

type Path = Vec<Segment<'static>>;

/// The ways that settings went, in their order.
#[derive(Debug, Clone, Default)]
pub(crate) struct Moves(Vec<Move>);

#[derive(Debug, Clone)]
struct Move {
    from: Path,
    to: Path,
    version: u32,
}

impl Moves {
    pub(super) fn add(&mut self, from: &[Segment<'static>], to: &[Segment<'static>], version: u32) {
        self.0.push(Move { from: from.to_vec(), to: to.to_vec(), version });
    }

    /// Under which path something stands in the file, and since which version it stands elsewhere.
    pub(crate) fn former(&self, path: &str) -> Option<(String, u32)> {
        let mut at: Path = path::parse(path).ok()?.into_iter().map(Segment::into_owned).collect();
        let mut since = None;
        for Move { from, to, version } in self.0.iter().rev() {
            if let Some(rest) = at.strip_prefix(&to[..]) {
                at = [&from[..], rest].concat();
                since.get_or_insert(*version);
            }
        }
        Some((path::to_string(&at), since?))
    }
}
