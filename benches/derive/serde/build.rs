//! Writes the structs whose derive is measured.

use std::path::PathBuf;

use bench_input::{Flavour, structs};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let folder = PathBuf::from(std::env::var("OUT_DIR")?);
    std::fs::write(folder.join("structs.rs"), structs(Flavour::Serde, 100, 20))?;
    println!("cargo::rerun-if-changed=build.rs");
    Ok(())
}
