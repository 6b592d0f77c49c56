//! Any variables, bound to a declared type: never a panic, never a report that steers a terminal.

#![no_main]

use confkit::{Config as _, System, Warnings};
use confkit_fuzz::{Settings, clean, judge, variables};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    let Ok(text) = std::str::from_utf8(data) else {
        return;
    };
    let system =
        variables(text).into_iter().fold(System::memory(), |system, (name, value)| system.var(name, value));
    let loader = Settings::loader().system(system).warnings(Warnings::Ignore).env();
    match loader.load_traced() {
        Ok(loaded) => {
            // Longer than the list of any seed.
            #[cfg(planted_bug)]
            assert!(loaded.hosts.len() < 5, "the planted bug");
            for explanation in loaded.explanations() {
                clean(&explanation.to_string());
            }
        }
        Err(report) => judge(&report),
    }
});
