//! One setting that becomes several, and back.

use confkit_sources::path::Segment;
use confkit_sources::{NodeKind, NodeRef};
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::pattern::{Found, Pattern};
use super::stop::{Failure, Stop};
use super::values::{Path, VALUE, Values, serialized};

/// One setting that becomes several.
#[derive(Clone)]
pub(super) struct Parts {
    whole: Pattern,
    parts: Vec<Pattern>,
}

impl Parts {
    pub(super) fn parse(whole: &str, parts: &[&str]) -> Result<Self, String> {
        let whole = Pattern::parse(whole)?;
        let parts = parts.iter().map(|part| Pattern::parse(part)).collect::<Result<Vec<_>, _>>()?;
        if parts.is_empty() {
            return Err(format!("`{}` has to become something; `remove` takes it away", whole.text()));
        }
        parts.iter().try_for_each(|part| part.follows(&whole))?;
        Ok(Self { whole, parts })
    }

    fn filled(&self, values: &Values, open: &[Segment<'static>]) -> Vec<Path> {
        self.parts.iter().map(|part| values.below(&part.filled(open))).collect()
    }

    pub(super) fn split<A: DeserializeOwned, B: Serialize>(
        &self,
        values: &mut Values,
        split: &impl Fn(A) -> Result<B, Failure>,
    ) -> Result<(), Stop> {
        for Found { path, open } in values.found(&self.whole) {
            let whole = values.below(&path);
            let parts = self.filled(values, &open);
            let Some(old) = values.read::<A>(&whole)? else { continue };
            let new = split(old).map_err(|failure| values.failed(failure, &whole))?;
            let document = serialized(&new, &whole)?;
            let items = document.as_ref().and_then(|document| document.root().get(VALUE));
            let items: Vec<NodeRef<'_>> = items.into_iter().flat_map(NodeRef::items).collect();
            if items.len() != parts.len() {
                let message = format!("it has to become {} parts, not {}", parts.len(), items.len());
                return Err(values.failed(message.into(), &whole));
            }
            // Asked while the whole is still there: it is what the file has, and the report names it.
            let beside = parts
                .iter()
                .zip(&items)
                .filter(|(part, item)| !part.starts_with(&whole) && item.kind() != NodeKind::Null);
            for (part, _) in beside {
                values.vacant(part, &whole)?;
            }
            // The comments of the whole go with the part that takes its place.
            let heir = parts.iter().position(|part| *part == whole).unwrap_or_default();
            values.relocate(&whole, &parts[heir])?;
            let near = values.node(&parts[heir]).map(NodeRef::id);
            for (at, (part, item)) in parts.iter().zip(&items).enumerate() {
                if item.kind() == NodeKind::Null {
                    continue;
                }
                if at != heir {
                    values.vacant(part, &parts[heir])?;
                    values.came_from(&whole, part);
                }
                values.put(part, Some(*item), near)?;
            }
            if items[heir].kind() == NodeKind::Null {
                values.take(&parts[heir]);
            }
        }
        Ok(())
    }

    pub(super) fn join<A: Serialize, B: DeserializeOwned>(
        &self,
        values: &mut Values,
        join: &impl Fn(B) -> Result<A, Failure>,
    ) -> Result<(), Stop> {
        let mut opens: Vec<Vec<Segment<'static>>> = Vec::new();
        for found in self.parts.iter().flat_map(|part| values.found(part)) {
            if !opens.contains(&found.open) {
                opens.push(found.open);
            }
        }
        for open in opens {
            let whole = values.below(&self.whole.filled(&open));
            let parts = self.filled(values, &open);
            let old = values.read_all::<B>(&parts)?;
            let given: Vec<Path> = parts.into_iter().filter(|part| values.node(part).is_some()).collect();
            let new = join(old).map_err(|failure| values.failed(failure, &given[0]))?;
            let document = serialized(&new, &whole)?;
            let heir = given.iter().position(|part| *part == whole).unwrap_or_default();
            values.relocate(&given[heir], &whole)?;
            let near = values.node(&whole).map(NodeRef::id);
            values.put(&whole, document.as_ref().and_then(|document| document.root().get(VALUE)), near)?;
            given
                .iter()
                .enumerate()
                .filter(|(at, _)| *at != heir)
                .for_each(|(_, part)| values.merge(part, &whole));
        }
        Ok(())
    }
}
