//! The published cases of each format through our documents.

#![allow(clippy::print_stdout, reason = "`cargo xtask conformance` shows the counts")]
#![allow(clippy::unwrap_used, reason = "a test that cannot go on says so")]

mod json;
mod suites;
mod toml;
mod yaml;
