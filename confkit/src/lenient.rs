//! Nested settings that are set aside where they are wrong.

use std::fmt;

use serde::ser::{Serialize, Serializer};

use crate::secret::Redacted;

/// Nested settings that are set aside, alone, where what is written of them is wrong.
///
/// It stands around a settings type, mostly inside a map or a list: one wrong entry among many does not take the
/// rest down. Everything that is wrong in the entry is a warning, with its place as ever, and the entry is
/// [set aside](Self::is_set_aside): the program does what it does without it. Wrong is also what is missing, a key that
/// is not known, and a broken rule of the type itself or of types inside it.
/// [`Warnings::Deny`](crate::Warnings::Deny) sets nothing aside: what is wrong is a problem then.
///
/// Not set aside is what belongs to the settings around it: their rules, the keys of their map, whether the
/// section is given where they require it. And a load that cannot read a layer fails as ever, with everything that is
/// wrong as a problem.
///
/// It is for fields with `nested`, also as `Option<Lenient<T>>`, `Vec<Lenient<T>>` and around `Box` and `Secret`.
/// Of several around each other, the innermost catches.
///
/// # Example
///
/// ```
/// use std::collections::BTreeMap;
///
/// use confkit::{Config, Format, Lenient};
///
/// #[derive(Config)]
/// struct Settings {
///     #[config(nested)]
///     flags: BTreeMap<String, Lenient<Flag>>,
/// }
///
/// #[derive(Debug, PartialEq, Config)]
/// struct Flag {
///     #[config(validate(range(max = 100)))]
///     percent: u8,
/// }
///
/// let text = "flags.alpha.percent = 10\nflags.beta.percent = 101\n";
/// let loaded = Settings::loader().text(Format::Toml, "app.toml", text).load_traced()?;
/// assert_eq!(loaded.flags["alpha"].get(), Some(&Flag { percent: 10 }));
/// assert!(loaded.flags["beta"].is_set_aside());
///
/// let [warning] = loaded.warnings() else { panic!() };
/// assert_eq!(warning.path(), "flags.beta.percent");
/// assert_eq!(warning.help(), Some("until it is mended, flags.beta alone is set aside"));
/// # Ok::<(), confkit::Report>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Lenient<T>(Option<T>);

impl<T> Lenient<T> {
    /// Returns settings that are set aside, as tests of programs may need them.
    ///
    /// # Example
    ///
    /// ```
    /// use confkit::Lenient;
    ///
    /// assert_eq!(Lenient::<u8>::set_aside().get(), None);
    /// ```
    pub const fn set_aside() -> Self {
        Self(None)
    }

    /// Returns the settings; `None` if they are set aside.
    ///
    /// # Example
    ///
    /// ```
    /// use confkit::Lenient;
    ///
    /// assert_eq!(Lenient::from(80).get(), Some(&80));
    /// ```
    pub const fn get(&self) -> Option<&T> {
        self.0.as_ref()
    }

    /// Gives the settings up; `None` if they are set aside.
    ///
    /// # Example
    ///
    /// ```
    /// use confkit::Lenient;
    ///
    /// let upstreams = vec![Lenient::from("a"), Lenient::set_aside(), Lenient::from("b")];
    /// let good: Vec<&str> = upstreams.into_iter().filter_map(Lenient::into_inner).collect();
    /// assert_eq!(good, ["a", "b"]);
    /// ```
    pub fn into_inner(self) -> Option<T> {
        self.0
    }

    /// Returns whether the settings are set aside, since what is written of them is wrong.
    ///
    /// # Example
    ///
    /// ```
    /// use confkit::Lenient;
    ///
    /// assert!(!Lenient::from(80).is_set_aside());
    /// ```
    pub const fn is_set_aside(&self) -> bool {
        self.0.is_none()
    }
}

impl<T> From<T> for Lenient<T> {
    fn from(value: T) -> Self {
        Self(Some(value))
    }
}

/// The default of the settings, which are not set aside.
impl<T: Default> Default for Lenient<T> {
    fn default() -> Self {
        T::default().into()
    }
}

/// Writes the settings, or that they are set aside.
impl<T: fmt::Debug> fmt::Debug for Lenient<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Some(value) => value.fmt(f),
            None => f.write_str("set aside"),
        }
    }
}

/// Writes the settings; nothing (`null`) if they are set aside.
impl<T: Serialize> Serialize for Lenient<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match &self.0 {
            Some(value) => value.serialize(serializer),
            None => serializer.serialize_none(),
        }
    }
}

impl<T: Redacted> Redacted for Lenient<T> {}
