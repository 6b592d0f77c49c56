//! One thing made wrong in a document that loads, where the declaration is certain to forbid it.

use confkit_sources::declared::{
    Content, Field, FieldDefault, Holds, Kind, Merge, Metadata, Rule, RuleKind, Shape, Tagging, Unknown,
    ValueKind, Variants,
};
use confkit_sources::path::{self, Segment};

use super::super::numbers;
use super::super::places::{Held, Place, places};
use super::super::tree::Tree;
use super::choices::Choices;
use super::{Fault, FaultKind};
use crate::report::Code;
use crate::resolve::visible_fields;

/// What no declaration has as a key, and no rule as a value.
const STRANGE: &str = "no_such_thing";

type Path = Vec<Segment<'static>>;

/// One of all faults that a tree could have.
pub(super) fn broken(
    metadata: &'static Metadata,
    mut tree: Tree,
    choices: &mut Choices<'_>,
) -> (Tree, Fault) {
    let mut sites = Sites { sites: Vec::new() };
    if let Some(root) = places(metadata, &[]).first() {
        sites.section(metadata, &tree, &Vec::new(), root, true);
    }
    let sites = sites.sites;
    // Each kind of fault is as likely as any other, however many places it has.
    let mut kinds: Vec<FaultKind> = sites.iter().map(|site| site.kind).collect();
    kinds.sort_unstable();
    kinds.dedup();
    let kind = choices.one_of(&kinds).copied();
    let sites: Vec<Site> = sites.into_iter().filter(|site| Some(site.kind) == kind).collect();
    let Some(site) = choices.one_of(&sites) else { panic!("`{}` forbids nothing", metadata.name()) };
    match &site.value {
        Some(value) => {
            tree.put(&site.path, value.clone());
        }
        None => {
            tree.remove(&site.path);
        }
    }
    (tree, Fault { kind: site.kind, path: path::to_string(&site.path), code: site.code })
}

/// A place that could be made wrong: by a value, or by taking away what stands there.
struct Site {
    path: Path,
    value: Option<Tree>,
    kind: FaultKind,
    code: Code,
}

struct Sites {
    sites: Vec<Site>,
}

impl Sites {
    fn add(&mut self, path: &Path, value: Option<Tree>, kind: FaultKind, code: Code) {
        self.sites.push(Site { path: path.clone(), value, kind, code });
    }

    /// A settings type that stands somewhere. `denies` tells whether unknown keys are problems there.
    fn section(
        &mut self,
        metadata: &'static Metadata,
        tree: &Tree,
        path: &Path,
        place: &Place,
        denies: bool,
    ) {
        let denies = metadata.unknown_keys().map_or(denies, |policy| policy == Unknown::Deny);
        let Tree::Table(entries) = tree else { return };
        if let Some(variants) = metadata.variants() {
            return self.variant(metadata, variants, tree, path, place, denies);
        }
        if denies && !takes_any_key(metadata) {
            self.add(
                &joined(path, Segment::key(STRANGE)),
                Some(Tree::Integer(1)),
                FaultKind::UnknownKey,
                Code::UnknownKey,
            );
        }
        for field in visible_fields(metadata) {
            let given = entries.iter().find(|(key, _)| key == field.key()).map(|(_, inside)| inside);
            if let (Some(given), Some(place)) = (given, place.field(field)) {
                self.field(field, given, &joined(path, Segment::key(field.key())), &place, denies);
            }
        }
    }

    /// What the chosen variant holds; of an untagged one it cannot be told which it then is.
    fn variant(
        &mut self,
        metadata: &'static Metadata,
        variants: &'static Variants,
        tree: &Tree,
        path: &Path,
        place: &Place,
        denies: bool,
    ) {
        let tagging = variants.tagging();
        let name = match (tagging.tag(), tree) {
            (Some(tag), _) => tree.get(&[Segment::key(tag)]),
            (None, Tree::Table(entries)) if tagging == Tagging::External => {
                return entries.iter().for_each(|(key, held)| {
                    let field = metadata.fields().iter().find(|field| field.key() == key);
                    let place = field.and_then(|field| Some((field, place.field(field)?)));
                    if let Some((field, place)) = place {
                        self.held(field, held, &joined(path, Segment::key(key.clone())), &place, denies);
                    }
                });
            }
            _ => None,
        };
        let (Some(Tree::Text(name)), Some(tag)) = (name, tagging.tag()) else { return };
        let Some(variant) = variants.position(name).map(|at| &variants.list()[at]) else { return };
        if variants.other().is_none() {
            let path = joined(path, Segment::key(tag));
            self.add(&path, Some(Tree::text(STRANGE)), FaultKind::Variant, Code::UnknownVariant);
        }
        match tagging {
            Tagging::Internal { .. } if variant.holds() == Holds::Fields => {
                for field in variant.metadata().fields() {
                    let given = tree.get(&[Segment::key(field.key())]);
                    if let (Some(given), Some(place)) = (given, place.field(field)) {
                        self.field(field, given, &joined(path, Segment::key(field.key())), &place, denies);
                    }
                }
            }
            Tagging::Adjacent { content, .. } if variant.holds() == Holds::Fields => {
                let path = joined(path, Segment::key(content));
                if let Some(held) = tree.get(&[Segment::key(content)]) {
                    self.section(variant.metadata(), held, &path, place, denies);
                }
            }
            _ => {}
        }
    }

    /// A field, which may also be missing.
    fn field(&mut self, field: &'static Field, given: &Tree, path: &Path, place: &Place, denies: bool) {
        if is_required(field) {
            self.add(path, None, FaultKind::Missing, Code::Missing);
        }
        self.held(field, given, path, place, denies);
    }

    fn held(&mut self, field: &'static Field, given: &Tree, path: &Path, place: &Place, denies: bool) {
        match &place.holds {
            Held::Value(kind) => self.value(kind, given, path, place),
            Held::Sections(shape) => {
                let name = match field.merge() {
                    Some(Merge::Key(name)) => Some(name),
                    _ => None,
                };
                self.shape(*shape, given, path, place, denies);
                // Elements are looked at for their keys before they are read.
                let is_key = |site: &Site| match site.path.strip_prefix(path.as_slice()) {
                    Some([_]) => name.is_some(),
                    Some([_, Segment::Key(key)]) => Some(&**key) == name,
                    _ => false,
                };
                self.sites.retain(|site| !is_key(site));
            }
        }
    }

    fn shape(&mut self, shape: Shape, given: &Tree, path: &Path, place: &Place, denies: bool) {
        match (shape, given) {
            (Shape::Optional(inner), _) => self.shape(inner(), given, path, place, denies),
            (Shape::Section(section), _) => {
                let is_untagged =
                    section.variants().is_some_and(|variants| variants.tagging() == Tagging::Untagged);
                if !is_untagged {
                    self.add(path, Some(Tree::Bool(true)), FaultKind::Nesting, Code::Type);
                }
                let place = place.of_section(section);
                self.section(section, given, path, &place, denies);
            }
            (Shape::List(inner), Tree::List(elements)) => {
                self.add(path, Some(Tree::Bool(true)), FaultKind::Nesting, Code::Type);
                let place = place.inside(Held::Sections(inner()));
                for (index, element) in elements.iter().enumerate() {
                    self.shape(inner(), element, &joined(path, Segment::Index(index)), &place, denies);
                }
            }
            (Shape::Map(inner), Tree::Table(entries)) => {
                self.add(path, Some(Tree::Bool(true)), FaultKind::Nesting, Code::Type);
                let place = place.inside(Held::Sections(inner()));
                for (key, entry) in entries {
                    self.shape(inner(), entry, &joined(path, Segment::key(key.clone())), &place, denies);
                }
            }
            _ => {}
        }
    }

    fn value(&mut self, kind: &ValueKind, given: &Tree, path: &Path, place: &Place) {
        if let Some(wrong) = of_another_type(kind.kind()) {
            self.add(path, Some(wrong), FaultKind::Type, Code::Type);
        }
        let is_single = matches!(kind.kind(), Kind::Bool | Kind::Integer { .. } | Kind::Float);
        if is_single {
            let table = Tree::Table(vec![("a".to_owned(), Tree::Integer(1))]);
            self.add(path, Some(table), FaultKind::Nesting, Code::Type);
        }
        for wrong in
            place.rules.iter().filter(|rule| holds_always(rule)).filter_map(|&rule| outside(rule, kind))
        {
            self.add(path, Some(wrong), FaultKind::Limit, Code::Invalid);
        }
        let Some(element) = kind.element().filter(|_| !kind.unsure) else { return };
        let inner = place.inside(Held::Value(element.clone()));
        match (kind.kind(), given) {
            (Kind::List, Tree::List(elements)) => {
                for (index, given) in elements.iter().enumerate() {
                    self.value(element, given, &joined(path, Segment::Index(index)), &inner);
                }
            }
            (Kind::Map, Tree::Table(entries)) => {
                for (key, given) in entries {
                    self.value(element, given, &joined(path, Segment::key(key.clone())), &inner);
                }
            }
            _ => {}
        }
    }
}

fn joined(path: &Path, step: Segment<'static>) -> Path {
    path.iter().cloned().chain([step]).collect()
}

/// Whether a map takes the keys that no field takes, or an enum looks at them first.
fn takes_any_key(metadata: &'static Metadata) -> bool {
    metadata.fields().iter().any(|field| match field.content() {
        Content::Rest(_) => true,
        Content::Flattened(shape) => {
            shape().section().variants().is_some() || takes_any_key(shape().section())
        }
        _ => false,
    })
}

/// Whether a value that is taken away is missed: its type and its default say nothing else.
fn is_required(field: &'static Field) -> bool {
    let is_known = |kind: &ValueKind| !matches!(kind.kind(), Kind::Any | Kind::Other | Kind::Structure(_));
    matches!(field.content(), Content::Value(_))
        && matches!(field.default(), FieldDefault::None)
        && !field.is_optional()
        && field.kind().is_some_and(|kind| !kind.is_optional() && is_known(&kind))
}

/// A value that a kind does not take, whatever its type.
fn of_another_type(kind: &Kind) -> Option<Tree> {
    match kind {
        Kind::Bool | Kind::Integer { .. } | Kind::Float => Some(Tree::text(STRANGE)),
        Kind::Text | Kind::Duration | Kind::Bytes | Kind::List | Kind::Map => Some(Tree::Bool(true)),
        _ => None,
    }
}

fn holds_always(rule: &Rule) -> bool {
    rule.when().is_none() && rule.profiles().is_empty() && !rule.warns()
}

/// A value that a rule forbids.
fn outside(rule: &'static Rule, kind: &ValueKind) -> Option<Tree> {
    let text = |text: &str| (*kind.kind() == Kind::Text).then(|| Tree::text(text));
    match (rule.kind(), kind.kind()) {
        (RuleKind::Range { .. }, Kind::Integer { min, max }) => {
            let (low, high) = numbers::bounds(&[rule], *min, *max);
            let above = Some(high).filter(|high| u128::try_from(*high).is_ok_and(|high| high < *max));
            let below = Some(low).filter(|low| low > min);
            above.map(|high| high + 1).or(below.map(|low| low - 1)).map(Tree::Integer)
        }
        (
            RuleKind::OneOf(_)
            | RuleKind::Email
            | RuleKind::Url
            | RuleKind::CreditCard
            | RuleKind::Ip
            | RuleKind::Ipv4
            | RuleKind::Ipv6,
            _,
        ) => text(STRANGE),
        (RuleKind::NonEmpty | RuleKind::Length { .. }, held @ (Kind::Text | Kind::List)) => {
            let (shortest, longest) = numbers::length(&[rule]);
            let length = longest.map_or((shortest > 0).then_some(0), |longest| Some(longest + 1))?;
            match held {
                Kind::Text => Some(Tree::text("x".repeat(length))),
                // Longer lists would need elements that their rules allow.
                _ => (shortest > 0).then(|| Tree::List(Vec::new())),
            }
        }
        _ => None,
    }
}
