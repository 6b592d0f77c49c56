//! Reference pages: every setting of a declaration, with all that is declared of it.

mod html;
mod man;
mod markdown;
mod spans;
mod table;

use std::fmt;

use confkit_sources::declared::Metadata;

use self::table::{Table, tables};
use crate::config::Config;
use crate::settings::Section;

/// Reference pages of a type's settings: all of them by section, in the order of the declaration.
///
/// Each setting has its path, what its value may be, its default, its variables and its argument, when it
/// has to be given, and its documentation. Defaults and examples of secrets are never shown, hidden
/// settings are left out, and deprecated ones say what to use instead. The same declaration gives the
/// same text, so that a copy can be kept and compared:
#[cfg_attr(feature = "testing", doc = "see [`assert_generated`](crate::testing::assert_generated).")]
#[cfg_attr(not(feature = "testing"), doc = "see `assert_generated` in `confkit::testing`.")]
///
/// # Example
///
/// ```
/// use confkit::Config;
/// use confkit::generate::Reference;
///
/// #[derive(Config)]
/// #[config(env_prefix = "ORDERS")]
/// struct Settings {
///     /// Number of worker threads.
///     #[config(default = 4, validate(range(min = 1, max = 64)))]
///     workers: u16,
/// }
///
/// let page = Reference::of::<Settings>().title("Settings of orders").markdown();
/// assert!(page.starts_with("# Settings of orders\n"));
/// assert!(page.contains("| `workers` | integer, from 1 to 64 | `4` | `ORDERS_WORKERS` | Number of worker threads. |"));
/// ```
#[derive(Clone)]
pub struct Reference {
    metadata: &'static Metadata,
    title: String,
}

/// Shows the type alone: declarations may have examples of secrets.
impl fmt::Debug for Reference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Reference").field("type", &self.metadata.name()).finish_non_exhaustive()
    }
}

impl Reference {
    /// The reference of a type, with `Settings` as its title.
    ///
    /// # Example
    ///
    /// ```
    /// use confkit::Config;
    /// use confkit::generate::Reference;
    ///
    /// #[derive(Config)]
    /// struct Settings {
    ///     port: u16,
    /// }
    ///
    /// assert!(Reference::of::<Settings>().markdown().starts_with("# Settings\n"));
    /// ```
    pub fn of<T: Config>() -> Self {
        Self { metadata: T::METADATA, title: "Settings".to_owned() }
    }

    /// Gives the page another title.
    ///
    /// # Example
    ///
    /// ```
    /// use confkit::Config;
    /// use confkit::generate::Reference;
    ///
    /// #[derive(Config)]
    /// struct Settings {
    ///     port: u16,
    /// }
    ///
    /// let page = Reference::of::<Settings>().title("All of orders").html();
    /// assert!(page.contains("<title>All of orders</title>"));
    /// ```
    #[must_use]
    pub fn title(self, title: impl Into<String>) -> Self {
        Self { title: title.into(), ..self }
    }

    /// Writes a page of Markdown, with one table for each section. Links go to `#` and the path of a
    /// section, such as `#database.pool`. Documentation comments stand there as they are.
    ///
    /// # Example
    ///
    /// ```
    /// use confkit::Config;
    /// use confkit::generate::Reference;
    ///
    /// #[derive(Config)]
    /// struct Settings {
    ///     /// Either `a|b` or nothing.
    ///     name: Option<String>,
    /// }
    ///
    /// let page = Reference::of::<Settings>().markdown();
    /// assert!(page.ends_with("| `name` | text |  |  | Either `a\\|b` or nothing. |\n"));
    /// ```
    pub fn markdown(&self) -> String {
        markdown::page(&self.title, &self.tables())
    }

    /// Writes a page of HTML that needs no other file and no network: light or dark as the reader's
    /// system is, with a field to search in it. Without scripts all of it is shown.
    ///
    /// # Example
    ///
    /// ```
    /// use confkit::Config;
    /// use confkit::generate::Reference;
    ///
    /// #[derive(Config)]
    /// struct Settings {
    ///     /// Between 1 < n and n < 9.
    ///     number: u8,
    /// }
    ///
    /// let page = Reference::of::<Settings>().html();
    /// assert!(page.starts_with("<!doctype html>\n"));
    /// assert!(page.contains("Between 1 &lt; n and n &lt; 9."));
    /// ```
    pub fn html(&self) -> String {
        html::page(&self.title, &self.tables())
    }

    /// Writes a section of a manual page, in the macros of `man`, for a program's own page.
    ///
    /// # Example
    ///
    /// ```
    /// use confkit::Config;
    /// use confkit::generate::Reference;
    ///
    /// #[derive(Config)]
    /// struct Settings {
    ///     /// Number of worker threads.
    ///     #[config(default = 4)]
    ///     workers: u8,
    /// }
    ///
    /// let section = Reference::of::<Settings>().man();
    /// assert!(section.starts_with(".SH \"SETTINGS\"\n"));
    /// assert!(section.contains("\n.TP\n\\fBworkers\\fR\nNumber of worker threads.\n"));
    /// ```
    pub fn man(&self) -> String {
        man::section(&self.title, &self.tables())
    }

    fn tables(&self) -> Vec<Table> {
        tables(&Section::of(self.metadata))
    }
}
