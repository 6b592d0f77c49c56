//! How connections are encrypted: which settings go together.

use confkit::{Config, Secret};

/// Encryption of the shop's own connections.
#[derive(Debug, Config)]
#[config(at_most_one_of(certificate, acme_account))]
pub(crate) struct Tls {
    #[config(default = true)]
    enabled: bool,

    /// Why connections are in clear.
    #[config(required_unless(enabled = true))]
    reason: Option<String>,

    /// How the key comes to the server.
    #[config(default = "files", validate(one_of("files", "acme")))]
    keys: String,

    /// A certificate, and the key that belongs to it.
    #[config(required_if(keys = "files"), requires(key), validate(regex(r"\.(pem|crt)$", when = self.enabled)))]
    certificate: Option<String>,

    key: Option<String>,

    /// Opens the key.
    #[config(required_with(key), validate(length(min = 12)))]
    passphrase: Option<Secret<String>>,

    /// An account that gets certificates by itself.
    #[config(conflicts_with(key), validate(email))]
    acme_account: Option<String>,

    /// Names of servers, of which the first is that of the certificate.
    #[config(validate(non_empty, each(custom(is_host_name), does_not_contain("_")),))]
    hosts: Vec<String>,
}

fn is_host_name(name: &str) -> Result<(), String> {
    if name.split('.').all(|label| (1..=63).contains(&label.len())) {
        return Ok(());
    }
    Err("between its dots there have to be 1 to 63 characters".to_owned())
}
