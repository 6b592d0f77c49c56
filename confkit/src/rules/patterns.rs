//! The regular expressions of a declaration, read without any value.

use confkit_sources::declared::{Content, Field, Metadata, Rule, RuleKind, Tagging, Variants};
use confkit_sources::path::push_key;

use crate::resolve::Draft;

/// Finds every text that is declared as a regular expression and is none.
pub(crate) fn wrong_patterns(metadata: &'static Metadata) -> Vec<Draft> {
    let mut search = Search { seen: Vec::new(), told: Vec::new(), found: Vec::new() };
    search.section(metadata, "");
    search.found
}

struct Search {
    seen: Vec<*const Metadata>,
    /// Fields by their Rust names, with the texts that are told already.
    told: Vec<(&'static str, &'static str)>,
    found: Vec<Draft>,
}

impl Search {
    fn section(&mut self, metadata: &'static Metadata, path: &str) {
        if self.seen.contains(&std::ptr::from_ref(metadata)) {
            return;
        }
        self.seen.push(metadata);
        metadata.fields().iter().for_each(|field| self.field(field, path));
        let variants = metadata.variants();
        let is_external = variants.is_some_and(|variants| matches!(variants.tagging(), Tagging::External));
        for variant in variants.into_iter().flat_map(Variants::list) {
            let mut path = path.to_owned();
            if is_external {
                push_key(&mut path, variant.key());
            }
            self.section(variant.metadata(), &path);
        }
    }

    fn field(&mut self, field: &'static Field, section: &str) {
        let mut path = section.to_owned();
        if !field.key().is_empty() {
            push_key(&mut path, field.key());
        }
        self.rules(field.name(), field.rules(), &path);
        for refinement in field.refinements() {
            self.rules(
                refinement.field(),
                refinement.rules(),
                &path_inside(field, &path, refinement.field()),
            );
        }
        if let Content::Nested(shape) | Content::Flattened(shape) = field.content() {
            self.section(shape().section(), &path);
        }
    }

    fn rules(&mut self, name: &'static str, rules: &'static [Rule], path: &str) {
        for rule in rules {
            if let RuleKind::Regex(source) = *rule.kind()
                && regex::Regex::new(source).is_err()
            {
                // One type may stand in several places: a mistake in it is one.
                if !self.told.contains(&(name, source)) {
                    self.told.push((name, source));
                    self.found.push(super::text::no_pattern(path, source, rule));
                }
            }
            self.rules(name, rule.inner(), path);
        }
    }
}

/// The path of a field inside, by its Rust names.
fn path_inside(field: &'static Field, path: &str, names: &str) -> String {
    let (mut field, mut path) = (field, path.to_owned());
    for name in names.split('.') {
        let (Content::Nested(shape) | Content::Flattened(shape)) = field.content() else { break };
        let mut fields = shape().section().fields().iter();
        let Some(inner) = fields.find(|inner| inner.name() == name) else { break };
        field = inner;
        if !field.key().is_empty() {
            push_key(&mut path, field.key());
        }
    }
    path
}
