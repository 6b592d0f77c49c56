//! Nodes once more, for aliases and merge keys.

use super::messages::Fault;
use crate::document::{Builder, MAX_DEPTH, NodeKind, Text};

/// Aliases and merge keys may make so many nodes in one document.
pub(super) const MOST: usize = 100_000;

/// Copies values, counting what it makes.
#[derive(Default)]
pub(super) struct Copier {
    made: usize,
}

impl Copier {
    /// Makes `to`, which lies `depth` levels deep, the same value as `from`.
    pub(super) fn copy(
        &mut self,
        builder: &mut Builder<'_>,
        from: u32,
        to: u32,
        depth: usize,
    ) -> Result<(), Fault> {
        builder.copy_value(from, to);
        if builder.last_child(from).is_some() && depth >= MAX_DEPTH {
            return Err(Fault::TooDeep);
        }
        let inside: Vec<u32> = builder.children(from).collect();
        for child in inside {
            self.copy_member(builder, child, to, depth)?;
        }
        Ok(())
    }

    /// Adds to a table or list what another one has.
    fn copy_member(
        &mut self,
        builder: &mut Builder<'_>,
        member: u32,
        to: u32,
        depth: usize,
    ) -> Result<(), Fault> {
        self.made += 1;
        if self.made > MOST {
            return Err(Fault::Bomb);
        }
        let (key, key_at) = (builder.key_slice(member), builder.key_at(member));
        let copy = builder.push(to, Text::Stored(key), key_at, NodeKind::Null);
        self.copy(builder, member, copy, depth + 1)
    }

    /// Takes the node of `<<` out of a table, and over what its tables have and this one has not.
    pub(super) fn merge(
        &mut self,
        builder: &mut Builder<'_>,
        table: u32,
        merged: u32,
        depth: usize,
    ) -> Result<(), Fault> {
        let tables = match builder.kind(merged) {
            NodeKind::Array => builder.children(merged).collect(),
            _ => vec![merged],
        };
        if tables.iter().any(|&below| builder.kind(below) != NodeKind::Table) {
            return Err(Fault::MergeValue);
        }
        for below in tables {
            let members: Vec<u32> = builder.children(below).collect();
            for member in members {
                if builder.find(table, builder.key_slice(member)).is_none() {
                    self.copy_member(builder, member, table, depth)?;
                }
            }
        }
        builder.unlink(table, merged);
        Ok(())
    }
}
