//! Files for what runs a program: Kubernetes, systemd, compose.

mod compose;
mod kubernetes;
mod systemd;
mod variables;

use std::fmt;

use confkit_sources::Format;
use confkit_sources::declared::Metadata;

use self::variables::{Variables, variables};
use super::Sample;
use crate::config::Config;
use crate::report::Report;
use crate::settings::Section;

/// Skeletons of files that give a program its settings where it runs.
///
/// They name the variables of all settings that have one, but for those in lists and in tables by
/// names. As in a [`Sample`], a `#` right before a name shows a default, and `# ` what may be filled
/// in. What has to be given stands there without a value, and what runs the program refuses it so.
/// Secrets are apart from the rest and have no value.
///
/// # Example
///
/// ```
/// use confkit::generate::Deployment;
/// use confkit::{Config, Secret};
///
/// #[derive(Config)]
/// #[config(env_prefix = "ORDERS")]
/// struct Settings {
///     /// Number of worker threads.
///     #[config(default = 4)]
///     workers: u16,
///     password: Secret<String>,
/// }
///
/// let deployment = Deployment::of::<Settings>("orders");
/// assert!(deployment.kubernetes().contains("\n  #ORDERS_WORKERS: \"4\"\n"));
/// assert!(deployment.systemd().contains("\nLoadCredential=password:/etc/orders/credentials/password\n"));
/// assert!(deployment.compose().contains("\n      ORDERS_PASSWORD_FILE: /run/secrets/password\n"));
/// ```
#[derive(Clone)]
pub struct Deployment {
    metadata: &'static Metadata,
    name: String,
    sample: Sample,
}

/// Shows the type alone: declarations may have examples of secrets.
impl fmt::Debug for Deployment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Deployment").field("type", &self.metadata.name()).finish_non_exhaustive()
    }
}

impl Deployment {
    /// Files for a program of this name, which resources and services are called by.
    ///
    /// # Example
    ///
    /// ```
    /// use confkit::Config;
    /// use confkit::generate::Deployment;
    ///
    /// #[derive(Config)]
    /// #[config(env_prefix = "APP")]
    /// struct Settings {
    ///     port: u16,
    /// }
    ///
    /// let text = Deployment::of::<Settings>("shop").kubernetes();
    /// assert!(text.contains("\n  name: shop\ndata:\n"));
    /// ```
    pub fn of<T: Config>(name: impl Into<String>) -> Self {
        Self { metadata: T::METADATA, name: name.into(), sample: Sample::of::<T>() }
    }

    /// Writes a ConfigMap and a Secret whose entries are variables, and the part of a container that
    /// takes them.
    ///
    /// # Example
    ///
    /// ```
    /// use confkit::generate::Deployment;
    /// use confkit::{Config, Secret};
    ///
    /// #[derive(Config)]
    /// #[config(env_prefix = "APP")]
    /// struct Settings {
    ///     host: String,
    ///     password: Secret<String>,
    /// }
    ///
    /// let text = Deployment::of::<Settings>("shop").kubernetes();
    /// assert!(text.contains("  APP_HOST: # REQUIRED\n"));
    /// assert!(text.contains("stringData:\n  # Text.\n  APP_PASSWORD: # REQUIRED\n"));
    /// ```
    pub fn kubernetes(&self) -> String {
        self.with_variables(kubernetes::variables)
    }

    /// Writes a ConfigMap that holds a [`Sample`] as a file, a Secret in which each entry is the file of one
    /// secret, and the part of a pod that mounts both.
    ///
    /// # Errors
    ///
    /// Those of [`Sample::text`].
    ///
    /// # Example
    ///
    /// ```
    /// use confkit::generate::Deployment;
    /// use confkit::{Config, Format, Secret};
    ///
    /// #[derive(Config)]
    /// #[config(file = "/etc/shop/base.toml", secrets_dir = "/etc/shop/secrets")]
    /// struct Settings {
    ///     #[config(default = 4)]
    ///     workers: u16,
    ///     password: Secret<String>,
    /// }
    ///
    /// let text = Deployment::of::<Settings>("shop").kubernetes_files(Format::Toml)?;
    /// assert!(text.contains("  base.toml: |\n"));
    /// assert!(text.contains("mountPath: /etc/shop/secrets\n"));
    /// # Ok::<(), confkit::Report>(())
    /// ```
    pub fn kubernetes_files(&self, format: Format) -> Result<String, Report> {
        let sample = self.sample.text(format)?;
        let files = kubernetes::Files { loading: self.metadata.loading(), sample: &sample, format };
        Ok(self.with_variables(|name, variables| kubernetes::files(name, variables, &files)))
    }

    /// Writes a drop-in for a service: variables, and credentials for secrets. Each secret is in the
    /// directory that `$CREDENTIALS_DIRECTORY` names, which [`Loader::credentials`] reads; its
    /// `_FILE` variable leads there, too.
    ///
    /// [`Loader::credentials`]: crate::Loader::credentials
    ///
    /// # Example
    ///
    /// ```
    /// use confkit::Config;
    /// use confkit::generate::Deployment;
    ///
    /// #[derive(Config)]
    /// #[config(env_prefix = "APP")]
    /// struct Settings {
    ///     /// How much is done.
    ///     #[config(default = "100%")]
    ///     share: String,
    /// }
    ///
    /// let text = Deployment::of::<Settings>("shop").systemd();
    /// assert!(text.ends_with("\n# How much is done. Text.\n#Environment=\"APP_SHARE=100%%\"\n"));
    /// ```
    pub fn systemd(&self) -> String {
        self.with_variables(systemd::drop_in)
    }

    /// Writes a service for compose: variables, and files for secrets.
    ///
    /// # Example
    ///
    /// ```
    /// use confkit::Config;
    /// use confkit::generate::Deployment;
    ///
    /// #[derive(Config)]
    /// #[config(env_prefix = "APP")]
    /// struct Settings {
    ///     host: String,
    /// }
    ///
    /// let text = Deployment::of::<Settings>("shop").compose();
    /// assert!(text.contains("\n      APP_HOST: ${APP_HOST:?is required}\n"));
    /// ```
    pub fn compose(&self) -> String {
        self.with_variables(compose::service)
    }

    fn with_variables(&self, write: impl FnOnce(&str, &Variables<'_>) -> String) -> String {
        write(&self.name, &variables(&Section::of(self.metadata)))
    }
}
