//! Keys of properties that stay beside a value: `server.port` is one name where `server` has a value.

use super::{At, Cx, Ref};

impl Cx<'_> {
    /// Says in the last draft, which is about an unknown key, what keeps the key out of its section.
    #[cold]
    pub(super) fn beside_its_stem(&mut self, section: At, node: Ref) {
        let Some(stem) = self.stem(section, node) else { return };
        let mut path = self.path_text();
        confkit_sources::path::push_key(&mut path, stem);
        if let Some(draft) = self.drafts.last_mut() {
            draft.suggestion = None;
            draft.help =
                Some(format!("remove `{path}`: beside its value, longer keys are names of their own"));
        }
    }

    /// The key with a value that a longer one of the same document begins with.
    fn stem(&self, section: At, node: Ref) -> Option<&str> {
        let longer = self.shared.node(node);
        if longer.document().format()?.as_str() != "properties" {
            return None;
        }
        let table = self.candidates(section).find(|table| table.layer == node.layer)?;
        let table = self.shared.node(table);
        let stems = longer.key().match_indices('.').map(|(at, _)| &longer.key()[..at]);
        stems.into_iter().find(|stem| table.get(stem).is_some_and(|stem| !stem.is_container()))
    }
}
