//! `conformance`: the published TOML cases through our document.

use crate::error::Result;
use crate::options::Options;
use crate::tool::Tool;

/// Runs the test that walks all cases and shows the counts it prints.
pub(crate) fn run(arguments: &[String]) -> Result<()> {
    Options::new(arguments).finish()?;
    Tool::cargo("test --quiet --package confkit-tests --test conformance -- --nocapture").run()
}
