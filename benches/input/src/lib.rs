//! What every measured program shares: the generated input, the way it is run and the comparison of results.

mod files;
mod other_formats;
pub mod records;
mod run;
mod structs;

#[cfg(feature = "serde")]
pub mod by_hand;
#[cfg(feature = "serde")]
pub mod types;

pub use files::{CASES, write};
pub use run::{BoxError, run, run_services};
pub use structs::{Flavour, structs};
