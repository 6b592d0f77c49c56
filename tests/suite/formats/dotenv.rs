//! dotenv: what each line means, what is refused, and what is said.

use std::path::Path;

use confkit::{Config, Secret, System};
use confkit_sources::{Format, NodeKind};

use super::{mistakes, read, read_as};

const DOTENV: Format = Format::Dotenv;

#[test]
fn lines_are_read_as_the_guide_says() {
    for (text, expected) in [
        ("", "{}"),
        ("\n \t\r\n# a\n  # b\n", "{}"),
        ("A=1", "{A: \"1\"}"),
        ("A = 1 \n  B=2\nexport C=3\nexport\tD = 4", "{A: \"1\", B: \"2\", C: \"3\", D: \"4\"}"),
        ("export=1\nexport =2x", "`export` is set twice"),
        ("export = 1", "{export: \"1\"}"),
        ("exported=1", "{exported: \"1\"}"),
        ("_a.b-c1=x", "{_a.b-c1: \"x\"}"),
        ("A=\nB= \nC=''\nD=\"\"", "{A: \"\", B: \"\", C: \"\", D: \"\"}"),
        ("A=b c", "{A: \"b c\"}"),
        ("A=b # c", "{A: \"b\"}"),
        ("A=b#c", "{A: \"b#c\"}"),
        ("A=#c", "{A: \"#c\"}"),
        ("A= # c", "{A: \"\"}"),
        ("A=b=c", "{A: \"b=c\"}"),
        ("A=$B ${C} $(d)", "{A: \"$B ${C} $(d)\"}"),
        ("A=a\\nb", "{A: \"a\\\\nb\"}"),
        ("A=it's 5\"", "{A: \"it's 5\\\"\"}"),
        ("A=' $B # \\n \"c\" ' # why", "{A: \" $B # \\\\n \\\"c\\\" \"}"),
        ("A=\" \\\"\\\\\\n\\r\\t\\$\\` # 'b' \"#why", "{A: \" \\\"\\\\\\n\\r\\t$` # 'b' \"}"),
        ("A=\"b\nc\n\"\nB='d\r\ne'\r\nC=1", "{A: \"b\\nc\\n\", B: \"d\\ne\", C: \"1\"}"),
        ("\u{feff}A=1\r\nB=é😀\r\n", "{A: \"1\", B: \"é😀\"}"),
        ("b=1\na=2\nc=3", "{b: \"1\", a: \"2\", c: \"3\"}"),
    ] {
        match read(DOTENV, text) {
            Ok(_) => assert_eq!(read_as(DOTENV, text), expected, "{text:?}"),
            Err(errors) => assert_eq!(errors[0].message, expected, "{text:?}"),
        }
    }
}

#[test]
fn what_other_readers_disagree_about_is_refused_in_words() {
    for (text, expected) in [
        ("A", "1:1 the `=` between name and value is missing"),
        ("export A", "1:8 the `=` between name and value is missing"),
        ("A B=1", "1:1 the `=` between name and value is missing"),
        ("A: b", "1:2 the `=` between name and value is missing"),
        ("A : b", "1:3 the `=` between name and value is missing"),
        ("=1", "1:1 the key is missing"),
        ("export é=1", "1:8 this is not the name of a variable"),
        ("1A=1", "1:1 this is not the name of a variable"),
        ("A[0]=1", "1:1 this is not the name of a variable"),
        ("'A'=1", "1:1 this is not the name of a variable"),
        ("A=`b`", "1:3 backticks are no quotation marks"),
        ("A=\"b", "1:3 the quotation mark is never closed"),
        ("A='b\nB=1\n", "1:3 the quotation mark is never closed"),
        ("A='it\\'s'", "1:8 this stands behind the end of the value"),
        ("A=\"b\" c", "1:6 this stands behind the end of the value"),
        ("A=\"b\\q\"", "1:5 there is no such escape sequence"),
        ("A=\"b\\\nc\"", "1:5 there is no such escape sequence"),
        ("A=x\u{0}y", "1:4 a control character stands here"),
        ("A=\"\nx\u{1b}y\"", "2:2 a control character stands here"),
    ] {
        assert_eq!(mistakes(DOTENV, text)[0], expected, "{text:?}");
    }
}

#[test]
fn several_mistakes_are_told_at_once_and_the_rest_is_read_on() {
    let text = "A: 1\nB=\"x\ny\" z\nC=1\nC=2\nD\nE=`x`\nF='open\nG\n";
    assert_eq!(
        mistakes(DOTENV, text),
        [
            "1:2 the `=` between name and value is missing",
            "3:3 this stands behind the end of the value",
            "5:1 `C` is set twice",
            "6:1 the `=` between name and value is missing",
            "7:3 backticks are no quotation marks",
            "8:3 the quotation mark is never closed",
        ]
    );
    assert_eq!(read_as(DOTENV, "A=1\nexport A='1'\n"), "{A: \"1\"}");
    let errors = read(DOTENV, "A=1\nexport A=2\n").unwrap_err();
    assert_eq!((errors[0].span.clone(), errors[0].related.clone()), (11..12, Some(0..1)));
}

#[test]
fn the_document_is_the_list_of_names_with_their_places() {
    let text = "export B = \"x\\ny\" # c\nA='1\n2'\n";
    let document = read(DOTENV, text).unwrap();
    let list: Vec<(&str, &str, &str, &str)> = document
        .root()
        .entries()
        .map(|(name, node)| (name, node.text(), &text[node.key_span().unwrap()], &text[node.span().unwrap()]))
        .collect();
    assert_eq!(list, [("B", "x\ny", "B", "\"x\\ny\""), ("A", "1\n2", "A", "'1\n2'")]);
    assert!(document.root().items().all(|node| node.kind() == NodeKind::Text));
}

#[test]
fn files_are_known_by_their_names() {
    for path in [".env", "a/.env", ".env.local", ".env.production", "app.env", "app.ENV"] {
        assert_eq!(Format::of_path(Path::new(path)), Some(DOTENV), "{path}");
        assert_eq!(Format::feature_for(Path::new(path)), Some("dotenv"), "{path}");
    }
    for path in ["env", ".environment", "a.env.txt", ".envrc"] {
        assert_eq!(Format::of_path(Path::new(path)), None, "{path}");
    }
    assert_eq!(Format::of_path(Path::new(".env.toml")), Some(Format::Toml));
}

#[derive(Debug, Config)]
#[config(rename_all = "SCREAMING_SNAKE_CASE")]
struct Settings {
    port: u16,
    password: Secret<String>,
    #[config(nested)]
    database: Option<Database>,
}

#[derive(Debug, Config)]
struct Database {
    #[expect(dead_code, reason = "only asked for")]
    host: String,
}

#[test]
fn as_a_layer_its_names_are_keys_exactly() {
    let system = System::memory().file(".env", "PORT=0080\nPASSWORD=' x '\n");
    let loaded = Settings::loader().system(system).file(".env").load_traced().unwrap();
    assert_eq!((loaded.port, loaded.password.expose().as_str()), (80, " x "));
    assert_eq!(loaded.explain("PORT").unwrap().origin().to_string(), ".env:1:6");
    assert!(loaded.database.is_none());
}

#[test]
fn what_is_wrong_with_settings_is_told_at_its_place() {
    let text = "# hunter2\nexport PORT=many # hunter2\nPASWORD=\"hunter2\nhunter2\"\n";
    let report = Settings::loader().text(DOTENV, ".env", text).load().unwrap_err();
    insta::assert_snapshot!(report);
    confkit::testing::assert_hidden(&report, "hunter2");
}

#[test]
fn a_missing_setting_is_not_sent_to_a_file_that_cannot_hold_it() {
    #[derive(Debug, Config)]
    struct Outer {
        #[config(nested)]
        #[expect(dead_code, reason = "only asked for")]
        database: Database,
    }
    let loader = Outer::loader().text(DOTENV, ".env", "");
    let help = |loader: &confkit::Loader<Outer>| {
        let report = loader.load().unwrap_err();
        confkit::testing::problem_at(&report, "database.host").help().unwrap().to_owned()
    };
    assert!(!help(&loader).contains(".env"), "{}", help(&loader));
    let both = loader.text(Format::Toml, "app.toml", "");
    assert_eq!(help(&both), "set `host` under `[database]` in app.toml");
}

#[test]
fn the_report_of_a_broken_file_shows_names_and_no_values() {
    let text = "export PORT='1' hunter2\nPASSWORD: hunter2\nPASSWORD=\"\\hunter2\"\nhunter2\nPASSWORD='hunter2\nPORT=hunter2\n";
    let report = Settings::loader().text(DOTENV, ".env", text).load().unwrap_err();
    insta::assert_snapshot!(report);
    confkit::testing::assert_hidden(&report, "hunter2");
}
