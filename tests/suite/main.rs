//! Whole-product tests: files, variables and arguments in memory; a value or a report comes out.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on says so")]
#![allow(dead_code, reason = "settings types of tests are loaded, not used")]

mod args;
mod args_help;
mod containers;
mod context;
mod derive_messages;
mod derive_ui;
mod dotenv_layer;
mod env;
mod env_links;
mod explain;
mod figment;
mod flatten;
mod formats;
mod generics;
mod json;
mod layers;
mod leaves;
mod misplaced_secrets;
mod nulls;
mod own_types;
mod probes;
mod profiles;
mod properties;
mod readers;
mod real_system;
mod report;
mod rules;
mod secrets;
mod secrets_inside;
mod serde_attrs;
mod set;
mod sources;
mod stack;
mod system;
mod testing_helpers;
mod text;
mod third_party;
mod transcripts;
mod unknown;
mod values;
mod variants;
mod warnings;
mod workflows;
mod written;
