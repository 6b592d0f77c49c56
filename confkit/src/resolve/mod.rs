//! Reading a type out of a stack of documents.
//!
//! Layers are never merged into a new tree. At each key the candidates of all layers are linked,
//! the topmost first; values take the first, sections go down with all of them. What the derive
//! generates calls the methods of [`Cx`], which do the work for every type alike.

mod containers;
mod context;
mod de;
mod defaulted;
mod draft;
mod error;
mod follow;
mod hint;
mod kind;
mod leaf;
mod lenient;
mod locate;
mod merge;
mod outdated;
mod section;
#[cfg(feature = "migrate")]
pub(crate) mod single;
mod stem;
mod text;
mod unit_enum;
mod variants;

use std::cell::{Cell, RefCell};

use confkit_sources::declared::{Field, Merge, Metadata, Shape, Unknown, Variants};
use confkit_sources::{Document, NodeKind, NodeRef};

#[cfg(feature = "async")]
use crate::rules::Deferred;
use crate::rules::Memory;

#[cfg(feature = "diff")]
pub(crate) use containers::says_something;
pub(crate) use context::Facts;
pub use context::{Given, Gives, Inside, Nothing, Part, Unheld, Unneeded, part};
pub use de::De;
pub(crate) use defaulted::Defaulted;
pub(crate) use draft::{
    Draft, ElementOf, Missing, PlaceOf, Unjudged, field_for, rest_field, rest_sections, subject,
    visible_fields,
};
pub use error::Error;
pub(crate) use error::{found_words, one_of, shortened};
#[cfg(feature = "env")]
pub(crate) use follow::follow;
pub(crate) use follow::{plain, plainly, trail};
pub(crate) use kind::kind_of;
pub use leaf::Leaf;
pub(crate) use lenient::set_aside;
pub(crate) use locate::{InsideOf, Located};
#[cfg(feature = "testing")]
pub(crate) use merge::wrong_merges;
pub(crate) use merge::{Element, Here, How, Lists, Local, found, in_list};
pub use section::Scope;
pub(crate) use section::path_of;
pub(crate) use text::{BYTE_SIZE, RELATIVE_PATH, SECRET, boolean, elements, json, pairs};
pub use unit_enum::unit_enum;
pub(crate) use variants::in_force;
pub(crate) use variants::shadowed;
#[cfg(feature = "json-schema")]
pub(crate) use variants::shadowed_in;

/// What the derive generates for a settings type, and containers pass on.
///
/// It is not for writing by hand: derive [`Config`](crate::Config).
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be a nested settings type",
    label = "this type does not derive `Config`",
    note = "derive `Config` for the type, or drop `nested` to read it through serde"
)]
pub trait Resolve: Sized {
    /// The context of the section inside all containers.
    type Needs;

    /// The section inside all containers.
    const METADATA: &'static Metadata;

    /// Tells how the section is contained.
    fn shape() -> Shape;

    /// Reads the value from its candidates and tells every problem; `None` if there was one.
    fn resolve(cx: &mut Cx<'_>, at: At) -> Option<Self>;

    /// Makes the value where no layer has anything.
    fn absent(cx: &mut Cx<'_>) -> Option<Self> {
        Self::resolve(cx, At::NONE)
    }
}

/// The candidates for one key: a list in [`Cx`], topmost layer first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct At(u32);

impl At {
    /// No candidates.
    pub const NONE: Self = Self(u32::MAX);

    fn is_none(self) -> bool {
        self == Self::NONE
    }
}

/// A node by the number of its layer and its number there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Ref {
    pub(crate) layer: u32,
    pub(crate) node: u32,
}

#[derive(Debug, Clone, Copy)]
struct Link {
    node: Ref,
    next: At,
}

/// The first and last candidate of a field.
#[derive(Debug, Clone, Copy)]
struct Slot {
    first: At,
    last: At,
}

impl Slot {
    const EMPTY: Self = Self { first: At::NONE, last: At::NONE };
}

/// One step to a setting.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Step<'a> {
    Key(&'a str),
    Index(usize),
}

/// A document in the stack.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Layer<'a> {
    pub(crate) document: &'a Document,
    /// What the kind of layer says about unknown keys.
    pub(crate) unknown: Unknown,
    /// Where it stands in the stack; what one call gave may be two documents.
    pub(crate) position: usize,
}

/// What values are read from. Readers share it.
#[derive(Debug)]
pub(crate) struct Shared<'a> {
    pub(crate) layers: Vec<Layer<'a>>,
    /// Nodes whose types said that they are secret.
    pub(crate) secrets: RefCell<Vec<Ref>>,
    /// Parts of texts whose types said so.
    pub(crate) texts: RefCell<Vec<String>>,
    /// How many of both said so while they were read.
    announced: Cell<u64>,
    /// Keys inside plain structures that their types do not know: the node, and the known keys.
    pub(crate) unknown: RefCell<Vec<(Ref, &'static [&'static str])>>,
}

impl<'a> Shared<'a> {
    pub(crate) fn new(layers: Vec<Layer<'a>>) -> Self {
        Self {
            layers,
            secrets: RefCell::default(),
            texts: RefCell::default(),
            announced: Cell::default(),
            unknown: RefCell::default(),
        }
    }

    #[inline]
    pub(crate) fn node(&self, at: Ref) -> NodeRef<'a> {
        self.layers[at.layer as usize].document.node(at.node)
    }

    /// How many values said that they are secret.
    #[inline]
    fn announced(&self) -> u64 {
        self.announced.get()
    }

    /// Notes a value that said that it is secret.
    fn announce(&self, at: Ref) {
        self.secrets.borrow_mut().push(at);
        self.announced.set(self.announced.get() + 1);
    }

    /// Notes texts that said that they are secret, which stand in no document.
    fn announce_texts(&self, texts: impl IntoIterator<Item = String>) {
        let mut known = self.texts.borrow_mut();
        let before = known.len();
        known.extend(texts);
        self.announced.set(self.announced.get() + (known.len() - before) as u64);
    }

    /// Nodes of variables, arguments and single settings; a table of positions replaces
    /// elements one by one.
    fn is_patch(&self, at: Ref) -> bool {
        is_patch(self.node(at))
    }
}

/// A table of positions, of variables, arguments or single settings.
pub(crate) fn is_patch(node: NodeRef<'_>) -> bool {
    use confkit_sources::OriginKind::{Argument, Code, Variable};
    node.kind() == NodeKind::Table
        && matches!(node.document().origin_kind(), Argument | Code | Variable)
        && node.items().all(|inside| inside.key().parse::<usize>().is_ok())
}

/// How a type is to be read.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Terms<'a> {
    pub(crate) profile: &'a str,
    /// What the loader says about unknown keys.
    pub(crate) unknown: Option<Unknown>,
    /// Whether layers are missing, so that absence and rules over several fields cannot be judged.
    pub(crate) incomplete: bool,
    /// Whether `Lenient` takes what is wrong; else it is a problem as anywhere.
    pub(crate) sets_aside: bool,
    /// What rules know besides the settings.
    pub(crate) context: Option<&'a Facts>,
}

/// The state of one load. Generated code passes it along.
#[derive(Debug)]
pub struct Cx<'a> {
    pub(crate) shared: Shared<'a>,
    /// The lists in which broken rules were looked for.
    lists: Lists,
    terms: Terms<'a>,
    links: Vec<Link>,
    slots: Vec<Slot>,
    path: Vec<Step<'a>>,
    /// Policies of the containers around, the nearest last.
    policies: Vec<Unknown>,
    /// What became of enums inside variants that are tried.
    verdicts: variants::Verdicts,
    /// The section whose table the next one shares, because it is flattened into it.
    flattened_into: Option<&'static Metadata>,
    /// The enum whose tag the next section has beside its own keys.
    variant_of: Option<&'static Variants>,
    /// The keys that the next map takes, where they are not a table of their own.
    entries: Option<At>,
    /// How the layers of the next list come together, where its field says so.
    merge: Option<Merge>,
    /// The innermost element of a list of sections: how many steps lead to it, and its candidates.
    element: Option<(usize, At)>,
    /// How many secret containers are around.
    secret: u32,
    /// Which fields got their defaults, where code makes those.
    pub(crate) defaults: Vec<Defaulted>,
    /// Which rules were judged, where that is asked for.
    pub(crate) memory: Option<Memory>,
    /// What becomes of rules that wait.
    #[cfg(feature = "async")]
    pub(crate) deferred: Deferred,
    pub(crate) drafts: Vec<Draft>,
    pub(crate) unjudged: Vec<Unjudged>,
    /// Required settings that were not found although layers are missing.
    pub(crate) not_found: usize,
}

impl<'a> Cx<'a> {
    pub(crate) fn new(layers: Vec<Layer<'a>>, terms: Terms<'a>) -> Self {
        Self {
            shared: Shared::new(layers),
            lists: Lists::default(),
            terms,
            links: Vec::with_capacity(64),
            slots: Vec::with_capacity(64),
            path: Vec::new(),
            policies: Vec::new(),
            verdicts: variants::Verdicts::default(),
            flattened_into: None,
            variant_of: None,
            entries: None,
            merge: None,
            element: None,
            secret: 0,
            defaults: Vec::new(),
            memory: None,
            #[cfg(feature = "async")]
            deferred: Deferred::default(),
            drafts: Vec::new(),
            unjudged: Vec::new(),
            not_found: 0,
        }
    }

    /// Reads `T` at a path below the root of the layers.
    pub(crate) fn read<T: Resolve>(&mut self, section: &[Step<'a>]) -> Option<T> {
        let at = self.root(section);
        self.path.extend_from_slice(section);
        if at.is_none() { T::absent(self) } else { T::resolve(self, at) }
    }

    /// The candidates at a path below the root; the root itself is always there.
    fn root(&mut self, section: &[Step<'a>]) -> At {
        let roots = (0..self.shared.layers.len()).filter_map(|layer| {
            let layer = u32::try_from(layer).unwrap_or(u32::MAX);
            let root = self.shared.layers[layer as usize].document.root();
            let node = section.iter().try_fold(root, |node, step| match step {
                Step::Key(key) => node.get(key),
                Step::Index(index) => node.items().nth(*index),
            })?;
            Some(Ref { layer, node: node.id() })
        });
        let found: Vec<Ref> = roots.collect();
        let mut at = At::NONE;
        for node in found {
            at = self.link(node, at);
        }
        at
    }

    #[inline]
    fn link(&mut self, node: Ref, next: At) -> At {
        let at = At(u32::try_from(self.links.len()).unwrap_or(u32::MAX));
        self.links.push(Link { node, next });
        at
    }

    /// Gives a slot its first candidate.
    #[inline]
    fn begin(&mut self, slot: usize, node: Ref) {
        let at = self.link(node, At::NONE);
        self.slots[slot] = Slot { first: at, last: at };
    }

    fn append(&mut self, slot: usize, node: Ref) {
        let at = self.link(node, At::NONE);
        let slot = &mut self.slots[slot];
        if slot.last.is_none() {
            slot.first = at;
        } else {
            self.links[slot.last.0 as usize].next = at;
        }
        slot.last = at;
    }

    #[inline]
    fn first(&self, at: At) -> Option<Ref> {
        self.links.get(at.0 as usize).map(|link| link.node)
    }

    #[inline]
    fn next(&self, at: At) -> At {
        self.links[at.0 as usize].next
    }

    /// All candidates, topmost first.
    fn candidates(&self, at: At) -> impl Iterator<Item = Ref> + '_ {
        let mut at = at;
        std::iter::from_fn(move || {
            let link = self.links.get(at.0 as usize)?;
            at = link.next;
            Some(link.node)
        })
    }

    /// Makes a list of candidates from nodes, topmost first.
    fn list(&mut self, nodes: &[Ref]) -> At {
        nodes.iter().rev().fold(At::NONE, |next, &node| self.link(node, next))
    }

    /// The profile that is in force.
    pub(crate) fn profile(&self) -> &'a str {
        self.terms.profile
    }

    fn within<T>(&mut self, step: Step<'a>, read: impl FnOnce(&mut Self) -> T) -> T {
        self.path.push(step);
        let value = read(self);
        self.path.pop();
        value
    }

    /// The setting at hand, as text.
    fn path_text(&self) -> String {
        path_text(&self.path)
    }

    fn field_path(&self, field: &Field) -> String {
        let mut path = self.path_text();
        // The one value of a variant has no key of its own.
        if !field.key().is_empty() {
            confkit_sources::path::push_key(&mut path, field.key());
        }
        path
    }
}

/// Writes a path.
pub(crate) fn path_text(steps: &[Step<'_>]) -> String {
    let mut path = String::new();
    for step in steps {
        match step {
            Step::Key(key) => confkit_sources::path::push_key(&mut path, key),
            Step::Index(index) => confkit_sources::path::push_index(&mut path, *index),
        }
    }
    path
}
