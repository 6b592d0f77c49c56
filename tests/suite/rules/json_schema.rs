//! Settings held against a JSON Schema.

use std::collections::BTreeMap;

use confkit::{Code, Config, Format, Loader, Problem, Secret, System, testing};

#[derive(Debug, Config)]
#[config(env_prefix = "APP", json_schema("suite/schemas/server.json"))]
struct Server {
    #[config(default = "localhost")]
    host: String,
    #[config(default = 8080)]
    port: u16,
    #[config(default = "http")]
    mode: String,
    #[config(secret)]
    key: Option<Secret<String>>,
    #[config(default)]
    limits: BTreeMap<String, i64>,
    #[config(default)]
    tags: Vec<String>,
    #[config(nested, default)]
    pools: Vec<Pool>,
}

#[derive(Debug, Config)]
struct Pool {
    #[config(default = "main")]
    name: String,
    #[config(default = 8, rename = "max")]
    most: u16,
    other: Option<bool>,
}

fn server(text: &str) -> Loader<Server> {
    Server::loader().text(Format::Toml, "app.toml", text)
}

#[test]
fn what_fulfils_the_schema_is_loaded() {
    let text = "limits.cpu = 2\ntags = ['a', 'b']\n[[pools]]\nmax = 4\n[[pools]]\n";
    let server = server(text).env_vars([("APP_PORT", "2000")]).load().expect("all is well");
    assert_eq!((server.port, server.pools.len()), (2000, 2));
}

#[test]
fn every_finding_stands_at_its_value() {
    let text = "\
host = '-'
port = 80
mode = 'gopher'
key = 'hunter2-hunter2'
tags = ['a', 'long', 'a', 'b']
limits = { memory = 0, cpu = 1 }
[[pools]]
max = 3
other = true
[[pools]]
name = 'spare'
";
    let report = server(text).load().unwrap_err();
    insta::assert_snapshot!(report);
    insta::assert_snapshot!("every_finding_in_json", report.to_json());
    assert!(!report.to_json().contains("hunter2"));
}

#[test]
fn what_is_missing_and_what_variables_say_is_judged_as_its_type() {
    let system = System::memory().var("APP_MODE", "https").var("APP_PORT", "9").var("APP_TAGS", "a,a");
    let report = Server::loader().system(system).declared().load().unwrap_err();
    insta::assert_snapshot!(report);
    assert_eq!(report.problems().iter().filter(|it| it.code() == Code::Missing).count(), 1);
}

#[test]
fn layers_are_judged_together() {
    let low = "[limits]\ncpu = 1\n[[pools]]\nmax = 2\n";
    let high = "[limits]\nram = -1\n";
    let report = server(low).text(Format::Toml, "high.toml", high).load().unwrap_err();
    testing::assert_codes::<()>(&Err(report.clone()), &[Code::Invalid]);
    assert_eq!(
        report.problems()[0].to_string().lines().next(),
        Some("limits.ram must be greater than 0, not -1")
    );
    assert_eq!(report.problems()[0].origin().unwrap().to_string(), "high.toml:2:7");
}

const SMALL: &str = r#"{"maxProperties": 1}"#;

#[derive(Debug, Config)]
struct Fields {
    #[config(nested, validate(json_schema(text = r#"{"required": ["other"]}"#)))]
    pool: Pool,
    #[config(default, validate(json_schema(text = SMALL, warn)))]
    limits: BTreeMap<String, u8>,
    #[config(validate(json_schema(
        text = r#"{"type": ["null", "boolean"]}"#,
        message = "must be decided"
    )))]
    any: Option<serde_json::Value>,
    #[config(default, validate(each(json_schema(text = r#"{"not": {"const": "a"}}"#))))]
    tags: Vec<String>,
}

#[test]
fn a_field_has_a_schema_of_its_own() {
    let text = "any = 'x'\ntags = ['b', 'a']\n[limits]\na = 1\nb = 2\n[pool]\nmax = 2\n";
    let report = Fields::loader().text(Format::Toml, "app.toml", text).load().unwrap_err();
    insta::assert_snapshot!(report);
    assert!(Fields::loader().text(Format::Toml, "app.toml", "pool.other = true").load().is_ok());
}

#[test]
fn the_schema_of_the_declaration_may_be_none() {
    #[derive(Debug, Config)]
    #[config(json_schema(text = r#"{"type": 3}"#))]
    struct Broken {
        #[config(default = 1, validate(json_schema(text = "{")))]
        port: u16,
        #[config(default = 1, validate(json_schema(text = r#"{"$ref": "https://example.com/x.json"}"#)))]
        other: u16,
    }
    let report = testing::check_declaration::<Broken>().unwrap_err();
    insta::assert_snapshot!(report);
    testing::assert_codes::<()>(&Err(report), &[Code::Declaration; 3]);
}

#[test]
fn what_could_not_be_read_is_not_judged() {
    let report = server("port = 'x'\nmode = 'gopher'").load().unwrap_err();
    testing::assert_codes::<()>(&Err(report.clone()), &[Code::Type]);
    assert_eq!(report.notes(), ["1 rule was not checked because port could not be read"]);
}

#[test]
fn words_for_each_keyword() {
    macro_rules! judged {
        ($schema:literal, $value:literal) => {{
            #[derive(Debug, Config)]
            struct One {
                #[config(validate(json_schema(text = $schema)))]
                it: serde_json::Value,
            }
            let loader = One::loader().text(Format::Toml, "app.toml", concat!("it = ", $value));
            let report = loader.load().unwrap_err();
            assert_eq!(report.problems().len(), 1, "{report}");
            report.problems()[0].message().to_owned()
        }};
    }
    assert_eq!(judged!(r#"{"type": "array"}"#, "1"), "it must be a list, not 1");
    assert_eq!(judged!(r#"{"type": ["object", "null"]}"#, "1"), "it must be null or a table, not 1");
    assert_eq!(judged!(r#"{"enum": ["a", 2]}"#, "'b'"), "it must be one of `a`, `2`, not \"b\"");
    assert_eq!(judged!(r#"{"const": true}"#, "false"), "it must be `true`, not false");
    assert_eq!(judged!(r#"{"exclusiveMaximum": 3}"#, "3"), "it must be less than 3, not 3");
    assert_eq!(judged!(r#"{"maximum": 3}"#, "4"), "it must be at most 3, not 4");
    assert_eq!(judged!(r#"{"minLength": 1}"#, "''"), "it must have at least 1 character, not \"\"");
    assert_eq!(judged!(r#"{"minItems": 2}"#, "[1]"), "it must have at least 2 elements");
    assert_eq!(
        judged!(r#"{"contains": {"const": 1}}"#, "[2]"),
        "it must have an element that the schema asks for"
    );
    assert_eq!(judged!(r#"{"minProperties": 1}"#, "{}"), "it must have at least 1 entry");
    assert_eq!(judged!(r#"{"format": "ipv4"}"#, "'x'"), "it must have the format `ipv4`, not \"x\"");
    assert_eq!(judged!(r#"{"not": {}}"#, "1"), "it has the form that the schema refuses; it is 1");
    assert_eq!(
        judged!(r#"{"anyOf": [false, {"const": 2}]}"#, "1"),
        "it has none of the forms that the schema allows; it is 1"
    );
    assert_eq!(
        judged!(r#"{"oneOf": [true, true]}"#, "1"),
        "it has several of the forms of which the schema allows one; it is 1"
    );
    assert_eq!(judged!("false", "1"), "it is not allowed by the schema; it is 1");
    assert_eq!(judged!(r#"{"required": ["a b"]}"#, "{}"), "it.\"a b\" is required by the schema");
    assert_eq!(judged!(r#"{"additionalProperties": false}"#, "{ a = 1 }"), "it must have no entries");
    assert_eq!(
        judged!(r#"{"dependentRequired": {"a": ["b"]}}"#, "{ a = 1 }"),
        "it.b is required by the schema"
    );
}

#[test]
fn infinite_numbers_are_beyond_every_limit() {
    #[derive(Debug, Config)]
    #[config(json_schema(text = r#"{"additionalProperties": {"type": "number", "maximum": 9}}"#))]
    struct Numbers {
        #[config(default = 1.0)]
        above: f64,
        #[config(default = 1.0)]
        below: f64,
        #[config(default = 1.0)]
        none: f64,
    }
    let loader = Numbers::loader().text(Format::Toml, "app.toml", "above = inf\nbelow = -inf\nnone = nan");
    let report = loader.load().unwrap_err();
    let messages: Vec<&str> = report.problems().iter().map(Problem::message).collect();
    assert_eq!(messages, ["above must be at most 9, not inf", "none must be a number, not nan"]);
}

#[test]
fn a_schema_on_a_flattened_type_does_not_see_what_is_beside_it() {
    #[derive(Debug, Config)]
    struct Outer {
        name: String,
        #[config(flatten, validate(json_schema(text = CLOSED)))]
        inner: Inner,
    }
    #[derive(Debug, Config)]
    struct Inner {
        #[config(default = 1, alias = "old")]
        port: u16,
    }
    const CLOSED: &str = r#"{"additionalProperties": false, "properties": {"port": {"maximum": 9}}}"#;
    let load = |text: &str| Outer::loader().text(Format::Toml, "app.toml", text).load();
    assert_eq!(load("name = 'a'\nold = 9").expect("all is well").inner.port, 9);
    let report = load("name = 'a'\nold = 10").unwrap_err();
    assert_eq!(report.problems().len(), 1, "{report}");
    assert_eq!(report.problems()[0].origin().unwrap().to_string(), "app.toml:2:7");
}
