//! The changes as a part of a program's changelog, for those who set it up.

use std::fmt::Write as _;

use super::change::{Change, ChangeKind, Changes, Verdict};

impl Changes {
    /// The changes in Markdown, for the users of a program: what they have to look at before they
    /// upgrade, what is new, what is going away, and what else has changed. Empty if nothing has.
    ///
    /// # Example
    ///
    /// ```
    /// use confkit::compat;
    ///
    /// let old = r#"{"type": "object", "properties": {"port": {"type": "integer"}},
    ///               "additionalProperties": false}"#;
    /// let new = r#"{"type": "object", "additionalProperties": false, "properties": {
    ///     "port": {"type": "integer", "maximum": 9999},
    ///     "host": {"type": "string", "default": "localhost", "description": "Where it listens."}}}"#;
    /// let expected = [
    ///     "### Before you upgrade",
    ///     "",
    ///     "- `port` must be at most 9999, before without this limit: what is out of this limit is refused.",
    ///     "",
    ///     "### New settings",
    ///     "",
    ///     "- `host` is new (string, default `localhost`). Where it listens.",
    /// ];
    /// assert!(compat::compare(old, new)?.changelog().lines().eq(expected));
    /// # Ok::<(), compat::InvalidSchema>(())
    /// ```
    pub fn changelog(&self) -> String {
        let is_new = |change: &Change| change.kind() == ChangeKind::Added;
        let goes = |change: &Change| change.kind() == ChangeKind::Deprecated;
        let is_breaking = |change: &Change| change.verdict() == Verdict::Breaking;
        let mut page = String::new();
        self.part(&mut page, "Before you upgrade", is_breaking);
        self.part(&mut page, "New settings", |change| is_new(change) && !is_breaking(change));
        self.part(&mut page, "Going away", |change| goes(change) && !is_breaking(change));
        let is_other = |change: &Change| !is_breaking(change) && !is_new(change) && !goes(change);
        self.part(&mut page, "Also changed", is_other);
        page
    }

    fn part(&self, page: &mut String, title: &str, belongs: impl Fn(&Change) -> bool) {
        let mut changes = self.all().iter().filter(|change| belongs(change)).peekable();
        if changes.peek().is_none() {
            return;
        }
        let gap = if page.is_empty() { "" } else { "\n" };
        // Writing to a String cannot fail.
        let _ = writeln!(page, "{gap}### {title}\n");
        for change in changes {
            let _ = writeln!(page, "- {}", line(change));
        }
    }
}

fn line(change: &Change) -> String {
    let subject = match (change.path(), change.variant()) {
        ("", _) => "The program".to_owned(),
        (path, None) => format!("`{path}`"),
        (path, Some(variant)) => format!("`{path}` (variant `{variant}`)"),
    };
    let why = match change.verdict() {
        Verdict::Breaking => format!(": {}", change.reason()),
        _ => String::new(),
    };
    let docs = change.docs().map(|docs| format!(" {docs}")).unwrap_or_default();
    format!("{subject} {}{why}.{docs}", change.message())
}
