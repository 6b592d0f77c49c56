//! Any command line, bound to a declared type: never a panic, never a report that steers a terminal.

#![no_main]

use confkit::{Config as _, System, Unknown, Warnings};
use confkit_fuzz::{Settings, clean, judge, words};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    let system = System::memory().args(words(data));
    // What is unknown is let through, since nearly every change to a seed makes it so. In memory
    // `--help` does not end the process.
    let loader = Settings::loader().warnings(Warnings::Ignore).unknown_keys(Unknown::Warn);
    match loader.args(system.arguments()).system(system).load_traced() {
        Ok(loaded) => {
            // Longer than the list of any seed.
            #[cfg(planted_bug)]
            assert!(loaded.hosts.len() < 4, "the planted bug");
            for explanation in loaded.explanations() {
                clean(&explanation.to_string());
            }
        }
        Err(report) => {
            judge(&report);
            assert!(report.help().is_some() || !report.problems().is_empty());
        }
    }
});
