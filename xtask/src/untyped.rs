//! `conformance untyped`: INI, dotenv and properties beside other readers.

use crate::error::{Error, Result};
use crate::tool::{self, Tool};

/// What is installed for Python, in a folder of its own.
const PACKAGES: [&str; 2] = ["python-dotenv==1.2.4", "javaproperties==0.8.2"];

/// Shows how many texts all readers read alike, and fails where ours are not what the table says.
pub(crate) fn run() -> Result<()> {
    println!("\nINI, dotenv and properties beside other readers:");
    let python = python()?;
    let folder = tool::scratch("benches")?;
    Tool::cargo("build --quiet --package bench-untyped --manifest-path")
        .arg(crate::bench::MANIFEST)
        .arg("--target-dir")
        .arg(&folder)
        .run()?;
    let program = Tool::new(folder.join("debug").join("bench-untyped"));
    let program = program.arg("tests/conformance/untyped").arg(python);
    if tool::exists("java") {
        return program.arg("java").run();
    }
    println!("THERE IS NO java: properties are read beside Python's reader alone");
    program.run()
}

/// A Python with the packages.
fn python() -> Result<std::path::PathBuf> {
    if !tool::exists("python3") {
        return Err(Error::new("python3 is needed, with venv and pip: two of the readers are Python's"));
    }
    let folder = tool::scratch("python")?;
    let program = folder.join("bin").join("python");
    if !program.exists() {
        Tool::new("python3").args(["-m", "venv"]).arg(&folder).run()?;
    }
    Tool::new(&program).args(["-m", "pip", "install", "--quiet"]).args(PACKAGES).run()?;
    Ok(program)
}
