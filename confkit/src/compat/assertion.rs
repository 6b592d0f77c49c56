//! The comparison as a test.

use std::fmt::Display;
use std::path::Path;

use confkit_sources::System;

use super::compare;

/// Asserts that settings still take everything that an earlier version took: compares the JSON Schema
/// that is kept in a file with the present one, see [`confkit::compat`](crate::compat).
///
/// A relative path starts where the test runs, which for `cargo test` is the folder of the package. Keep
/// one file for each release that has to stay loadable. A break that is meant belongs in a release that
/// says so: keep its schema in a new file, and compare with that from then on.
///
/// # Panics
///
/// If something breaks, with everything that is different; if the file cannot be read; if one of the
/// two is no JSON Schema.
///
/// # Example
///
/// ```
/// use confkit::testing;
/// # let folder = std::env::temp_dir().join(format!("confkit-compatible-{}", std::process::id()));
/// # std::fs::create_dir_all(&folder).unwrap();
/// # let kept = folder.join("v1.json");
/// # std::fs::write(&kept, r#"{"type": "object", "properties": {"port": {"maximum": 80}}}"#).unwrap();
///
/// let present = r#"{"type": "object", "properties": {"port": {"maximum": 9999}}}"#;
/// testing::assert_compatible(&kept, present);
/// # std::fs::remove_dir_all(&folder).unwrap();
/// ```
#[track_caller]
pub fn assert_compatible(kept: impl AsRef<Path>, present: impl Display) {
    let (path, present) = (kept.as_ref(), present.to_string());
    let shown = path.display();
    let old = match System::real().read(path) {
        Ok(old) => old,
        Err(error) => panic!(
            "the schema {shown} cannot be read ({}); keep the schema of a release there, as `Schema::to_json` \
             writes it",
            error.kind(),
        ),
    };
    let changes = compare(&String::from_utf8_lossy(&old), &present)
        .unwrap_or_else(|error| panic!("{shown} cannot be compared: {error}"));
    assert!(!changes.is_breaking(), "what {shown} describes no longer loads as before:\n{changes}");
}
