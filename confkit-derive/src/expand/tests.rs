//! Expansions are reviewed like code: each file of tests/expand stands beside what it expands to.

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/expand")
}

/// Formats with the toolchain's own formatter, which any build of this project needs anyway.
fn pretty(code: &str) -> String {
    let mut child = Command::new("rustfmt")
        .args(["--edition", "2024", "--emit", "stdout"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("rustfmt is part of the toolchain");
    let mut stdin = child.stdin.take().expect("the input is piped");
    stdin.write_all(code.as_bytes()).expect("rustfmt reads its input");
    drop(stdin);
    let output = child.wait_with_output().expect("rustfmt ends");
    assert!(output.status.success(), "the expansion is not Rust: {code}");
    String::from_utf8(output.stdout).expect("rustfmt writes text")
}

#[test]
fn expansions_are_as_reviewed() {
    let bless = std::env::var_os("BLESS").is_some();
    let mut inputs: Vec<PathBuf> = std::fs::read_dir(folder())
        .expect("there are inputs")
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| path.to_string_lossy().ends_with(".in.rs"))
        .collect();
    inputs.sort();
    assert!(inputs.len() > 5, "the inputs are missing");
    for path in inputs {
        let source = std::fs::read_to_string(&path).expect("an input can be read");
        let input = syn::parse_str(&source).expect("an input is an item");
        let expansion = pretty(&crate::config(&input).to_string());
        let reviewed = PathBuf::from(path.to_string_lossy().replace(".in.rs", ".out.rs"));
        if bless {
            std::fs::write(&reviewed, &expansion).expect("the expansion can be written");
        }
        let expected = std::fs::read_to_string(&reviewed).unwrap_or_default();
        assert!(
            expected == expansion,
            "{} is out of date; run `cargo xtask bless` and review it:\n{expansion}",
            reviewed.display()
        );
    }
}
