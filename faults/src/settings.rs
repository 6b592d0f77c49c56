//! The settings that all scenarios have, and documents that say them.

use confkit::{Config, Format, Secret};

/// Stands in every document as a secret, and must not stand in any output.
pub(crate) const MARKER: &str = "marker-5e1f";

/// Two fields that every document sets to the same number, which no other document has, and a name. So every value
/// that was made of less or more than one document is seen: its numbers differ, or something is zero or empty.
#[derive(Debug, PartialEq, Config)]
pub(crate) struct Settings {
    #[config(default)]
    pub(crate) number: u64,
    #[config(default, validate(|name| { assert!(name != "panic"); true }, "must be a name"))]
    pub(crate) name: String,
    #[config(default)]
    pub(crate) token: Secret<String>,
    #[config(default = 4, validate(range(min = 1, max = 64)))]
    pub(crate) workers: u16,
    #[config(default)]
    pub(crate) twin: u64,
}

impl Settings {
    /// Whether it is what a document says, and nothing else.
    pub(crate) fn is_whole(&self) -> bool {
        self.number > 0 && self.number == self.twin && !self.name.is_empty()
    }
}

/// The document of a number. Without its last lines it is a document all the same, in TOML and YAML.
pub(crate) fn text(format: Format, number: u64) -> String {
    match format {
        Format::Toml => {
            format!("number = {number}\ntwin = {number}\ntoken = \"{MARKER}\"\nname = \"n{number}\"\n")
        }
        Format::Yaml => {
            format!("number: {number}\ntwin: {number}\ntoken: {MARKER}\nname: \"n{number}\"\n")
        }
        _ => {
            format!(
                "{{\"number\": {number}, \"twin\": {number}, \"token\": \"{MARKER}\", \"name\": \"n{number}\"}}"
            )
        }
    }
}

/// The same in TOML.
pub(crate) fn toml(number: u64) -> String {
    text(Format::Toml, number)
}
