//! Readers that are crates.

use bench_untyped::Verdict;

pub(crate) fn dotenvy(text: &str) -> Verdict {
    dotenvy::from_read_iter(text.as_bytes()).collect::<Result<_, _>>().ok()
}

/// With the case of names kept, which it can be told to do.
pub(crate) fn configparser(text: &str) -> Verdict {
    let mut reader = configparser::ini::Ini::new_cs();
    let root = reader.defaults().default_section;
    let sections = reader.read(text.to_owned()).ok()?;
    let mut settings = std::collections::BTreeMap::new();
    for (section, entries) in sections {
        for (key, value) in entries {
            let name = if section == root { key } else { format!("{section}.{key}") };
            // A key without a value is none here.
            settings.insert(name, value?);
        }
    }
    Some(settings)
}
