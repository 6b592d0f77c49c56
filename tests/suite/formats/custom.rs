//! Formats of programs: how they become known, where places are told, and what a reader may do wrong.

use std::collections::BTreeMap;

use confkit::{
    Code, Config, CustomFormat, Document, File, Format, FormatText, Secret, Stack, SyntaxError, System,
    testing,
};
use confkit_sources::{Nesting, OriginKind};

/// Lines of `key: value`; two blanks in front put a key into the table above.
static OUTLINE: CustomFormat = CustomFormat::new("outline", &["outline", "ini"], outline);

fn outline(text: &FormatText<'_>) -> Result<Document, Vec<SyntaxError>> {
    let mut root = serde_json::Map::new();
    let mut table = None::<String>;
    let (mut errors, mut at) = (Vec::new(), 0);
    for line in text.text().split_inclusive('\n') {
        let start = at;
        at += line.len();
        let content = line.trim();
        if content.is_empty() || content.starts_with('#') {
            continue;
        }
        let Some((key, value)) = content.split_once(':') else {
            let span = start..start + line.trim_end().len();
            errors.push(SyntaxError::new(span, "there is no `:`").with_help("write `key: value`"));
            continue;
        };
        let value = value.trim().trim_matches('"');
        let value = value.parse::<i64>().map_or_else(|_| value.into(), serde_json::Value::from);
        let inside = line.starts_with("  ").then_some(table.as_ref()).flatten();
        match inside.and_then(|table| root.get_mut(table)).and_then(|table| table.as_object_mut()) {
            Some(table) => drop(table.insert(key.to_owned(), value)),
            None if value == "" => {
                root.insert(key.to_owned(), serde_json::Map::new().into());
                table = Some(key.to_owned());
            }
            None => drop(root.insert(key.to_owned(), value)),
        }
    }
    if errors.is_empty() { Ok(Document::located(text, &root)?) } else { Err(errors) }
}

#[derive(Debug, Config)]
struct Settings {
    name: String,
    #[config(nested)]
    server: Server,
    #[config(nested)]
    backup: Option<Server>,
    password: Option<Secret<String>>,
}

#[derive(Debug, Config)]
struct Server {
    #[config(default = "localhost")]
    host: String,
    port: u16,
    weight: Option<u8>,
}

const FORMAT: Format = Format::Custom(&OUTLINE);

fn places(text: &str) -> Vec<String> {
    let read = FORMAT.read(OriginKind::File, "app.outline", text.to_owned()).unwrap();
    read.nodes()
        .skip(1)
        .map(|node| format!("{} {} {}", node.key(), node.key_origin(), node.origin()))
        .collect()
}

#[test]
fn a_place_is_told_only_where_the_key_stands_once() {
    assert_eq!(
        places("name: a\nserver:\n  host: b\n  port: 80\n"),
        [
            "name app.outline:1:1 app.outline:1:7",
            "server app.outline:2:1 app.outline:2:1",
            "host app.outline:3:3 app.outline:3:9",
            "port app.outline:4:3 app.outline:4:9",
        ]
    );
    assert_eq!(
        places("server:\n  port: 80\nbackup:\n  port: 81\n"),
        [
            "backup app.outline:3:1 app.outline:3:1",
            "port app.outline app.outline",
            "server app.outline:1:1 app.outline:1:1",
            "port app.outline app.outline",
        ]
    );
}

#[test]
fn comments_texts_and_other_words_are_no_keys() {
    for (text, place) in [
        ("# port: 1\nport: 80\n", "port app.outline:2:1 app.outline:2:7"),
        ("name: \"port: 1\"\nport: 80\n", "port app.outline:2:1 app.outline:2:7"),
        ("report: x\nport: 80\n", "port app.outline:2:1 app.outline:2:7"),
        ("port: 080\n", "port app.outline:1:1 app.outline:1:1"),
        ("é: x\r\nport: 80\r\n", "port app.outline:2:1 app.outline:2:7"),
        ("name: port = 1\nport: 80\n", "port app.outline app.outline"),
    ] {
        let told = places(text);
        assert!(told.iter().any(|told| told == place), "{text:?}: {told:?}");
    }
}

#[test]
fn what_is_wrong_with_settings_is_told_as_exactly_as_it_is_known() {
    let text =
        "name: 3\npassword: hunter2\nserver:\n  port: many # hunter2\nbackup:\n  weight: 300\n  hots: x\n";
    let report = Settings::loader().text(FORMAT, "app.outline", text).load().unwrap_err();
    insta::assert_snapshot!(report);
    testing::assert_hidden(&report, "hunter2");
}

#[test]
fn a_line_is_shown_without_what_its_document_does_not_know() {
    // All in one line: of what stands beside the value no place is known.
    static BRACES: CustomFormat = CustomFormat::new("braces", &[], |text| {
        let _ = text.text();
        let value = serde_json::json!({"name": "a", "password": "hunter2", "server": {"port": "x"}});
        Ok(Document::located(text, &value)?)
    });
    for text in [
        "{ password hunter2, port: x, password: hunter2, name: a }",
        "secret hunter2 port: x",
        "password: \"hunter2\" port: x hunter2",
    ] {
        let format = Format::Custom(&BRACES);
        let report = Settings::loader().text(format, "app", text).load().unwrap_err();
        assert!(
            report.to_string().contains("… port: x") || report.to_string().contains("…port: x"),
            "{report}"
        );
        testing::assert_hidden(&report, "hunter2");
    }
}

#[test]
fn a_secret_is_hidden_where_its_place_is_known() {
    #[derive(Debug, Config)]
    struct Secrets {
        #[config(validate(length(min = 12)))]
        password: Secret<String>,
    }
    for text in ["password: hunter2\n", "password: \"hunter2\"\n", "pasword: hunter2\n", "password hunter2\n"]
    {
        let report = Secrets::loader().text(FORMAT, "app", text).load().unwrap_err();
        testing::assert_hidden(&report, "hunter2");
    }
}

#[test]
fn mistakes_are_told_with_the_readers_own_words() {
    let text = "name a\npassword hunter2\nport: 80\n";
    let report = Settings::loader().text(FORMAT, "app.outline", text).load().unwrap_err();
    insta::assert_snapshot!(report);
    testing::assert_hidden(&report, "hunter2");
}

#[test]
fn a_format_is_known_to_the_stack_that_was_told() {
    let text = "name: a\nserver:\n  port: 80\n";
    let system = System::memory().file("app.outline", text).file("app.conf", text).file("app.ini", text);
    let loader = Settings::loader().system(system);
    let report = loader.clone().file("app.outline").load().unwrap_err();
    assert_eq!(report.problems()[0].code(), Code::Source);

    // Known before or after the file, and before a built-in format of the same extension.
    assert_eq!(loader.clone().file("app.outline").format(FORMAT).load().unwrap().server.port, 80);
    assert_eq!(loader.clone().format(FORMAT).file("app.OUTLINE").load().unwrap_err().problems().len(), 1);
    assert_eq!(loader.clone().format(FORMAT).file("app.ini").load().unwrap().name, "a");
    assert!(loader.clone().file("app.ini").load().is_err());
    let source = File::new("app.conf").format(FORMAT);
    assert_eq!(loader.clone().source(source).load().unwrap().name, "a");
    assert!(loader.clone().format(FORMAT).source(File::new("app.ini").format(Format::Ini)).load().is_err());

    let unknown = loader.format(FORMAT).file("app.conf").load().unwrap_err();
    assert!(unknown.problems()[0].help().unwrap().contains("`.outline`"));
    let layers =
        Stack::new().format(FORMAT).system(System::memory().file("a.outline", text)).file("a.outline");
    assert_eq!(layers.read().unwrap().load::<Server>("server").unwrap().port, 80);
}

#[test]
fn files_of_a_directory_are_in_a_format_that_the_stack_was_told() {
    let system = || {
        System::memory()
            .file("conf.d/10-base.toml", "name = 'base'\n[server]\nport = 1\n")
            .file("conf.d/20-port.outline", "server:\n  port: 2\n")
            .file("conf.d/30-name.OUTLINE", "name: last\n")
            .file("conf.d/.40.outline", "name: hidden\n")
            .file("conf.d/50.outline~", "name: old\n")
            .file("conf.d/60.other", "name: other\n")
    };
    let loader = || Settings::loader().system(system());
    // Told before or after the directory: it is read when the stack is.
    for loader in [
        loader().dir("conf.d").format(Format::Custom(&OUTLINE)),
        loader().format(Format::Custom(&OUTLINE)).optional_dir("conf.d"),
    ] {
        let loaded = loader.load_traced().unwrap();
        assert_eq!((loaded.name.as_str(), loaded.server.port), ("last", 2));
        let why = loaded.explain("server.port").unwrap();
        assert_eq!(why.origin().to_string(), "conf.d/20-port.outline:2:9");
    }
    let layers = Stack::new().system(system()).format(Format::Custom(&OUTLINE)).dir("conf.d").read().unwrap();
    assert_eq!(layers.load::<Server>("server").unwrap().port, 2);
    // A format that nobody told of is passed over.
    let loaded = loader().dir("conf.d").load_traced().unwrap();
    assert_eq!((loaded.name.as_str(), loaded.server.port), ("base", 1));
}

#[test]
fn the_last_of_two_formats_with_one_extension_is_taken() {
    static OTHER: CustomFormat = CustomFormat::new("other", &["outline"], |text| {
        Ok(Document::located(text, &serde_json::json!({"name": "other", "server": {"port": 1}}))?)
    });
    let loader =
        Settings::loader().system(System::memory().file("a.outline", "name: a\nserver:\n  port: 80\n"));
    let both = loader.clone().format(FORMAT).format(Format::Custom(&OTHER)).file("a.outline");
    assert_eq!(both.load().unwrap().name, "other");
    assert_ne!(FORMAT, Format::Custom(&OTHER));
    assert_eq!(format!("{:?}", Format::Custom(&OTHER)), "Custom(CustomFormat { name: \"other\", .. })");
}

#[test]
fn help_on_missing_settings_follows_the_format() {
    static PATHS: CustomFormat = CustomFormat::new("paths", &["paths"], |text| {
        Ok(Document::located(text, &BTreeMap::<&str, u8>::new())?)
    })
    .nesting(Nesting::Paths)
    .separators(&['='])
    .comments(&["%"]);
    let report = Settings::loader().text(Format::Custom(&PATHS), "app.paths", "").load().unwrap_err();
    let help = testing::problem_at(&report, "server.port").help();
    assert_eq!(help, Some("set `server.port` in app.paths"));
    assert_eq!(Format::Custom(&PATHS).comments(), ["%"]);
}

#[test]
fn a_reader_that_panics_or_lies_makes_a_problem() {
    static PANICS: CustomFormat = CustomFormat::new("panics", &[], |text| {
        let at = text.text().len() + 1;
        let _byte = text.text().as_bytes()[at];
        Err(Vec::new())
    });
    static LIES: CustomFormat = CustomFormat::new("lies", &[], |_| {
        let there = SyntaxError::new(std::ops::Range { start: 3, end: 1 }, "one");
        let beyond = SyntaxError::new(1000..usize::MAX, "two");
        let mut twice = SyntaxError::new(1..2, "three");
        twice.related = Some(std::ops::Range { start: usize::MAX, end: 0 });
        Err(vec![there, beyond, twice])
    });
    static SILENT: CustomFormat = CustomFormat::new("silent", &[], |_| Err(Vec::new()));
    static SCALAR: CustomFormat = CustomFormat::new("scalar", &[], |text| Ok(Document::located(text, &1)?));
    static TALKS: CustomFormat = CustomFormat::new("talks", &[], |_| {
        Err((0..10_000).map(|at| SyntaxError::new(at..at + 1, "\u{1b}[31mred")).collect())
    });
    static FOREIGN: CustomFormat = CustomFormat::new("foreign", &[], |_| {
        let other = "name = 3\n".to_owned();
        Ok(Format::Toml.read(OriginKind::Variable, "other", other).unwrap())
    });
    for (format, expected) in [
        (&PANICS, "the reader of the format `panics` has panicked"),
        (&LIES, "one"),
        (&SILENT, "this text cannot be read, and its reader does not say why"),
        (&SCALAR, "only a table can stand at the root"),
        (&TALKS, r"\u{1b}[31mred"),
        (&FOREIGN, "name must be a string, not 3"),
    ] {
        let loader = Settings::loader().text(Format::Custom(format), "app", "é\né");
        let report = loader.load().unwrap_err();
        let messages: Vec<&str> = report.problems().iter().map(confkit::Problem::message).collect();
        assert!(messages.contains(&expected), "{messages:?}");
        assert!(report.problems().len() <= 100);
        assert!(!report.to_string().contains('\u{1b}'));
        assert_eq!(report.problems()[0].origin().unwrap().source(), "app");
    }
}
