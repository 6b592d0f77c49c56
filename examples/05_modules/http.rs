//! Listens for requests.

use std::fmt;
use std::net::SocketAddr;
use std::time::Duration;

use confkit::{ByteSize, Config, Layers, RelativePath, Report};

/// How requests are taken.
#[derive(Debug, Config)]
struct Settings {
    #[config(default = "127.0.0.1:8080")]
    listen: SocketAddr,
    #[config(default = "30s")]
    timeout: Duration,
    #[config(default = "1MiB")]
    body: ByteSize,
    certificate: Option<RelativePath>,
}

/// The server.
pub(crate) struct Server(Settings);

impl Server {
    /// Reads the section `http`.
    pub(crate) fn new(layers: &Layers) -> Result<Self, Report> {
        layers.load("http").map(Self)
    }
}

impl fmt::Display for Server {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Settings { listen, timeout, body, certificate } = &self.0;
        let file = certificate.as_ref().and_then(|path| path.file_name()).map(|name| name.to_string_lossy());
        let file = file.unwrap_or_else(|| "none".into());
        write!(f, "listening on {listen}: {timeout:?}, {body}, certificate {file}")
    }
}
