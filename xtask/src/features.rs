//! The feature matrix: each cargo feature alone, none, and all of them.

use serde_json::Value;

use crate::error::{Error, Result};
use crate::tool::{self, Tool};

/// Packages whose features users choose from.
const PACKAGES: [&str; 2] = ["confkit-sources", "confkit"];

/// The checks of the matrix, in the order they are run.
pub(crate) fn checks() -> Result<Vec<Tool>> {
    let metadata = tool::metadata()?;
    let mut checks = Vec::new();
    for package in PACKAGES {
        checks.push(check(package, "--no-default-features"));
        for feature in features(&metadata, package)? {
            checks.push(check(package, &format!("--no-default-features --features {feature}")));
        }
        checks.push(check(package, "--all-features"));
    }
    Ok(checks)
}

/// `cargo check` with the lints on top, so that what a feature leaves unused is seen as well.
fn check(package: &str, choice: &str) -> Tool {
    Tool::cargo(&format!("clippy --quiet --package {package} {choice} -- -D warnings"))
}

/// The names of a package's features, `default` aside.
fn features(metadata: &Value, package: &str) -> Result<Vec<String>> {
    let packages = metadata["packages"].as_array();
    let found = packages
        .into_iter()
        .flatten()
        .find(|candidate| candidate["name"] == package)
        .ok_or_else(|| Error::new(format!("the workspace has no package {package}")))?;
    let names = found["features"].as_object().into_iter().flatten();
    Ok(names.map(|(name, _)| name.clone()).filter(|name| name != "default").collect())
}
