//! Paths that start where they are written.

use std::fmt;
use std::ops::Deref;
use std::path::{Path, PathBuf};

use serde::de::{Deserialize, Deserializer, Visitor};
use serde::ser::{Serialize, Serializer};

use crate::resolve::RELATIVE_PATH;

/// A path that starts at the directory of the file it is written in.
///
/// `certificate = "tls/server.pem"` in `/etc/app/base.toml` is `/etc/app/tls/server.pem`, wherever
/// the program was started. An absolute path is kept; so is a path from anywhere but a file: a
/// variable, an argument, a default, text in memory.
///
/// Read by any other deserializer it is kept as well, since only confkit knows the file.
///
/// # Example
///
/// ```
/// use std::path::Path;
///
/// use confkit::{Config, RelativePath, System};
///
/// #[derive(Config)]
/// #[config(file = "config/base.toml", env_prefix = "APP")]
/// struct Settings {
///     certificate: RelativePath,
/// }
///
/// let system = System::memory().file("config/base.toml", "certificate = 'tls/server.pem'");
/// let settings = Settings::loader().system(system.clone()).declared().load()?;
/// assert_eq!(*settings.certificate, *Path::new("config/tls/server.pem"));
///
/// let system = system.var("APP_CERTIFICATE", "tls/server.pem");
/// let settings = Settings::loader().system(system).declared().load()?;
/// assert_eq!(*settings.certificate, *Path::new("tls/server.pem"));
/// # Ok::<(), confkit::Report>(())
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RelativePath(PathBuf);

impl RelativePath {
    /// Returns the path.
    ///
    /// # Example
    ///
    /// ```
    /// use std::path::{Path, PathBuf};
    ///
    /// use confkit::RelativePath;
    ///
    /// let path = RelativePath::from(PathBuf::from("tls/server.pem"));
    /// assert_eq!(path.into_path_buf(), Path::new("tls/server.pem"));
    /// ```
    pub fn into_path_buf(self) -> PathBuf {
        self.0
    }
}

impl Deref for RelativePath {
    type Target = Path;

    fn deref(&self) -> &Path {
        &self.0
    }
}

impl AsRef<Path> for RelativePath {
    fn as_ref(&self) -> &Path {
        &self.0
    }
}

impl From<PathBuf> for RelativePath {
    fn from(path: PathBuf) -> Self {
        Self(path)
    }
}

impl From<RelativePath> for PathBuf {
    fn from(path: RelativePath) -> Self {
        path.0
    }
}

impl Serialize for RelativePath {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for RelativePath {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_newtype_struct(RELATIVE_PATH, PathVisitor)
    }
}

struct PathVisitor;

impl<'de> Visitor<'de> for PathVisitor {
    type Value = RelativePath;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a path")
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(self, deserializer: D) -> Result<RelativePath, D::Error> {
        PathBuf::deserialize(deserializer).map(RelativePath)
    }
}
