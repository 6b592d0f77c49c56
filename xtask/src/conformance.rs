//! `conformance`: published cases and real documents through our reader.

use crate::error::Result;
use crate::options::Options;
use crate::tool::{self, Tool};

/// What can be run alone.
const PARTS: [&str; 3] = ["cases", "corpus", "untyped"];

/// Runs the named parts, or all, and shows the counts they print.
pub(crate) fn run(arguments: &[String]) -> Result<()> {
    let named = Options::new(arguments).names("part", &PARTS)?;
    let wanted = |part: &str| named.is_empty() || named.iter().any(|name| name == part);
    if wanted("cases") {
        cases()?;
    }
    if wanted("corpus") {
        corpus()?;
    }
    if wanted("untyped") {
        crate::untyped::run()?;
    }
    Ok(())
}

/// The published cases of each format; YAML's a second time through the parser that is kept as a spare.
fn cases() -> Result<()> {
    Tool::cargo("test --quiet --package confkit-tests --test conformance -- --nocapture").run()?;
    println!("\nthe spare YAML parser:");
    Tool::cargo("test --quiet --package confkit-tests --test conformance --target-dir")
        .arg(tool::scratch("spare")?)
        .args(["--", "--nocapture", "yaml"])
        .env("RUSTFLAGS", "--cfg confkit_spare")
        .run()
}

/// Every manifest in the registry cache, beside cargo's own verdict.
fn corpus() -> Result<()> {
    Tool::cargo("test --quiet --package confkit-tests --test corpus -- --include-ignored --nocapture").run()
}
