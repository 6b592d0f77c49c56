//! Keeps orders. Its settings have several forms.

use std::fmt;

use confkit::{Config, Layers, Report, Secret};

use crate::jobs::Pool;

/// Where orders are kept.
#[derive(Debug, Config)]
#[config(rename_all = "lowercase")]
enum Settings {
    /// In a directory.
    Disk { path: String },
    /// In a database.
    Database {
        host: String,
        password: Secret<String>,
        #[config(nested)]
        pool: Pool,
    },
}

/// The store.
pub(crate) struct Store(Settings);

impl Store {
    /// Reads the section `store`.
    pub(crate) fn new(layers: &Layers) -> Result<Self, Report> {
        layers.load("store").map(Self)
    }
}

impl fmt::Display for Store {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Settings::Disk { path } => write!(f, "orders are kept in {path}"),
            Settings::Database { host, password, pool } => {
                write!(f, "orders are kept on {host}, password {password:?}, {} connections", pool.max)
            }
        }
    }
}
