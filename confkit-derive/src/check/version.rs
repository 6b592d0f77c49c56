//! Versions of files.

use crate::diag::Diag;
use crate::model::{Section, Versions};

/// Refuses keys that mean nothing without a version, and fields that would stand under its key.
pub(super) fn run(section: &Section, diag: &Diag) {
    let Versions { version, key, migrations } = &*section.loading.versions;
    if version.is_none() {
        let spans = [
            ("version_key", key.as_ref().map(|key| key.span)),
            ("migrations", migrations.as_ref().map(|function| function.span)),
        ];
        for (name, span) in spans.into_iter().filter_map(|(name, span)| Some((name, span?))) {
            diag.error(span, format!("`{name}` does nothing without a version; add `version = N`"));
        }
        return;
    }
    let key = section.loading.versions.key();
    for field in section.fields.iter().filter(|field| field.has_key() && field.key.value == key) {
        let message = format!(
            "the key `{key}` says the version of a file; rename the field, or add `version_key = \"…\"`"
        );
        diag.error(field.key.span, message);
    }
}
