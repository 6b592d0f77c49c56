//! `fuzz`: libFuzzer on every parser entry, built with cargo alone (no cargo-fuzz).

use std::path::{Path, PathBuf};
use std::time::Instant;

use crate::error::{Context as _, Error, Result};
use crate::options::Options;
use crate::tool::{self, Tool};

/// A target, `fuzz/targets/<name>.rs`, and the words its inputs are made of.
struct Target {
    name: &'static str,
    dictionary: &'static str,
}

const TARGETS: [Target; 12] = [
    Target { name: "toml_document", dictionary: "fuzz/toml.dict" },
    Target { name: "json_document", dictionary: "fuzz/json.dict" },
    Target { name: "yaml_document", dictionary: "fuzz/yaml.dict" },
    Target { name: "ini_document", dictionary: "fuzz/ini.dict" },
    Target { name: "dotenv_document", dictionary: "fuzz/dotenv.dict" },
    Target { name: "properties_document", dictionary: "fuzz/properties.dict" },
    Target { name: "ron_document", dictionary: "fuzz/ron.dict" },
    Target { name: "hcl_document", dictionary: "fuzz/hcl.dict" },
    Target { name: "env_binding", dictionary: "fuzz/env.dict" },
    Target { name: "arguments", dictionary: "fuzz/args.dict" },
    Target { name: "audit_log", dictionary: "fuzz/audit.dict" },
    Target { name: "load", dictionary: "fuzz/toml.dict" },
];

/// The toolchain whose compiler has sanitizers.
const TOOLCHAIN: &str = "nightly";
const MANIFEST: &str = "fuzz/Cargo.toml";
/// How long each target runs unless told.
const SECONDS: u64 = 60;
/// What a target says when it has found the bug that `--planted` put in.
const PLANTED: &str = "the planted bug";

/// Coverage for libFuzzer, and the address sanitizer.
const FLAGS: &str = "-Cpasses=sancov-module -Cllvm-args=-sanitizer-coverage-level=4 \
    -Cllvm-args=-sanitizer-coverage-inline-8bit-counters -Cllvm-args=-sanitizer-coverage-pc-table \
    -Cllvm-args=-sanitizer-coverage-trace-compares -Zsanitizer=address -Ccodegen-units=1";

/// Fuzzes the named targets, or all.
pub(crate) fn run(arguments: &[String]) -> Result<()> {
    let mut options = Options::new(arguments);
    let planted = options.flag("--planted");
    let seconds = options.number("--seconds")?.unwrap_or(SECONDS);
    let chosen = options.names("target", &TARGETS.map(|target| target.name))?;
    let host = nightly()?;
    let chosen = |target: &&Target| chosen.is_empty() || chosen.iter().any(|name| name == target.name);
    for target in TARGETS.iter().filter(chosen) {
        let binary = build(target, &host, planted)?;
        if planted {
            find(target, &binary, seconds)?;
        } else {
            search(target, &binary, seconds)?;
        }
    }
    Ok(())
}

/// The host's triple, as the nightly compiler tells it; says what is missing where there is none.
fn nightly() -> Result<String> {
    let version = Tool::new("rustup")
        .args(["run", TOOLCHAIN, "rustc", "-vV"])
        .outcome()
        .ok()
        .filter(|output| output.status.success())
        .ok_or_else(|| {
            Error::new("fuzzing needs a nightly compiler for its sanitizers; get one with: rustup toolchain install nightly")
        })?;
    let version = String::from_utf8_lossy(&version.stdout).into_owned();
    let host = version.lines().find_map(|line| line.strip_prefix("host: "));
    host.map(str::to_owned).ok_or_else(|| Error::new("the nightly compiler does not tell its host"))
}

/// Builds one target; a planted bug changes the target alone, so that nothing else is built again.
fn build(target: &Target, host: &str, planted: bool) -> Result<PathBuf> {
    let folder = tool::scratch("fuzz")?;
    println!("building {}", target.name);
    let mut cargo = Tool::cargo_of(TOOLCHAIN, "rustc --quiet --release --manifest-path")
        .arg(MANIFEST)
        .args(["--bin", target.name, "--target", host, "--target-dir"])
        .arg(&folder)
        // With a target named, flags reach what runs there, and not build scripts and macros.
        .env("RUSTFLAGS", FLAGS);
    if planted {
        cargo = cargo.args(["--", "--cfg", "planted_bug"]);
    }
    cargo.run()?;
    Ok(folder.join(host).join("release").join(target.name))
}

/// Runs a target; anything it finds is a failure and is kept.
fn search(target: &Target, binary: &Path, seconds: u64) -> Result<()> {
    let name = target.name;
    let corpus = folder(Path::new("fuzz/corpus").join(name))?;
    let artifacts = folder(Path::new("fuzz/artifacts").join(name))?;
    println!("fuzzing {name} for {seconds} s");
    fuzzer(target, binary, &corpus, &artifacts, seconds).arg("-print_final_stats=1").run().map_err(
        |error| {
            let kept = artifacts.display();
            Error::new(format!("{name} stopped; what it found is in {kept}\n{error}"))
        },
    )?;
    println!("{name}: nothing found in {seconds} s");
    Ok(())
}

/// Runs a target that has a bug planted: to find nothing is the failure.
fn find(target: &Target, binary: &Path, seconds: u64) -> Result<()> {
    let name = target.name;
    let scratch = tool::scratch("fuzz")?.join("planted").join(name);
    if scratch.exists() {
        std::fs::remove_dir_all(&scratch).context(|| scratch.display().to_string())?;
    }
    let corpus = folder(scratch.join("corpus"))?;
    let artifacts = folder(scratch.join("artifacts"))?;
    let begun = Instant::now();
    let output = fuzzer(target, binary, &corpus, &artifacts, seconds).outcome()?;
    let said = String::from_utf8_lossy(&output.stderr);
    if output.status.success() {
        return Err(Error::new(format!("{name} did not find its planted bug in {seconds} s")));
    }
    if !said.contains(PLANTED) {
        let kept = artifacts.display();
        return Err(Error::new(format!(
            "{name} found something else than its planted bug; the input is in {kept}\n{}",
            complaint(&said)
        )));
    }
    let found = begun.elapsed().as_secs_f64();
    println!("{name}: the planted bug was found after {found:.1} s");
    Ok(())
}

/// What a target said when it stopped: the panic, or the last lines.
fn complaint(said: &str) -> String {
    let lines: Vec<&str> = said.lines().collect();
    match lines.iter().position(|line| line.contains("panicked at")) {
        Some(at) => lines[at..lines.len().min(at + 3)].join("\n"),
        None => lines[lines.len().saturating_sub(20)..].join("\n"),
    }
}

fn fuzzer(target: &Target, binary: &Path, corpus: &Path, artifacts: &Path, seconds: u64) -> Tool {
    Tool::new(binary)
        .arg(format!("-max_total_time={seconds}"))
        .args(["-timeout=10", "-rss_limit_mb=4096"])
        .arg(format!("-dict={}", target.dictionary))
        .arg(format!("-artifact_prefix={}/", artifacts.display()))
        .arg(corpus)
        .arg(Path::new("fuzz/seeds").join(target.name))
}

fn folder(path: PathBuf) -> Result<PathBuf> {
    std::fs::create_dir_all(&path).context(|| format!("cannot create {}", path.display()))?;
    Ok(path)
}
