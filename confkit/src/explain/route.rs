//! The way to a setting: through fields, lists and maps.

use confkit_sources::declared::{Content, Field, FieldDefault, Kind, Metadata, Shape};
use confkit_sources::path::Segment;
use confkit_sources::{NodeKind, NodeRef};

use crate::secret::MASK;

/// The fields on the way to a setting.
pub(super) struct Route {
    /// The field for each key of the path; none for indexes and map keys.
    pub(super) fields: Vec<Option<&'static Field>>,
    pub(super) last: Option<&'static Field>,
    /// What is at the end of the path, if it is a section or holds some.
    pub(super) shape: Option<Shape>,
    /// Whether the path leads into a value, whose default is for the whole.
    pub(super) inside: bool,
    pub(super) secret: bool,
    /// Whether the type does not tell what is inside.
    pub(super) unsure: bool,
}

impl Route {
    pub(super) fn along(metadata: &'static Metadata, path: &[Segment<'_>]) -> Option<Self> {
        let mut route =
            Self { fields: Vec::new(), last: None, shape: None, inside: false, secret: false, unsure: false };
        route.section(metadata, path)?;
        Some(route)
    }

    fn section(&mut self, metadata: &'static Metadata, path: &[Segment<'_>]) -> Option<()> {
        let Some((step, rest)) = path.split_first() else { return Some(()) };
        let Segment::Key(key) = step else { return None };
        let Some(field) = find(metadata, key) else {
            // A map takes what no field takes.
            let takes_rest = |field: &&Field| matches!(field.content(), Content::Rest(_));
            let rest_field = visible(metadata).into_iter().find(takes_rest)?;
            self.fields.extend(path.iter().map(|_| None));
            self.last = Some(rest_field);
            self.inside = true;
            self.secret |= rest_field.is_secret() || rest_field.holds_secret();
            self.unsure |= rest_field.may_hold_secret();
            return Some(());
        };
        self.fields.push(Some(field));
        self.last = Some(field);
        self.secret |= field.is_secret() || field.holds_secret();
        self.unsure |= field.may_hold_secret();
        if let Content::Nested(shape) = field.content() {
            return self.shape(shape(), rest);
        }
        // Inside a value the steps are its own.
        let has_inside = match field.content() {
            Content::Value(kind) => matches!(
                kind().kind(),
                Kind::List | Kind::Map | Kind::Structure(_) | Kind::Choice(_) | Kind::Any | Kind::Other
            ),
            _ => false,
        };
        self.fields.extend(rest.iter().map(|_| None));
        self.inside = !rest.is_empty();
        (has_inside || rest.is_empty()).then_some(())
    }

    fn shape(&mut self, shape: Shape, path: &[Segment<'_>]) -> Option<()> {
        self.shape = Some(shape);
        match shape {
            Shape::Section(section) => self.section(section, path),
            Shape::Optional(inner) => self.shape(inner(), path),
            Shape::List(inner) | Shape::Map(inner) => {
                let Some((step, rest)) = path.split_first() else { return Some(()) };
                if matches!(step, Segment::Index(_)) != matches!(shape, Shape::List(_)) {
                    return None;
                }
                self.fields.push(None);
                self.shape(inner(), rest)
            }
            _ => None,
        }
    }

    /// The node at the path, and how many steps led to it.
    pub(super) fn follow<'d>(
        &self,
        root: NodeRef<'d>,
        section: &[Segment<'_>],
        path: &[Segment<'_>],
    ) -> Option<(NodeRef<'d>, usize)> {
        let (node, steps) = self.walk(root, section, path)?;
        (steps == self.fields.len()).then_some((node, steps))
    }

    /// The last node on the way, and how many steps led to it.
    fn walk<'d>(
        &self,
        root: NodeRef<'d>,
        section: &[Segment<'_>],
        path: &[Segment<'_>],
    ) -> Option<(NodeRef<'d>, usize)> {
        let mut node = follow(root, section)?;
        for (steps, (step, field)) in path[section.len()..].iter().zip(&self.fields).enumerate() {
            let inside = match field {
                Some(field) => node.items().find(|inside| field.answers_to(inside.key())),
                None => follow(node, std::slice::from_ref(step)),
            };
            let Some(inside) = inside else { return Some((node, steps)) };
            node = inside;
        }
        Some((node, self.fields.len()))
    }

    /// The nodes on the way, the last one included.
    pub(super) fn trail<'d>(
        &'d self,
        root: NodeRef<'d>,
        section: &[Segment<'_>],
        path: &'d [Segment<'_>],
    ) -> impl Iterator<Item = NodeRef<'d>> + 'd {
        let mut node = follow(root, section);
        let steps = path[section.len()..].iter().zip(&self.fields);
        steps.map_while(move |(step, field)| {
            node = node.and_then(|node| match field {
                Some(field) => node.items().find(|inside| field.answers_to(inside.key())),
                None => follow(node, std::slice::from_ref(step)),
            });
            node
        })
    }

    /// Whether the path goes through an element of a list or an entry of a map.
    pub(super) fn is_dynamic(&self) -> bool {
        self.fields.iter().any(Option::is_none)
    }

    /// Whether a layer has the last element or entry on the way, whatever it has inside.
    pub(super) fn reaches_element(
        &self,
        root: NodeRef<'_>,
        section: &[Segment<'_>],
        path: &[Segment<'_>],
    ) -> bool {
        let last = self.fields.iter().rposition(Option::is_none);
        let reached = self.walk(root, section, path).map_or(0, |(_, steps)| steps);
        last.is_some_and(|last| reached > last)
    }

    /// Whether a layer has a whole list, or an explicit nothing, somewhere on the way.
    pub(super) fn replaces(&self, root: NodeRef<'_>, section: &[Segment<'_>], path: &[Segment<'_>]) -> bool {
        let inside = &path[section.len()..];
        let Some(mut node) = follow(root, section) else { return false };
        for (step, field) in inside.iter().zip(&self.fields) {
            if matches!(node.kind(), NodeKind::Array | NodeKind::Null) {
                return true;
            }
            let next = match field {
                Some(field) => node.items().find(|inside| field.answers_to(inside.key())),
                None => follow(node, std::slice::from_ref(step)),
            };
            match next {
                Some(next) => node = next,
                None => return false,
            }
        }
        false
    }

    pub(super) fn keeps_empty(&self) -> bool {
        matches!(self.last.map(Field::content), Some(Content::Value(kind)) if *kind().kind() == Kind::Text)
    }

    pub(super) fn default(&self) -> Option<String> {
        let field = self.last.filter(|_| !self.inside)?;
        let hidden = |text: String| if self.secret { MASK.to_owned() } else { text };
        match field.default() {
            FieldDefault::Text(text) => Some(hidden((*text).to_owned())),
            FieldDefault::List(texts) => Some(hidden(format!("[{}]", texts.join(", ")))),
            FieldDefault::Expression { source, shown } => {
                let shown = if self.secret { None } else { shown() };
                let shown = shown.map(|text| if text.is_empty() { "\"\"".to_owned() } else { text });
                Some(hidden(shown.unwrap_or_else(|| (*source).to_owned())))
            }
            _ => None,
        }
    }
}

/// All fields of a section, those of flattened types in place of them.
fn visible(metadata: &'static Metadata) -> Vec<&'static Field> {
    let inside = |field: &'static Field| match field.content() {
        Content::Flattened(shape) => visible(shape().section()),
        _ => vec![field],
    };
    metadata.fields().iter().flat_map(inside).collect()
}

/// The field that answers to a key, flattened ones included.
pub(super) fn find(metadata: &'static Metadata, key: &str) -> Option<&'static Field> {
    metadata.fields().iter().find_map(|field| match field.content() {
        Content::Flattened(shape) => find(shape().section(), key),
        Content::Rest(_) | Content::Skipped => None,
        _ => field.answers_to(key).then_some(field),
    })
}

pub(super) fn follow<'d>(node: NodeRef<'d>, path: &[Segment<'_>]) -> Option<NodeRef<'d>> {
    path.iter().try_fold(node, |node, segment| match segment {
        Segment::Key(key) => node.get(key),
        Segment::Index(index) if node.kind() == NodeKind::Table => node.get(&index.to_string()),
        Segment::Index(index) => node.items().nth(*index),
    })
}
