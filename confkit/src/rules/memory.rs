//! What has been judged before: a rule whose inputs are what they were is kept and not judged again.
//!
//! Only rules that were kept are remembered, so that whatever is wrong is told by every load.

use std::collections::HashSet;
use std::collections::hash_map::RandomState;
use std::hash::{BuildHasher, Hash, Hasher};
use std::ptr;
use std::sync::Arc;

use confkit_sources::NodeRef;
use confkit_sources::declared::{Rule, RuleKind};

use super::On;
use crate::resolve::{Cx, Facts, Ref, Scope};

/// The rules that one load judged and found kept, each with its inputs, as fingerprints.
#[derive(Debug, Clone, Default)]
pub(crate) struct Judged {
    keys: RandomState,
    fingerprints: HashSet<u64>,
    /// Facts from outside may change inside; only the same ones are taken to be equal.
    context: Option<Arc<Facts>>,
}

/// What is remembered while a load judges.
#[derive(Debug)]
pub(crate) struct Memory {
    before: Option<Arc<Judged>>,
    now: Judged,
    /// The rule that is judged.
    current: u64,
}

impl Memory {
    /// Begins a load, perhaps after another one.
    pub(crate) fn after(before: Option<Arc<Judged>>, context: Option<Arc<Facts>>) -> Self {
        let keys = before.as_ref().map(|before| before.keys.clone()).unwrap_or_default();
        let same = |before: &Arc<Judged>| match (&before.context, &context) {
            (Some(before), Some(now)) => Arc::ptr_eq(before, now),
            (None, None) => true,
            _ => false,
        };
        let before = before.filter(same);
        Self { before, now: Judged { keys, fingerprints: HashSet::new(), context }, current: 0 }
    }

    /// What the load has found kept.
    pub(crate) fn judged(&self) -> Judged {
        self.now.clone()
    }

    /// Notes a rule; returns whether it has to be judged.
    fn is_new(&mut self, fingerprint: u64) -> bool {
        self.current = fingerprint;
        self.now.fingerprints.insert(fingerprint);
        !self.before.as_ref().is_some_and(|before| before.fingerprints.contains(&fingerprint))
    }
}

impl Cx<'_> {
    /// Whether a rule has to be judged; those inside another one are judged with it.
    #[inline]
    pub(super) fn is_due(&mut self, on: On<'_>) -> bool {
        self.memory.is_none() || on.chain.is_some() || self.is_due_again(on)
    }

    /// The same for a rule over several fields.
    #[inline]
    pub(super) fn is_check_due(&mut self, scope: &Scope, check: usize) -> bool {
        self.memory.is_none() || self.is_check_due_again(scope, check)
    }

    /// Notes that the rule at hand was broken.
    #[cold]
    pub(super) fn not_kept(&mut self) {
        if let Some(memory) = &mut self.memory {
            memory.now.fingerprints.remove(&memory.current);
        }
    }

    fn is_due_again(&mut self, on: On<'_>) -> bool {
        let rule = on.rule();
        if asks_elsewhere(rule) {
            return true;
        }
        let mut inputs = vec![self.locate(on.scope, on.index, on.below())];
        if let RuleKind::MustMatch(other) = rule.kind() {
            inputs.extend(Self::named(on.scope, other).map(|(index, _)| self.locate(on.scope, index, "")));
        }
        let path = inputs[0].path.clone();
        let nodes: Vec<Ref> = inputs.into_iter().flat_map(|input| input.nodes).collect();
        self.is_new(rule, &path, &nodes)
    }

    fn is_check_due_again(&mut self, scope: &Scope, check: usize) -> bool {
        let check = &scope.metadata().checks()[check];
        let nodes: Vec<Ref> = if check.fields().is_empty()
            || matches!(check.rule().kind(), RuleKind::CheckWith(_) | RuleKind::JsonSchema(_))
        {
            self.section_nodes(scope)
        } else {
            let fields = check.fields().iter().filter_map(|names| Self::named(scope, names));
            fields.flat_map(|(index, below)| self.locate(scope, index, below).nodes).collect()
        };
        self.is_new(check.rule(), &self.section_path(), &nodes)
    }

    fn is_new(&mut self, rule: &'static Rule, path: &str, nodes: &[Ref]) -> bool {
        let Some(memory) = &self.memory else { return true };
        let mut hasher = memory.now.keys.build_hasher();
        ptr::from_ref(rule).hash(&mut hasher);
        (path, self.profile()).hash(&mut hasher);
        for &node in nodes {
            let node = self.shared.node(node);
            // A relative path means another file in another folder.
            (node.document().name(), node.document().folder()).hash(&mut hasher);
            hash(node, &mut hasher);
        }
        let fingerprint = hasher.finish();
        self.memory.as_mut().is_none_or(|memory| memory.is_new(fingerprint))
    }
}

/// Whether a rule inside this one asks for more than the value that both are about.
fn asks_elsewhere(rule: &Rule) -> bool {
    let asks = |inner: &Rule| inner.when().is_some() || matches!(inner.kind(), RuleKind::MustMatch(_));
    rule.inner().iter().any(|inner| asks(inner) || asks_elsewhere(inner))
}

/// Hashes what a layer says, wherever it stands.
pub(crate) fn hash(node: NodeRef<'_>, hasher: &mut impl Hasher) {
    // In one piece: hashing each word of each node by itself costs several times as much.
    let mut content = Vec::new();
    note(node, &mut content);
    hasher.write(&content);
}

/// Notes what a node says, so that no two contents have the same bytes.
fn note(node: NodeRef<'_>, content: &mut Vec<u8>) {
    // Texts are shorter than this.
    const END: [u8; 8] = u64::MAX.to_le_bytes();
    for text in [node.kind().as_str(), node.key(), node.text()] {
        content.extend_from_slice(&(text.len() as u64).to_le_bytes());
        content.extend_from_slice(text.as_bytes());
    }
    node.items().for_each(|inside| note(inside, content));
    content.extend_from_slice(&END);
}
