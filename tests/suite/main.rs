//! Whole-product tests: files, variables and arguments in memory; a value or a report comes out.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on says so")]
#![allow(dead_code, reason = "settings types of tests are loaded, not used")]

mod probes;
