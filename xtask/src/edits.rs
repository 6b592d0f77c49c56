//! `edits`: many edits of generated documents in every format, with counts.

use crate::error::Result;
use crate::options::Options;
use crate::tool::Tool;

/// How many edits each format gets.
const EDITS: &str = "10000";

/// Runs the property of the suite with more cases, and shows the counts it prints.
pub(crate) fn run(arguments: &[String]) -> Result<()> {
    Options::new(arguments).finish()?;
    Tool::cargo("test --quiet --package confkit-tests --test suite -- edit::generated --nocapture")
        .env("CONFKIT_EDITS", EDITS)
        .run()
}
