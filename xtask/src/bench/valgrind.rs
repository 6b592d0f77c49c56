//! Counting with valgrind: steady figures on busy machines.

use std::path::Path;

use crate::error::{Context as _, Error, Result};
use crate::tool::{self, Tool};

use super::programs::Run;

/// An amount, and the checksum that the program printed.
pub(crate) struct Measured {
    pub(crate) amount: u64,
    pub(crate) sum: String,
}

/// Says how to get valgrind where it is missing.
pub(crate) fn available() -> Result<()> {
    if tool::exists("valgrind") {
        return Ok(());
    }
    Err(Error::new(
        "this command counts instructions with valgrind, which is not installed here; \
         the system's package is called `valgrind` (for example `apt-get install valgrind`)",
    ))
}

/// Instructions of the one call of the function that has this in its name.
pub(crate) fn instructions(run: &Run, function: &str) -> Result<Measured> {
    let valgrind = Tool::new("valgrind")
        .args(["--tool=callgrind", "--callgrind-out-file=/dev/null"])
        .arg(format!("--toggle-collect=*{function}*"));
    let (sum, said) = measure(valgrind, run)?;
    let amount = said
        .lines()
        .find_map(|line| line.split_once("Collected :")?.1.trim().parse().ok())
        .filter(|amount| *amount > 0)
        .ok_or_else(|| Error::new(format!("callgrind counted nothing in {}:\n{said}", run.line())))?;
    Ok(Measured { amount, sum })
}

/// How often the whole program asked for heap.
pub(crate) fn allocations(run: &Run) -> Result<u64> {
    let valgrind = Tool::new("valgrind").args(["--tool=memcheck", "--undef-value-errors=no"]);
    let (_, said) = measure(valgrind, run)?;
    let counted = said.lines().find_map(|line| {
        let (allocations, _) = line.split_once("total heap usage:")?.1.split_once("allocs")?;
        allocations.trim().replace(',', "").parse().ok()
    });
    counted.ok_or_else(|| Error::new(format!("valgrind counted no allocations in {}:\n{said}", run.line())))
}

/// The most heap the whole program held at once, as it asked for it.
pub(crate) fn heap(run: &Run, file: &Path) -> Result<Measured> {
    let valgrind = Tool::new("valgrind")
        .args(["--tool=massif", "--heap-admin=0", "--peak-inaccuracy=0.0"])
        .arg(format!("--massif-out-file={}", file.display()));
    let (sum, _) = measure(valgrind, run)?;
    let text = std::fs::read_to_string(file).context(|| file.display().to_string())?;
    let amount = text
        .lines()
        .filter_map(|line| line.strip_prefix("mem_heap_B=")?.parse().ok())
        .max()
        .ok_or_else(|| Error::new(format!("massif weighed nothing in {}", run.line())))?;
    Ok(Measured { amount, sum })
}

fn measure(valgrind: Tool, run: &Run) -> Result<(String, String)> {
    let output = run.under(valgrind).outcome()?;
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    if !output.status.success() {
        return Err(Error::new(format!("{} failed:\n{said}", run.line())));
    }
    let sum = String::from_utf8_lossy(&output.stdout).trim().to_owned();
    Ok((sum, said))
}
