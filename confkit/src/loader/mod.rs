//! Stacks of layers and the loads from them.

#[cfg(feature = "cli")]
mod asked;
mod assemble;
mod builder;
#[cfg(feature = "dotenv")]
mod dotenv;
#[cfg(feature = "cli")]
mod edited;
mod found;
mod known_keys;
mod layers;
mod missing;
mod problems;
mod profile;
#[cfg(feature = "live")]
mod repeated;
mod secret_texts;
#[cfg(feature = "env")]
mod secrets;
mod stack;
mod target;
#[cfg(not(feature = "dotenv"))]
mod unbuilt;
mod unfit;
mod unreadable;
#[cfg(feature = "migrate")]
mod versioned_files;
#[cfg(feature = "async")]
mod waiting;
mod warnings;
mod ways;

pub use builder::Loader;
#[cfg(feature = "cli")]
pub(crate) use edited::Edited;
pub use layers::Layers;
#[cfg(all(feature = "args", feature = "testing"))]
pub(crate) use layers::argument_problems;
#[cfg(all(feature = "env", feature = "testing"))]
pub(crate) use layers::clash_problems;
pub(crate) use layers::{Bound, Kept};
#[cfg(feature = "clap")]
pub(crate) use problems::command_problem;
#[cfg(feature = "testing")]
pub(crate) use problems::declared_problem;
#[cfg(feature = "migrate")]
pub(crate) use problems::file_problem;
#[cfg(feature = "live")]
pub(crate) use repeated::{Base, Contents, Override, Repeated, refusal, warning};
#[cfg(feature = "live")]
pub(crate) use secret_texts::of_defaults as secrets_of_defaults;
pub use stack::Stack;
#[cfg(feature = "live")]
pub(crate) use unfit::Unfit;
#[cfg(feature = "migrate")]
pub(crate) use versioned_files::{ReadFile, VersionedFiles};
#[cfg(feature = "live")]
pub(crate) use warnings::Moment;
pub use warnings::Warnings;
