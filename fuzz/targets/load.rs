//! A whole load of any text and any variables into a declared type, layer over layer.

#![no_main]

use confkit::{Config as _, Format, System, Warnings};
use confkit_fuzz::{Settings, clean, judge, variables};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    let Ok(text) = std::str::from_utf8(data) else {
        return;
    };
    // Two documents and variables, parted by lines of three dashes.
    let mut parts = text.splitn(3, "\n---\n");
    let (base, above) = (parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
    let loader = Settings::loader()
        .system(System::memory())
        .warnings(Warnings::Ignore)
        .text(Format::Toml, "base.toml", base)
        .text(Format::Toml, "above.toml", above)
        .env_vars(variables(parts.next().unwrap_or_default()));
    match loader.load_traced() {
        Ok(loaded) => {
            // No seed sets it; the rest of the load has to succeed as well.
            #[cfg(planted_bug)]
            assert!(!loaded.debug, "the planted bug");
            for explanation in loaded.explanations() {
                clean(&explanation.to_string());
            }
        }
        Err(report) => judge(&report),
    }
});
