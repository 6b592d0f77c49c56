//! Where platforms keep the settings of programs.

use std::path::PathBuf;

use etcetera::base_strategy::{BaseStrategy, choose_native_strategy};

use super::System;

impl System {
    /// Returns the folders in which settings of programs are kept, that of the user last.
    ///
    /// They follow the XDG base directories; variables are this system's. Windows has known folders
    /// instead, and macOS those of its library below. A system in memory is the same on every machine.
    ///
    /// # Example
    ///
    /// ```
    /// use std::path::PathBuf;
    ///
    /// use confkit_sources::System;
    ///
    /// let system = System::memory().var("HOME", "/home/ada");
    /// let folders = ["/etc/xdg", "/home/ada/.config"].map(PathBuf::from);
    /// assert_eq!(system.config_folders(), folders);
    /// ```
    pub fn config_folders(&self) -> Vec<PathBuf> {
        if self.is_real() && cfg!(windows) {
            return self.variable("PROGRAMDATA").map(PathBuf::from).into_iter().chain(native()).collect();
        }
        let (machine, own) = if self.is_real() && cfg!(target_os = "macos") {
            (Some(PathBuf::from("/Library/Preferences")), native())
        } else {
            (None, None)
        };
        machine.into_iter().chain(self.xdg_of_machine()).chain(own).chain(self.xdg_of_user()).collect()
    }

    /// The first one named is the most important.
    fn xdg_of_machine(&self) -> Vec<PathBuf> {
        let named = self.variable("XDG_CONFIG_DIRS").filter(|named| !named.is_empty());
        let named = named.unwrap_or_else(|| "/etc/xdg".into());
        let mut folders: Vec<PathBuf> =
            std::env::split_paths(&named).filter(|path| path.has_root()).collect();
        folders.reverse();
        folders
    }

    fn xdg_of_user(&self) -> Option<PathBuf> {
        let folder = |name: &str| self.variable(name).map(PathBuf::from).filter(|path| path.has_root());
        folder("XDG_CONFIG_HOME").or_else(|| {
            let of_account = || self.is_real().then(etcetera::home_dir).and_then(Result::ok);
            folder("HOME").or_else(of_account).map(|home| home.join(".config"))
        })
    }
}

/// The platform's own folder for settings of the user.
fn native() -> Option<PathBuf> {
    choose_native_strategy().ok().map(|strategy| strategy.config_dir())
}
