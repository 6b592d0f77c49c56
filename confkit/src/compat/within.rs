//! The place that is being compared: its path, and what holds for everything inside.

use serde_json::Value;

use crate::report::clean;

/// Where the comparison is.
#[derive(Debug, Default)]
pub(super) struct Place {
    pub(super) path: String,
    /// The variant of an enum.
    pub(super) form: Option<String>,
    /// Values are not shown.
    pub(super) is_secret: bool,
    /// Keys on the way that are new, with their old ones before them.
    pub(super) renamed: Vec<(String, String)>,
    /// The old and the new beginning of all variables.
    pub(super) prefixes: Option<(String, String)>,
}

impl Place {
    /// A value as it is shown.
    pub(super) fn shown(&self, value: &Value) -> String {
        if self.is_secret {
            return "[redacted]".to_owned();
        }
        quoted(&value.as_str().map_or_else(|| value.to_string(), str::to_owned))
    }

    /// The names that are read in place of a variable or an argument's name: itself, and itself with
    /// the old keys and the old prefix in it.
    pub(super) fn read_as(&self, name: &str) -> Vec<String> {
        let mut names = vec![name.to_owned()];
        for (before, now) in &self.renamed {
            let others: Vec<String> = names.iter().filter_map(|name| respelled(name, before, now)).collect();
            names.extend(others);
        }
        names
    }

    /// A variable's name with the new prefix in place of the old one.
    pub(super) fn with_new_prefix(&self, variable: &str) -> Option<String> {
        let (before, now) = self.prefixes.as_ref()?;
        Some(format!("{now}{}", variable.strip_prefix(before.as_str())?))
    }
}

/// A name with an old key in the place of the new one, both in the name's own spelling.
fn respelled(name: &str, before: &str, now: &str) -> Option<String> {
    let is_argument = name.starts_with('-');
    let separator = if is_argument { '-' } else { '_' };
    let spelled = |key: &str| {
        let key = key.replace(['-', '_', '.'], &separator.to_string());
        if is_argument { key } else { key.to_uppercase() }
    };
    let (before, now) = (spelled(before), spelled(now));
    let at = name.rfind(&now)?;
    let (head, tail) = (&name[..at], &name[at + now.len()..]);
    let is_whole = head.ends_with(separator) && (tail.is_empty() || tail.starts_with(separator));
    is_whole.then(|| format!("{head}{before}{tail}"))
}

/// A name or a value between backquotes.
pub(super) fn quoted(text: &str) -> String {
    format!("`{}`", clean(text))
}
