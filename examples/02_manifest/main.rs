//! Reads the manifests of this workspace, and shows what is said of a broken one.
#![expect(clippy::print_stdout, reason = "an example talks to the terminal")]
#![allow(dead_code, unreachable_pub, reason = "the whole manifest is declared, and some of it shown")]

mod manifest;

use std::path::Path;

use confkit::{Config as _, Format, Report};

use manifest::{Dependency, Inherited, Manifest};

const BROKEN: &str = r#"
[package]
name = "orders"
version = { workspace = false }
edtion = "2024"

[dependencies]
serde = { version = "1", features = "derive" }
syn = { verison = "3" }
quote = 1

[target.'cfg(unix)'.dev-dependencies]
libc = { version = "0.2", optional = "no" }

[profile.fast]
inherits = "release"
opt-level = 4
panic = "abrt"

[lints.rust]
unsafe_code = { levl = "forbid" }
"#;

fn main() -> Result<(), Report> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let read = |path: &str| Manifest::loader().root(&root).file(path).load();

    let workspace = read("Cargo.toml")?.workspace.unwrap_or_else(|| unreachable!("it is a workspace"));
    for member in &workspace.members {
        let manifest = read(&format!("{member}/Cargo.toml"))?;
        let Some(package) = manifest.package else { continue };
        let inherited = |dependency: &&Dependency| {
            matches!(dependency, Dependency::Detailed { workspace: Some(true), .. })
        };
        let dependencies = &manifest.dependencies.dependencies;
        println!(
            "{}: version {}, {} dependencies from the workspace",
            package.name,
            match package.version {
                Some(Inherited::Value(version)) => version,
                Some(Inherited::Workspace { .. }) => "of the workspace".to_owned(),
                None => "none".to_owned(),
            },
            if dependencies.values().all(|dependency| inherited(&dependency)) { "all" } else { "some" },
        );
    }

    println!("\nA broken manifest:\n");
    if let Err(report) = Manifest::loader().text(Format::Toml, "orders/Cargo.toml", BROKEN).load() {
        println!("{report}");
    }
    Ok(())
}
