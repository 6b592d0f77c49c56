//! Secrets in values that are written into a text: in clear when asked, and never as their mask.

use std::collections::{BTreeMap, HashSet};

use confkit::{Config, Secret, SecretBytes, SecretString, with_exposed};
use confkit_sources::{EditError, EditErrorKind, Editor, Format};
use serde::Serialize;

const MARKER: &str = "hunter2";

#[derive(Config, Serialize)]
struct Database {
    host: String,
    password: Secret<String>,
}

#[derive(Serialize)]
#[serde(tag = "kind")]
enum Login {
    Token { token: SecretString },
}

#[derive(Serialize)]
struct Outer {
    #[serde(flatten)]
    login: Login,
}

fn database() -> Database {
    Database { host: "db".to_owned(), password: Secret::from(MARKER.to_owned()) }
}

/// What is said of an edit that is refused; the text is as it was.
fn refusal(format: Format, edit: impl Fn(&mut Editor) -> Result<(), EditError>) -> String {
    let text = if format == Format::Json { "{\"list\": [1]}" } else { "" };
    let mut editor = Editor::new(format, "case", text).unwrap();
    let error = edit(&mut editor).unwrap_err();
    assert_eq!((error.kind, editor.text()), (EditErrorKind::SecretValue, text), "{error}");
    let told = format!("{error} {error:?}");
    assert!(!told.contains(MARKER) && !editor.text().contains("redacted"), "{told}");
    with_exposed(|| edit(&mut editor))
        .unwrap_or_else(|error| assert_ne!(error.kind, EditErrorKind::SecretValue));
    assert!(!editor.text().contains("redacted"));
    error.to_string()
}

#[test]
fn a_secret_is_refused_where_it_stands() {
    let secret = || Secret::from(MARKER.to_owned());
    let told = |place: &str| {
        format!("`{place}` is a secret, which is not shown: write it inside `confkit::with_exposed`")
    };
    for format in [Format::Toml, Format::Json, Format::Yaml, Format::Ini, Format::Properties] {
        assert_eq!(refusal(format, |editor| editor.set("a", secret())), told("a"));
        assert_eq!(refusal(format, |editor| editor.set("a", database())), told("a.password"));
    }
    assert_eq!(refusal(Format::Dotenv, |editor| editor.set("a", SecretString::from(MARKER))), told("a"));
    assert_eq!(refusal(Format::Toml, |editor| editor.set("a", SecretBytes::from(vec![1]))), told("a"));
    assert_eq!(refusal(Format::Toml, |editor| editor.set("a.b", vec![Some(secret())])), told("a.b[0]"));
    assert_eq!(refusal(Format::Json, |editor| editor.append("list", secret())), told("list[1]"));
    assert_eq!(refusal(Format::Json, |editor| editor.append("fresh", database())), told("fresh[0].password"));
    let keys = || BTreeMap::from([(1, BTreeMap::from([("a b", secret())]))]);
    assert_eq!(refusal(Format::Toml, |editor| editor.set("a", keys())), told("a.1.\"a b\""));
    let outer = || Outer { login: Login::Token { token: SecretString::from(MARKER) } };
    assert_eq!(refusal(Format::Yaml, |editor| editor.set("a", outer())), told("a.token"));
}

#[test]
fn a_secret_as_a_key_is_refused_with_its_table() {
    #[derive(Serialize)]
    struct Keyed(#[serde(serialize_with = "keyed")] ());
    #[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands over references")]
    fn keyed<S: serde::Serializer>((): &(), serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map([(Secret::from(MARKER.to_owned()), 1)])
    }
    let told = refusal(Format::Toml, |editor| editor.set("a", Keyed(())));
    assert!(told.starts_with("`a` is a secret"), "{told}");
}

#[test]
fn a_secret_is_written_in_clear_when_asked_and_only_then() {
    let mut editor = Editor::new(Format::Toml, "case", "# kept\nx = 1\n").unwrap();
    with_exposed(|| editor.set("database", database())).unwrap();
    let written = "# kept\nx = 1\n\n[database]\nhost = \"db\"\npassword = \"hunter2\"\n";
    assert_eq!(editor.text(), written);
    assert!(editor.set("database", database()).is_err());
    assert_eq!(serde_json::to_string(&database().password).unwrap(), "\"[redacted]\"");
    // The text of the mask is a text like any other.
    editor.set("database.host", "[redacted]").unwrap();
    editor.set("hosts", HashSet::from(["[redacted]"])).unwrap();
    assert_eq!(editor.text().matches("[redacted]").count(), 2);
}
