//! `hostile`: documents made to cost time and memory, each in a process of its own.

use crate::error::Result;
use crate::options::Options;
use crate::tool::{self, Tool};

/// Reads every hostile document and fails at the first that costs too much.
pub(crate) fn run(arguments: &[String]) -> Result<()> {
    Options::new(arguments).finish()?;
    let folder = tool::scratch("benches")?;
    Tool::cargo("build --quiet --release --package bench-hostile --manifest-path")
        .arg(crate::bench::MANIFEST)
        .arg("--target-dir")
        .arg(&folder)
        .run()?;
    let program = folder.join("release").join("bench-hostile");
    for name in Tool::new(&program).arg("list").output()?.lines() {
        print!("{}", Tool::new(&program).arg(name).output()?);
    }
    Ok(())
}
