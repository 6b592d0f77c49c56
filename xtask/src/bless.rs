//! `bless`: writes down what the code does now, to be read in the diff before it is committed.

use crate::error::Result;
use crate::tool::Tool;

/// Runs the tests with every "write instead of compare" variable set. Arguments go to `cargo test`.
pub(crate) fn run(arguments: &[String]) -> Result<()> {
    Tool::cargo("test --workspace --all-features")
        .args(arguments)
        .env("INSTA_UPDATE", "always")
        .env("INSTA_FORCE_PASS", "1")
        .env("TRYBUILD", "overwrite")
        .env("BLESS", "1")
        .env("CONFKIT_BLESS", "1")
        .run()?;
    println!("\nwritten; read the diff, every changed line is a changed promise");
    Ok(())
}
