// What is generated needs no documentation, and no lint is broken.
#![deny(
    missing_docs,
    unused_parens,
    unused_imports,
    unused_variables,
    unused_qualifications,
    deprecated,
    clippy::all,
    clippy::pedantic
)]
//! Settings.

use confkit::Config;

/// Settings.
#[derive(Debug, Config)]
#[config(check(matches!(self.port, 1..=9) && self.is_sane(), "must be sane"), check(matches!(self.mode, Mode::Dev), "must be dev"))]
pub struct Settings {
    /// The port.
    #[config(default_fn = port)]
    pub port: u16,
    /// The mode.
    #[config(default = Mode::Dev)]
    pub mode: Mode,
    #[deprecated]
    old: Option<u16>,
}

/// The mode.
#[derive(Debug, Config)]
pub enum Mode {
    /// For development.
    Dev,
}

impl Settings {
    fn is_sane(&self) -> bool {
        self.port > 0
    }
}

fn port() -> u16 {
    4
}

fn main() {}
