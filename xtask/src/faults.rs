//! `faults`: what becomes of live settings when files, clocks, listeners and limits do what they should not.

use crate::error::Result;
use crate::tool::Tool;

/// Plays all scenarios, or those that are named; fails if anything that was served or told is wrong.
pub(crate) fn run(arguments: &[String]) -> Result<()> {
    Tool::cargo("run --quiet --release --package confkit-faults --").args(arguments).run()
}
