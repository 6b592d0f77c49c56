//! The way to a setting: through fields, lists and maps.

use std::cell::RefCell;
use std::collections::HashSet;
use std::rc::Rc;

use confkit_sources::declared::{
    Content, Field, FieldDefault, Holds, Kind, Metadata, Shape, Tagging, Variants,
};
use confkit_sources::path::Segment;
use confkit_sources::{NodeKind, NodeRef};

use crate::resolve::{How, field_for, plain, plainly, rest_field};
use crate::secret::MASK;

/// Tells which variant of an enum is in force, so many steps along the path.
pub(super) type Chosen<'c> = &'c dyn Fn(usize, &'static Variants) -> Option<usize>;

/// The fields on the way to a setting.
#[derive(Clone)]
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
    /// The enums on the way, each with the number of steps to it.
    pub(super) enums: Vec<(usize, &'static Variants)>,
    /// Whether the way leads through a variant that is not in force.
    pub(super) elsewhere: bool,
    /// Enums from which no way leads on, each with how many steps were left.
    in_vain: Rc<RefCell<HashSet<(*const Metadata, usize)>>>,
}

impl Route {
    pub(super) fn along(
        metadata: &'static Metadata,
        path: &[Segment<'_>],
        chosen: Chosen<'_>,
    ) -> Option<Self> {
        let mut route = Self {
            fields: Vec::new(),
            last: None,
            shape: None,
            inside: false,
            secret: false,
            unsure: false,
            enums: Vec::new(),
            elsewhere: false,
            in_vain: Rc::default(),
        };
        route.section(metadata, path, chosen)?;
        Some(route)
    }

    fn section(
        &mut self,
        metadata: &'static Metadata,
        path: &[Segment<'_>],
        chosen: Chosen<'_>,
    ) -> Option<()> {
        if let Some(variants) = metadata.variants() {
            self.enums.push((self.fields.len(), variants));
            if let Some(whole) = metadata.whole().filter(|_| path.is_empty()) {
                self.secret |= whole.holds_secret();
                self.unsure |= whole.may_hold_secret();
            }
            let index = chosen(self.fields.len(), variants);
            return self.variant(metadata, variants, index, path, chosen);
        }
        self.plain(metadata, path, chosen)
    }

    /// Into an enum: through the variant that is in force, else through any.
    fn variant(
        &mut self,
        metadata: &'static Metadata,
        variants: &'static Variants,
        index: Option<usize>,
        path: &[Segment<'_>],
        chosen: Chosen<'_>,
    ) -> Option<()> {
        let Some((Segment::Key(key), rest)) = path.split_first() else {
            return path.is_empty().then_some(());
        };
        let field =
            |name: &str| metadata.fields().iter().find(|field| field.name() == name && field.answers_to(key));
        if let Some(tag) = field(key).filter(|_| variants.tagging().tag() == Some(key)) {
            return self.field(tag, rest, chosen);
        }
        // The one in force comes first, then the others.
        let others = (0..variants.list().len()).filter(|other| Some(*other) != index);
        let order: Vec<usize> = index.into_iter().chain(others).collect();
        // Variants may lead to one place, and the ways there would double with every level.
        let place = (std::ptr::from_ref(metadata), path.len());
        if self.in_vain.borrow().contains(&place) {
            return None;
        }
        for at in order {
            let variant = &variants.list()[at];
            let mut route = self.clone();
            let found = match (variants.tagging(), variant.holds()) {
                (_, Holds::Nothing) => None,
                (Tagging::External | Tagging::Adjacent { .. }, _) => {
                    field(variant.metadata().name()).and_then(|field| route.field(field, rest, chosen))
                }
                (_, Holds::Section) => match variant.metadata().fields().first().map(Field::content) {
                    Some(Content::Nested(shape)) => route.shape(shape(), path, chosen),
                    _ => None,
                },
                _ => route.plain(variant.metadata(), path, chosen),
            };
            if found.is_some() {
                *self = route;
                self.elsewhere |= index.is_some_and(|index| index != at);
                return Some(());
            }
        }
        self.in_vain.borrow_mut().insert(place);
        None
    }

    fn plain(&mut self, metadata: &'static Metadata, path: &[Segment<'_>], chosen: Chosen<'_>) -> Option<()> {
        let Some((step, rest)) = path.split_first() else { return Some(()) };
        let Segment::Key(key) = step else { return None };
        let Some(field) = field_for(metadata, key) else {
            // A map takes what no field takes.
            let rest_field = rest_field(metadata)?;
            if let Content::Flattened(shape) = rest_field.content() {
                self.last = Some(rest_field);
                return self.shape(shape(), path, chosen);
            }
            self.fields.extend(path.iter().map(|_| None));
            self.last = Some(rest_field);
            self.inside = true;
            self.secret |= rest_field.is_secret() || rest_field.holds_secret();
            self.unsure |= rest_field.may_hold_secret();
            return Some(());
        };
        self.field(field, rest, chosen)
    }

    fn field(&mut self, field: &'static Field, rest: &[Segment<'_>], chosen: Chosen<'_>) -> Option<()> {
        self.fields.push(Some(field));
        self.last = Some(field);
        self.secret |= field.is_secret() || field.holds_secret();
        self.unsure |= field.may_hold_secret();
        if let Content::Nested(shape) = field.content() {
            return self.shape(shape(), rest, chosen);
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

    fn shape(&mut self, shape: Shape, path: &[Segment<'_>], chosen: Chosen<'_>) -> Option<()> {
        self.shape = Some(shape);
        match shape {
            Shape::Section(section) => self.section(section, path, chosen),
            Shape::Optional(inner) => self.shape(inner(), path, chosen),
            Shape::List(inner) | Shape::Map(inner) => {
                let Some((step, rest)) = path.split_first() else { return Some(()) };
                if matches!(step, Segment::Index(_)) != matches!(shape, Shape::List(_)) {
                    return None;
                }
                self.fields.push(None);
                self.shape(inner(), rest, chosen)
            }
            _ => None,
        }
    }

    /// How the sections at the end of the path are held, if there are sections.
    pub(super) fn sections(&self) -> Option<Shape> {
        let is_section =
            |field: &Field| matches!(field.content(), Content::Nested(_) | Content::Flattened(_));
        self.shape.filter(|_| self.last.is_some_and(is_section))
    }

    /// The path as the declaration spells it.
    pub(super) fn spelled<'p>(&self, path: &[Segment<'p>]) -> Vec<Segment<'p>> {
        let mut path = path.to_vec();
        let inside = path.len().saturating_sub(self.fields.len());
        for (step, field) in path[inside..].iter_mut().zip(&self.fields) {
            if let Some(field) = field {
                *step = Segment::key(field.key());
            }
        }
        path
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
    pub(super) fn walk<'d>(
        &self,
        root: NodeRef<'d>,
        section: &[Segment<'_>],
        path: &[Segment<'_>],
    ) -> Option<(NodeRef<'d>, usize)> {
        let mut node = plainly(root, section)?;
        for (steps, (step, field)) in path[section.len()..].iter().zip(&self.fields).enumerate() {
            let inside = match field {
                Some(field) => node.items().find(|inside| field.answers_to(inside.key())),
                None => plain(node, step),
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
        let mut node = plainly(root, section);
        let steps = path[section.len()..].iter().zip(&self.fields);
        steps.map_while(move |(step, field)| {
            node = node.and_then(|node| match field {
                Some(field) => node.items().find(|inside| field.answers_to(inside.key())),
                None => plain(node, step),
            });
            node
        })
    }

    /// The path in a layer, if something on the way has an old name there.
    pub(super) fn formerly(
        &self,
        root: NodeRef<'_>,
        section: &[Segment<'_>],
        path: &[Segment<'_>],
    ) -> Option<Vec<Segment<'static>>> {
        let mut is_former = false;
        let mut given: Vec<Segment<'static>> = path.iter().cloned().map(Segment::into_owned).collect();
        let inside = given[section.len()..].iter_mut().zip(&self.fields);
        for ((step, field), node) in inside.zip(self.trail(root, section, path)) {
            if let Some(former) = field.and_then(|field| field.former(node.key())) {
                is_former = true;
                *step = Segment::key(former);
            }
        }
        is_former.then_some(given)
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
        let Some(mut node) = plainly(root, section) else { return false };
        let mut whole: Option<&'static Field> = None;
        for (step, field) in inside.iter().zip(&self.fields) {
            // HCL writes a list of one as it writes a table.
            let is_list =
                node.kind() == NodeKind::Array || node.is_block() && matches!(step, Segment::Index(_));
            let is_part = is_list && whole.and_then(How::of).is_some();
            // A list may be a text, which is not set if it is empty.
            let is_text = node.kind() == NodeKind::Text
                && matches!(step, Segment::Index(_))
                && !node.text().trim().is_empty();
            if (is_list || is_text || node.kind() == NodeKind::Null) && !is_part {
                return true;
            }
            whole = *field;
            let next = match field {
                Some(field) => node.items().find(|inside| field.answers_to(inside.key())),
                None => plain(node, step),
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

    /// The default of the setting itself; elements and entries of it have none.
    pub(super) fn default(&self) -> Option<String> {
        let is_field = self.fields.last().is_some_and(Option::is_some);
        let field = self.last.filter(|_| !self.inside && is_field)?;
        let hidden = |text: String| if self.secret { MASK.to_owned() } else { text };
        match field.default() {
            FieldDefault::Text(text) => Some(hidden((*text).to_owned())),
            FieldDefault::List(texts) => Some(hidden(format!("[{}]", texts.join(", ")))),
            FieldDefault::Expression { source, shown } => {
                let shown = if self.secret { None } else { shown() };
                let shown = shown.map(|text| if text.is_empty() { "\"\"".to_owned() } else { text });
                let shown = shown.or_else(|| nothing(source, field).map(str::to_owned));
                Some(hidden(shown.unwrap_or_else(|| (*source).to_owned())))
            }
            _ => None,
        }
    }
}

/// What the derive's `default` alone means for sections in a list or map.
fn nothing(source: &str, field: &Field) -> Option<&'static str> {
    let Content::Nested(shape) = field.content() else { return None };
    match shape() {
        Shape::List(_) if source == "Default::default()" => Some("[]"),
        Shape::Map(_) if source == "Default::default()" => Some("{}"),
        _ => None,
    }
}
