//! Makes the reference page of the keys.

use std::fmt::Write as _;
use std::path::Path;

use super::{Key, PLACES, Place, all};

const HEAD: &str = "\
<!-- Made from the table in confkit-derive/src/keys; `cargo xtask bless` updates it. -->

Keys of `#[config(…)]`, all of them. A key that is not listed, or that stands where it does not
belong, does not compile.

";

const SERDE: &str = "\
## What is read from `#[serde(…)]`

A type that also derives serde's traits need not say things twice. The derive follows `rename`
(also `rename(deserialize = …)`), `rename_all`, `alias`, `default`, `default = \"path\"`, `flatten`,
`skip`, `skip_deserializing`, `deserialize_with`, `with`, `transparent`, `from`, `try_from`,
`deny_unknown_fields`, and `other` on a variant. A `#[config(…)]` key wins over its twin; two
different names are refused. Keys that only write are ignored. Every other serde key is a compile
error that names it.

An enum without data, and a newtype without `nested`, are values: deriving `Config` implements
serde's `Deserialize` for them, so do not derive both.
";

/// Renders the page.
fn page() -> String {
    let mut page = HEAD.to_owned();
    for place in PLACES {
        let names: Vec<String> = all()
            .filter(|key| key.places.contains(&place))
            .map(|key| format!("[`{0}`](#{0})", key.name))
            .collect();
        let _ = writeln!(page, "- on {}: {}", place.name(), names.join(", "));
    }
    for key in all() {
        section(key, &mut page);
    }
    page.push('\n');
    page.push_str(SERDE);
    page
}

/// Renders one key: its forms, the answers to the four questions, and a program.
fn section(key: &Key, page: &mut String) {
    let places: Vec<&str> = key.places.iter().map(|place| Place::name(*place)).collect();
    let repeat = if key.repeat { "; may be repeated" } else { "" };
    let _ = write!(page, "\n## {}\n\nOn {}{repeat}.\n\n| written |\n|---|\n", key.name, places.join(" and "));
    for form in key.forms {
        let _ = writeln!(page, "| {} |", form.replace('|', "\\|"));
    }
    let _ = write!(page, "\n{}\n\n", key.page.does);
    let answers =
        [("Absent", key.page.absent), ("The word alone", key.page.bare), ("Excludes", key.page.excludes)];
    for (question, answer) in answers {
        if !answer.is_empty() {
            let _ = writeln!(page, "- {question}: {answer}");
        }
    }
    let _ = write!(page, "\n```rust\n{}\n# Ok::<(), confkit::Report>(())\n```\n", program(key.page.example));
}

/// Adds the imports that an example needs, hidden.
fn program(example: &str) -> String {
    let names = ["Config", "Format", "Secret", "System"];
    let used: Vec<&str> = names
        .into_iter()
        .filter(|name| {
            example.contains(&format!("{name}::"))
                || example.contains(&format!("{name})"))
                || example.contains(&format!("{name}<"))
        })
        .collect();
    format!("# use confkit::{{{}}};\n{example}", used.join(", "))
}

#[test]
fn reference_page_is_current() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../confkit/docs/attributes.md");
    let page = page();
    if std::env::var_os("BLESS").is_some() {
        std::fs::write(&path, &page).expect("the page can be written");
    }
    let current = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(current == page, "confkit/docs/attributes.md is out of date; run `cargo xtask bless`");
}

#[test]
fn every_key_is_explained() {
    for key in all() {
        assert!(!key.page.does.is_empty() && !key.page.absent.is_empty(), "{}", key.name);
        assert!(key.page.example.contains(key.name), "{} is not in its example", key.name);
        assert!(
            key.forms.len() == 1
                || !key.forms.contains(&&*format!("`{}`", key.name))
                || !key.page.bare.is_empty(),
            "{}",
            key.name
        );
    }
}
