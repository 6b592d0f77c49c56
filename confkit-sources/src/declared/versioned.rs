//! Which version of its files a type reads.

use std::any::Any;

use super::Loading;

/// Which version of its files a type reads, and how it gets there from older ones.
///
/// # Example
///
/// ```
/// use confkit_sources::declared::{Loading, Versioned};
///
/// let versioned = Versioned { version: 3, key: "version", migrations: None };
/// let it = Loading { versioned: Some(versioned), ..Loading::NONE };
/// let versioned = it.versioned().unwrap();
/// assert_eq!((versioned.version(), versioned.key()), (3, "version"));
/// ```
#[derive(Debug)]
pub struct Versioned {
    #[doc(hidden)]
    pub version: u32,
    #[doc(hidden)]
    pub key: &'static str,
    #[doc(hidden)]
    pub migrations: Option<fn() -> Box<dyn Any + Send + Sync>>,
}

impl Versioned {
    /// Returns the version that the type reads.
    pub fn version(&self) -> u32 {
        self.version
    }

    /// Returns the key under which a file says its version.
    pub fn key(&self) -> &'static str {
        self.key
    }

    /// Makes what the type's function of migrations returns. What that is, is not known here.
    #[doc(hidden)]
    pub fn migrations(&self) -> Option<Box<dyn Any + Send + Sync>> {
        self.migrations.map(|make| make())
    }
}

impl Loading {
    /// Returns the version of its files, if they have one.
    pub fn versioned(&self) -> Option<&Versioned> {
        self.versioned.as_ref()
    }
}
