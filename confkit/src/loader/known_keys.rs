//! The keys of a declaration, for lines that could not be read.

use std::collections::BTreeSet;

use confkit_sources::declared::{Content, Field, Metadata};

/// Every key that a declaration knows, at any depth.
#[derive(Default)]
pub(super) struct KnownKeys {
    keys: BTreeSet<String>,
    /// The fields that have other spellings.
    relaxed: Vec<&'static Field>,
    seen: Vec<*const Metadata>,
}

impl KnownKeys {
    pub(super) fn of(metadata: &'static Metadata) -> Self {
        let mut known = Self::default();
        known.collect(metadata);
        known
    }

    /// The names of its variables instead.
    #[cfg(feature = "dotenv")]
    pub(super) fn of_variables(metadata: &'static Metadata, prefix: Option<&str>) -> Self {
        use confkit_sources::env::{Names, declared_names};
        let names = declared_names(&Names { prefix, section: &[], metadata });
        Self { keys: names.into_iter().map(|declared| declared.name).collect(), ..Self::default() }
    }

    pub(super) fn contains(&self, key: &str) -> bool {
        self.keys.contains(key) || self.relaxed.iter().any(|field| field.answers_to(key))
    }

    fn collect(&mut self, metadata: &'static Metadata) {
        if self.seen.contains(&std::ptr::from_ref(metadata)) {
            return;
        }
        self.seen.push(metadata);
        for field in metadata.fields() {
            self.keys.insert(field.key().to_owned());
            let others = field.aliases().iter().chain(field.renamed_from());
            self.keys.extend(others.map(|&key| key.to_owned()));
            if field.is_relaxed() {
                self.relaxed.push(field);
            }
            if let Content::Nested(shape) | Content::Flattened(shape) = field.content() {
                self.collect(shape().section());
            }
        }
    }
}
