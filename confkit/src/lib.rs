//! Configuration for Rust programs.

mod config;
mod explain;
mod figment;
mod loader;
mod report;
mod resolve;
mod rules;
mod secret;
#[cfg(feature = "testing")]
pub mod testing;
mod units;

#[doc(hidden)]
pub mod __private;

#[cfg(feature = "derive")]
pub use confkit_derive::Config;
pub use confkit_sources::declared::{
    Check, Content, DeclaredFile, EnvName, Field, FieldDefault, Kind, Loading, Metadata, Rule, RuleKind,
    Shape, Unknown, ValueKind,
};
pub use confkit_sources::{
    Document, File, Format, NodeKind, NodeRef, Origin, OriginKind, Position, Read, ReadContext, Revision,
    Source, SourceError, System,
};

pub use config::Config;
pub use explain::{Candidate, Explanation, Loaded};
#[cfg(feature = "env")]
pub use figment::Env;
pub use loader::{Layers, Loader, Stack, Warnings};
pub use report::{Code, Problem, Related, Report, Severity};
pub use secret::{Redacted, Secret, SecretBytes, SecretEq, SecretString, with_exposed};
pub use units::ByteSize;
