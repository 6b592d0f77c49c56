//! Readers of INI, dotenv and properties that are programs, for those who compare with them.

use std::collections::BTreeMap;

pub mod programs;

/// The settings of a text, names with dots between steps; or that it is refused.
pub type Verdict = Option<BTreeMap<String, String>>;
